package io.github.vidicenter.flink.table;

import static io.github.vidicenter.flink.table.TestTables.COLUMNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VidiCenterDynamicTableFactoryTest {

    @Test
    void exampleIsPlanned() {
        String plan =
                TestTables.streaming()
                        .create(COLUMNS)
                        .explain(
                                "SELECT window_start, SUM(watcher_count) FROM TABLE(TUMBLE(TABLE"
                                        + " viewers, DESCRIPTOR(period_start), INTERVAL '1' HOUR))"
                                        + " GROUP BY window_start, window_end");

        assertThat(plan)
                .contains("watermark=[SOURCE_WATERMARK()]")
                .contains("project=[period_start, watcher_count]")
                .doesNotContain(TestTables.TOKEN);
    }

    @Test
    void batchTableWithoutEndIsBounded() {
        TestTables tables = TestTables.batch().create(COLUMNS, "scan.end", null);

        assertThat(tables.explain("SELECT COUNT(*) FROM viewers")).contains("viewers");
    }

    @Test
    void refusedOptionIsNamedAndTheTokenIsNot() {
        assertRefused(COLUMNS, "time-resolution", "1m")
                .hasStackTraceContaining("'time-resolution' = '1m' does not exist")
                .satisfies(
                        thrown -> {
                            for (Throwable t = thrown; t != null; t = t.getCause()) {
                                assertThat(t.getMessage()).doesNotContain(TestTables.TOKEN);
                            }
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            watchers BIGINT | Column 'watchers' does not exist in 'data-type' = 'viewers' at 'time-resolution' = '5m'. Allowed: 'location_id', 'period_start',
            wacher_count BIGINT | Did you mean 'watcher_count'?
            Watcher_Count BIGINT | Did you mean 'watcher_count'?
            gender INT | A key that is newer than the connector needs 'schema.allow-unknown-columns' = 'true'.
            watcher_count BYTES | Column 'watcher_count' can't be declared BYTES in 'data-type' = 'viewers' at 'time-resolution' = '5m'. Declare it BIGINT.
            watcher_count TIMESTAMP(3) | Column 'watcher_count' can't be declared TIMESTAMP(3)
            watcher_count ROW<a BIGINT> | Column 'watcher_count' can't be declared ROW<`a` BIGINT>
            watcher_count ARRAY<BIGINT> | Column 'watcher_count' can't be declared ARRAY<BIGINT>
            period_start BIGINT | Column 'period_start' can't be declared BIGINT
            """)
    void columnsAreChecked(String column, String message) {
        assertRefused(column).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            contents ARRAY<ROW<contentid STRING>> | Column 'contents.contentid' does not exist
            contents ARRAY<ROW<contentid STRING>> | Did you mean 'content_id'?
            contents ARRAY<BIGINT> | Column 'contents' can't be declared BIGINT
            contents BIGINT | Column 'contents' can't be declared BIGINT
            """)
    void nestedColumnsAreChecked(String column, String message) {
        assertRefused(column, "data-type", "viewers_apc", "time-resolution", "finest")
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "period_start TIMESTAMP(3)",
                "period_start TIMESTAMP(0)",
                "period_start TIMESTAMP(9)",
                "period_start TIMESTAMP_LTZ(3)",
                "period_start STRING",
                "period_start_date DATE, period_start_time TIME",
                "watcher_count INT",
                "watcher_count DECIMAL(10, 2)",
                "watcher_count DOUBLE NOT NULL",
                "watcher_count STRING",
                "watcher_count BIGINT, twice AS watcher_count * 2",
                "location_id BIGINT, period_start TIMESTAMP(3), PRIMARY KEY (location_id,"
                        + " period_start) NOT ENFORCED",
            })
    void columnTypesThatHoldTheValues(String columns) {
        TestTables tables = TestTables.streaming().create(columns);

        assertThatCode(tables::source).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start_time TIMESTAMP(3)", "period_start TIMESTAMP(3)"})
    void viewersApcHasBothNamesOfTheStart(String column) {
        TestTables tables =
                TestTables.streaming()
                        .create(
                                column + ", contents ARRAY<ROW<content_id STRING>>",
                                "data-type",
                                "viewers_apc",
                                "time-resolution",
                                "finest");

        assertThatCode(tables::source).doesNotThrowAnyException();
    }

    @Test
    void unknownColumnsAreTakenWhereAllowed() {
        TestTables tables =
                TestTables.streaming()
                        .create(
                                "brand_new ROW<a INT>, watcher_count BIGINT",
                                "schema.allow-unknown-columns",
                                "true");

        assertThatCode(tables::source).doesNotThrowAnyException();
    }

    @Test
    void typesOfUnknownColumnsAreChecked() {
        assertRefused("brand_new MAP<STRING, INT>", "schema.allow-unknown-columns", "true")
                .hasStackTraceContaining(
                        "Column 'brand_new' can't be declared MAP<STRING, INT> in 'data-type' ="
                                + " 'viewers' at 'time-resolution' = '5m'. Declare it as a number,"
                                + " text, time, BOOLEAN, ROW or ARRAY.");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable>
            assertRefused(String columns, String... options) {
        TestTables tables = TestTables.streaming().create(columns, options);
        return assertThatThrownBy(tables::source).isInstanceOf(ValidationException.class);
    }
}
