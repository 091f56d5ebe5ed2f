package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;

/**
 * A connection that serves one exchange. The library's own one writes all headers, so the
 * credentials too, to the log at level debug; this one writes nothing.
 */
final class QuietConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection {

    /** Bounds the memory that a response's head can take. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(1 << 16).setMaxHeaderCount(1_000).build();

    private volatile boolean closed;
    private volatile Socket baseSocket;

    QuietConnection() {
        super(LIMITS);
    }

    @Override
    public void bind(Socket socket) throws IOException {
        baseSocket = socket;
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket sslSocket, Socket socket) throws IOException {
        baseSocket = socket;
        bind(new SocketHolder(sslSocket, socket));
    }

    /** An exchange may be aborted between two of the binds that make a connection. */
    @Override
    public void bind(SocketHolder holder) throws IOException {
        super.bind(holder);
        if (closed) {
            super.close(CloseMode.IMMEDIATE);
            throw new InterruptedIOException("the connection was closed while it was made");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    /** At once, too, without the reset that the server would see after a complete exchange. */
    @Override
    public void close(CloseMode mode) {
        closed = true;
        Closer.closeQuietly(baseSocket);
        super.close(mode);
    }

    @Override
    public Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public SSLSession getSSLSession() {
        return getSocket() instanceof SSLSocket ssl ? ssl.getSession() : null;
    }

    /** Connections are never kept idle. */
    @Override
    public void passivate() {}

    @Override
    public void activate() {}
}
