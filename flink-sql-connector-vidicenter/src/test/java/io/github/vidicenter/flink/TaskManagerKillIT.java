package io.github.vidicenter.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.flink.cluster.JsonFiles;
import io.github.vidicenter.flink.cluster.OnEachFlink;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code kill -9} in mid-export, with the rows in another order at the next download. */
@ResourceLock(FlinkClusters.SHARED)
class TaskManagerKillIT {

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-08T00:00:00");
    private static final List<Long> LOCATIONS = List.of(1056L, 1057L);

    @OnEachFlink
    void losesAndRepeatsNothing(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        Path sink = Files.createTempDirectory(cluster.directory(), "viewers");
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057)
                        .audience(50)
                        .dialect(Dialect.ROWS_SHUFFLED, Dialect.ROW_KEYS_SHUFFLED)
                        .start()) {
            List<String> truth =
                    server.truth("viewers", "finest", LOCATIONS, START, END)
                            .map(TaskManagerKillIT::text)
                            .toList();
            try (FlinkJob job =
                    cluster.submit(
                            "SET 'parallelism.default' = '1'",
                            viewers(server),
                            sink(sink),
                            "INSERT INTO viewers_read SELECT location_id, CAST(period_start AS"
                                    + " STRING), dwell_time_in_tenths_of_sec FROM viewers")) {
                await("first rows")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> !JsonFiles.committed(sink).isEmpty());
                assertThat(JsonFiles.committed(sink).size())
                        .as("rows committed before the kill")
                        .isLessThan(truth.size());

                cluster.killTaskManager(job.taskManagers().iterator().next());
                job.awaitFinished();

                assertThat(job.restores()).isPositive();
            }
            List<String> read =
                    JsonFiles.committed(sink).stream().map(TaskManagerKillIT::text).toList();
            assertThat(read.stream().sorted().toList()).isEqualTo(truth.stream().sorted().toList());
            assertThat(server.audit().rejected()).as("answers 429").isZero();
            assertThat(server.audit().exports()).as("one export, read twice").hasSize(1);
        }
    }

    private static String viewers(VidiCenterSimulator server) {
        return """
                CREATE TEMPORARY TABLE viewers (
                  location_id BIGINT,
                  period_start TIMESTAMP(3),
                  dwell_time_in_tenths_of_sec BIGINT
                ) WITH (
                  'connector' = 'vidicenter', 'url' = '%s', 'username' = '%s', 'token' = '%s',
                  'data-type' = 'viewers', 'time-resolution' = 'finest', 'locations' = '1056,1057',
                  'scan.start' = '%s', 'scan.end' = '%s')"""
                .formatted(server.url(), server.username(), server.token(), START, END);
    }

    /** Small files, so that rows are committed while the export is being read. */
    private static String sink(Path directory) {
        return """
                CREATE TEMPORARY TABLE viewers_read (
                  location_id BIGINT, period_start STRING, dwell_time_in_tenths_of_sec BIGINT
                ) WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json',
                  'sink.rolling-policy.file-size' = '100kb')"""
                .formatted(directory.toUri());
    }

    private static String text(Map<String, Object> row) {
        String start = row.get("period_start").toString().replace(' ', 'T');
        // Java leaves out seconds that are zero.
        String full = start.length() == 16 ? start + ":00" : start.substring(0, 19);
        return row.get("location_id") + " " + full + " " + row.get("dwell_time_in_tenths_of_sec");
    }
}
