package io.github.vidicenter.simulator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.type.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Writes rows in the dialect that is spoken. */
final class RowWriter {

    private static final Set<String> TIME_COLUMNS = Set.of("period_start", "start_time");
    private static final DateTimeFormatter WITH_SPACE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter WITH_T =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter WITHOUT_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter WITH_MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    private final DateTimeFormatter periodStart;
    private final DateTimeFormatter periodStartTime;
    private final boolean parts;
    private final boolean shuffled;
    private final boolean unknownKeys;
    private final boolean numbersAsStrings;
    private final boolean integersAsFloats;
    private final Random random;
    private String[] keys;
    private Integer[] order;

    /**
     * @param finest whether rows are single events
     * @param withT how times are printed unless the dialect says
     */
    RowWriter(Set<Dialect> dialect, boolean finest, boolean withT, long shuffleSeed) {
        boolean noSeconds = dialect.contains(Dialect.TIMES_WITHOUT_SECONDS) && !finest;
        if (noSeconds) {
            periodStart = WITHOUT_SECONDS;
        } else if (dialect.contains(Dialect.TIMES_WITH_T)) {
            periodStart = WITH_T;
        } else if (dialect.contains(Dialect.TIMES_WITH_SPACE)) {
            periodStart = WITH_SPACE;
        } else {
            periodStart = withT ? WITH_T : WITH_SPACE;
        }
        periodStartTime = noSeconds ? MINUTE : TIME;
        parts = dialect.contains(Dialect.PERIOD_PARTS);
        shuffled = dialect.contains(Dialect.ROW_KEYS_SHUFFLED);
        unknownKeys = dialect.contains(Dialect.UNKNOWN_KEYS);
        numbersAsStrings = dialect.contains(Dialect.NUMBERS_AS_STRINGS);
        integersAsFloats = dialect.contains(Dialect.INTEGERS_AS_FLOATS);
        random = new Random(shuffleSeed);
    }

    void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        for (int i : order(row.keys())) {
            if (row.values()[i] != Row.ABSENT) {
                write(json, row.keys()[i], row.values()[i]);
            }
        }
        if (unknownKeys) {
            json.writePOJOField("x_new", Map.of("location_id", -1, "list", List.of(1, 2)));
        }
        json.writeEndObject();
    }

    private void write(JsonGenerator json, String key, Object value) throws IOException {
        json.writeFieldName(key);
        if (TIME_COLUMNS.contains(key) && value instanceof LocalDateTime time) {
            json.writeString(periodStart.format(time));
            if (parts) {
                json.writeStringField("period_start_date", time.toLocalDate().toString());
                json.writeStringField("period_start_time", periodStartTime.format(time));
            }
        } else {
            write(json, value);
        }
    }

    private void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Long || value instanceof BigInteger) {
            writeNumber(json, integersAsFloats ? value + ".0" : value.toString());
        } else if (value instanceof Double || value instanceof BigDecimal) {
            writeNumber(json, value.toString());
        } else if (value instanceof LocalDateTime time) {
            json.writeString(WITH_MICROS.format(time));
        } else if (value instanceof LocalTime time) {
            json.writeString(periodStartTime.format(time));
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value == null || value instanceof Boolean) {
            json.writePOJO(value);
        } else {
            json.writeString(value.toString());
        }
    }

    private void writeNumber(JsonGenerator json, String text) throws IOException {
        if (numbersAsStrings) {
            json.writeString(text);
        } else {
            json.writeNumber(text);
        }
    }

    /** Keys of rows of one kind stand in one order. */
    private Integer[] order(String[] of) {
        if (of != keys) {
            keys = of;
            order = new Integer[of.length];
            Arrays.setAll(order, i -> i);
            if (shuffled) {
                Collections.shuffle(Arrays.asList(order), random);
            }
        }
        return order;
    }
}
