package io.github.vidicenter.flink.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body under a parser, which can give back the text of the current row. What the parser read
 * last stands in the parser's own buffer until it reads on; only then the row's beginning is
 * copied. A row may be at most 64 MiB long.
 */
final class RowTextStream extends FilterInputStream {

    private static final int MAX_ROW_BYTES = 64 << 20;
    private static final long NO_ROW = Long.MAX_VALUE;

    /** The row's beginning, as far as the parser has given up its buffer. */
    private byte[] kept = new byte[1 << 10];

    private int keptLength;
    private long rowStart = NO_ROW;

    private byte[] block = {};
    private int blockOffset;
    private int blockLength;
    private long blockStart;

    RowTextStream(InputStream in) {
        super(in);
    }

    /** A row begins at that offset, which lies in the block read last. */
    void rowAt(long offset) {
        rowStart = offset;
        keptLength = 0;
    }

    /** Rows are over: nothing needs to be kept. */
    void forget() {
        rowAt(NO_ROW);
    }

    /** The row's text up to an offset, or up to what was read. */
    String text(long to) {
        int begin = rowBegin();
        int end = (int) Math.max(begin, Math.min(to - blockStart, blockLength));
        byte[] text = Arrays.copyOf(kept, keptLength + end - begin);
        System.arraycopy(block, blockOffset + begin, text, keptLength, end - begin);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Where in the block the row begins or goes on; at its end, if it does not. */
    private int rowBegin() {
        return (int) Math.min(Math.max(rowStart - blockStart, 0), blockLength);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        keepRow();
        int n = super.read(buffer, offset, length);
        blockStart += blockLength;
        block = buffer;
        blockOffset = offset;
        blockLength = Math.max(n, 0);
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void keepRow() throws IOException {
        int begin = rowBegin();
        int length = blockLength - begin;
        if (keptLength + length > MAX_ROW_BYTES) {
            throw new IOException("a row of the export is longer than 64 MiB");
        }
        if (keptLength + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, keptLength + length));
        }
        System.arraycopy(block, blockOffset + begin, kept, keptLength, length);
        keptLength += length;
    }
}
