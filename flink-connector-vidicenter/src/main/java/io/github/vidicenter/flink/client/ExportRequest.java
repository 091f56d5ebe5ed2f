package io.github.vidicenter.flink.client;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * One export. Its query is the job's identity on the server: asking the same again polls the same
 * export (API document, "Asynchronous usage"), so it is written in one way only.
 *
 * @param start inclusive, in the data's local time
 * @param end taken as inclusive by the server for aggregates, so the caller drops rows at {@code
 *     end}
 */
public record ExportRequest(
        ExportKind kind, Selection selection, LocalDateTime start, LocalDateTime end) {

    private static final DateTimeFormatter API_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    /** The query string without {@code force_rebuild}, parameters in a fixed order. */
    public String canonicalQuery() {
        StringJoiner query = new StringJoiner("&");
        selection
                .lists()
                .forEach(
                        (list, ids) ->
                                query.add(
                                        list.parameter()
                                                + "="
                                                + ids.stream()
                                                        .map(String::valueOf)
                                                        .collect(Collectors.joining(","))));
        query.add("data_type=" + encode(kind.dataType()));
        query.add("start=" + API_TIME.format(start));
        query.add("end=" + API_TIME.format(end));
        query.add("time_resolution=" + kind.resolution().value());
        if (kind.groupByDemographics()) {
            query.add("group_by_demographics=1");
        }
        if (kind.contentIds() != null) {
            query.add("content_ids=" + encode(kind.contentIds()));
        }
        if (kind.averageContentDuration() != null) {
            query.add("average_content_duration=" + encode(kind.averageContentDuration()));
        }
        if (kind.extrapolationAmount() != null) {
            query.add("extrapolation_amount=" + encode(kind.extrapolationAmount()));
        }
        return query.toString();
    }

    /** A short name of the request for messages between processes: 64 bits of a SHA-256. */
    public long key() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonicalQuery().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String encode(String value) {
        // A blank as "+" is for forms: not every server takes it for one in a query.
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",");
    }
}
