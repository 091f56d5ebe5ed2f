package io.github.vidicenter.flink.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpExportApiTest {

    private static final String TOKEN = "s3cret-token";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String FINISHED =
            "{\"data\":[{\"location_id\":1}],\"creation_date\":\"d1\",\"state\":\"finished\"}";
    private static final ExportRequest REQUEST =
            new ExportRequest(
                    new ExportKind("viewers", TimeResolution.HOUR, false, null, null, ""),
                    Selection.of(Selection.Kind.LOCATIONS, List.of(2L, 1L)),
                    LocalDateTime.of(2024, 3, 4, 10, 0),
                    LocalDateTime.of(2024, 3, 4, 11, 0));

    @TempDir Path directory;
    private MockWebServer server;
    private HttpExportApi api;

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

    private HttpExportApi api(Token token, Duration requestTimeout) {
        URI url = URI.create("http://127.0.0.1:" + server.getPort() + "/api/v1");
        return new HttpExportApi(
                url, "me", token, Duration.ofSeconds(5), requestTimeout, List.of(directory));
    }

    private static MockResponse.Builder response(int status, String body) {
        return new MockResponse.Builder().code(status).body(body);
    }

    private Answer ask(MockResponse.Builder response) throws InterruptedException {
        server.enqueue(response.build());
        Answer answer = api.ask(REQUEST, false);
        assertThat(describe(answer)).doesNotContain(TOKEN).doesNotContain(BASIC);
        return answer;
    }

    private static String describe(Answer answer) {
        StringWriter text = new StringWriter();
        text.append(answer.toString());
        if (answer instanceof Answer.Broken broken && broken.cause() != null) {
            broken.cause().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    private static Answer.Broken broken(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Broken.class);
        return (Answer.Broken) answer;
    }

    private static Buffer gzip(String text) throws IOException {
        Buffer buffer = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(buffer))) {
            sink.writeUtf8(text);
        }
        return buffer;
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    private static String content(Answer answer) throws IOException {
        assertThat(answer).isInstanceOf(Answer.Finished.class);
        try (ExportBody body = ((Answer.Finished) answer).body();
                InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // Requests

    @Test
    void sends_the_canonical_request_with_credentials_at_once() throws Exception {
        assertThat(ask(response(200, "{\"state\":\"started\"}")))
                .isEqualTo(new Answer.Pending("started", null));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget()).isEqualTo("/api/v1/data/?" + REQUEST.canonicalQuery());
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic " + BASIC);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
        assertThat(request.getHeaders().get("User-Agent")).contains("flink-connector-vidicenter");
        assertThat(request.getHeaders().values("Connection")).containsExactly("close");
        assertThat(request.getHeaders().get("Upgrade")).isNull();
    }

    @Test
    void sends_force_rebuild_only_when_asked_to() throws Exception {
        server.enqueue(response(200, "{\"state\":\"started\"}").build());
        api.ask(REQUEST, true);
        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/api/v1/data/?" + REQUEST.canonicalQuery() + "&force_rebuild=1");
    }

    @Test
    void uses_a_connection_for_one_exchange_and_keeps_no_cookies() throws Exception {
        for (int i = 0; i < 3; i++) {
            ask(
                    response(200, "{\"state\":\"started\"}")
                            .addHeader("Set-Cookie", "a=b")
                            .addHeader("Connection", "keep-alive"));
        }
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getConnectionIndex()).isEqualTo(i);
            assertThat(request.getExchangeIndex()).isZero();
            assertThat(request.getHeaders().get("Cookie")).isNull();
        }
    }

    @Test
    void closes_the_connection_after_the_exchange_although_the_server_keeps_it() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Integer> end =
                    CompletableFuture.supplyAsync(() -> answerAndReadOn(socket));
            try (HttpExportApi other = apiAt("http://127.0.0.1:" + socket.getLocalPort())) {
                assertThat(other.ask(REQUEST, false)).isInstanceOf(Answer.Pending.class);
                assertThat(end.get(30, SECONDS)).as("end of the stream").isEqualTo(-1);
            }
        }
    }

    private static int answerAndReadOn(ServerSocket socket) {
        try (var connection = socket.accept()) {
            InputStream in = connection.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            connection
                    .getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"state\":\"started\"}"
                                    .getBytes(StandardCharsets.UTF_8));
            return in.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpExportApi apiAt(String url) {
        return new HttpExportApi(
                URI.create(url), "me", Token.of(TOKEN), LONG, LONG, List.of(directory));
    }

    @Test
    void refuses_plain_http_to_another_machine_before_anything_is_sent() {
        assertThatThrownBy(() -> apiAt("http://example.com/api/v1/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'");
    }

    @Test
    void refuses_a_username_that_basic_authentication_cannot_carry() {
        URI url = URI.create("https://localhost/");
        assertThatThrownBy(
                        () ->
                                new HttpExportApi(
                                        url,
                                        "a:b",
                                        Token.of(TOKEN),
                                        LONG,
                                        LONG,
                                        List.of(directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'username'");
    }

    @Test
    void goes_through_no_proxy_to_this_machine() throws Exception {
        System.setProperty("http.proxyHost", "proxy.invalid");
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThat(ask(response(200, "{\"state\":\"started\"}")))
                    .isInstanceOf(Answer.Pending.class);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void goes_through_the_proxy_of_the_jvm_to_other_machines() throws Exception {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", String.valueOf(server.getPort()));
        try (HttpExportApi other = apiAt("https://vidicenter.invalid/api/v1/")) {
            server.enqueue(response(502, "no such host").build());
            broken(other.ask(REQUEST, false));
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).startsWith("CONNECT vidicenter.invalid:443");
        assertThat(request.getHeaders().get("Authorization")).isNull();
    }

    // Bodies

    @Test
    void delivers_a_finished_export_whose_state_comes_last() throws Exception {
        Answer answer = ask(response(200, FINISHED));
        assertThat(((Answer.Finished) answer).creationDate()).isEqualTo("d1");
        assertThat(content(answer)).isEqualTo(FINISHED);
    }

    @Test
    void keeps_a_compressed_body_as_received() throws Exception {
        Buffer zipped = gzip(FINISHED);
        long size = zipped.size();
        Answer answer =
                ask(new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(zipped));
        assertThat(((Answer.Finished) answer).body().bytes()).isEqualTo(size);
        assertThat(content(answer)).isEqualTo(FINISHED);
    }

    @Test
    void reads_a_chunked_body() throws Exception {
        assertThat(content(ask(new MockResponse.Builder().chunkedBody(FINISHED, 5))))
                .isEqualTo(FINISHED);
    }

    @Test
    void stores_a_large_body_in_a_file_and_deletes_it() throws Exception {
        Answer answer = ask(response(200, largeExport()));
        assertThat(((Answer.Finished) answer).body().bytes()).isGreaterThan(BodySpool.MEMORY_BYTES);
        assertThat(content(answer)).isEqualTo(largeExport());
        assertThat(files()).isZero();
    }

    @Test
    void deletes_the_file_of_a_large_body_that_is_no_export() throws Exception {
        String cut = largeExport().substring(0, BodySpool.MEMORY_BYTES + 100);
        assertThat(broken(ask(response(200, cut))).what()).contains("not whole JSON");
        assertThat(files()).isZero();
        broken(ask(response(200, largeExport()).onResponseBody(new SocketEffect.CloseSocket())));
        assertThat(files()).isZero();
    }

    private static String largeExport() {
        StringBuilder export = new StringBuilder("{\"data\":[0");
        new Random(42)
                .ints(BodySpool.MEMORY_BYTES / 4)
                .forEach(number -> export.append(',').append(number));
        return export.append("],\"state\":\"finished\"}").toString();
    }

    @Test
    void finds_out_a_body_that_is_cut() throws Exception {
        Buffer zipped = gzip(FINISHED);
        Buffer cut = new Buffer();
        cut.write(zipped, zipped.size() - 9);
        broken(ask(new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(cut)));

        MockResponse.Builder longer = response(200, FINISHED);
        longer.setHeader("Content-Length", FINISHED.length() + 1);
        longer.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        broken(ask(longer));

        MockResponse.Builder shorter = response(200, FINISHED);
        shorter.setHeader("Content-Length", FINISHED.length() - 1);
        broken(ask(shorter));

        MockResponse.Builder chunks = new MockResponse.Builder();
        chunks.chunkedBody(FINISHED, 5).onResponseBody(new SocketEffect.CloseSocket());
        broken(ask(chunks));

        MockResponse.Builder brokenChunks = response(200, FINISHED);
        brokenChunks.removeHeader("Content-Length").setHeader("Transfer-Encoding", "chunked");
        broken(ask(brokenChunks));
    }

    @Test
    void finds_out_a_reset() throws Exception {
        MockResponse.Builder reset = response(200, FINISHED);
        assertThat(broken(ask(reset.onResponseStart(new SocketEffect.CloseSocket()))).cause())
                .isNotNull();
    }

    @Test
    void finds_out_what_is_no_json_or_was_not_asked_for() throws Exception {
        assertThat(broken(ask(response(200, "<html>Login " + TOKEN + " " + BASIC))).what())
                .contains("<html>Login ****** ******");
        assertThat(broken(ask(response(204, ""))).what()).contains("empty");
        assertThat(broken(ask(response(200, FINISHED).addHeader("Content-Encoding", "br"))).what())
                .contains("'br'");
    }

    @Test
    void finds_out_that_nobody_listens() throws Exception {
        int port = server.getPort();
        server.close();
        try (HttpExportApi other = apiAt("http://127.0.0.1:" + port)) {
            assertThat(broken(other.ask(REQUEST, false)).cause())
                    .isInstanceOf(java.net.ConnectException.class);
        }
    }

    // Statuses

    @Test
    void reads_the_token_file_again_after_a_refusal_and_only_then() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "old");
        try (HttpExportApi fromFile = api(Token.inFile(file.toString()), LONG)) {
            server.enqueue(response(200, "{\"state\":\"started\"}").build());
            fromFile.ask(REQUEST, false);
            Files.writeString(file, "new");
            server.enqueue(
                    response(401, "{\"message\":\"Invalid API Token\",\"error\":401}")
                            .addHeader("WWW-Authenticate", "Basic realm=\"api\"")
                            .build());
            assertThat(fromFile.ask(REQUEST, false))
                    .isEqualTo(new Answer.Unauthorized("HTTP 401: Invalid API Token"));
            server.enqueue(response(200, "{\"state\":\"started\"}").build());
            fromFile.ask(REQUEST, false);
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
    void a_token_file_that_cannot_be_read_is_told_without_a_call() throws Exception {
        Token missing = Token.inFile(directory.resolve("missing").toString());
        try (HttpExportApi fromFile = api(missing, LONG)) {
            assertThat(((Answer.Unauthorized) fromFile.ask(REQUEST, false)).message())
                    .contains("'token-file'");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void tells_a_rejection_with_the_servers_message(int status) throws Exception {
        assertThat(ask(response(status, "{\"message\":\"no such location\"}")))
                .isEqualTo(new Answer.Rejected(status, "no such location"));
    }

    @Test
    void tells_a_rejection_whose_message_breaks_off() throws Exception {
        MockResponse.Builder cut = response(403, "{\"message\":\"no such");
        cut.setHeader("Content-Length", 1000).onResponseEnd(new SocketEffect.CloseSocket());
        assertThat(ask(cut)).isInstanceOf(Answer.Rejected.class);
    }

    @Test
    void reads_a_compressed_message() throws Exception {
        MockResponse.Builder zipped = new MockResponse.Builder().code(403);
        zipped.addHeader("Content-Encoding", "gzip").body(gzip("{\"message\":\"no\"}"));
        assertThat(ask(zipped)).isEqualTo(new Answer.Rejected(403, "no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void does_not_repeat_a_call_on_its_own(int status) throws Exception {
        assertThat(broken(ask(response(status, "<h1>Oops").addHeader("Retry-After", "1"))).what())
                .isEqualTo("HTTP " + status + ": <h1>Oops");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void does_not_follow_redirects(int status) throws Exception {
        String elsewhere = server.url("/elsewhere").toString();
        assertThat(ask(response(status, "").addHeader("Location", elsewhere)))
                .isEqualTo(new Answer.Redirected(status, "redirected to " + elsewhere));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void reads_how_long_a_throttled_call_has_to_wait() throws Exception {
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

    // Ends from outside

    @Test
    void cuts_off_a_body_that_trickles() throws Exception {
        try (HttpExportApi impatient = api(Token.of(TOKEN), Duration.ofMillis(300))) {
            server.enqueue(response(200, FINISHED).throttleBody(1, 100, MILLISECONDS).build());
            assertThat(broken(impatient.ask(REQUEST, false)).what())
                    .contains("'http.request-timeout'");
        }
    }

    @Test
    void cuts_off_a_server_that_stays_silent() throws Exception {
        try (HttpExportApi impatient = api(Token.of(TOKEN), Duration.ofMillis(300))) {
            server.enqueue(
                    response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
            broken(impatient.ask(REQUEST, false));
        }
    }

    @Test
    void abort_ends_an_exchange_in_flight_and_no_later_one() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(this::askUninterrupted);
        server.takeRequest();
        api.abort();
        assertThat(broken(answer.get(30, SECONDS)).what()).contains("aborted");
        assertThat(ask(response(200, FINISHED))).isInstanceOf(Answer.Finished.class);
    }

    @Test
    void close_ends_an_exchange_in_flight() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(this::askUninterrupted);
        server.takeRequest();
        api.close();
        broken(answer.get(30, SECONDS));
    }

    private Answer askUninterrupted() {
        try {
            return api.ask(REQUEST, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_interrupt_ends_an_exchange_in_flight() throws Exception {
        server.enqueue(
                response(200, FINISHED).onResponseStart(SocketEffect.Stall.INSTANCE).build());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread asking =
                new Thread(
                        () -> {
                            try {
                                answer.complete(api.ask(REQUEST, false));
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

    // Secrets

    @Test
    void logs_no_credentials_at_any_level() throws Exception {
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
            logged.ask(REQUEST, false);
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
