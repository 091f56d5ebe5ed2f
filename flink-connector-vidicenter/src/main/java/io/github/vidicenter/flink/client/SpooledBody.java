package io.github.vidicenter.flink.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stored body: either its bytes as received, or a temporary file of its text. */
final class SpooledBody implements ExportBody {

    private static final Logger LOG = LoggerFactory.getLogger(SpooledBody.class);

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

    /**
     * @param file holds the body decompressed
     * @param bytes its size as received
     */
    SpooledBody(SpooledFile file, long bytes) {
        this.memory = null;
        this.file = file;
        this.bytes = bytes;
        this.gzip = false;
    }

    @Override
    public InputStream open() throws IOException {
        if (file != null) {
            return file.in();
        }
        InputStream received = new ByteArrayInputStream(memory);
        return gzip ? InflationGuard.inflate(received, this::bytes) : received;
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
