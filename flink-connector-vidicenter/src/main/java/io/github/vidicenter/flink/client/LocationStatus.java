package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What planning needs to know of a location (newer edition, "Topology calls").
 *
 * @param siteId null: not told
 * @param active true where it is not told
 * @param lastUpload null: never, or not told
 * @param offset of its local time at the last upload; null: not told
 */
public record LocationStatus(
        long id, Long siteId, boolean active, Instant lastUpload, ZoneOffset offset) {

    /**
     * All locations of a list that have an id.
     *
     * @param rows read to their end, not closed
     */
    public static List<LocationStatus> readAll(TopologyRows rows) throws IOException {
        List<LocationStatus> all = new ArrayList<>();
        for (JsonNode row = rows.next(); row != null; row = rows.next()) {
            of(row).ifPresent(all::add);
        }
        return all;
    }

    static Optional<LocationStatus> of(JsonNode row) {
        Long id = integer(row, "id");
        if (id == null) {
            return Optional.empty();
        }
        String active = text(row, "active");
        return Optional.of(
                new LocationStatus(
                        id,
                        integer(row, "site_id"),
                        active == null || active.matches("(?i)true|yes|1(\\.0)?"),
                        instant(text(row, "last_upload_timestamp")),
                        offset(integer(row, "last_timezone"))));
    }

    private static String text(JsonNode row, String key) {
        JsonNode value = row.get(key);
        return value == null || !value.isValueNode() || value.isNull() || value.asText().isBlank()
                ? null
                : value.asText().strip();
    }

    /** Of {@code 7}, {@code 7.0} and {@code "7"} alike; null for what is no integer. */
    private static Long integer(JsonNode row, String key) {
        String text = text(row, key);
        try {
            return text == null ? null : Long.valueOf(text.replaceFirst("\\.0+$", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ZoneOffset offset(Long seconds) {
        try {
            return seconds == null ? null : ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** Times of the topology are UTC unless they say otherwise. */
    private static Instant instant(String text) {
        if (text == null) {
            return null;
        }
        String iso = text.replace(' ', 'T');
        try {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException local) {
            try {
                return OffsetDateTime.parse(iso).toInstant();
            } catch (DateTimeException neither) {
                return null;
            }
        }
    }
}
