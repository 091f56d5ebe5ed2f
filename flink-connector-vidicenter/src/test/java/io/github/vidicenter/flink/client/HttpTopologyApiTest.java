package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpTopologyApiTest {

    private static final String TOKEN = "s3cret-token";

    @TempDir Path directory;
    private MockWebServer server;
    private HttpTopologyApi api;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start(InetAddress.getByName("127.0.0.1"), 0);
        api = api(Token.of(TOKEN));
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private HttpTopologyApi api(Token token) {
        URI url = URI.create("http://127.0.0.1:" + server.getPort() + "/api/v1");
        return new HttpTopologyApi(
                new HttpAccess(
                        url,
                        "me",
                        token,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        List.of(directory)));
    }

    private TopologyAnswer list(MockResponse.Builder response) throws InterruptedException {
        server.enqueue(response.build());
        TopologyAnswer answer = api.list(TopologyList.LOCATIONS);
        assertThat(answer.toString()).doesNotContain(TOKEN);
        return answer;
    }

    private static MockResponse.Builder body(String body) {
        return new MockResponse.Builder().body(body);
    }

    private static TopologyRows rows(TopologyAnswer answer) {
        assertThat(answer).isInstanceOf(TopologyAnswer.Listed.class);
        return ((TopologyAnswer.Listed) answer).rows();
    }

    private static List<ObjectNode> objects(TopologyAnswer answer) throws IOException {
        List<ObjectNode> all = new ArrayList<>();
        try (TopologyRows rows = rows(answer)) {
            for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    private static Answer.Trouble trouble(TopologyAnswer answer) {
        assertThat(answer).isInstanceOf(TopologyAnswer.Denied.class);
        return ((TopologyAnswer.Denied) answer).why();
    }

    @ParameterizedTest
    @EnumSource(TopologyList.class)
    void asksForTheListWithCredentials(TopologyList list) throws Exception {
        server.enqueue(body("[]").build());
        assertThat(objects(api.list(list))).isEmpty();
        var request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/api/v1/" + list.name().toLowerCase() + "/");
        assertThat(request.getHeaders().get("Authorization")).startsWith("Basic ");
    }

    @Test
    void handsOutObjectsWithWhateverKeysTheyHave() throws Exception {
        assertThat(objects(list(body("[{\"id\":1,\"new\":{\"x\":[1]}},{\"id\":\"2\"},]"))))
                .extracting(ObjectNode::toString)
                .containsExactly("{\"id\":1,\"new\":{\"x\":[1]}}", "{\"id\":\"2\"}");
    }

    @Test
    void refusesWhatIsLargerThanAnyListCouldBe() {
        assertThatThrownBy(() -> readAll("{\"id\":1},".repeat(TopologyRows.MAX_ROWS + 1)))
                .hasMessageContaining("more than 1000000 objects");
        assertThatThrownBy(() -> readAll("{\"a\":[" + "1,".repeat(1 << 20) + "]},"))
                .hasMessageContaining("an object of more than 1048576 bytes");
        assertThatThrownBy(() -> readAll("{\"a\":" + "[".repeat(100) + "]},"))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> readAll("{\"id\":" + "9".repeat(1_000) + "},"))
                .isInstanceOf(StreamConstraintsException.class);
    }

    private static void readAll(String objects) throws IOException {
        try (TopologyRows rows = TopologyTestRows.of("[" + objects + "]")) {
            while (rows.next() != null) {
                // only to see that it is there
            }
        }
    }

    @Test
    void readsCompressedLists() throws Exception {
        Buffer gzip = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(gzip))) {
            sink.writeUtf8("[{\"id\":1}]");
        }
        assertThat(
                        objects(
                                list(
                                        new MockResponse.Builder()
                                                .addHeader("Content-Encoding", "gzip")
                                                .body(gzip))))
                .hasSize(1);
    }

    @Test
    void leavesNoFileOfALargeListBehind() throws Exception {
        String many = ("{\"id\":1,\"label\":\"" + "x".repeat(1_000) + "\"},").repeat(5_000);
        TopologyAnswer answer = list(body("[" + many + "]"));
        assertThat(objects(answer)).hasSize(5_000);
        assertThat(directory.toFile().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{\"id\":1}",
                "[{\"id\":1}] []",
                "[[{}]]",
                "null",
                "<html>"
            })
    void refusesWhatIsNoWholeListOfObjects(String body) throws Exception {
        assertThat(trouble(list(body(body)))).isInstanceOf(Answer.Broken.class);
        assertThat(directory.toFile().list()).isEmpty();
    }

    @Test
    void refusesAListThatNestsTooDeep() throws Exception {
        String deep = "[{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}]";
        assertThat(trouble(list(body(deep)))).isInstanceOf(Answer.Broken.class);
    }

    @Test
    void aCutBodyIsBroken() throws Exception {
        MockResponse.Builder response =
                body("[" + "{\"id\":1},".repeat(50_000) + "]")
                        .onResponseBody(new SocketEffect.CloseSocket());
        assertThat(trouble(list(response))).isInstanceOf(Answer.Broken.class);
    }

    @Test
    void statusCodesMeanWhatTheyMeanForExports() throws Exception {
        assertThat(trouble(list(new MockResponse.Builder().code(429).addHeader("Retry-After: 7"))))
                .isEqualTo(new Answer.Throttled(Duration.ofSeconds(7)));
        assertThat(trouble(list(body("{\"message\":\"no\"}").code(403))))
                .isEqualTo(new Answer.Rejected(403, "no"));
        assertThat(
                        trouble(
                                list(
                                        new MockResponse.Builder()
                                                .code(302)
                                                .addHeader("Location: /elsewhere"))))
                .isEqualTo(new Answer.Redirected(302, "redirected to /elsewhere"));
        assertThat(trouble(list(body("oops").code(502)))).isInstanceOf(Answer.Broken.class);
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void theTokenFileIsReadAgainAfterA401() throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, "old");
        try (HttpTopologyApi withFile = api(Token.inFile(file.toString()))) {
            server.enqueue(body("{\"message\":\"Invalid API Token\"}").code(401).build());
            server.enqueue(body("[]").build());
            assertThat(trouble(withFile.list(TopologyList.SITES)))
                    .isEqualTo(new Answer.Unauthorized("HTTP 401: Invalid API Token"));
            Files.writeString(file, "new");
            assertThat(objects(withFile.list(TopologyList.SITES))).isEmpty();
        }
        String first = server.takeRequest().getHeaders().get("Authorization");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNotEqualTo(first);
    }

    @Test
    void locationsComeInWhateverFormTheirNumbersHave() throws Exception {
        String list =
                """
                [{"id": 1, "site_id": 7, "active": true, "last_timezone": 3600,
                  "last_upload_timestamp": "2024-03-04T10:00:00", "label": "a"},
                 {"id": "2", "site_id": 7.0, "active": "0", "last_timezone": "-18000",
                  "last_upload_timestamp": "2024-03-04 10:00:00.5"},
                 {"id": 3, "last_upload_timestamp": "2024-03-04T10:00:00+01:00",
                  "last_timezone": 9999999},
                 {"id": 4, "site_id": null, "last_upload_timestamp": null, "active": null},
                 {"label": "has no id"}]
                """;
        try (TopologyRows rows = rows(list(body(list)))) {
            assertThat(LocationStatus.readAll(rows))
                    .containsExactly(
                            new LocationStatus(
                                    1,
                                    7L,
                                    true,
                                    Instant.parse("2024-03-04T10:00:00Z"),
                                    ZoneOffset.ofHours(1)),
                            new LocationStatus(
                                    2,
                                    7L,
                                    false,
                                    Instant.parse("2024-03-04T10:00:00.500Z"),
                                    ZoneOffset.ofHours(-5)),
                            new LocationStatus(
                                    3, null, true, Instant.parse("2024-03-04T09:00:00Z"), null),
                            new LocationStatus(4, null, true, null, null));
        }
    }

    @Test
    void abortEndsACall() throws Exception {
        server.enqueue(body("[]").headersDelay(1, java.util.concurrent.TimeUnit.MINUTES).build());
        Thread aborts =
                new Thread(
                        () -> {
                            try {
                                server.takeRequest();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            api.abort();
                        });
        aborts.start();
        assertThat(trouble(api.list(TopologyList.BOXES)))
                .asInstanceOf(type(Answer.Broken.class))
                .extracting(Answer.Broken::what)
                .asString()
                .contains("aborted");
        aborts.join();
    }
}
