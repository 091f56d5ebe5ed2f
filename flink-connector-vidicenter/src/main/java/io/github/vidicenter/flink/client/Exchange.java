package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * One request and its whole response. It runs on a thread of its own, since neither a look-up of a
 * name nor a read from a socket can be interrupted: whoever waits for it can leave at any time, and
 * what it then still brings is thrown away.
 */
final class Exchange implements Runnable {

    /** Enough of a body that carries no data to find a message in it. */
    private static final int MESSAGE_BYTES = 1 << 16;

    private static final ExportBody NO_BODY = new SpooledBody(new byte[0], false);

    private final CloseableHttpClient client;
    private final HttpGet request;
    private final BodySpool spool;
    private final CompletableFuture<Received> outcome = new CompletableFuture<>();

    /**
     * A response, its headers as text or null.
     *
     * @param body whole if the status carries data, else its beginning
     */
    record Received(int status, String location, String retryAfter, String date, ExportBody body) {}

    Exchange(CloseableHttpClient client, URI uri, String authorization, BodySpool spool) {
        this.client = client;
        this.request = new HttpGet(uri);
        this.spool = spool;
        request.setHeader("Authorization", authorization);
        request.setHeader("Accept", "application/json");
        request.setHeader("Accept-Encoding", "gzip");
        request.setHeader("Connection", "close");
    }

    @Override
    public void run() {
        try {
            Received received = receive();
            if (!outcome.complete(received)) {
                received.body().close();
            }
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    /**
     * Waits for the response.
     *
     * @throws IOException if there is none, or not the whole of it within the deadline
     * @throws UncheckedIOException if it can't be stored
     */
    Received await(Duration deadline) throws IOException, InterruptedException {
        try {
            return outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(
                    new SocketTimeoutException(
                            "no whole answer within %s ('http.request-timeout')"
                                    .formatted(deadline)));
            return ended();
        } catch (InterruptedException e) {
            end(new InterruptedIOException());
            outcome.thenAccept(received -> received.body().close());
            throw e;
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        }
    }

    void abort() {
        end(new InterruptedIOException("the exchange was aborted"));
    }

    private void end(IOException why) {
        outcome.completeExceptionally(why);
        request.abort();
    }

    /** The response may have come in the very moment in which the wait for it ended. */
    private Received ended() throws IOException, InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        }
    }

    private static IOException asThrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }

    private Received receive() throws IOException {
        try {
            ClassicHttpResponse response =
                    client.executeOpen(null, request, HttpClientContext.create());
            return new Received(
                    response.getCode(),
                    header(response, "Location"),
                    header(response, "Retry-After"),
                    header(response, "Date"),
                    body(response));
        } finally {
            // Gives the connection up; closing the response would first read the body's rest.
            request.abort();
        }
    }

    private ExportBody body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return NO_BODY;
        }
        try {
            InputStream in = entity.getContent();
            if (StatusPolicy.carriesData(response.getCode())) {
                return spool.store(in, isGzip(entity));
            }
            return new SpooledBody(in.readNBytes(MESSAGE_BYTES), isGzip(entity));
        } catch (IOException e) {
            if (StatusPolicy.carriesData(response.getCode())) {
                throw e;
            }
            // The status tells enough, even where the message that goes with it breaks off.
            return NO_BODY;
        }
    }

    private static boolean isGzip(HttpEntity entity) throws IOException {
        String encoding = entity.getContentEncoding();
        return switch (encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                    throw new IOException(
                            "the answer has the Content-Encoding '"
                                    + encoding
                                    + "', which was not asked for");
        };
    }

    private static String header(ClassicHttpResponse response, String name) {
        return response.getFirstHeader(name) == null
                ? null
                : response.getFirstHeader(name).getValue();
    }
}
