package io.github.vidicenter.flink.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

/** Exchanges that are ended from outside. */
class HttpDeadlinesTest extends ScriptedServer {

    @Test
    void cutsOffABodyThatTrickles() throws Exception {
        try (HttpExportApi impatient = api(Token.of(TOKEN), Duration.ofMillis(300))) {
            server.enqueue(response(200, FINISHED).throttleBody(1, 10, MILLISECONDS).build());
            assertThat(broken(impatient.ask(REQUEST, false, true)).what())
                    .contains("'http.request-timeout'");
        }
    }

    @Test
    void cutsOffAServerThatStaysSilent() throws Exception {
        try (HttpExportApi impatient = api(Token.of(TOKEN), Duration.ofMillis(300))) {
            server.enqueue(
                    response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
            broken(impatient.ask(REQUEST, false, true));
        }
    }

    @Test
    void abortEndsAnExchangeInFlightAndNoLaterOne() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(this::askUninterrupted);
        server.takeRequest();
        api.abort();
        assertThat(broken(answer.get(30, SECONDS)).what()).contains("aborted");
        assertThat(ask(response(200, FINISHED))).isInstanceOf(Answer.Finished.class);
    }

    @Test
    void closeEndsAnExchangeInFlight() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(this::askUninterrupted);
        server.takeRequest();
        api.close();
        broken(answer.get(30, SECONDS));
    }

    private Answer askUninterrupted() {
        try {
            return api.ask(REQUEST, false, true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptEndsAnExchangeInFlight() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread asking =
                new Thread(
                        () -> {
                            try {
                                answer.complete(api.ask(REQUEST, false, true));
                            } catch (InterruptedException e) {
                                answer.completeExceptionally(e);
                            }
                            ended.countDown();
                        });
        asking.start();
        server.takeRequest();
        asking.interrupt();
        assertThat(ended.await(30, SECONDS)).isTrue();
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }
}
