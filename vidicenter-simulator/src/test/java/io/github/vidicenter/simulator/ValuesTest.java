package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.vidicenter.simulator.model.Location;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values have the forms that the API document prints, and arguments the effect that it tells. */
class ValuesTest {

    private static final long SITE = 900;

    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .location(open(1))
                    .location(open(2))
                    .location(open(3).withHours(LocalTime.of(8, 0), LocalTime.of(20, 0)))
                    .dialect(Dialect.NEW_EDITION)
                    .buildTime(BuildTime.NONE)
                    .limits(Limits.NONE)
                    .start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void numbersThatArePrintedAsStrings() throws Exception {
        JsonNode compass = served("data_type=compass&time_resolution=1h");
        assertThat(compass.path("location_id").isIntegralNumber()).isTrue();
        assertThat(compass.path("location_name").asText()).isEqualTo("location-1");
        double directions = 0;
        for (String direction :
                List.of(
                        "north",
                        "north_east",
                        "north_west",
                        "south",
                        "south_east",
                        "south_west",
                        "west",
                        "east")) {
            assertThat(compass.path(direction).isTextual()).isTrue();
            assertThat(compass.path(direction).asText()).matches("[01]\\.\\d{3}");
            directions += compass.path(direction).asDouble();
        }
        assertThat(directions).isCloseTo(1, within(.005));

        JsonNode play =
                served("data_type=proof_of_play_vehicle_person_by_location&time_resolution=1h");
        assertThat(play.path("location_id").isTextual()).isTrue();
        assertThat(play.path("location_id").asText()).isEqualTo("1");
        assertThat(play.path("footfall_impressions").isFloatingPointNumber()).isTrue();
        assertThat(play.path("vehicle_impressions").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pmp_sales_by_demographics, 1h, period_start, 2024-03-04T12:00:00",
        "pmp_sales_funnel, 1h, period_start, 2024-03-04T12:00:00",
        "gate, 1h, period_start, 2024-03-04 12:00:00",
        "retail_analytics_footfall_aggregated, 1h, period_start_date, 2024-03-04",
        "retail_analytics_footfall_aggregated, 1h, period_start_time, 12:00:00"
    })
    void timesAsPrinted(String dataType, String resolution, String key, String expected)
            throws Exception {
        JsonNode row = served("data_type=" + dataType + "&time_resolution=" + resolution);

        assertThat(row.path(key).asText()).isEqualTo(expected);
    }

    @Test
    void aWatcherStartHasMicrosecondsOrIsNull() throws Exception {
        Set<Boolean> watched =
                servedAll("data_type=retail_analytics_footfall&time_resolution=finest").stream()
                        .map(
                                row -> {
                                    JsonNode start = row.path("watcher_start");
                                    boolean known = row.path("watcher_id").asLong() != 0;
                                    assertThat(start.isNull()).isEqualTo(!known);
                                    if (known) {
                                        assertThat(start.asText())
                                                .matches("2024-03-04T12:\\d\\d:\\d\\d\\.\\d{6}");
                                    }
                                    return known;
                                })
                        .collect(Collectors.toSet());

        assertThat(watched).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void visitsAreNestedAndCountedInFractions() throws Exception {
        JsonNode row =
                servedAll("data_type=retail_analytics_footfall&time_resolution=finest").stream()
                        .filter(person -> person.path("visits").size() > 1)
                        .findFirst()
                        .orElseThrow();

        assertThat(row.path("nb_visits").isFloatingPointNumber()).isTrue();
        assertThat(row.path("nb_visits").asInt()).isEqualTo(row.path("visits").size());
        JsonNode visit = row.path("visits").path(0);
        assertThat(visit.path("name").asText()).isNotEmpty();
        assertThat(visit.path("id").isIntegralNumber()).isTrue();
        JsonNode timing = visit.path("timings").path(0);
        assertThat(timing.path("start").asLong() + timing.path("duration").asLong())
                .isBetween(1L, row.path("footfall_presence_time").asLong() * 100);
    }

    @ParameterizedTest
    @CsvSource({
        "gate, gate_id",
        "compass, location_name",
        "im, active",
        "pmp_sales_by_demographics, product",
        "pmp_sales_funnel, gender age",
        "proof_of_play_by_location, content_id",
        "content_plays, content_id",
        "targeted_im, ''",
        "vehicles_footfall, ''",
        "retail_analytics_footfall_aggregated, zone_id zone_name dwell_threshold"
    })
    void aPlaceholderTellsOnlyWhatItIsFor(String dataType, String known) {
        Set<String> keys =
                new TreeSet<>(
                        Set.of(
                                "location_id",
                                "period_start",
                                "period_start_date",
                                "period_start_time"));
        keys.addAll(List.of(known.split(" ")));
        List<Map<String, Object>> rows =
                truth(
                        Map.of(
                                "data_type", dataType,
                                "time_resolution", "1h",
                                "locations", "3",
                                "start", "2024-03-04T05:00:00",
                                "end", "2024-03-04T06:00:00"));

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                row.forEach(
                                        (key, value) ->
                                                assertThat(value != null)
                                                        .as(key)
                                                        .isEqualTo(keys.contains(key))));
    }

