package io.github.vidicenter.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.flink.cluster.JsonFiles;
import io.github.vidicenter.flink.cluster.OnEachFlink;
import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two tables of one account in one job of Flink's own SQL client, at the service's real limits. */
@ResourceLock(FlinkClusters.SHARED)
class SqlClientIT {

    private static final LocalDateTime START = LocalDateTime.parse("2018-01-29T00:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2018-01-30T00:00:00");

    @OnEachFlink
    void deliversEveryRowOnceWithinTheLimitsAtParallelism1(String version) throws Exception {
        readTwoTables(FlinkClusters.of(version), 1);
    }

    @OnEachFlink
    void deliversEveryRowOnceWithinTheLimitsAtParallelism4(String version) throws Exception {
        readTwoTables(FlinkClusters.of(version), 4);
    }

    /** Lists and describes before anything is read, and shows the token nowhere. */
    @OnEachFlink
    void usesTheCatalog(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        String token = "token-of-the-catalog";
        Path file =
                Files.writeString(Files.createTempFile(cluster.directory(), "token", ""), token);
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder().token(token).locations(1056, 1057).start()) {
            String printed =
                    cluster.sql(
                            "SET 'sql-client.execution.result-mode' = 'tableau'",
                            "SET 'execution.runtime-mode' = 'batch'",
                            "CREATE CATALOG vidi WITH ('type' = 'vidicenter', 'url' = '%s', 'username' = '%s', 'token-file' = '%s')"
                                    .formatted(server.url(), server.username(), file),
                            "USE CATALOG vidi",
                            "SHOW DATABASES",
                            "SHOW TABLES FROM topology",
                            "DESCRIBE `1d`.ots",
                            "SHOW CREATE TABLE `1d`.ots",
                            "SELECT l.label, SUM(o.ots_count) AS hits FROM `1d`.ots"
                                    + " /*+ OPTIONS('locations' = '1056,1057', 'scan.start' = '%s', 'scan.end' = '%s') */"
                                            .formatted(START, END)
                                    + " AS o JOIN topology.locations AS l ON o.location_id = l.id GROUP BY l.label");

            assertThat(printed)
                    .as("databases")
                    .containsPattern("\\| +finest \\|")
                    .containsPattern("\\| +1M \\|");
            assertThat(printed).as("tables").containsPattern("\\| +location_tags \\|");
            assertThat(printed)
                    .as("description")
                    .containsPattern("\\| +ots_count \\| +BIGINT \\|")
                    .contains("cumulated number of OTS");
            assertThat(printed)
                    .as("table")
                    .contains("'data-type' = 'ots'")
                    .contains("PRIMARY KEY (`location_id`, `period_start`) NOT ENFORCED");
            server.truth("ots", "1d", List.of(1056L, 1057L), START, END)
                    .forEach(
                            row ->
                                    assertThat(printed)
                                            .containsPattern(
                                                    "\\| +location-%s \\| +%s \\|"
                                                            .formatted(
                                                                    row.get("location_id"),
                                                                    row.get("ots_count"))));
            assertThat(printed).doesNotContain(token);
            assertThat(printed.substring(printed.indexOf("CREATE TABLE `vidi`")))
                    .as("options of the table, and the rest")
                    .doesNotContain("token", "username");
        }
    }

    private static void readTwoTables(FlinkCluster cluster, int parallelism) throws Exception {
        Path viewers = Files.createTempDirectory(cluster.directory(), "viewers");
        Path ots = Files.createTempDirectory(cluster.directory(), "ots");
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder().locations(1056, 1057).start()) {
            try (FlinkJob job =
                    cluster.submit(
                            "SET 'parallelism.default' = '" + parallelism + "'",
                            viewers(server),
                            ots(server),
                            sink("viewers_read", "watcher_count", viewers),
                            sink("ots_read", "ots_count", ots),
                            "EXECUTE STATEMENT SET BEGIN INSERT INTO viewers_read SELECT"
                                    + " location_id, CAST(period_start AS STRING), watcher_count FROM"
                                    + " viewers; INSERT INTO ots_read SELECT location_id,"
                                    + " CAST(period_start AS STRING), ots_count FROM ots; END")) {
                job.awaitFinished();
            }
            assertThat(read(viewers, "watcher_count"))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(truth(server, "viewers", "watcher_count"));
            assertThat(read(ots, "ots_count"))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(truth(server, "ots", "ots_count"));
            Audit audit = server.audit();
            assertThat(audit.rejected()).as("answers 429").isZero();
            assertThat(audit.maxCallsInMinute()).isLessThanOrEqualTo(50);
            assertThat(audit.maxConcurrentExports()).isLessThanOrEqualTo(3);
            assertThat(audit.maxSimultaneousRequests()).isLessThanOrEqualTo(2);
        }
    }

    private static String viewers(VidiCenterSimulator server) {
        return """
                CREATE TEMPORARY TABLE viewers (
                  location_id   BIGINT,
                  period_start  TIMESTAMP(3),
                  watcher_count BIGINT,
                  dwell_time_in_tenths_of_sec BIGINT,
                  loaded_at     TIMESTAMP(3) METADATA FROM 'creation_date',
                  WATERMARK FOR period_start AS SOURCE_WATERMARK()
                ) WITH (%s, 'data-type' = 'viewers', 'time-resolution' = '5m')"""
                .formatted(options(server));
    }

    private static String ots(VidiCenterSimulator server) {
        return """
                CREATE TEMPORARY TABLE ots (
                  location_id BIGINT,
                  period_start TIMESTAMP(3),
                  ots_count BIGINT,
                  WATERMARK FOR period_start AS SOURCE_WATERMARK()
                ) WITH (%s, 'data-type' = 'ots', 'time-resolution' = '1h',
                  'scan.window.max-size' = '8 h', 'scan.locations-per-export' = '1')"""
                .formatted(options(server));
    }

    private static String options(VidiCenterSimulator server) {
        return """
                'connector' = 'vidicenter', 'url' = '%s', 'username' = '%s', 'token' = '%s',
                'locations' = '1056,1057', 'scan.start' = '%s', 'scan.end' = '%s'"""
                .formatted(server.url(), server.username(), server.token(), START, END);
    }

    private static String sink(String name, String metric, Path directory) {
        return """
                CREATE TEMPORARY TABLE %s (location_id BIGINT, period_start STRING, %s BIGINT)
                WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')"""
                .formatted(name, metric, directory.toUri());
    }

    private static List<String> read(Path directory, String metric) throws IOException {
        return JsonFiles.committed(directory).stream().map(row -> text(row, metric)).toList();
    }

    private static List<String> truth(VidiCenterSimulator server, String dataType, String metric) {
        String resolution = dataType.equals("ots") ? "1h" : "5m";
        Stream<Map<String, Object>> rows =
                server.truth(dataType, resolution, List.of(1056L, 1057L), START, END);
        return rows.map(row -> text(row, metric)).toList();
    }

    private static String text(Map<String, Object> row, String metric) {
        String start = row.get("period_start").toString().replace(' ', 'T').substring(0, 16);
        return row.get("location_id") + " " + start + " " + row.get(metric);
    }
}
