package io.github.vidicenter.flink.process;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A job that is stopped in mid-scan goes on in a newer Flink. Flink does not promise it; the state
 * of the connector, with uids set, passes all the same. The other cluster has not seen the calls of
 * the minute before, so it lets a minute pass.
 */
@ResourceLock(FlinkClusters.OWN)
class UpgradeIT {

    @TempDir Path files;

    @Test
    void keepsTheState() throws Exception {
        try (ViewersScan scan =
                new ViewersScan(files, 6, Duration.ofMillis(500)).microsPerRow(50)) {
            String savepoint;
            try (FlinkCluster old = cluster(FlinkClusters.oldestVersion())) {
                savepoint = scan.stopInMidScan(old, 2, null);
            }
            try (FlinkCluster newest = cluster(FlinkClusters.newestVersion())) {
                scan.finish(newest, 2, savepoint);
            }
        }
    }

    private static FlinkCluster cluster(String version) throws Exception {
        return FlinkClusters.start(version, 1, false, "INFO");
    }
}
