package io.github.vidicenter.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Flink's REST API, and so its UI, shows of a cluster and its jobs. */
final class RestAnswers {

    private static final List<String> OF_A_JOB =
            List.of(
                    "",
                    "/config",
                    "/plan",
                    "/jobresourcerequirements",
                    "/exceptions",
                    "/accumulators",
                    "/metrics",
                    "/checkpoints",
                    "/checkpoints/config");
    private static final List<String> OF_A_VERTEX =
            List.of(
                    "",
                    "/accumulators",
                    "/metrics",
                    "/subtasks/metrics",
                    "/subtasktimes",
                    "/taskmanagers",
                    "/watermarks",
                    "/jm-operator-metrics");
    private static final List<String> OF_A_TASK_MANAGER =
            List.of("", "/metrics", "/logs", "/thread-dump");

    private final FlinkRest rest;
    private final Map<String, String> answers = new LinkedHashMap<>();

    RestAnswers(FlinkRest rest) {
        this.rest = rest;
    }

    /** By path; the error instead of what this Flink version does not have. */
    Map<String, String> all() {
        Deque<String> paths = new ArrayDeque<>(List.of("config", "overview", "dataset", "jars"));
        paths.addAll(List.of("jobmanager/config", "jobmanager/environment", "jobmanager/metrics"));
        paths.add("jobmanager/thread-dump");
        ask("jobs").path("jobs").forEach(job -> addJob(paths, "jobs/" + job.path("id").asText()));
        for (String id : rest.taskManagers()) {
            OF_A_TASK_MANAGER.forEach(part -> paths.add("taskmanagers/" + id + part));
        }
        paths.forEach(this::ask);
        return answers;
    }

    private void addJob(Deque<String> paths, String job) {
        OF_A_JOB.forEach(part -> paths.add(job + part));
        for (JsonNode vertex : ask(job).path("vertices")) {
            String path = job + "/vertices/" + vertex.path("id").asText();
            OF_A_VERTEX.forEach(part -> paths.add(path + part));
        }
        for (JsonNode checkpoint : ask(job + "/checkpoints").path("history")) {
            paths.add(job + "/checkpoints/details/" + checkpoint.path("id").asText());
        }
    }

    private JsonNode ask(String path) {
        try {
            JsonNode answer = rest.get(path);
            answers.put(path, answer.toPrettyString());
            return answer;
        } catch (UncheckedIOException e) {
            answers.put(path, e.getMessage());
            return MissingNode.getInstance();
        }
    }
}
