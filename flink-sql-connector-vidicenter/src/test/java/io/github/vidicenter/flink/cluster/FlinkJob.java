package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** A job on a {@link FlinkCluster}. Waiting ends early, with the job's exception, if it fails. */
public final class FlinkJob {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final FlinkRest rest;
    private final String id;

    FlinkJob(FlinkRest rest, String id) {
        this.rest = rest;
        this.id = id;
    }

    public void awaitFinished() {
        awaitState("FINISHED");
    }

    /** Until this many more checkpoints than now are complete. */
    public void awaitCheckpoints(int more) {
        long wanted = completedCheckpoints() + more;
        await("checkpoints of job " + id)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::failure).isNotIn("FAILED", "FINISHED"))
                .until(() -> completedCheckpoints() >= wanted);
    }

    public long completedCheckpoints() {
        return checkpoints("completed");
    }

    /** How often the job went back to a checkpoint, or started from a savepoint. */
    public long restores() {
        return checkpoints("restored");
    }

    private long checkpoints(String count) {
        return rest.get("jobs/" + id + "/checkpoints").path("counts").path(count).asLong();
    }

    /** Ids of the TaskManagers that the job's subtasks are on. */
    public Set<String> taskManagers() {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : rest.get("jobs/" + id).path("vertices")) {
            String path = "jobs/" + id + "/vertices/" + vertex.path("id").asText();
            rest.get(path)
                    .path("subtasks")
                    .forEach(subtask -> ids.add(subtask.path("taskmanager-id").asText()));
        }
        return ids;
    }

    public void cancel() {
        rest.patch("jobs/" + id);
        awaitState("CANCELED");
    }

    /**
     * Stops the job.
     *
     * @return the savepoint's path
     */
    public String stopWithSavepoint() {
        String trigger =
                rest.post("jobs/" + id + "/stop", "{\"drain\": false}").path("request-id").asText();
        String savepoint = "jobs/" + id + "/savepoints/" + trigger;
        await(savepoint)
                .atMost(PATIENCE)
                .until(
                        () ->
                                "COMPLETED"
                                        .equals(
                                                rest.get(savepoint)
                                                        .path("status")
                                                        .path("id")
                                                        .asText()));
        JsonNode operation = rest.get(savepoint).path("operation");
        assertThat(operation.has("location")).as(operation::toPrettyString).isTrue();
        return operation.path("location").asText();
    }

    private void awaitState(String wanted) {
        await("job " + id + " " + wanted)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::failure).isNotEqualTo("FAILED"))
                .until(() -> state().equals(wanted));
    }

    private String state() {
        return rest.get("jobs/" + id).path("state").asText();
    }

    private String failure() {
        return rest.get("jobs/" + id + "/exceptions").toPrettyString();
    }
}
