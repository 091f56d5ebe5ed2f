package io.github.vidicenter.flink.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * All that a cluster wrote, with every logger at TRACE, and all that its UI shows, after faults, a
 * savepoint, a restore and a job that failed for its token: the token is nowhere.
 */
@ResourceLock(FlinkClusters.OWN)
class SecretsIT {

    /** With characters that look otherwise in Base64, URLs and JSON. */
    private static final String TOKEN =
            "s3cr+t/" + HexFormat.of().toHexDigits(new Random().nextLong()) + "=~";

    /** Those that end in messages and stack traces. */
    private static final List<Fault> FAULTS =
            List.of(
                    new Fault.Status(503, null, true),
                    new Fault.Reset(false),
                    new Fault.Truncated(Fault.Cut.JSON),
                    new Fault.FailedExport("out of memory"));

    private static final String INSERT =
            "INSERT INTO viewers_read SELECT location_id, dwell_time_in_tenths_of_sec FROM viewers";

    @TempDir Path elsewhere;

    @Test
    void aTokenFileIsNotCopiedAnywhere() throws Exception {
        try (VidiCenterSimulator server = server();
                FlinkCluster cluster =
                        FlinkClusters.start(FlinkClusters.newestVersion(), 1, true, "TRACE")) {
            Path file = Files.writeString(elsewhere.resolve("token"), server.token() + "\n");
            Scan scan = new Scan(new Secret(server.username(), TOKEN));
            run(cluster, server, "'token-file' = '" + file + "'", scan);

            assertThat(scan.hits()).isEmpty();
            System.out.println("SecretsIT, token-file: no hit in " + scan.extent());
        }
    }

    /**
     * An option's value goes where Flink puts it: into the statement, and with the job to where the
     * job is kept. All else is the connector's, and is clean.
     */
    @Test
    void aTokenOptionIsOnlyWhereFlinkKeepsStatementsAndJobs() throws Exception {
        try (VidiCenterSimulator server = server();
                FlinkCluster cluster =
                        FlinkClusters.start(FlinkClusters.oldestVersion(), 1, true, "TRACE")) {
            Scan scan = new Scan(new Secret(server.username(), TOKEN));
            run(cluster, server, "'token' = '" + TOKEN + "'", scan);

            assertThat(scan.hits().keySet())
                    .isNotEmpty()
                    .allMatch(SecretsIT::holdsStatementsOrJobs);
            System.out.println(
                    "SecretsIT, token: of " + scan.extent() + " only in " + scan.hits().keySet());
        }
    }

    private static boolean holdsStatementsOrJobs(String place) {
        return place.matches(
                "tmp/sql-client-\\d+\\.sql|log/sql-client-\\d+\\.out|tmp/history"
                        + "|high-availability/.*(JobGraph|ExecutionPlan).*");
    }

    private void run(FlinkCluster cluster, VidiCenterSimulator server, String token, Scan scan)
            throws Exception {
        Path sink = Files.createDirectory(cluster.directory().resolve("viewers"));
        String viewers = viewers(server, token);
        FAULTS.forEach(fault -> server.faults().add(FaultRule.of(fault).times(1)));
        String savepoint;
        try (FlinkJob job = cluster.submit(viewers, sink(sink), INSERT)) {
            await("rows, and all faults")
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () ->
                                    server.audit().rowsServed() > 0
                                            && server.faults().happened() == FAULTS.size());
            // The job lasts until it is stopped.
            server.faults().add(FaultRule.of(new Fault.Hang()));
            job.awaitCheckpoints(1);
            scan.directory(cluster.directory());
            scan.text("REST answers while it runs", cluster.restAnswers().toString());
            savepoint = job.stopWithSavepoint();
        }
        server.faults().clear();
        String restore = "SET 'execution.state-recovery.path' = '" + savepoint + "'";
        try (FlinkJob job = cluster.submit(restore, viewers, sink(sink), INSERT)) {
            job.awaitFinished();
        }
        server.setToken("another");
        scan.text("the plan", plan(cluster, viewers));
        String once = "SET 'restart-strategy.type' = 'none'";
        try (FlinkJob job = cluster.submit(once, viewers, sink(sink), INSERT)) {
            assertThatThrownBy(job::awaitFinished).hasStackTraceContaining("FAILED");
            assertThat(cluster.directory().resolve("log/taskmanager-1.log"))
                    .content()
                    .contains("Check 'username' and 'token");
            scan.text("REST answers at the end", cluster.restAnswers().toString());
        }
        scan.directory(cluster.directory());
    }

    /** Without the statements, which the SQL client repeats before it. */
    private static String plan(FlinkCluster cluster, String viewers) throws Exception {
        String output = cluster.sql(viewers, "EXPLAIN PLAN_ADVICE SELECT * FROM viewers");
        return output.substring(output.indexOf("== Abstract Syntax Tree =="));
    }

    private static VidiCenterSimulator server() {
        return VidiCenterSimulator.builder()
                .token(TOKEN)
                .locations(1056, 1057)
                .dialect(Dialect.ROWS_SHUFFLED)
                .buildTime(BuildTime.of(Duration.ofSeconds(1)))
                .limits(Limits.DEFAULT.withCallsPerMinute(1_000))
                .start();
    }

    private static String viewers(VidiCenterSimulator server, String token) {
        return """
                CREATE TEMPORARY TABLE viewers (
                  location_id BIGINT, period_start TIMESTAMP(3), dwell_time_in_tenths_of_sec BIGINT,
                  WATERMARK FOR period_start AS SOURCE_WATERMARK()
                ) WITH (
                  'connector' = 'vidicenter', 'url' = '%s', 'username' = '%s', %s,
                  'data-type' = 'viewers', 'time-resolution' = 'finest', 'locations' = '1056,1057',
                  'scan.start' = '2024-03-04T00:00:00', 'scan.end' = '2024-03-12T00:00:00',
                  'scan.window.max-size' = '1 d', 'scan.locations-per-export' = '1',
                  'quota.requests-per-minute' = '1000')"""
                .formatted(server.url(), server.username(), token);
    }

    private static String sink(Path directory) {
        return """
                CREATE TEMPORARY TABLE viewers_read (location_id BIGINT, dwell_time BIGINT)
                WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')"""
                .formatted(directory.toUri());
    }
}
