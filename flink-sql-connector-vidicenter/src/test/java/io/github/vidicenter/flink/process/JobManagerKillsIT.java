package io.github.vidicenter.flink.process;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import java.time.Duration;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * {@code kill -9} of the JobManager, at moments that follow from a seed. What the account had been
 * asked in the minute before dies with it, so the next JobManager lets a minute pass.
 */
@ResourceLock(FlinkClusters.OWN)
class JobManagerKillsIT {

    @OnFewFlinks
    void loseAndRepeatNothing(String version) throws Exception {
        Rounds rounds = new Rounds("JobManagerKillsIT " + version, "process.jobmanager.kills");
        try (FlinkCluster cluster = FlinkClusters.start(version, 1, true, "INFO")) {
            while (rounds.areLeft()) {
                int kills = 0;
                try (ViewersScan scan =
                                new ViewersScan(cluster.directory(), 12, Duration.ofMillis(700))
                                        .microsPerRow(20);
                        FlinkJob job = scan.submit(cluster, 2)) {
                    while (rounds.areLeft() && job.awaitRunning()) {
                        if (rounds.random.nextInt(4) > 0) {
                            scan.awaitRowsServed(job);
                        }
                        Thread.sleep(rounds.random.nextInt(3_000));
                        long before = scan.committedRows();
                        // The next JobManager does not know of jobs that have ended.
                        if (job.hasEnded()) {
                            break;
                        }
                        cluster.replaceJobManager();
                        kills++;
                        rounds.done("killed after %d rows".formatted(before));
                    }
                    job.awaitFinished();
                    rounds.report("%d kills: %s".formatted(kills, scan.assertDelivered()));
                }
            }
        }
    }
}
