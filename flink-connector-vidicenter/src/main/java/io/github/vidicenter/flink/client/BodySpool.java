package io.github.vidicenter.flink.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Stores a body as it is received: in memory while it is small, else in a temporary file. */
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
     * Reads a body to its end.
     *
     * @param gzip whether the body is compressed, and stays so
     * @throws IOException if the body breaks off or is too large
     * @throws UncheckedIOException if it can't be stored
     */
    ExportBody store(InputStream received, boolean gzip) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        int read;
        while ((read = received.read(chunk)) >= 0) {
            if (memory.size() + read > MEMORY_BYTES) {
                return storeInFile(memory, chunk, read, received, gzip);
            }
            memory.write(chunk, 0, read);
        }
        return new SpooledBody(memory.toByteArray(), gzip);
    }

    private ExportBody storeInFile(
            ByteArrayOutputStream memory,
            byte[] chunk,
            int last,
            InputStream received,
            boolean gzip)
            throws IOException {
        SpooledFile file = createFile();
        long size = memory.size();
        try {
            OutputStream out = file.out();
            writing(file, () -> memory.writeTo(out));
            for (int read = last; read >= 0; read = received.read(chunk)) {
                size += read;
                if (size > maxBytes) {
                    throw new IOException("the body has more than " + maxBytes + " bytes");
                }
                int length = read;
                writing(file, () -> out.write(chunk, 0, length));
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return new SpooledBody(file, size, gzip);
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
