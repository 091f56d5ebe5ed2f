package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A job that is stopped in mid-scan goes on elsewhere: at another parallelism, in another Flink.
 */
class SavepointsIT {

    private static final String LOCATIONS = "1056,1057,1058,1059";

    @OnFewFlinks
    void canBeRestoredAtAnyParallelism(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        try (ViewersScan scan = scan(cluster)) {
            String savepoint = stopInMidScan(scan, cluster, 1, null);
            savepoint = stopInMidScan(scan, cluster, 4, savepoint);
            finish(scan, cluster, 2, savepoint);
        }
    }

    /**
     * Flink does not promise it; the state of the connector, with uids set, passes all the same.
     */
    @Test
    void canBeRestoredByANewerFlink() throws Exception {
        FlinkCluster old = FlinkClusters.of(FlinkClusters.oldestVersion());
        FlinkCluster newest = FlinkClusters.of(FlinkClusters.newestVersion());
        try (ViewersScan scan = scan(old)) {
            String savepoint = stopInMidScan(scan, old, 2, null);
            finish(scan, newest, 2, savepoint);
        }
    }

    private static ViewersScan scan(FlinkCluster cluster) throws Exception {
        return new ViewersScan(cluster.directory(), 6, Duration.ofMillis(500)).microsPerRow(50);
    }

    private static String stopInMidScan(
            ViewersScan scan, FlinkCluster cluster, int parallelism, String savepoint)
            throws Exception {
        long before = scan.server.audit().rowsServed();
        try (FlinkJob job = scan.submit(cluster, parallelism, LOCATIONS, savepoint)) {
            await("rows")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> scan.server.audit().rowsServed() > before);
            assertThat(job.awaitRunning()).as("still running").isTrue();
            return job.stopWithSavepoint();
        }
    }

    private static void finish(
            ViewersScan scan, FlinkCluster cluster, int parallelism, String savepoint)
            throws Exception {
        try (FlinkJob job = scan.submit(cluster, parallelism, LOCATIONS, savepoint)) {
            job.awaitFinished();
            assertThat(job.restores()).as("restores").isOne();
        }
        scan.assertDelivered();
    }
}
