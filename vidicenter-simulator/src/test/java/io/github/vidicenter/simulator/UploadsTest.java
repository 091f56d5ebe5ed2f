package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploaded aggregates take the place of the row with their id, time and group. */
class UploadsTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2024-03-04T12:00:00");

    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder().locations(1056).dialect(Dialect.NEW_EDITION).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aRowWithGenderBelongsToTheExportByDemographics() {
        List<Map<String, Object>> plain = rows("viewers", false);
        server.upload(
                "viewers",
                "1h",
                List.of(
                        Map.of(
                                "location_id", 1056,
                                "period_start", NOON,
                                "gender", 1,
                                "age", 3,
                                "watcher_count", 5_000)));

        assertThat(rows("viewers", true))
                .hasSize(15)
                .filteredOn(row -> row.get("watcher_count").equals(5_000L))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("gender", 1L));
        assertThat(rows("viewers", false)).isEqualTo(plain);
    }

    @Test
    void aRowWithGenderMayBelongToAnExportThatAlwaysHasOne() {
        server.upload(
                "pmp_sales_funnel",
                "1h",
                List.of(
                        Map.of(
                                "location_id", 1056,
                                "period_start", NOON,
                                "gender", 2,
                                "age", 1,
                                "put_back", 5_000)));

        assertThat(rows("pmp_sales_funnel", false))
                .hasSize(15)
                .anySatisfy(row -> assertThat(row).containsEntry("put_back", 5_000L));
    }

    @Test
    void dateAndTimeMayStandApart() {
        server.upload(
                "retail_analytics_footfall_aggregated",
                "1h",
                List.of(
                        Map.of(
                                "location_id", 1056,
                                "period_start_date", "2024-03-04",
                                "period_start_time", "12:00:00",
                                "zone_id", 61,
                                "nb_visits", 5_000)));

        assertThat(rows("retail_analytics_footfall_aggregated", false))
                .hasSize(3)
                .filteredOn(row -> row.get("zone_id").equals(61L))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("nb_visits", 5_000L));
    }

    private List<Map<String, Object>> rows(String dataType, boolean byDemographics) {
        return server.truth(dataType, "1h", List.of(1056L), NOON, NOON.plusHours(1), byDemographics)
                .toList();
    }
}
