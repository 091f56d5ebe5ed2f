package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data follows from the seed, aggregates from single events, answers from the data. */
class DataTest {

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final List<Long> LOCATIONS = List.of(1056L, 1057L);

    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1056, 1057)
                    .buildTime(BuildTime.NONE)
                    .limits(Limits.NONE)
                    .start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theSameSeedGivesTheSameData() {
        try (VidiCenterSimulator same =
                        VidiCenterSimulator.builder().locations(1056, 1057).start();
                VidiCenterSimulator other =
                        VidiCenterSimulator.builder().seed(7).locations(1056, 1057).start()) {
            assertThat(rows(same, "viewers", "finest")).isEqualTo(rows("viewers", "finest"));
            assertThat(rows(other, "viewers", "finest")).isNotEqualTo(rows("viewers", "finest"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "viewers, watcher_count, viewers",
        "vehicles, vehicle_count, vehicles",
        "footfall, footfall_impressions, footfall"
    })
    void aggregatesCountTheSingleEvents(String dataType, String count, String finest) {
        Map<String, Long> events = new TreeMap<>();
        rows(finest, "finest").forEach(row -> events.merge(hour(row), 1L, Long::sum));
        assertThat(events).isNotEmpty();

        for (String resolution : List.of("5m", "15m", "1h")) {
            Map<String, Long> aggregated = new TreeMap<>();
            rows(dataType, resolution)
                    .forEach(row -> aggregated.merge(hour(row), number(row, count), Long::sum));
            aggregated.values().removeIf(n -> n == 0);
            assertThat(aggregated).as(resolution).isEqualTo(events);
        }
    }

    @Test
    void thoseWhoCouldWatchAreNoFewerThanThoseWhoDid() {
        Map<String, Long> watchers = new TreeMap<>();
        rows("viewers", "1h").forEach(row -> watchers.put(hour(row), number(row, "watcher_count")));

        assertThat(rows("ots", "1h"))
                .isNotEmpty()
                .allSatisfy(
                        row -> {
                            assertThat(number(row, "watcher_count"))
                                    .isEqualTo(watchers.get(hour(row)));
                            assertThat(number(row, "ots_count"))
                                    .isGreaterThanOrEqualTo(number(row, "watcher_count"));
                        });
    }

    @Test
    void genderAndAgeAddUpToAll() {
        Map<String, Long> byDemographics = new TreeMap<>();
        server.truth("viewers", "1h", LOCATIONS, START, START.plusDays(1), true)
                .forEach(
                        row ->
                                byDemographics.merge(
                                        hour(row), number(row, "watcher_count"), Long::sum));
        Map<String, Long> all = new TreeMap<>();
        rows("viewers", "1h").forEach(row -> all.put(hour(row), number(row, "watcher_count")));

        assertThat(byDemographics).isEqualTo(all);
    }

    @Test
    void nightsAreQuietAndEveryBucketHasARow() {
        List<Map<String, Object>> hours = rows("viewers", "1h");

        assertThat(hours).hasSize(2 * 24);
        assertThat(hours.stream().filter(row -> hour(row).contains("T03")))
                .allSatisfy(row -> assertThat(number(row, "watcher_count")).isZero());
    }

    @ParameterizedTest
    @CsvSource({"viewers, finest", "viewers, 1h", "ots, 5m", "vehicles, 1d", "viewers_apc, finest"})
    void whatIsServedIsTheTruth(String dataType, String resolution) throws Exception {
        String call =
                "data/?locations=1056,1057&data_type="
                        + dataType
                        + "&start=2024-03-04T00:00:00&end=2024-03-04T23:59:59&time_resolution="
                        + resolution;
        client.json(call);
        JsonNode data = client.json(call).path("data");

        List<String> served = new ArrayList<>();
        data.forEach(row -> served.add(served(row)));
        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(
                        rows(dataType, resolution).stream().map(DataTest::told).toList());
    }

    /** Written no faster than it is read: a client that stops reading stops the server. */
    @Test
    void aLargeAnswerIsStreamed() throws Exception {
        try (VidiCenterSimulator crowded =
                VidiCenterSimulator.builder()
                        .locations(1)
                        .audience(60)
                        .buildTime(BuildTime.NONE)
                        .limits(Limits.NONE)
                        .start()) {
            Client client = new Client(crowded);
            String call =
                    "data/?locations=1&data_type=viewers&start=2024-03-04T00:00:00"
                            + "&end=2024-03-10T00:00:00&time_resolution=finest";
            client.json(call);
            var body =
                    java.net.http.HttpClient.newHttpClient()
                            .send(
                                    client.request(call),
                                    java.net.http.HttpResponse.BodyHandlers.ofInputStream())
                            .body();

            // Unread, an answer stops where the sockets are full.
            assertThat(body.read()).isEqualTo('{');
            assertThat(crowded.audit().rowsServed()).isZero();
            assertThat(body.readAllBytes().length).isGreaterThan(10_000_000);
        }
    }

    private List<Map<String, Object>> rows(String dataType, String resolution) {
        return rows(server, dataType, resolution);
    }

    private static List<Map<String, Object>> rows(
            VidiCenterSimulator server, String dataType, String resolution) {
        return server.truth(dataType, resolution, LOCATIONS, START, START.plusDays(1)).toList();
    }

    private static String hour(Map<String, Object> row) {
        LocalDateTime start = (LocalDateTime) row.get("period_start");
        return row.get("location_id") + " " + start.toString().substring(0, 13);
    }

    private static long number(Map<String, Object> row, String column) {
        return row.get(column) == null ? 0 : ((Number) row.get(column)).longValue();
    }

    private static String served(JsonNode row) {
        return row.path("location_id").asLong()
                + " "
                + row.path(row.has("start_time") ? "start_time" : "period_start")
                        .asText()
                        .replace('T', ' ')
                + " "
                + row.path("dwell_time_in_tenths_of_sec").asText("");
    }

    private static String told(Map<String, Object> row) {
        Object start =
                row.containsKey("start_time") ? row.get("start_time") : row.get("period_start");
        String text = start.toString().replace('T', ' ');
        Object dwell = row.get("dwell_time_in_tenths_of_sec");
        return row.get("location_id")
                + " "
                + (text.length() == 16 ? text + ":00" : text)
                + " "
                + (dwell == null ? "" : dwell);
    }
}
