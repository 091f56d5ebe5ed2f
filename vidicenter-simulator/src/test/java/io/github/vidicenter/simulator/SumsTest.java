package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a sum is, at any resolution, that of the smaller buckets and of the single events. */
class SumsTest {

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final List<Long> LOCATIONS = List.of(1056L, 1057L, 1058L);

    private static final VidiCenterSimulator SERVER =
            VidiCenterSimulator.builder()
                    .locations(1056, 1057, 1058)
                    .dialect(Dialect.NEW_EDITION)
                    .start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "viewers, location_id, watcher_count attention_time_in_tenths_of_sec",
        "ots, location_id, ots_count duration watcher_count",
        "gate, location_id gate_id, in_count out_count duration",
        "vehicles, location_id, vehicle_count vehicle_presence_time vehicle_impressions",
        "footfall, location_id, footfall_impressions footfall_presence_time",
        "vehicles_footfall, location_id,"
                + " vehicle_count vehicle_impressions footfall_presence_time total_impressions",
        "proof_of_play_by_location, location_id content_id,"
                + " content_duration duration impressions play_count watchers watchers_2sec"
                + " dwell_time_in_tenths_of_sec",
        "proof_of_play_by_site, site_id content_id,"
                + " content_duration impressions play_count watchers",
        "proof_of_play_by_location_footfall_faces, location_id content_id, impressions watchers",
        "proof_of_play_by_site_footfall_faces, site_id content_id, impressions watchers",
        "proof_of_play_vehicle_person_by_location, location_id content_id,"
                + " content_duration vehicle_count vehicle_impressions footfall_impressions"
                + " total_impressions footfall_presence_time",
        "proof_of_play_vehicle_person_by_site, site_id content_id,"
                + " vehicle_count total_impressions",
        "pmp_sales_by_demographics, location_id product,"
                + " estimated_sales product_touches put_back adult_female masked",
        "pmp_sales_funnel, location_id gender age,"
                + " watcher_count estimated_sales product_touches put_back poi_by_passers",
        "compass, location_id, ots_count_impressions nearby_ots_count_impressions presence_total",
        "content_plays, location_id content_id, content_duration plays",
        "retail_analytics_footfall_aggregated, location_id zone_id,"
                + " total_impressions nb_visits total_dwell_duration nb_visits_above_threshold"
                + " total_dwell_above_threshold"
    })
    void ofBuckets(String dataType, String ids, String metrics) {
        for (String metric : metrics.split(" ")) {
            Map<String, Double> day = sums(rows(dataType, "1d"), ids, metric);
            assertThat(day.values()).as(metric).anyMatch(sum -> sum > 0);
            for (String resolution : List.of("5m", "15m", "1h", "7d", "1M")) {
                assertClose(sums(rows(dataType, resolution), ids, metric), day, metric);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vehicles, vehicle_presence_time, vehicles, vehicle_presence_time",
        "footfall, footfall_presence_time, footfall, footfall_presence_time",
        "vehicles_footfall, vehicle_presence_time, vehicles_footfall, vehicle_presence_time",
        "vehicles_footfall, footfall_presence_time, vehicles_footfall, footfall_presence_time",
        "pmp_sales_by_demographics, estimated_sales, pmp_sales_by_demographics, estimated_sales",
        "pmp_sales_by_demographics, put_back, pmp_sales_by_demographics, put_back",
        "pmp_sales_funnel, product_touches, pmp_sales_funnel, product_touches",
        "pmp_sales_funnel, dwell_time_in_tenths_of_sec,"
                + " pmp_sales_funnel, dwell_time_in_tenths_of_sec",
        "retail_analytics_footfall, nb_visits, retail_analytics_footfall_aggregated, nb_visits"
    })
    void ofEvents(String finest, String eventMetric, String aggregated, String metric) {
        Map<String, Double> events = sums(rows(finest, "finest"), "location_id", eventMetric);

        assertThat(events.values()).hasSize(3).allMatch(sum -> sum > 0);
        assertClose(sums(rows(aggregated, "1h"), "location_id", metric), events, metric);
    }

    /** The same people, however they are told. */
    @ParameterizedTest
    @CsvSource({
        "gate, in_count out_count, footfall, footfall_impressions",
        "proof_of_play_vehicle_person_by_location, footfall_impressions,"
                + " footfall, footfall_impressions",
        "proof_of_play_vehicle_person_by_location, vehicle_count, vehicles, vehicle_count",
        "compass, ots_count_impressions, ots, ots_count",
        "pmp_sales_funnel, watcher_count, viewers, watcher_count",
        "pmp_sales_by_demographics, adult_female adult_male child_female child_male senior_female"
                + " senior_male young_adult_female young_adult_male masked,"
                + " pmp_sales_funnel, estimated_sales"
    })
    void ofOtherExports(String one, String metrics, String other, String metric) {
        Map<String, Double> sums = new TreeMap<>();
        for (String part : metrics.split(" ")) {
            sums(rows(one, "1h"), "location_id", part)
                    .forEach((key, value) -> sums.merge(key, value, Double::sum));
        }

        assertClose(sums, sums(rows(other, "1h"), "location_id", metric), metric);
    }

    private static List<Map<String, Object>> rows(String dataType, String resolution) {
        return SERVER.truth(dataType, resolution, LOCATIONS, START, START.plusDays(1)).toList();
    }

    private static Map<String, Double> sums(
            List<Map<String, Object>> rows, String ids, String metric) {
        Map<String, Double> sums = new TreeMap<>();
        for (Map<String, Object> row : rows) {
            StringBuilder key = new StringBuilder();
            for (String id : ids.split(" ")) {
                key.append(row.get(id)).append(' ');
            }
            Object value = row.get(metric);
            sums.merge(
                    key.toString(),
                    value == null ? 0 : ((Number) value).doubleValue(),
                    Double::sum);
        }
        return sums;
    }

    private static void assertClose(
            Map<String, Double> actual, Map<String, Double> expected, String metric) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        // Fractions are summed in another order.
        expected.forEach(
                (key, sum) -> assertThat(actual.get(key)).as(metric).isCloseTo(sum, within(1e-6)));
    }
}
