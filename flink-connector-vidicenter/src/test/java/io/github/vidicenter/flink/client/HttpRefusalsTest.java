package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers without data, and what is told of them: never a secret. */
class HttpRefusalsTest extends ScriptedServer {

    @Test
    void readsTheTokenFileAgainAfterARefusalAndOnlyThen() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "old");
        try (HttpExportApi fromFile = api(Token.inFile(file.toString()), LONG)) {
            server.enqueue(response(200, "{\"state\":\"started\"}").build());
            fromFile.ask(REQUEST, false, true);
            Files.writeString(file, "new");
            server.enqueue(
                    response(401, "{\"message\":\"Invalid API Token\",\"error\":401}")
                            .addHeader("WWW-Authenticate", "Basic realm=\"api\"")
                            .build());
            assertThat(fromFile.ask(REQUEST, false, true))
                    .isEqualTo(new Answer.Unauthorized("HTTP 401: Invalid API Token"));
            server.enqueue(response(200, "{\"state\":\"started\"}").build());
            fromFile.ask(REQUEST, false, true);
        }
        assertThat(List.of(authorization(), authorization(), authorization()))
                .containsExactly("me:old", "me:old", "me:new");
    }

    private String authorization() throws InterruptedException {
        String header = server.takeRequest().getHeaders().get("Authorization");
        return new String(
                Base64.getDecoder().decode(header.substring("Basic ".length())),
                StandardCharsets.UTF_8);
    }

    @Test
    void aTokenFileThatCannotBeReadIsToldWithoutACall() throws Exception {
        Token missing = Token.inFile(directory.resolve("missing").toString());
        try (HttpExportApi fromFile = api(missing, LONG)) {
            assertThat(((Answer.Unauthorized) fromFile.ask(REQUEST, false, true)).message())
                    .contains("'token-file'");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void tellsARejectionWithTheServersMessage(int status) throws Exception {
        assertThat(ask(response(status, "{\"message\":\"no such location\"}")))
                .isEqualTo(new Answer.Rejected(status, "no such location"));
    }

    @Test
    void tellsARejectionWhoseMessageBreaksOff() throws Exception {
        MockResponse.Builder cut = response(403, "{\"message\":\"no such");
        cut.setHeader("Content-Length", 1000).onResponseEnd(new SocketEffect.CloseSocket());
        assertThat(ask(cut)).isInstanceOf(Answer.Rejected.class);
    }

    @Test
    void readsACompressedMessage() throws Exception {
        MockResponse.Builder zipped = new MockResponse.Builder().code(403);
        zipped.addHeader("Content-Encoding", "gzip").body(gzip("{\"message\":\"no\"}"));
        assertThat(ask(zipped)).isEqualTo(new Answer.Rejected(403, "no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void doesNotRepeatACallOnItsOwn(int status) throws Exception {
        assertThat(broken(ask(response(status, "<h1>Oops").addHeader("Retry-After", "1"))).what())
                .isEqualTo("HTTP " + status + ": <h1>Oops");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void doesNotFollowRedirects(int status) throws Exception {
        String elsewhere = server.url("/elsewhere").toString();
        assertThat(ask(response(status, "").addHeader("Location", elsewhere)))
                .isEqualTo(new Answer.Redirected(status, "redirected to " + elsewhere));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void readsHowLongAThrottledCallHasToWait() throws Exception {
        assertThat(ask(response(429, ""))).isEqualTo(new Answer.Throttled(null));
        assertThat(ask(response(429, "").addHeader("Retry-After", "7")))
                .isEqualTo(new Answer.Throttled(Duration.ofSeconds(7)));
        assertThat(
                        ask(
                                response(429, "")
                                        .addHeader("Date", "Mon, 04 Mar 2024 10:00:00 GMT")
                                        .addHeader("Retry-After", "Mon, 04 Mar 2024 10:00:09 GMT")))
                .isEqualTo(new Answer.Throttled(Duration.ofSeconds(9)));
    }

    @Test
    void logsNoCredentialsAtAnyLevel() throws Exception {
        LoggerContext context =
                (LoggerContext) org.apache.logging.log4j.LogManager.getContext(false);
        var root = context.getConfiguration().getRootLogger();
        Level level = root.getLevel();
        StringBuffer log = new StringBuffer();
        AbstractAppender appender =
                new AbstractAppender("log", null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        log.append(event.getMessage().getFormattedMessage()).append('\n');
                    }
                };
        appender.start();
        root.addAppender(appender, Level.ALL, null);
        root.setLevel(Level.ALL);
        context.updateLoggers();
        try (HttpExportApi logged = api(Token.of(TOKEN), LONG)) {
            server.enqueue(response(401, "").build());
            logged.ask(REQUEST, false, true);
            assertThat(logged.toString()).doesNotContain(TOKEN);
        } finally {
            root.setLevel(level);
            root.removeAppender("log");
            context.updateLoggers();
        }
        assertThat(log.toString())
                .contains("/api/v1/data/")
                .doesNotContain(TOKEN)
                .doesNotContain(BASIC);
    }
}
