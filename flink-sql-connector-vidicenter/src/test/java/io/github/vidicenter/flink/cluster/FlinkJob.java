package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A job on a {@link FlinkCluster}. Waiting ends early, with the job's exceptions, if it fails.
 * Closing cancels it, so that a test that fails leaves no slots taken.
 */
public final class FlinkJob implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
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

    /**
     * Until all of it runs.
     *
     * @return false if it has finished before
     */
    public boolean awaitRunning() {
        await("start of " + path)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::exceptions).isNotEqualTo("FAILED"))
                .until(() -> runs() || hasEnded());
        return !hasEnded();
    }

    public boolean hasEnded() {
        return ENDED.contains(state());
    }

    private boolean runs() {
        for (JsonNode vertex : rest.get(path).path("vertices")) {
            JsonNode tasks = vertex.path("tasks");
            int ready = tasks.path("RUNNING").asInt() + tasks.path("FINISHED").asInt();
            if (ready < vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return state().equals("RUNNING");
    }

    /** Until this many more checkpoints than now are complete. */
    public void awaitCheckpoints(int more) {
        long wanted = checkpoints("completed") + more;
        await("checkpoints of " + path)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(state()).as(this::exceptions).isNotIn(ENDED))
                .until(() -> checkpoints("completed") >= wanted);
    }

    public long completedCheckpoints() {
        return checkpoints("completed");
    }

    /** How often the job went back to a checkpoint, or started from a savepoint. */
    public long restores() {
        return checkpoints("restored");
    }

    /**
     * A subtask as it is at present.
     *
     * @param attempt 0 until it is started anew
     */
    public record Subtask(String vertex, int index, int attempt, String taskManager) {}

    public List<Subtask> subtasks() {
        List<Subtask> subtasks = new ArrayList<>();
        for (JsonNode vertex : rest.get(path).path("vertices")) {
            String id = vertex.path("id").asText();
            for (JsonNode subtask : rest.get(path + "/vertices/" + id).path("subtasks")) {
                subtasks.add(
                        new Subtask(
                                id,
                                subtask.path("subtask").asInt(),
                                subtask.path("attempt").asInt(),
                                subtask.path("taskmanager-id").asText()));
            }
        }
        return subtasks;
    }

    /** Ids of the TaskManagers that the job's subtasks are on. */
    public Set<String> taskManagers() {
        return subtasks().stream()
                .map(Subtask::taskManager)
                .collect(Collectors.toCollection(TreeSet::new));
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
        if (!hasEnded()) {
            rest.patch(path);
            await("end of " + path).atMost(PATIENCE).until(this::hasEnded);
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
