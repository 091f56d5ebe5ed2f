package io.github.vidicenter.flink.dashboard.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The metrics of a job's split enumerators, as Flink's REST API tells them to anybody. */
public final class JobMetrics {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI job;

    JobMetrics(URI rest, String jobId) {
        this.job = rest.resolve("jobs/" + jobId);
    }

    /**
     * Of each source in the job, what its enumerator measures.
     *
     * @throws IOException if Flink does not answer
     */
    public List<SourceMetrics> sources() throws IOException, InterruptedException {
        List<SourceMetrics> sources = new ArrayList<>();
        for (JsonNode vertex : get("").path("vertices")) {
            String path = "/vertices/" + vertex.path("id").asText() + "/jm-operator-metrics";
            String names =
                    StreamSupport.stream(get(path).spliterator(), false)
                            .map(metric -> metric.path("id").asText())
                            .filter(SourceMetrics::isOne)
                            .collect(Collectors.joining(","));
            if (!names.isEmpty()) {
                // Names hold what a query must not, such as the brackets of an operator's.
                String query = "?get=" + URLEncoder.encode(names, StandardCharsets.UTF_8);
                sources.add(SourceMetrics.of(get(path + query)));
            }
        }
        return sources;
    }

    /**
     * When its split enumerators began, and with them the clock that they go by; empty before that,
     * or while Flink does not answer.
     */
    Optional<Instant> runningSince() throws InterruptedException {
        try {
            long millis = get("").path("timestamps").path("RUNNING").asLong();
            return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(job + path)).timeout(TIMEOUT).build();
        HttpResponse<InputStream> response =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(
                        "Flink answered " + response.statusCode() + " to " + request.uri());
            }
            return json.readTree(body);
        }
    }
}
