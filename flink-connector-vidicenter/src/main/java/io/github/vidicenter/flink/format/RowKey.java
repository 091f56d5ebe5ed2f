package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;

/** A key of the rows' JSON: which produced fields take its value, or parts of it. */
final class RowKey {

    /** What a key tells of the row's start. */
    enum Role {
        NONE,
        START,
        START_DATE,
        START_TIME;

        static Role of(String key) {
            return switch (key) {
                case "period_start", "start_time" -> START;
                case "period_start_date" -> START_DATE;
                case "period_start_time" -> START_TIME;
                default -> NONE;
            };
        }
    }

    private record Target(int field, ColumnConverter converter) {
        /** Fills the field, and returns what it adds to the row's hash. */
        long read(JsonParser parser, GenericRowData row) throws IOException {
            Object value = converter.convert(parser);
            row.setField(field, value);
            return value == null ? 0 : RowHash.ofField(field, converter.hash());
        }
    }

    final SerializedString name;
    final Role role;

    /** Place in the natural key; negative: none. */
    final int keyIndex;

    private Target[] targets = {};

    /** One that takes the value as local time; negative: none. */
    private int timeField = -1;

    private final Map<String, RowKey> nested = new HashMap<>();

    RowKey(String name, Role role, int keyIndex) {
        this.name = new SerializedString(name);
        this.role = role;
        this.keyIndex = keyIndex;
    }

    /** One that nobody asked for. */
    static RowKey unknown(String name) {
        return new RowKey(name, Role.NONE, -1);
    }

    /**
     * @param path below this key; empty: the value as a whole
     */
    void add(List<String> path, int field, ColumnConverter converter) {
        if (path.isEmpty()) {
            targets = Arrays.copyOf(targets, targets.length + 1);
            targets[targets.length - 1] = new Target(field, converter);
            timeField = converter.isLocalTime() ? field : timeField;
        } else {
            nested.computeIfAbsent(path.get(0), RowKey::unknown)
                    .add(path.subList(1, path.size()), field, converter);
        }
    }

    /**
     * Fills the fields from the value that the parser stands at, and leaves it at its end.
     *
     * @return what they add to the row's hash
     */
    long read(JsonParser parser, GenericRowData row) throws IOException {
        if (targets.length == 1) {
            return targets[0].read(parser, row);
        }
        if (targets.length == 0) {
            return readNested(parser, row);
        }
        long hash = 0;
        for (Target target : targets) {
            hash += target.read(parser, row);
        }
        return hash;
    }

    /** The value read last, if a field takes it as local time; null: none does. */
    TimestampData timeIn(GenericRowData row) {
        return timeField < 0 ? null : (TimestampData) row.getField(timeField);
    }

    private long readNested(JsonParser parser, GenericRowData row) throws IOException {
        if (nested.isEmpty() || parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return 0;
        }
        long hash = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            RowKey key = nested.get(parser.currentName());
            parser.nextToken();
            if (key == null) {
                parser.skipChildren();
            } else {
                hash += key.read(parser, row);
            }
        }
        return hash;
    }
}
