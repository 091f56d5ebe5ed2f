package io.github.vidicenter.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of an answer, written no faster than the client reads it. The last bytes are kept back
 * until {@link #close}, so that the end of the request can be noted before the client sees it.
 */
public final class ChannelOutputStream extends OutputStream {

    private static final int CHUNK = 32 * 1024;

    private final Channel channel;
    private final Connection connection;
    private final Runnable complete;
    private byte[] buffer = new byte[CHUNK];
    private int filled;

    ChannelOutputStream(Channel channel, Connection connection, Runnable complete) {
        this.channel = channel;
        this.connection = connection;
        this.complete = complete;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int written = 0;
        while (written < length) {
            if (filled == CHUNK) {
                send();
            }
            int part = Math.min(length - written, CHUNK - filled);
            System.arraycopy(bytes, offset + written, buffer, filled, part);
            filled += part;
            written += part;
        }
    }

    /** Sends what has been written so far. The writers of bodies never call it. */
    public void send() throws IOException {
        connection.awaitWritable(channel);
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(buffer, 0, filled)));
        buffer = new byte[CHUNK];
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        connection.awaitWritable(channel);
        connection.answered();
        channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(buffer, 0, filled)));
        complete.run();
    }
}
