package io.github.vidicenter.flink.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A temporary file that is gone once it is closed. On Unix its name is gone as soon as it is open,
 * so that nothing stays behind even of a process that is killed.
 */
final class SpooledFile implements Closeable {

    private final Path path;
    private final FileChannel channel;

    private SpooledFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static SpooledFile create(Path directory) throws IOException {
        Path path =
                Files.createDirectories(directory)
                        .resolve("vidicenter-export-" + UUID.randomUUID() + ".tmp");
        return new SpooledFile(
                path,
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
    }

    OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /** From the beginning; several streams may be read at a time. */
    InputStream in() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
                position += Math.max(0, read);
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
