package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.flink.cluster.FlinkJob.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Of two pipelines of one account only those regions fail that ran on the killed process. */
@ResourceLock(FlinkClusters.SHARED)
class RegionFailureIT {

    @OnFewFlinks
    void goesOnInTheOtherRegions(String version) throws Exception {
        FlinkCluster cluster = FlinkClusters.of(version);
        try (ViewersScan scan =
                        new ViewersScan(cluster.directory(), 4, Duration.ofMillis(500))
                                .microsPerRow(150);
                FlinkJob job = scan.submit(cluster, 2, "1056,1057;1058,1059", null)) {
            await("rows").atMost(Duration.ofMinutes(3)).until(() -> scan.committedRows() > 0);
            assertThat(job.awaitRunning()).as("still running").isTrue();
            List<Subtask> before = job.subtasks();
            String victim = before.get(0).taskManager();
            assertThat(before)
                    .as("subtasks on another TaskManager, too")
                    .anyMatch(subtask -> !subtask.taskManager().equals(victim));

            cluster.killTaskManager(victim);
            job.awaitFinished();

            Map<String, Integer> attempts =
                    job.subtasks().stream()
                            .collect(Collectors.toMap(RegionFailureIT::name, Subtask::attempt));
            for (Subtask subtask : before) {
                // More than once, where Flink deploys it to the lost TaskManager again, before its
                // ResourceManager knows of the loss: a second or two after the JobMaster.
                assertThat(attempts.get(name(subtask)) > 0)
                        .as("%s restarted, of attempts %s", subtask, attempts)
                        .isEqualTo(subtask.taskManager().equals(victim));
            }
            scan.assertDelivered();
        }
    }

    private static String name(Subtask subtask) {
        return subtask.vertex() + "/" + subtask.index();
    }
}
