package io.github.vidicenter.flink.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Stores a body: in memory while it is small, else in a temporary file. */
final class BodySpool {

    /** Bodies up to this size stay in memory. */
    static final int MEMORY_BYTES = 4 << 20;

    /**
     * The API's largest export has 20 million rows of some 300 bytes uncompressed: 6 GB. More than
     * this is not an export.
     */
    static final long MAX_BYTES = 16L << 30;

    private static final int CHUNK_BYTES = 1 << 16;

    private final List<Path> directories;
    private final long maxBytes;

    /**
     * @param directories where temporary files may be; one is picked at random for each
     */
    BodySpool(List<Path> directories) {
        this(directories, MAX_BYTES);
    }

    BodySpool(List<Path> directories, long maxBytes) {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("no directory for temporary files");
        }
        this.directories = List.copyOf(directories);
        this.maxBytes = maxBytes;
    }

    /**
     * Reads a body to its end. A file holds it decompressed: it is read twice, and inflating it
     * takes longer than all the rest.
     *
     * @param gzip whether the body is compressed
     * @throws IOException if the body breaks off, can't be decompressed or is too large
     * @throws UncheckedIOException if it can't be stored
     */
    ExportBody store(InputStream received, boolean gzip) throws IOException {
        byte[] head = received.readNBytes(MEMORY_BYTES + 1);
        return head.length <= MEMORY_BYTES
                ? new SpooledBody(head, gzip)
                : storeInFile(
                        new CountedStream(
                                new SequenceInputStream(new ByteArrayInputStream(head), received)),
                        gzip);
    }

    private ExportBody storeInFile(CountedStream received, boolean gzip) throws IOException {
        SpooledFile file = createFile();
        try {
            OutputStream out = file.out();
            InputStream plain = gzip ? InflationGuard.inflate(received, received::count) : received;
            byte[] chunk = new byte[CHUNK_BYTES];
            long size = 0;
            for (int read = plain.read(chunk); read >= 0; read = plain.read(chunk)) {
                size += read;
                if (size > maxBytes) {
                    throw new IOException("the body has more than " + maxBytes + " bytes");
                }
                int length = read;
                writing(file, () -> out.write(chunk, 0, length));
            }
            // What follows the compressed data is of no use, but its end has to be there.
            received.skipToEnd(chunk);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return new SpooledBody(file, received.count());
    }

    private SpooledFile createFile() {
        Path directory = directories.get(ThreadLocalRandom.current().nextInt(directories.size()));
        try {
            return SpooledFile.create(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't create a temporary file in " + directory, e);
        }
    }

    /** A full disk is this machine's trouble, which asking the server again doesn't cure. */
    private static void writing(SpooledFile file, Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the export to " + file, e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
