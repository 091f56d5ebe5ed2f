package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** API document, "Asynchronous usage", "Optional arguments". */
class ExportStatesTest {

    private static final String CALL = Client.viewers(1056);

    private final ManualTime time = new ManualTime();
    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1056, 1057, 1058, 1059)
                    .time(time)
                    .buildTime(BuildTime.of(Duration.ofSeconds(10)))
                    .start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void askingStartsPollsAndDownloads() throws Exception {
        JsonNode first = client.json(CALL);
        assertThat(first.path("state").asText()).isEqualTo("started");
        assertThat(first.has("creation_date")).isFalse();

        JsonNode second = client.json(CALL);
        assertThat(second.path("state").asText()).isEqualTo("in_progress");
        assertThat(second.path("creation_date").asText())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");

        time.advance(Duration.ofSeconds(10));
        JsonNode third = client.json(CALL);
        assertThat(third.path("state").asText()).isEqualTo("finished");
        assertThat(third.path("creation_date")).isEqualTo(second.path("creation_date"));
        assertThat(third.path("data")).as("10:00 and, inclusive, 11:00").hasSize(2);
    }

    @Test
    void theOrderOfParametersDoesNotMatter() throws Exception {
        client.json(CALL);

        assertThat(
                        client.state(
                                "data/?time_resolution=1h&end=2016-04-29T11:00:00&data_type=viewers"
                                        + "&start=2016-04-29T10:00:00&locations=1056"))
                .isEqualTo("in_progress");
    }

    @Test
    void aFinishedExportIsKeptForADay() throws Exception {
        client.json(CALL);
        time.advance(Duration.ofHours(24));
        assertThat(client.state(CALL)).isEqualTo("finished");
        time.advance(Duration.ofSeconds(10));

        assertThat(client.state(CALL)).isEqualTo("started");
    }

    @Test
    void forceRebuildActsByBeingThereAndMakesAnotherExport() throws Exception {
        client.json(CALL);
        time.advance(Duration.ofSeconds(10));
        String before = client.json(CALL).path("creation_date").asText();

        assertThat(client.state(CALL + "&force_rebuild=false")).isEqualTo("started");
        assertThat(client.state(CALL)).isEqualTo("in_progress");
        time.advance(Duration.ofSeconds(10));

        assertThat(client.json(CALL).path("creation_date").asText()).isGreaterThan(before);
        Audit.Export export = server.audit().exports().values().iterator().next();
        assertThat(export).isEqualTo(new Audit.Export(5, 2, 1, 2));
    }

    @Test
    void statusOnlyLeavesOutTheRows() throws Exception {
        client.json(CALL);
        time.advance(Duration.ofSeconds(10));

        JsonNode answer = client.json(CALL + "&status_only=0");

        assertThat(answer.path("state").asText()).isEqualTo("finished");
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void aLateUploadIsInExportsBuiltAfterwardsOnly() throws Exception {
        client.json(CALL);
        time.advance(Duration.ofSeconds(10));
        server.upload(
                "viewers",
                "1h",
                List.of(
                        Map.of(
                                "location_id", 1056L,
                                "period_start", "2016-04-29 10:00:00",
                                "watcher_count", 4711L)));
        assertThat(watchers(client.json(CALL))).isNotEqualTo(4711);

        client.json(CALL + "&force_rebuild=1");
        time.advance(Duration.ofSeconds(10));

        assertThat(watchers(client.json(CALL))).isEqualTo(4711);
    }

    @Test
    void uploadsComeOverHttpToo() throws Exception {
        JsonNode answer =
                client.post(
                        "/simulator/uploads/",
                        """
                        {"data_type": "viewers", "time_resolution": "1h", "rows": [
                          {"location_id": 1056, "period_start": "2016-04-29T10:00:00",
                           "watcher_count": 12}]}""");
        assertThat(answer.path("rows").asInt()).isEqualTo(1);

        client.json(CALL);
        time.advance(Duration.ofSeconds(10));
        assertThat(watchers(client.json(CALL))).isEqualTo(12);
    }

    @Test
    void wrongCallsAreRefusedWithAMessage() throws Exception {
        assertThat(client.status(CALL.replace("1056", "9"))).isEqualTo(403);
        assertThat(client.status(CALL.replace("=viewers", "=nothing"))).isEqualTo(400);
        assertThat(client.status(CALL.replace("1h", "2h"))).isEqualTo(400);
        assertThat(client.status(CALL.replace("2016-04-29T10", "yesterday"))).isEqualTo(400);
        assertThat(client.status("nothing/")).isEqualTo(404);
        assertThat(client.json(CALL.replace("=viewers", "=nothing")).path("message").asText())
                .contains("data_type");
    }

    @Test
    void anotherTokenIsRefused() throws Exception {
        Client client = new Client(server);
        assertThat(client.status("whoami/")).isEqualTo(200);
        var request = client.request("whoami/");
        server.setToken("another");

        var answer =
                java.net.http.HttpClient.newHttpClient()
                        .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Invalid API Token\",\"error\":401}");
    }

    private static long watchers(JsonNode answer) {
        return answer.path("data").path(0).path("watcher_count").asLong();
    }
}
