package io.github.vidicenter.flink.job;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Some other client of the account. */
final class ForeignClient {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ForeignClient() {}

    /**
     * Asks for an export.
     *
     * @param query of the call, without the question mark
     */
    static HttpResponse<String> call(VidiCenterSimulator server, String query) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(
                                (server.username() + ":" + server.token())
                                        .getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "data/?" + query))
                        .header("Authorization", "Basic " + credentials)
                        .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
