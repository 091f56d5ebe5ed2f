package io.github.vidicenter.flink.dashboard.web;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.SetHeaderHandler;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Deque;
import java.util.Properties;

/**
 * The page, on this machine alone: files from the class path, and {@code /events}, the {@link Feed}
 * of a day ({@code ?day=2024-03-06}) or of today.
 */
public final class DashboardServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long KEEP_ALIVE_MILLIS = 15_000;
    private static final String UPLOT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private final Undertow server;

    private DashboardServer(Undertow server) {
        this.server = server;
    }

    /**
     * @param port 0: any free one
     */
    public static DashboardServer start(int port, Feed feed) throws IOException {
        HttpHandler paths =
                Handlers.path(files("page"))
                        .addPrefixPath("/uplot", files(uplot()))
                        .addExactPath(
                                "/events",
                                Handlers.serverSentEvents(
                                        (connection, id) -> connected(connection, feed)));
        // Nothing but this server's own files and events, should a name ever hold markup.
        HttpHandler guarded =
                new SetHeaderHandler(
                        new SetHeaderHandler(
                                paths,
                                "Content-Security-Policy",
                                "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"),
                        "X-Content-Type-Options",
                        "nosniff");
        Undertow server =
                Undertow.builder().addHttpListener(port, HOST).setHandler(guarded).build();
        server.start();
        return new DashboardServer(server);
    }

    private static void connected(ServerSentEventConnection connection, Feed feed) {
        Viewer viewer = new Viewer(connection, day(connection));
        connection.setKeepAliveTime(KEEP_ALIVE_MILLIS);
        connection.addCloseTask(closed -> feed.remove(viewer));
        feed.add(viewer);
    }

    /** Null if the browser asks for none, or for what is none. */
    private static LocalDate day(ServerSentEventConnection connection) {
        Deque<String> asked = connection.getQueryParameters().get("day");
        try {
            return asked == null ? null : LocalDate.parse(asked.getFirst());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static ResourceHandler files(String folder) {
        return new ResourceHandler(
                new ClassPathResourceManager(DashboardServer.class.getClassLoader(), folder));
    }

    /** The webjar's folder is named by its version. */
    private static String uplot() throws IOException {
        Properties jar = new Properties();
        try (InputStream file = DashboardServer.class.getClassLoader().getResourceAsStream(UPLOT)) {
            jar.load(file);
        }
        return "META-INF/resources/webjars/uplot/" + jar.getProperty("version") + "/dist";
    }

    public URI url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + HOST + ":" + address.getPort() + "/");
    }

    @Override
    public void close() {
        server.stop();
    }
}
