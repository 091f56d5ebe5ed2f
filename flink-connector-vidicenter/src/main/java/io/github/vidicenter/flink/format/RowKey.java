package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;

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

    private record Target(int field, ColumnConverter converter) {}

    final Role role;

    /** Place in the natural key; negative: none. */
    final int keyIndex;

    private final List<Target> targets = new ArrayList<>();
    private final Map<String, RowKey> nested = new HashMap<>();

    RowKey(Role role, int keyIndex) {
        this.role = role;
        this.keyIndex = keyIndex;
    }

    /**
     * @param path below this key; empty: the value as a whole
     */
    void add(List<String> path, int field, ColumnConverter converter) {
        if (path.isEmpty()) {
            targets.add(new Target(field, converter));
        } else {
            nested.computeIfAbsent(path.get(0), name -> new RowKey(Role.NONE, -1))
                    .add(path.subList(1, path.size()), field, converter);
        }
    }

    /** Fills the fields from the value that the parser stands at, and leaves it at its end. */
    void read(JsonParser parser, GenericRowData row) throws IOException {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            row.setField(target.field, target.converter.convert(parser));
        }
        if (targets.isEmpty() && parser.currentToken() == JsonToken.START_OBJECT) {
            readNested(parser, row);
        } else if (targets.isEmpty()) {
            parser.skipChildren();
        }
    }

    private void readNested(JsonParser parser, GenericRowData row) throws IOException {
        if (nested.isEmpty()) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            RowKey key = nested.get(parser.currentName());
            parser.nextToken();
            if (key == null) {
                parser.skipChildren();
            } else {
                key.read(parser, row);
            }
        }
    }
}
