package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.CommittedFiles;
import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.flink.cluster.JobJar;
import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server, {@link ViewersJob}s that read the same days of it, one after the other, into the same
 * files, and what has to be in these files at the end: whatever happened to the processes.
 */
final class ViewersScan implements AutoCloseable {

    static final List<Long> LOCATIONS = List.of(1056L, 1057L, 1058L, 1059L);

    private static final String ALL = "1056,1057,1058,1059";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JobJar JOB = JobJar.of(ViewersJob.class);
    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final int CALLS_PER_MINUTE = 2_000;

    final VidiCenterSimulator server;
    private final Path sink;
    private final LocalDateTime end;
    private Duration requestTimeout = Duration.ofMinutes(1);
    private int microsPerRow;

    /**
     * @param days an export each of each location, of a few thousand rows
     * @param build how long an export is built; three at a time
     */
    ViewersScan(Path directory, int days, Duration build) throws IOException {
        end = START.plusDays(days);
        sink = Files.createTempDirectory(directory, "viewers");
        server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057, 1058, 1059)
                        .audience(4)
                        .dialect(Dialect.ROWS_SHUFFLED, Dialect.ROW_KEYS_SHUFFLED, Dialect.GZIP)
                        .buildTime(BuildTime.of(build))
                        .limits(Limits.DEFAULT.withCallsPerMinute(CALLS_PER_MINUTE))
                        .start();
    }

    ViewersScan requestTimeout(Duration timeout) {
        requestTimeout = timeout;
        return this;
    }

    /** Makes a job slow, so that it is mostly in mid-export. */
    ViewersScan microsPerRow(int micros) {
        microsPerRow = micros;
        return this;
    }

    /** One pipeline of all locations, from the start. */
    FlinkJob submit(FlinkCluster cluster, int parallelism) throws Exception {
        return submit(cluster, parallelism, ALL, null);
    }

    /**
     * @param locations see {@link ViewersJob}
     * @param savepoint null: from the start
     */
    FlinkJob submit(FlinkCluster cluster, int parallelism, String locations, String savepoint)
            throws Exception {
        return cluster.run(
                JOB,
                savepoint,
                List.of(
                        "url=" + server.url(),
                        "username=" + server.username(),
                        "token=" + server.token(),
                        "start=" + START,
                        "end=" + end,
                        "locations=" + locations,
                        "parallelism=" + parallelism,
                        "timeout=" + requestTimeout,
                        "calls=" + CALLS_PER_MINUTE,
                        "micros=" + microsPerRow,
                        "sink=" + sink));
    }

    /**
     * Runs a job until it reads, and stops it.
     *
     * @param savepoint null: from the start
     * @return the savepoint that it leaves
     */
    String stopInMidScan(FlinkCluster cluster, int parallelism, String savepoint) throws Exception {
        try (FlinkJob job = submit(cluster, parallelism, ALL, savepoint)) {
            awaitRowsServed(job);
            assertThat(job.awaitRunning()).as("still running").isTrue();
            return job.stopWithSavepoint();
        }
    }

    /** Runs a job from a savepoint to its end, when all has to be there. */
    void finish(FlinkCluster cluster, int parallelism, String savepoint) throws Exception {
        try (FlinkJob job = submit(cluster, parallelism, ALL, savepoint)) {
            job.awaitFinished();
            assertThat(job.restores()).as("restores").isOne();
        }
        assertDelivered();
    }

    /** Until the server has begun another download, so that the job is in mid-export again. */
    void awaitRowsServed(FlinkJob job) {
        long before = server.audit().rowsServed();
        await("rows")
                .atMost(PATIENCE)
                .until(() -> server.audit().rowsServed() > before || job.hasEnded());
    }

    long committedRows() throws IOException {
        return CommittedFiles.lines(sink).size();
    }

    /**
     * Every row once, none behind a watermark, and the limits kept.
     *
     * @return the counts, as a line for people
     */
    String assertDelivered() throws IOException {
        Map<String, Integer> surplus = new HashMap<>();
        List<String> rows = CommittedFiles.lines(sink);
        rows.forEach(row -> surplus.merge(row, 1, Integer::sum));
        server.truth("viewers", "finest", LOCATIONS, START, end)
                .forEach(row -> surplus.merge(text(row), -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        assertThat(surplus).as("rows too many (positive) or missing (negative)").isEmpty();
        assertThat(rows).as("rows").isNotEmpty();

        Audit audit = server.audit();
        assertThat(audit.rejected()).as("answers 429").isZero();
        assertThat(audit.maxCallsInMinute()).isLessThanOrEqualTo(CALLS_PER_MINUTE);
        assertThat(audit.maxConcurrentExports()).isLessThanOrEqualTo(3);
        assertThat(audit.maxSimultaneousRequests()).isLessThanOrEqualTo(2);
        assertThat(audit.rebuilds()).as("rebuilds").isZero();
        return "%d rows, 0 lost, 0 twice, 0 late; %d exports, %d calls, 0 answers 429"
                .formatted(rows.size(), audit.exports().size(), audit.calls());
    }

    private static String text(Map<String, Object> row) {
        return row.get("location_id")
                + " "
                + row.get("period_start")
                + " "
                + row.get("dwell_time_in_tenths_of_sec");
    }

    @Override
    public void close() {
        server.close();
    }
}
