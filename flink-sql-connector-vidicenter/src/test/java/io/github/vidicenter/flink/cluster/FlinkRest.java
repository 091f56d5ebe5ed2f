package io.github.vidicenter.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Flink's REST API. */
final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;

    FlinkRest(int port) {
        root = URI.create("http://127.0.0.1:" + port + "/");
    }

    JsonNode get(String path) {
        return exchange("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return exchange("POST", path, body);
    }

    JsonNode patch(String path) {
        return exchange("PATCH", path, "");
    }

    /** Ids of the registered TaskManagers. */
    Set<String> taskManagers() {
        Set<String> ids = new HashSet<>();
        get("taskmanagers").path("taskmanagers").forEach(tm -> ids.add(tm.path("id").asText()));
        return ids;
    }

    private JsonNode exchange(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .timeout(Duration.ofMinutes(2))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(
                        method + " " + path + ": " + response.statusCode() + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
