package io.github.vidicenter.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of conditions, as users write them, reaches the scan through Flink's planner. */
class ConditionsTest {

    private static final String COLUMNS =
            "location_id BIGINT, period_start TIMESTAMP(3), watcher_count BIGINT, WATERMARK FOR"
                    + " period_start AS SOURCE_WATERMARK()";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            location_id = 1056                                                | 1056 | - | -
            1056 = location_id                                                | 1056 | - | -
            location_id IN (1056, 99)                                         | 1056 | - | -
            location_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 1056)                  | 1056 | - | -
            location_id = 1056 OR location_id = 1057                          | 1056,1057 | - | -
            location_id = 1056 AND watcher_count > 3                          | 1056 | - | -
            location_id = 1056 AND location_id IN (1056, 1057)                | 1056 | - | -
            period_start >= TIMESTAMP '2018-01-29 10:00:00'                   | - | 2018-01-29T10:00 | -
            period_start > '2018-01-29 10:00:00'                              | - | 2018-01-29T10:00 | -
            period_start < TIMESTAMP '2018-01-29 10:00:00'                    | - | - | 2018-01-29T10:00
            period_start <= TIMESTAMP '2018-01-29 10:00:00'                   | - | - | 2018-01-29T10:00:00.000000001
            TIMESTAMP '2018-01-29 10:00:00' > period_start                    | - | - | 2018-01-29T10:00
            period_start = TIMESTAMP '2018-01-29 10:00:00'                    | - | 2018-01-29T10:00 | 2018-01-29T10:00:00.000000001
            period_start BETWEEN TIMESTAMP '2018-01-29 10:00:00' AND TIMESTAMP '2018-01-29 11:00:00' | - | 2018-01-29T10:00 | 2018-01-29T11:00:00.000000001
            (location_id = 1056 AND period_start < TIMESTAMP '2018-01-29 10:00:00') OR (location_id = 1057 AND period_start < TIMESTAMP '2018-01-29 11:00:00') | 1056,1057 | - | 2018-01-29T11:00
            """)
    void narrow(String condition, String ids, String from, String until) {
        assertThat(narrowing(TestTables.streaming().create(COLUMNS), condition))
                .isEqualTo(
                        new Narrowing(
                                ids.equals("-") ? null : ids(ids),
                                time(from),
                                time(until),
                                Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location_id <> 1056",
                "NOT location_id = 1056",
                "location_id NOT IN (1056, 1)",
                "location_id > 1056",
                "location_id IS NULL",
                "location_id = 1056 OR watcher_count > 3",
                "location_id = 1056 OR location_id IS NULL",
                "location_id + 1 = 1056",
                "CAST(location_id AS STRING) = '1056'",
                "location_id = watcher_count",
                "watcher_count = 1056",
                "period_start <> TIMESTAMP '2018-01-29 10:00:00'",
                "HOUR(period_start) = 10",
                "CAST(period_start AS DATE) = DATE '2018-01-29'",
                "period_start > CURRENT_TIMESTAMP",
                "CAST(period_start AS TIMESTAMP(0)) = TIMESTAMP '2018-01-29 10:00:00'",
            })
    void leaveTheScanWhole(String condition) {
        assertThat(narrowing(TestTables.streaming().create(COLUMNS), condition))
                .isEqualTo(Narrowing.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "locations, 1056, site-tags, 7, viewers",
        "sites, 8, , , viewers",
        "location-tags, 8, , , viewers"
    })
    void idsOfASelectionThatStaysWholeDoNot(
            String kind, String ids, String otherKind, String otherIds, String dataType) {
        TestTables tables =
                otherKind == null
                        ? TestTables.streaming()
                                .create(
                                        COLUMNS,
                                        "locations",
                                        null,
                                        kind,
                                        ids,
                                        "data-type",
                                        dataType)
                        : TestTables.streaming().create(COLUMNS, kind, ids, otherKind, otherIds);

        assertThat(narrowing(tables, "location_id = 1056")).isEqualTo(Narrowing.NONE);
    }

    @Test
    void extrapolationsStayWholeButTheirTime() {
        TestTables tables =
                TestTables.streaming()
                        .create(
                                "period_start TIMESTAMP(3), location_id BIGINT",
                                "data-type",
                                "extrapolated_ots",
                                "extrapolation-amount",
                                "",
                                "schema.allow-unknown-columns",
                                "true");

        assertThat(
                        narrowing(
                                tables,
                                "location_id = 1056 AND period_start >= TIMESTAMP '2018-01-29"
                                        + " 10:00:00'"))
                .isEqualTo(Narrowing.from(LocalDateTime.parse("2018-01-29T10:00")));
    }

    @Test
    void sitesAreNarrowedWhereRowsTellTheirSite() {
        TestTables tables =
                TestTables.streaming()
                        .create(
                                "site_id BIGINT, period_start TIMESTAMP(3)",
                                "data-type",
                                "proof_of_play_by_site",
                                "locations",
                                null,
                                "sites",
                                "8,9");

        assertThat(planned(tables, "site_id IN (9, 10)").selection().sites()).containsExactly(9L);
    }

    @Test
    void instantsAreReadThroughTheZone() {
        TestTables tables =
                TestTables.streaming()
                        .zone(ZoneId.of("UTC"))
                        .create(
                                "period_start TIMESTAMP_LTZ(3), watcher_count BIGINT",
                                "time-zone",
                                "Asia/Kathmandu");

        assertThat(narrowing(tables, "period_start >= TO_TIMESTAMP_LTZ(1517200000000, 3)").from())
                .isEqualTo("2018-01-29T10:11:40");
    }

    @Test
    void instantsNearAChangeOfClocksAreBoundedWidely() {
        TestTables tables =
                TestTables.streaming()
                        .zone(ZoneId.of("UTC"))
                        .create(
                                "period_start TIMESTAMP_LTZ(3), watcher_count BIGINT",
                                "time-zone",
                                "Europe/Paris");

        // 2018-03-25T00:30Z is 01:30 in Paris, half an hour before 02:00 becomes 03:00.
        Narrowing narrowing =
                narrowing(tables, "period_start = TO_TIMESTAMP_LTZ(1521937800000, 3)");

        assertThat(narrowing.from()).isEqualTo("2018-03-25T00:30");
        assertThat(narrowing.until()).isEqualTo("2018-03-25T02:30:00.000000001");
    }

    @Test
    void listIsCutToWhatIsAskedFor() {
        TestTables tables = TestTables.streaming().create(COLUMNS);

        VidiCenterConfig planned = planned(tables, "location_id IN (1057, 99)");

        assertThat(planned.selection().locations()).containsExactly(1057L);
        assertThat(planned.narrowing().ids()).containsExactly(1057L);
    }

    private static Narrowing narrowing(TestTables tables, String condition) {
        return planned(tables, condition).narrowing();
    }

    private static VidiCenterConfig planned(TestTables tables, String condition) {
        return tables.planned("SELECT * FROM viewers WHERE " + condition);
    }

    private static Set<Long> ids(String list) {
        return Arrays.stream(list.split(",")).map(Long::valueOf).collect(Collectors.toSet());
    }

    private static LocalDateTime time(String text) {
        return text.equals("-") ? null : LocalDateTime.parse(text);
    }
}
