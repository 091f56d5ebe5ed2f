package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job on a {@link FlinkCluster}. Waiting ends early, with the job's exceptions, if it fails.
 * Closing cancels it, so that a test that fails leaves no slots taken.
 */
public final class FlinkJob implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    private final FlinkRest rest;
    private final String path;

    FlinkJob(FlinkRest rest, String id) {
        this.rest = rest;
        this.path = "jobs/" + id;
    }

    public void awaitFinished() {
        await("end of " + path)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::exceptions).isNotEqualTo("FAILED"))
                .until(() -> state().equals("FINISHED"));
    }

    /** Until this many more checkpoints than now are complete. */
    public void awaitCheckpoints(int more) {
        long wanted = checkpoints("completed") + more;
        await("checkpoints of " + path)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::exceptions).isNotIn(ENDED))
                .until(() -> checkpoints("completed") >= wanted);
    }

    /** How often the job went back to a checkpoint, or started from a savepoint. */
    public long restores() {
        return checkpoints("restored");
    }

    /** Ids of the TaskManagers that the job's subtasks are on. */
    public Set<String> taskManagers() {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : rest.get(path).path("vertices")) {
            rest.get(path + "/vertices/" + vertex.path("id").asText())
                    .path("subtasks")
                    .forEach(subtask -> ids.add(subtask.path("taskmanager-id").asText()));
        }
        return ids;
    }

    /**
     * Stops the job.
     *
     * @return the savepoint's path
     */
    public String stopWithSavepoint() {
        JsonNode trigger = rest.post(path + "/stop", "{\"drain\": false}");
        String savepoint = path + "/savepoints/" + trigger.path("request-id").asText();
        await(savepoint)
                .atMost(PATIENCE)
                .until(() -> rest.get(savepoint).at("/status/id").asText().equals("COMPLETED"));
        JsonNode operation = rest.get(savepoint).path("operation");
        assertThat(operation.has("location")).as(operation::toPrettyString).isTrue();
        return operation.path("location").asText();
    }

    @Override
    public void close() {
        if (!ENDED.contains(state())) {
            rest.patch(path);
            await("end of " + path).atMost(PATIENCE).until(() -> ENDED.contains(state()));
        }
    }

    private long checkpoints(String count) {
        return rest.get(path + "/checkpoints").path("counts").path(count).asLong();
    }

    private String state() {
        return rest.get(path).path("state").asText();
    }

    private String exceptions() {
        return rest.get(path + "/exceptions").toPrettyString();
    }
}
