package io.github.vidicenter.flink.process;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import java.time.Duration;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A job that is stopped in mid-scan goes on at another parallelism. */
@ResourceLock(FlinkClusters.SHARED)
class SavepointsIT {

    @OnFewFlinks
    void canBeRestoredAtAnyParallelism(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        try (ViewersScan scan =
                new ViewersScan(cluster.directory(), 6, Duration.ofSeconds(1)).microsPerRow(50)) {
            String savepoint = scan.stopInMidScan(cluster, 1, null);
            savepoint = scan.stopInMidScan(cluster, 4, savepoint);
            scan.finish(cluster, 2, savepoint);
        }
    }
}
