package io.github.vidicenter.flink.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stored body: either its bytes or its temporary file. */
final class SpooledBody implements ExportBody {

    private static final Logger LOG = LoggerFactory.getLogger(SpooledBody.class);

    private static final int BUFFER_BYTES = 1 << 16;

    private final byte[] memory;
    private final SpooledFile file;
    private final long bytes;
    private final boolean gzip;

    SpooledBody(byte[] memory, boolean gzip) {
        this.memory = memory;
        this.file = null;
        this.bytes = memory.length;
        this.gzip = gzip;
    }

    SpooledBody(SpooledFile file, long bytes, boolean gzip) {
        this.memory = null;
        this.file = file;
        this.bytes = bytes;
        this.gzip = gzip;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream received = file == null ? new ByteArrayInputStream(memory) : file.in();
        if (!gzip) {
            return received;
        }
        try {
            return new InflationGuard(new GZIPInputStream(received, BUFFER_BYTES), bytes);
        } catch (IOException e) {
            received.close();
            throw e;
        }
    }

    @Override
    public boolean isSealedFile() {
        return file != null && gzip;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // The export itself is fine, so the job goes on.
                LOG.warn("Can't delete the temporary file {}", file, e);
            }
        }
    }
}
