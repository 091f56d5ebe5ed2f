package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The harness by itself, with Flink's own connectors: what it says about a job can be believed. */
@ResourceLock(FlinkClusters.SHARED)
class FlinkClusterIT {

    @OnEachFlink
    void rowsComeOnceThoughATaskManagerIsKilled(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        Path sink = sink(cluster);
        try (FlinkJob job = cluster.submit(numbers(4000), into(sink), INSERT)) {
            job.awaitCheckpoints(2);

            cluster.killTaskManager(job.taskManagers().iterator().next());
            job.awaitFinished();

            assertThat(job.restores()).isPositive();
        }
        assertNumbers(sink, 4000);
    }

    @OnEachFlink
    void goesOnFromASavepoint(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        Path sink = sink(cluster);
        String savepoint;
        try (FlinkJob job = cluster.submit(numbers(4000), into(sink), INSERT)) {
            job.awaitCheckpoints(1);
            savepoint = job.stopWithSavepoint();
        }
        assertThat(JsonFiles.committed(sink)).hasSizeBetween(1, 3999);

        try (FlinkJob job =
                cluster.submit(
                        "SET 'execution.state-recovery.path' = '" + savepoint + "'",
                        numbers(4000),
                        into(sink),
                        INSERT)) {
            job.awaitFinished();
        }
        assertNumbers(sink, 4000);
    }

    @OnEachFlink
    void aStatementThatFailsIsSeen(String version) {
        assertThatThrownBy(() -> FlinkClusters.of(version).sql("SELECT * FROM nowhere"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nowhere");
    }

    private static final String INSERT = "INSERT INTO sink SELECT * FROM numbers";

    /** A bounded table of 1 to count, over a few seconds. */
    private static String numbers(int count) {
        return """
                CREATE TEMPORARY TABLE numbers (n BIGINT) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '500',
                  'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '%d')"""
                .formatted(count);
    }

    /** Small files, so that some are committed before the end. */
    private static String into(Path sink) {
        return """
                CREATE TEMPORARY TABLE sink (n BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'json',
                  'sink.rolling-policy.file-size' = '1kb')"""
                .formatted(sink.toUri());
    }

    private static Path sink(FlinkCluster cluster) throws IOException {
        return Files.createTempDirectory(cluster.directory(), "numbers");
    }

    private static void assertNumbers(Path sink, int count) throws IOException {
        List<Long> numbers =
                JsonFiles.committed(sink).stream()
                        .map(row -> ((Number) row.get("n")).longValue())
                        .toList();
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }
}
