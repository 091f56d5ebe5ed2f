package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query does not need is not asked for, and what it gets is the same. */
class PushDownTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-05T00:00:00");
    private static final List<String> COLUMNS =
            List.of("location_id", "period_start", "watcher_count");

    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057, 1058)
                        .buildTime(BuildTime.of(Duration.ofMillis(20)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(1000))
                        .start();
    }

    @AfterEach
    void stopServer() {
        assertThat(server.audit().rejected()).as("answers 429").isZero();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            streaming | period_start >= TIMESTAMP '2024-03-04 10:02:00' AND period_start < TIMESTAMP '2024-03-04 11:01:00' AND location_id IN (1057, 7) | 1057 | 2024-03-04T10:05 | 2024-03-04T11:05
            batch     | period_start >= TIMESTAMP '2024-03-04 10:02:00' AND period_start < TIMESTAMP '2024-03-04 11:01:00' AND location_id IN (1057, 7) | 1057 | 2024-03-04T10:05 | 2024-03-04T11:05
            streaming | location_id = 1056 OR (location_id = 1058 AND location_id > 1000) | 1056,1058 | 2024-03-04T00:00 | 2024-03-05T00:00
            streaming | period_start = TIMESTAMP '2024-03-04 10:00:00' | 1056,1057,1058 | 2024-03-04T10:00 | 2024-03-04T10:05
            """)
    void deliversWhatMeetsTheConditions(
            String mode, String condition, String ids, LocalDateTime from, LocalDateTime until) {
        TableEnvironment sql = sql(mode, "5m", "'scan.end' = '" + END + "',");

        List<String> rows = Sql.query(sql, "SELECT * FROM t WHERE " + condition);

        List<Long> locations = List.of(ids.split(",")).stream().map(Long::valueOf).toList();
        assertThat(rows)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        Rows.of(server.truth("viewers", "5m", locations, from, until), COLUMNS));
        assertThat(server.audit().rowsServed())
                .as("rows of the one bucket before 10:02 at most are read in vain")
                .isLessThanOrEqualTo(rows.size() + 3 * locations.size());
    }

    @Test
    void upperBoundEndsAStreamingScan() {
        TableEnvironment sql = sql("streaming", "5m", "");

        assertThat(
                        Sql.query(
                                sql,
                                "SELECT * FROM t WHERE period_start < TIMESTAMP '2024-03-04"
                                        + " 02:00:00'"))
                .hasSize(3 * 24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            streaming | location_id = 7
            batch     | location_id IN (7, 8)
            streaming | period_start < TIMESTAMP '2020-01-01 00:00:00'
            streaming | period_start > TIMESTAMP '2024-03-06 00:00:00' AND period_start < TIMESTAMP '2024-03-05 00:00:00'
            """)
    void emptyIntersectionMakesNoCall(String mode, String condition) {
        TableEnvironment sql = sql(mode, "5m", "");

        assertThat(Sql.query(sql, "SELECT * FROM t WHERE " + condition)).isEmpty();
        assertThat(server.audit().calls()).isZero();
    }

    @Test
    void windowsOfRowsDoNotHangOnConditions() {
        TableEnvironment sql = sql("streaming", "5m", "'scan.window.size' = '6 h',");
        sql.executeSql(
                "CREATE TABLE w (window_start TIMESTAMP(3) METADATA, window_end TIMESTAMP(3)"
                        + " METADATA) LIKE t");

        assertThat(
                        Sql.query(
                                sql,
                                "SELECT DISTINCT window_start, window_end FROM w WHERE period_start"
                                        + " >= TIMESTAMP '2024-03-04 07:10:00' AND period_start <"
                                        + " TIMESTAMP '2024-03-04 07:20:00'"))
                .containsExactly("[2024-03-04T06:00, 2024-03-04T12:00]");
    }

    @Test
    void limitEndsABatchScanOfAYear() {
        TableEnvironment sql =
                sql("batch", "5m", "'scan.end' = '2025-03-04T00:00:00', 'scan.parallelism' = '2',");

        assertThat(Sql.query(sql, "SELECT * FROM t LIMIT 10")).hasSize(10);
        assertThat(server.audit().rowsServed()).isLessThan(10_000);
    }

    @Test
    void speculativeAttemptsKeepTheLimits() {
        TableEnvironment sql = sql("batch", "5m", "'scan.window.max-size' = '1 h',");
        sql.getConfig().set(BatchExecutionOptions.SPECULATIVE_ENABLED, true);
        // Every task that is not the first to end counts as slow.
        sql.getConfig().set("slow-task-detector.execution-time.baseline-lower-bound", "0 ms");
        sql.getConfig().set("slow-task-detector.execution-time.baseline-ratio", "0");
        sql.getConfig().set("slow-task-detector.check-interval", "10 ms");
        sql.getConfig().set(BatchExecutionOptions.BLOCK_SLOW_NODE_DURATION, Duration.ZERO);

        assertThat(
                        Sql.query(
                                sql,
                                "SELECT * FROM t WHERE period_start < TIMESTAMP '2024-03-05"
                                        + " 00:00:00'"))
                .containsExactlyInAnyOrderElementsOf(
                        Rows.of(
                                server.truth(
                                        "viewers", "5m", List.of(1056L, 1057L, 1058L), START, END),
                                COLUMNS));
        assertThat(server.audit().maxConcurrentExports()).isLessThanOrEqualTo(3);
        assertThat(server.audit().maxSimultaneousRequests()).isLessThanOrEqualTo(2);
    }

    private TableEnvironment sql(String mode, String resolution, String options) {
        TableEnvironment sql = mode.equals("batch") ? Sql.batch(4) : Sql.streaming(4);
        sql.executeSql(
                "CREATE TABLE t (location_id BIGINT, period_start TIMESTAMP(3), watcher_count"
                        + " BIGINT, WATERMARK FOR period_start AS SOURCE_WATERMARK()) WITH ("
                        + "'connector' = 'vidicenter', 'data-type' = 'viewers',"
                        + " 'time-resolution' = '"
                        + resolution
                        + "', 'locations' = '1056,1057,1058', 'scan.start' = '"
                        + START
                        + ":00', "
                        + options.replace(END.toString(), END + ":00")
                        + Sql.account(server)
                        + ")");
        return sql;
    }
}
