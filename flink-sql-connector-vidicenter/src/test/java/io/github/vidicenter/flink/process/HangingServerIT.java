package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import java.time.Duration;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A server that answers nothing for a while: checkpoints go on, and so does the job after it. */
@ResourceLock(FlinkClusters.SHARED)
class HangingServerIT {

    private static final Duration HANG = Duration.ofSeconds(Integer.getInteger("process.hang"));

    @OnFewFlinks
    void holdsUpNoCheckpoint(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        try (ViewersScan scan =
                        new ViewersScan(cluster.directory(), 4, Duration.ofMillis(1500))
                                .requestTimeout(HANG.dividedBy(3));
                FlinkJob job = scan.submit(cluster, 2)) {
            await("rows")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> scan.server.audit().rowsServed() > 0);
            scan.server.faults().add(FaultRule.of(new Fault.Hang()));
            await("a call that hangs")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> scan.server.faults().happened() > 0);
            long until = System.nanoTime() + HANG.toNanos();
            long checkpoints = 0;
            while (System.nanoTime() < until) {
                job.awaitCheckpoints(1);
                checkpoints++;
            }
            assertThat(checkpoints).as("more than between calls that time out").isGreaterThan(3);
            assertThat(job.hasEnded()).as("ended while the server hung").isFalse();
            scan.server.faults().clear();
            job.awaitFinished();

            assertThat(job.restores()).as("restores").isZero();
            System.out.printf(
                    "HangingServerIT %s: hung for %s, %d checkpoints meanwhile: %s%n",
                    version, HANG, checkpoints, scan.assertDelivered());
        }
    }
}
