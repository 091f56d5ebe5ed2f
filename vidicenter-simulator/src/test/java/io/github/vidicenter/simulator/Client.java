package io.github.vidicenter.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Calls a simulator as any client would. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final VidiCenterSimulator server;

    Client(VidiCenterSimulator server) {
        this.server = server;
    }

    /** The call of the API document for an hour of one location's viewers. */
    static String viewers(long location) {
        return "data/?locations="
                + location
                + "&data_type=viewers&start=2016-04-29T10:00:00&end=2016-04-29T11:00:00"
                + "&time_resolution=1h";
    }

    JsonNode json(String call) throws IOException, InterruptedException {
        return JSON.readTree(get(call).body());
    }

    String state(String call) throws IOException, InterruptedException {
        return json(call).path("state").asText();
    }

    int status(String call) throws IOException, InterruptedException {
        return get(call).statusCode();
    }

    HttpResponse<String> get(String call) throws IOException, InterruptedException {
        return http.send(request(call), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> stream(String call) throws IOException, InterruptedException {
        return http.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpRequest request(String call) {
        String user = server.username() + ":" + server.token();
        return HttpRequest.newBuilder(server.url().resolve(call))
                .timeout(Duration.ofSeconds(20))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url().resolve(path).toString()))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
