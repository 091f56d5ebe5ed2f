package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that a test scripts, answer by answer, and the client of exports that asks it. */
@Timeout(60)
abstract class ScriptedServer {

    static final String TOKEN = "s3cret-token";
    static final String BASIC =
            Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    static final Duration LONG = Duration.ofMinutes(1);
    static final String FINISHED =
            "{\"data\":[{\"location_id\":1}],\"creation_date\":\"d1\",\"state\":\"finished\"}";
    static final ExportRequest REQUEST =
            new ExportRequest(
                    new ExportKind("viewers", TimeResolution.HOUR, false, null, null, ""),
                    Selection.of(Selection.Kind.LOCATIONS, List.of(2L, 1L)),
                    LocalDateTime.of(2024, 3, 4, 10, 0),
                    LocalDateTime.of(2024, 3, 4, 11, 0));

    @TempDir Path directory;
    MockWebServer server;
    HttpExportApi api;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start(InetAddress.getByName("127.0.0.1"), 0);
        api = api(Token.of(TOKEN), LONG);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    HttpExportApi api(Token token, Duration requestTimeout) {
        URI url = URI.create("http://127.0.0.1:" + server.getPort() + "/api/v1");
        return new HttpExportApi(
                new HttpAccess(
                        url,
                        "me",
                        token,
                        Duration.ofSeconds(5),
                        requestTimeout,
                        List.of(directory)));
    }

    static MockResponse.Builder response(int status, String body) {
        return new MockResponse.Builder().code(status).body(body);
    }

    Answer ask(MockResponse.Builder response) throws InterruptedException {
        server.enqueue(response.build());
        Answer answer = api.ask(REQUEST, false, true);
        assertThat(describe(answer)).doesNotContain(TOKEN).doesNotContain(BASIC);
        return answer;
    }

    private static String describe(Answer answer) {
        return answer instanceof Answer.Broken broken
                ? answer + ExceptionUtils.stringifyException(broken.cause())
                : answer.toString();
    }

    static Answer.Broken broken(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Broken.class);
        return (Answer.Broken) answer;
    }

    static Buffer gzip(String text) throws IOException {
        Buffer buffer = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(buffer))) {
            sink.writeUtf8(text);
        }
        return buffer;
    }

    long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    static String content(Answer answer) throws IOException {
        assertThat(answer).isInstanceOf(Answer.Finished.class);
        try (ExportBody body = ((Answer.Finished) answer).body();
                InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    HttpExportApi apiAt(String url) {
        return new HttpExportApi(
                new HttpAccess(
                        URI.create(url), "me", Token.of(TOKEN), LONG, LONG, List.of(directory)));
    }
}
