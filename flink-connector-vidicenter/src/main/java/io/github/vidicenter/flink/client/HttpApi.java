package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
 * GET requests to any endpoint, with the account's credentials. Each exchange has a connection of
 * its own, which is closed after it: the provider counts connections per address, and a kept one
 * counts while nobody uses it.
 */
final class HttpApi implements AutoCloseable {

    private final HttpAccess access;
    private final Clock clock = Clock.systemUTC();
    private final BodySpool spool;
    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpApi::daemon);
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
     * Reads the body of an answer with status 2xx.
     *
     * @param <A> what answers of the endpoint are, {@link Answer.Trouble} included
     */
    interface BodyReader<A> {
        /**
         * @param body the reader's to close, at once or with what it returns
         */
        A read(ExportBody body, AnswerReader reader) throws InterruptedException;
    }

    /** Makes the answer of an endpoint of what may come of any. */
    interface TroubleReader<A> {
        A of(Answer.Trouble trouble);
    }

    HttpApi(HttpAccess access, BodySpool spool) {
        this.access = access;
        this.spool = spool;
        this.client = HttpClientFactory.create(access.connectTimeout(), access.requestTimeout());
    }

    /**
     * Makes one call.
     *
     * @param path below the API's root, with its query, encoded
     */
    <A> A get(String path, BodyReader<A> bodies, TroubleReader<A> troubles)
            throws InterruptedException {
        Credentials used;
        try {
            used = credentials();
        } catch (IOException e) {
            return troubles.of(new Answer.Unauthorized(e.getMessage()));
        }
        Exchange exchange =
                new Exchange(client, URI.create(access.url() + path), used.authorization(), spool);
        inFlight.add(exchange);
        try {
            threads.execute(exchange);
            Exchange.Received received = exchange.await(access.requestTimeout());
            AnswerReader reader = new AnswerReader(used.text());
            if (StatusPolicy.carriesData(received.status())) {
                return bodies.read(received.body(), reader);
            }
            return troubles.of(trouble(received, used, reader));
        } catch (IOException e) {
            return troubles.of(
                    new Answer.Broken(used.text().describe(e), used.text().isClean(e) ? e : null));
        } finally {
            inFlight.remove(exchange);
        }
    }

    private Answer.Trouble trouble(
            Exchange.Received received, Credentials used, AnswerReader reader)
            throws InterruptedException {
        Instant serverTime = StatusPolicy.date(received.date());
        Answer.Trouble trouble =
                StatusPolicy.judge(
                        received.status(),
                        reader.message(received.body()),
                        used.text().clean(received.location()),
                        received.retryAfter(),
                        serverTime == null ? clock.instant() : serverTime);
        if (trouble instanceof Answer.Unauthorized) {
            credentials.compareAndSet(used, null);
        }
        return trouble;
    }

    /** Ends the exchanges that are in flight. */
    void abort() {
        inFlight.forEach(Exchange::abort);
    }

    @Override
    public void close() {
        threads.shutdown();
        abort();
        client.close(CloseMode.IMMEDIATE);
    }

    private Credentials credentials() throws IOException {
        Credentials known = credentials.get();
        if (known == null) {
            known = Credentials.of(access.username(), access.token().read());
            credentials.set(known);
        }
        return known;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "vidicenter-http");
        thread.setDaemon(true);
        return thread;
    }
}
