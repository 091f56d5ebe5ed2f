package io.github.vidicenter.flink.dashboard.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * What one source's enumerator measures; docs/metrics.md says what each of these means. Null is
 * what it does not tell.
 *
 * @param values by name, without what Flink puts in front
 */
public record SourceMetrics(Map<String, Long> values) {

    private static final String GROUP = ".vidicenter.";

    static boolean isOne(String name) {
        return name.contains(GROUP);
    }

    static SourceMetrics of(JsonNode metrics) {
        Map<String, Long> values = new HashMap<>();
        for (JsonNode metric : metrics) {
            String name = metric.path("id").asText();
            String value = metric.path("value").asText();
            if (value.matches("-?\\d{1,18}")) {
                values.put(name.substring(name.lastIndexOf('.') + 1), Long.valueOf(value));
            }
        }
        return new SourceMetrics(values);
    }

    /** Calls of the account that count for the last minute. */
    public Long callsUsed() {
        return values.get("callsUsed");
    }

    /** Exports of the account that are being built. */
    public Long exportSlotsBusy() {
        return values.get("exportSlotsBusy");
    }

    /** Local time up to which all rows are delivered. */
    public LocalDateTime completeUpTo() {
        Long millis = values.get("oldestUnfinishedWindow");
        return millis == null
                ? null
                : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
