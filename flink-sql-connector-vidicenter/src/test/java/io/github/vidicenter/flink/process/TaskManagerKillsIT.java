package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code kill -9} of a TaskManager, at moments that follow from a seed. */
@ResourceLock(FlinkClusters.SHARED)
class TaskManagerKillsIT {

    @OnFewFlinks
    void loseAndRepeatNothing(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        Rounds rounds = new Rounds("TaskManagerKillsIT " + version, "process.taskmanager.kills");
        while (rounds.areLeft()) {
            int kills = 0;
            try (ViewersScan scan =
                            new ViewersScan(cluster.directory(), 12, Duration.ofMillis(700))
                                    .microsPerRow(20);
                    FlinkJob job = scan.submit(cluster, 1 + rounds.random.nextInt(4))) {
                while (rounds.areLeft() && recovers(job, cluster)) {
                    if (rounds.random.nextInt(4) > 0) {
                        scan.awaitRowsServed(job);
                    }
                    Thread.sleep(rounds.random.nextInt(3_000));
                    List<FlinkJob.Subtask> subtasks = job.subtasks();
                    if (job.hasEnded()) {
                        break;
                    }
                    String victim =
                            subtasks.get(rounds.random.nextInt(subtasks.size())).taskManager();
                    long before = scan.committedRows();
                    cluster.killTaskManager(victim);
                    kills++;
                    rounds.done("killed after %d rows".formatted(before));
                }
                job.awaitFinished();
                rounds.report("%d kills: %s".formatted(kills, scan.assertDelivered()));
                assertThat(kills).isPositive();
            }
        }
    }

    /** Until none of it is on a lost process any more; false if it has ended before. */
    private static boolean recovers(FlinkJob job, FlinkCluster cluster) {
        await("recovery")
                .atMost(Duration.ofMinutes(3))
                .until(
                        () ->
                                job.hasEnded()
                                        || cluster.processes()
                                                .keySet()
                                                .containsAll(job.taskManagers()));
        return job.awaitRunning();
    }
}
