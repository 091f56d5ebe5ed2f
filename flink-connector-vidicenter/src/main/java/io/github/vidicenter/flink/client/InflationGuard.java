package io.github.vidicenter.flink.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops the decompression of a body that grows out of all proportion: a zip bomb. */
final class InflationGuard extends FilterInputStream {

    /** Rows of placeholders, the most repetitive of exports, shrink by less than half of this. */
    static final int MAX_RATIO = 200;

    /** Up to here any proportion will do. */
    static final long FREE_BYTES = 64L << 20;

    private final long compressedBytes;
    private long left;

    InflationGuard(InputStream inflated, long compressedBytes) {
        super(inflated);
        this.compressedBytes = compressedBytes;
        this.left =
                Math.min(BodySpool.MAX_BYTES, Math.max(FREE_BYTES, compressedBytes * MAX_RATIO));
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        return read < 0 ? read : count(1, read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        return read < 0 ? read : count(read, read);
    }

    @Override
    public long skip(long count) throws IOException {
        return count(in.skip(count), 0);
    }

    private <T> int count(long bytes, int result) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException(
                    "the body of %d bytes decompresses to more than %d times as much, or to more than"
                                    .formatted(compressedBytes, MAX_RATIO)
                            + " an export can have");
        }
        return result;
    }
}
