package io.github.vidicenter.flink.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is received. */
final class CountedStream extends FilterInputStream {

    private long count;

    CountedStream(InputStream received) {
        super(received);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count += Math.max(0, read);
        return read;
    }

    /** There may always be more; whoever is not sure has to wait for it. */
    @Override
    public int available() {
        return 1;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    void skipToEnd(byte[] buffer) throws IOException {
        int read = 0;
        while (read >= 0) {
            read = read(buffer, 0, buffer.length);
        }
    }
}
