package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The API over HTTP. Each exchange has a connection of its own, which is closed after it: the
 * provider counts connections per address, and a kept one counts while nobody uses it.
 */
public final class HttpExportApi implements ExportApi {

    private final URI url;
    private final String username;
    private final Token token;
    private final Duration requestTimeout;
    private final Clock clock = Clock.systemUTC();
    private final BodySpool spool;
    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpExportApi::daemon);
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();

    /** Read when first needed and kept until the server refuses it. */
    private final AtomicReference<Credentials> credentials = new AtomicReference<>();

    private record Credentials(String authorization, RemoteText text) {
        static Credentials of(String username, String token) {
            String encoded =
                    Base64.getEncoder()
                            .encodeToString(
                                    (username + ":" + token).getBytes(StandardCharsets.UTF_8));
            return new Credentials("Basic " + encoded, new RemoteText(List.of(token, encoded)));
        }

        @Override
        public String toString() {
            return "******";
        }
    }

    /**
     * @param url API root; see {@link ApiUrl}
     * @param connectTimeout bounds making a connection
     * @param requestTimeout bounds a whole exchange, connection and body included
     * @param directories where bodies that are too large for memory are stored
     * @throws IllegalArgumentException if the url or the username can't be used
     */
    public HttpExportApi(
            URI url,
            String username,
            Token token,
            Duration connectTimeout,
            Duration requestTimeout,
            List<Path> directories) {
        if (username.contains(":")) {
            throw new IllegalArgumentException("'username' can't hold a colon, but is " + username);
        }
        this.url = ApiUrl.of(url.toString());
        this.username = username;
        this.token = token;
        this.requestTimeout = requestTimeout;
        this.spool = new BodySpool(directories);
        this.client = HttpClientFactory.create(connectTimeout, requestTimeout);
    }

    @Override
    public Answer ask(ExportRequest request, boolean forceRebuild) throws InterruptedException {
        Credentials used;
        try {
            used = credentials();
        } catch (IOException e) {
            return new Answer.Unauthorized(e.getMessage());
        }
        Answer answer = exchange(uri(request, forceRebuild), used);
        if (answer instanceof Answer.Unauthorized) {
            credentials.compareAndSet(used, null);
        }
        return answer;
    }

    @Override
    public void abort() {
        inFlight.forEach(Exchange::abort);
    }

    @Override
    public void close() {
        threads.shutdown();
        abort();
        client.close(CloseMode.IMMEDIATE);
    }

    private Answer exchange(URI uri, Credentials used) throws InterruptedException {
        Exchange exchange = new Exchange(client, uri, used.authorization(), spool);
        inFlight.add(exchange);
        try {
            threads.execute(exchange);
            return answer(exchange.await(requestTimeout), used.text());
        } catch (IOException e) {
            return new Answer.Broken(used.text().describe(e), used.text().isClean(e) ? e : null);
        } finally {
            inFlight.remove(exchange);
        }
    }

    private Answer answer(Exchange.Received received, RemoteText text) throws InterruptedException {
        AnswerReader reader = new AnswerReader(text);
        if (StatusPolicy.carriesExport(received.status())) {
            return reader.read(received.body());
        }
        Instant serverTime = StatusPolicy.date(received.date());
        return StatusPolicy.judge(
                received.status(),
                reader.message(received.body()),
                text.clean(received.location()),
                received.retryAfter(),
                serverTime == null ? clock.instant() : serverTime);
    }

    private Credentials credentials() throws IOException {
        Credentials known = credentials.get();
        if (known == null) {
            known = Credentials.of(username, token.read());
            credentials.set(known);
        }
        return known;
    }

    private URI uri(ExportRequest request, boolean forceRebuild) {
        return URI.create(
                url
                        + "data/?"
                        + request.canonicalQuery()
                        + (forceRebuild ? "&force_rebuild=1" : ""));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "vidicenter-http");
        thread.setDaemon(true);
        return thread;
    }
}
