package io.github.vidicenter.simulator.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be answered, before it is sent.
 *
 * @param headers beside those that say how the body is sent
 */
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {

    /** Writes the body; called once, and never holds all of it. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public static final ObjectMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    public static Answer json(Object body) {
        return json(200, body);
    }

    public static Answer json(int status, Object body) {
        return new Answer(
                status,
                "application/json",
                Map.of(),
                out -> out.write(JSON.writeValueAsBytes(body)));
    }

    /** An error as the service words it (newer edition, "General usage", "HTTP responses"). */
    public static Answer error(int status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", message);
        body.put("error", status);
        return json(status, body);
    }

    public static Answer html(int status, String text) {
        return new Answer(
                status,
                "text/html; charset=utf-8",
                Map.of(),
                out ->
                        out.write(
                                ("<!DOCTYPE html><html><body><h1>" + text + "</h1></body></html>")
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, more, body);
    }
}
