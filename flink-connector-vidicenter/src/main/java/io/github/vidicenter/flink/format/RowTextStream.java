package io.github.vidicenter.flink.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body under a parser, which can give back the text of the current row: it keeps what was read
 * since the row began, and else only the last block that the parser asked for. A row may be at most
 * 64 MiB long.
 */
final class RowTextStream extends FilterInputStream {

    private static final int MAX_ROW_BYTES = 64 << 20;
    private static final long NO_ROW = Long.MAX_VALUE;

    private byte[] kept = new byte[32 << 10];
    private int keptLength;
    private long keptFrom;
    private long rowStart = NO_ROW;

    RowTextStream(InputStream in) {
        super(in);
    }

    /** A row begins at that offset, which lies in the block read last. */
    void rowAt(long offset) {
        rowStart = offset;
    }

    /** Rows are over: nothing needs to be kept. */
    void forget() {
        rowStart = NO_ROW;
    }

    /** The text from one offset to another, or up to what was read; both since the row began. */
    String text(long from, long to) {
        int begin = (int) (from - keptFrom);
        int end = (int) Math.min(to - keptFrom, keptLength);
        return new String(kept, begin, end - begin, StandardCharsets.UTF_8);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
            keep(buffer, offset, n);
        }
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void keep(byte[] block, int offset, int length) throws IOException {
        int obsolete = (int) Math.min(rowStart - keptFrom, keptLength);
        if (obsolete > 0) {
            keptLength -= obsolete;
            keptFrom += obsolete;
            System.arraycopy(kept, obsolete, kept, 0, keptLength);
        }
        if (keptLength + length > MAX_ROW_BYTES) {
            throw new IOException("a row of the export is longer than 64 MiB");
        }
        if (keptLength + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, keptLength + length));
        }
        System.arraycopy(block, offset, kept, keptLength, length);
        keptLength += length;
    }
}
