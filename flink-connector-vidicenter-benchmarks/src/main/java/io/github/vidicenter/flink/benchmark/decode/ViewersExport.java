package io.github.vidicenter.flink.benchmark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An answer with the finest {@code viewers} of one location: 64 MiB of rows as the API document's
 * example of a core location prints them, keys in its order, and the newer edition's {@code vr_id}.
 * The same bytes each time.
 *
 * @param body the whole answer
 * @param rows the text of each of its rows, which is what Flink's formats take
 */
public record ViewersExport(byte[] body, List<byte[]> rows) {

    public static final LocalDateTime START = LocalDateTime.parse("2024-01-01T00:00:00");
    public static final LocalDateTime END = START.plusMonths(1);
    public static final String LOCATION = "8866";

    /** The SQL type of each key. */
    public static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("happy", "DOUBLE");
        COLUMNS.put("dwell_time_in_tenths_of_sec", "BIGINT");
        COLUMNS.put("gender", "INT");
        COLUMNS.put("age", "INT");
        COLUMNS.put("age_value", "INT");
        COLUMNS.put("neutral", "DOUBLE");
        COLUMNS.put("unhappy", "DOUBLE");
        COLUMNS.put("very_unhappy", "DOUBLE");
        COLUMNS.put("attention_time_in_tenths_of_sec", "BIGINT");
        COLUMNS.put("period_start", "TIMESTAMP(3)");
        COLUMNS.put("location_id", "BIGINT");
        COLUMNS.put("very_happy", "DOUBLE");
        COLUMNS.put("vr_id", "BIGINT");
    }

    private static final int BYTES = 64 << 20;
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] HEAD =
            "{\"state\":\"finished\",\"creation_date\":\"2024-02-01 03:04:05\",\"data\":["
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    public static ViewersExport create() throws IOException {
        try (VidiCenterSimulator simulator =
                        VidiCenterSimulator.builder()
                                .locations(Long.parseLong(LOCATION))
                                .dialect(Dialect.NEW_EDITION)
                                .audience(500)
                                .start();
                Stream<Map<String, Object>> rows =
                        simulator.truth(
                                "viewers",
                                "finest",
                                List.of(Long.parseLong(LOCATION)),
                                START,
                                END)) {
            return write(rows.iterator());
        }
    }

    private static ViewersExport write(Iterator<Map<String, Object>> values) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BYTES + (1 << 20));
        List<byte[]> rows = new ArrayList<>();
        body.write(HEAD);
        while (body.size() < BYTES) {
            if (!rows.isEmpty()) {
                body.write(',');
            }
            byte[] row = write(values.next());
            rows.add(row);
            body.write(row);
        }
        body.write(TAIL);
        return new ViewersExport(body.toByteArray(), rows);
    }

    private static byte[] write(Map<String, Object> row) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(400);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (String key : COLUMNS.keySet()) {
                json.writeFieldName(key);
                if (row.get(key) instanceof LocalDateTime time) {
                    json.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
                } else {
                    json.writeNumber(row.get(key).toString());
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