    @Test
    void contentIdsFilterWhereTheyWork() {
        assertThat(contents("proof_of_play_by_location", "1h"))
                .containsExactlyInAnyOrder("content one", "content three");
        assertThat(contents("proof_of_play_vehicle_person_by_site", "1d"))
                .containsExactlyInAnyOrder("content one", "content three");
        assertThat(contents("content_plays", "1h")).hasSize(3);
    }

    @Test
    void watchersByDemographicsAddUpToAll() {
        List<Map<String, Object>> rows =
                truth(
                        Map.of(
                                "data_type", "proof_of_play_by_site",
                                "time_resolution", "1h",
                                "group_by_demographics", "1",
                                "sites", String.valueOf(SITE),
                                "start", "2024-03-04T12:00:00",
                                "end", "2024-03-04T13:00:00"));

        assertThat(rows)
                .hasSize(3)
                .allSatisfy(
                        row ->
                                assertThat(
                                                row.entrySet().stream()
                                                        .filter(
                                                                e ->
                                                                        e.getKey()
                                                                                .startsWith(
                                                                                        "watchers_"))
                                                        .filter(
                                                                e ->
                                                                        !e.getKey()
                                                                                .equals(
                                                                                        "watchers_2sec"))
                                                        .mapToLong(e -> (Long) e.getValue())
                                                        .sum())
                                        .isPositive()
                                        .isEqualTo(row.get("watchers")));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "12, 12"})
    void anExtrapolationIsTheAverageTimesTheAmount(String amount, int times) {
        Map<String, String> call =
                Map.of(
                        "data_type", "extrapolated_watchers",
                        "time_resolution", "1h",
                        "locations", "1,2",
                        "extrapolation_amount", amount,
                        "start", "2024-03-04T12:00:00",
                        "end", "2024-03-04T13:00:00");
        double watchers =
                server.truth(
                                "viewers",
                                "1h",
                                List.of(1L, 2L),
                                LocalDateTime.parse("2024-03-04T12:00:00"),
                                LocalDateTime.parse("2024-03-04T13:00:00"))
                        .mapToLong(row -> (Long) row.get("watcher_count"))
                        .sum();

        assertThat(truth(call))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.get("watcher_count"))
                                        .isEqualTo(Math.round(watchers * times / 2)));
    }

    @Test
    void personsIsAnotherNameOfFootfall() throws Exception {
        assertThat(servedAll("data_type=persons&time_resolution=finest"))
                .isNotEmpty()
                .isEqualTo(servedAll("data_type=footfall&time_resolution=finest"));
    }

    private static Location open(long id) {
        return Location.of(id, SITE).withHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    }

    private List<Map<String, Object>> truth(Map<String, String> parameters) {
        return server.truth(parameters).toList();
    }

    private Set<Object> contents(String dataType, String resolution) {
        return truth(
                        Map.of(
                                "data_type", dataType,
                                "time_resolution", resolution,
                                "content_ids", "content one,content three",
                                "locations", "1",
                                "start", "2024-03-04T00:00:00",
                                "end", "2024-03-05T00:00:00"))
                .stream()
                .map(row -> row.get("content_id"))
                .collect(Collectors.toSet());
    }

    private JsonNode served(String query) throws Exception {
        return servedAll(query).get(0);
    }

    private List<JsonNode> servedAll(String query) throws Exception {
        String call =
                "data/?locations=1&start=2024-03-04T12:00:00&end=2024-03-04T12:59:59&" + query;
        client.json(call);
        List<JsonNode> rows = new ArrayList<>();
        client.json(call).path("data").forEach(rows::add);
        return rows;
    }
}
