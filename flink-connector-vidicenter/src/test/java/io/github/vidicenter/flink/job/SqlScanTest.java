package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounded scans through SQL against the simulator: exactly the rows that are there. */
class SqlScanTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-05T00:00:00");

    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057, 1058)
                        .buildTime(BuildTime.of(Duration.ofMillis(30)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(1000))
                        .start();
    }

    @AfterEach
    void stopServer() {
        assertThat(server.audit().rejected()).as("answers 429").isZero();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "viewers, 5m, 1",
        "viewers, 5m, 4",
        "viewers, finest, 4",
        "viewers, 1h, 2",
        "ots, 15m, 4",
        "vehicles, finest, 2",
        "footfall, 1d, 1"
    })
    void deliversEveryRowOnce(String dataType, String resolution, int parallelism) {
        List<String> columns =
                switch (dataType + " " + resolution) {
                    case "viewers finest" ->
                            List.of("location_id", "period_start", "gender", "age", "very_happy");
                    case "ots 15m" ->
                            List.of("location_id", "period_start", "ots_count", "watcher_count");
                    case "vehicles finest" ->
                            List.of("location_id", "period_start", "type", "vehicle_impressions");
                    case "footfall 1d" ->
                            List.of("location_id", "period_start", "footfall_impressions");
                    default -> List.of("location_id", "period_start", "watcher_count");
                };
        TableEnvironment sql = Sql.streaming(parallelism);
        sql.executeSql(
                table(
                        columns,
                        dataType,
                        resolution,
                        "'scan.window.size' = '"
                                + (resolution.equals("1d") ? "1 d" : "6 h")
                                + "', 'scan.window.max-size' = '6 h',"));

        assertThat(Sql.query(sql, "SELECT * FROM t"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(truth(dataType, resolution, columns));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"MONDAY_WEEKS"},
            mode = EnumSource.Mode.EXCLUDE)
    void readsEveryDialect(Dialect dialect) {
        server.dialect(dialect);
        List<String> columns = List.of("location_id", "period_start", "watcher_count");
        TableEnvironment sql = Sql.streaming(2);
        sql.executeSql(table(columns, "viewers", "15m", ""));

        assertThat(Sql.query(sql, "SELECT * FROM t"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(truth("viewers", "15m", columns));
    }

    @Test
    void countsWithoutAColumn() {
        TableEnvironment sql = Sql.streaming(2);
        sql.executeSql(table(List.of("location_id", "period_start"), "viewers", "5m", ""));

        assertThat(Sql.query(sql, "SELECT COUNT(*) FROM t")).last().asString().contains("864.0");
    }

    @Test
    void metadataTellsWindowAndExport() {
        TableEnvironment sql = Sql.streaming(1);
        sql.executeSql(
                "CREATE TABLE t (period_start TIMESTAMP(3), location_id BIGINT,"
                        + " loaded_at TIMESTAMP(3) METADATA FROM 'creation_date',"
                        + " window_start TIMESTAMP(3) METADATA, window_end TIMESTAMP(3) METADATA,"
                        + " revision INT METADATA, record STRING METADATA) WITH ("
                        + "'data-type' = 'viewers', 'time-resolution' = '5m',"
                        + "'scan.window.size' = '1 h',"
                        + options());

        assertThat(
                        Sql.query(
                                sql,
                                "SELECT COUNT(*) FROM t WHERE loaded_at > TIMESTAMP '2020-01-01"
                                        + " 00:00:00' AND window_start <= period_start AND"
                                        + " period_start < window_end AND TIMESTAMPDIFF(MINUTE,"
                                        + " window_start, window_end) = 60 AND revision = 0 AND"
                                        + " JSON_VALUE(record, '$.location_id' RETURNING INTEGER) ="
                                        + " location_id"))
                .last()
                .asString()
                .contains("864.0");
    }

    @Test
    void windowsCloseRightlyOverSeveralTablesOfOneAccount() {
        TableEnvironment sql = Sql.streaming(4);
        sql.executeSql(
                table(
                        List.of("location_id", "period_start", "watcher_count"),
                        "viewers",
                        "5m",
                        "'scan.window.max-size' = '2 h',"));
        sql.executeSql(
                table(
                                List.of("location_id", "period_start", "ots_count"),
                                "ots",
                                "5m",
                                "'scan.window.max-size' = '3 h',")
                        .replace("TABLE t", "TABLE o"));
        String hourly =
                "SELECT location_id, window_start, SUM(%s) AS n FROM TABLE(TUMBLE(TABLE %s,"
                        + " DESCRIPTOR(period_start), INTERVAL '1' HOUR)) GROUP BY location_id,"
                        + " window_start, window_end";

        List<String> rows =
                Sql.query(
                        sql,
                        "SELECT v.location_id, v.window_start, v.n, o.n FROM ("
                                + hourly.formatted("watcher_count", "t")
                                + ") v JOIN ("
                                + hourly.formatted("ots_count", "o")
                                + ") o ON v.location_id = o.location_id AND v.window_start ="
                                + " o.window_start");

        List<String> truth = new ArrayList<>();
        var viewers =
                server.truth("viewers", "1h", List.of(1056L, 1057L, 1058L), START, END).toList();
        var ots = server.truth("ots", "1h", List.of(1056L, 1057L, 1058L), START, END).toList();
        for (int i = 0; i < viewers.size(); i++) {
            assertThat(viewers.get(i).get("period_start"))
                    .isEqualTo(ots.get(i).get("period_start"));
            truth.add(
                    Rows.of(
                            Row.of(
                                    viewers.get(i).get("location_id"),
                                    viewers.get(i).get("period_start"),
                                    viewers.get(i).get("watcher_count"),
                                    ots.get(i).get("ots_count"))));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(truth);
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulerType.class,
            names = {"AdaptiveBatch", "Default"})
    void readsInBatchModeWithMoreSubtasksThanSlots(SchedulerType scheduler) {
        TableEnvironment sql = Sql.batch(1);
        sql.getConfig().set(JobManagerOptions.SCHEDULER, scheduler);
        List<String> columns = List.of("location_id", "period_start", "watcher_count");
        sql.executeSql(
                table(
                                columns,
                                "viewers",
                                "5m",
                                "'scan.window.max-size' = '2 h', 'scan.parallelism' = '12',")
                        .replace(", WATERMARK FOR period_start AS SOURCE_WATERMARK()", ""));

        assertThat(Sql.query(sql, "SELECT * FROM t"))
                .containsExactlyInAnyOrderElementsOf(truth("viewers", "5m", columns));
    }

    @Test
    void instantsAreReadThroughTheZoneAndWindowsOfThemClose() {
        TableEnvironment sql = Sql.streaming(2);
        sql.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
        sql.executeSql(
                "CREATE TABLE t (period_start TIMESTAMP_LTZ(3), watcher_count BIGINT, WATERMARK"
                        + " FOR period_start AS SOURCE_WATERMARK()) WITH ("
                        + "'data-type' = 'viewers', 'time-resolution' = '1h', 'time-zone' ="
                        + " 'Asia/Kathmandu', 'scan.window.max-size' = '4 h',"
                        + options());

        List<String> days =
                Sql.query(
                        sql,
                        "SELECT window_start, SUM(watcher_count) FROM TABLE(TUMBLE(TABLE t,"
                                + " DESCRIPTOR(period_start), INTERVAL '1' DAY)) GROUP BY"
                                + " window_start, window_end");

        // Midnight in Kathmandu is 18:15 UTC of the day before.
        assertThat(days).hasSize(2);
        assertThat(days.get(0)).startsWith("[2024-03-03T00:00, ");
        assertThat(days.get(1)).startsWith("[2024-03-04T00:00, ");
    }

    @Test
    void anEmptyScanMakesNoCall() {
        TableEnvironment sql = Sql.streaming(2);
        sql.executeSql(
                table(List.of("location_id", "period_start"), "viewers", "5m", "")
                        .replace("'" + END + "'", "'" + START + "'"));

        assertThat(Sql.query(sql, "SELECT * FROM t")).isEmpty();
        assertThat(server.audit().calls()).isZero();
    }

    private List<String> truth(String dataType, String resolution, List<String> columns) {
        return Rows.of(
                server.truth(dataType, resolution, List.of(1056L, 1057L, 1058L), START, END),
                columns);
    }

    private String table(
            List<String> columns, String dataType, String resolution, String moreOptions) {
        List<String> declared = new ArrayList<>();
        for (String column : columns) {
            String type =
                    switch (column) {
                        case "period_start" -> "TIMESTAMP(3)";
                        case "very_happy", "vehicle_impressions" -> "DOUBLE";
                        default -> "BIGINT";
                    };
            declared.add(column + " " + type);
        }
        return "CREATE TABLE t ("
                + String.join(", ", declared)
                + ", WATERMARK FOR period_start AS SOURCE_WATERMARK()) WITH ("
                + "'data-type' = '"
                + dataType
                + "', 'time-resolution' = '"
                + resolution
                + "', "
                + moreOptions
                + options();
    }

    private String options() {
        return "'connector' = 'vidicenter', 'locations' = '1056,1057,1058', 'scan.start' = '"
                + START
                + "', 'scan.end' = '"
                + END
                + "', "
                + Sql.account(server)
                + ")";
    }
}
