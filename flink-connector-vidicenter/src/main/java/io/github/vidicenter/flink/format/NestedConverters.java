package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;

/** Objects as ROW, arrays as ARRAY. */
final class NestedConverters {

    private NestedConverters() {}

    static final class Rows extends ValueConverter {
        private final ColumnConverter[] fields;
        private final Map<String, Integer> byName = new HashMap<>();

        Rows(List<String> names, List<ColumnConverter> fields) {
            this.fields = fields.toArray(ColumnConverter[]::new);
            for (int i = 0; i < names.size(); i++) {
                byName.put(names.get(i), i);
            }
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refuse(parser);
            }
            GenericRowData row = new GenericRowData(fields.length);
            long[] hashes = new long[fields.length];
            java.util.Arrays.fill(hashes, RowHash.NULL);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Integer field = byName.get(parser.currentName());
                parser.nextToken();
                if (field == null) {
                    parser.skipChildren();
                } else {
                    row.setField(field, fields[field].convert(parser));
                    hashes[field] = fields[field].hash();
                }
            }
            hash = RowHash.EMPTY;
            for (int i = 0; i < fields.length; i++) {
                fields[i].checkPresent(row.getField(i));
                hash = RowHash.mix(hash, hashes[i]);
            }
            return row;
        }
    }

    static final class Arrays extends ValueConverter {
        private final ColumnConverter element;

        Arrays(ColumnConverter element) {
            this.element = element;
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw refuse(parser);
            }
            List<Object> values = new ArrayList<>();
            hash = RowHash.EMPTY;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Object value = element.convert(parser);
                element.checkPresent(value);
                values.add(value);
                hash = RowHash.mix(hash, element.hash());
            }
            return new GenericArrayData(values.toArray());
        }
    }
}
