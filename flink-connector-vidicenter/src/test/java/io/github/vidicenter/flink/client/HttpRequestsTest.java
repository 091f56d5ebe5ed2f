package io.github.vidicenter.flink.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** What goes out, by which connection. */
class HttpRequestsTest extends ScriptedServer {

    @Test
    void sendsTheCanonicalRequestWithCredentialsAtOnce() throws Exception {
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
    void sendsForceRebuildOnlyWhenAskedTo() throws Exception {
        server.enqueue(response(200, "{\"state\":\"started\"}").build());
        api.ask(REQUEST, true, true);
        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/api/v1/data/?" + REQUEST.canonicalQuery() + "&force_rebuild=1");
    }

    @Test
    void usesAConnectionForOneExchangeAndKeepsNoCookies() throws Exception {
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
    void closesTheConnectionAfterTheExchangeAlthoughTheServerKeepsIt() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Integer> end =
                    CompletableFuture.supplyAsync(() -> answerAndReadOn(socket));
            try (HttpExportApi other = apiAt("http://127.0.0.1:" + socket.getLocalPort())) {
                assertThat(other.ask(REQUEST, false, true)).isInstanceOf(Answer.Pending.class);
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

    @Test
    void refusesPlainHttpToAnotherMachineBeforeAnythingIsSent() {
        assertThatThrownBy(() -> apiAt("http://example.com/api/v1/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'");
    }

    @Test
    void refusesAUsernameThatBasicAuthenticationCannotCarry() {
        URI url = URI.create("https://localhost/");
        assertThatThrownBy(
                        () ->
                                new HttpExportApi(
                                        new HttpAccess(
                                                url,
                                                "a:b",
                                                Token.of(TOKEN),
                                                LONG,
                                                LONG,
                                                List.of(directory))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'username'");
    }

    @Test
    void goesThroughNoProxyToThisMachine() throws Exception {
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
    void goesThroughTheProxyOfTheJvmToOtherMachines() throws Exception {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", String.valueOf(server.getPort()));
        try (HttpExportApi other = apiAt("https://vidicenter.invalid/api/v1/")) {
            server.enqueue(response(502, "no such host").build());
            broken(other.ask(REQUEST, false, true));
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).startsWith("CONNECT vidicenter.invalid:443");
        assertThat(request.getHeaders().get("Authorization")).isNull();
    }
}
