package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/**
 * Reads rows of JSON as a stream, into nothing but the row that comes out. Keys mostly come in the
 * order of the row before, so the parser is first asked for the one that came in its place there,
 * which it compares without making out the name; keys that nobody asked for are skipped.
 */
final class RowDataReader implements RowReader<RowData> {

    private static final long ABSENT = ApiTime.INVALID;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int LONGEST_EXCERPT = 500;

    /** No export has so many keys; those beyond are not remembered. */
    private static final int MOST_KEYS = 4_096;

    private final Map<String, RowKey> keys;
    private final ColumnConverter[] columns;
    private final int[] required;
    private final MetadataFields metadata;
    private final RowKey start;
    private final ApiTime time = new ApiTime();
    private final long[] keyHashes;
    private final int startInKey;
    private final int sourceInKey;

    /** As in the row before. */
    private RowKey[] order = new RowKey[32];

    private int ordered;

    private long periodStart;
    private String startDate;
    private String startTime;
    private long rowHash;
    private long keyHash;

    /**
     * @param columns by produced field; null where a field is metadata
     * @param start takes the start where a row has only its date and time
     * @param keySize how many values the natural key has; 0: there is none
     * @param startInKey place of the row's start in it; negative: none
     * @param sourceInKey place of the location's or site's id in it; negative: none
     */
    RowDataReader(
            Map<String, RowKey> keys,
            ColumnConverter[] columns,
            MetadataFields metadata,
            RowKey start,
            int keySize,
            int startInKey,
            int sourceInKey) {
        this.keys = new HashMap<>(keys);
        this.columns = columns;
        this.required =
                IntStream.range(0, columns.length)
                        .filter(i -> columns[i] != null && columns[i].isRequired())
                        .toArray();
        this.metadata = metadata;
        this.start = start;
        this.keyHashes = new long[keySize];
        this.startInKey = startInKey;
        this.sourceInKey = sourceInKey;
    }

    @Override
    public RowData read(JsonParser parser) throws IOException {
        RowTextStream text =
                parser.getInputSource() instanceof RowTextStream stream ? stream : null;
        if (text != null) {
            text.rowAt(parser.currentTokenLocation().getByteOffset());
        }
        try {
            GenericRowData row = new GenericRowData(columns.length);
            readKeys(parser, row);
            finishStart(row);
            finishKey();
            metadata.fill(row, sourceId(), periodStart, () -> textOf(text, parser));
            return row;
        } catch (ExportDecodeException e) {
            throw text == null
                    ? e
                    : new ExportDecodeException(
                            e.getMessage() + " The row: " + excerpt(textOf(text, parser)), e);
        }
    }

    private void readKeys(JsonParser parser, GenericRowData row) throws IOException {
        periodStart = ABSENT;
        startDate = null;
        startTime = null;
        rowHash = 0;
        Arrays.fill(keyHashes, RowHash.NULL);
        int place = 0;
        for (RowKey key = keyAt(0, parser); key != null; key = keyAt(++place, parser)) {
            JsonToken value = parser.nextToken();
            if (key.keyIndex >= 0) {
                keyHashes[key.keyIndex] = hashOfScalar(parser);
            }
            rowHash += key.read(parser, row);
            if (key.role != RowKey.Role.NONE && value == JsonToken.VALUE_STRING) {
                noteStart(key, parser, row);
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new EOFException("the answer ends within a row");
        }
    }

    /** Goes to the row's next key; null: there is none. */
    private RowKey keyAt(int place, JsonParser parser) throws IOException {
        if (place < ordered) {
            if (parser.nextFieldName(order[place].name)) {
                return order[place];
            }
        } else {
            parser.nextToken();
        }
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        String name = parser.currentName();
        RowKey key = keys.get(name);
        if (key == null) {
            key = RowKey.unknown(name);
            if (keys.size() < MOST_KEYS) {
                keys.put(name, key);
            }
        }
        if (place == order.length && place < MOST_KEYS) {
            order = Arrays.copyOf(order, 2 * place);
        }
        if (place < order.length) {
            order[place] = key;
            ordered = Math.max(ordered, place + 1);
        }
        return key;
    }

    private void noteStart(RowKey key, JsonParser parser, GenericRowData row) throws IOException {
        switch (key.role) {
            case START -> {
                TimestampData converted = key.timeIn(row);
                if (converted != null) {
                    periodStart = converted.getMillisecond();
                } else {
                    parseStart(parser);
                }
            }
            case START_DATE -> startDate = parser.getText();
            case START_TIME -> startTime = parser.getText();
            case NONE -> throw new IllegalStateException("tells nothing of the start");
        }
    }

    private void parseStart(JsonParser parser) throws IOException {
        long day =
                time.readDay(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (day != ApiTime.INVALID) {
            periodStart = day * DAY_MILLIS + time.nanoOfDay() / 1_000_000;
        }
    }

    private void finishStart(GenericRowData row) throws IOException {
        if (periodStart == ABSENT && startDate != null && startTime != null) {
            try (JsonParser text = new TextNode(startDate + " " + startTime).traverse()) {
                text.nextToken();
                rowHash += start.read(text, row);
                noteStart(start, text, row);
            }
        }
        if (periodStart == ABSENT) {
            throw new ExportDecodeException(
                    "a row has no 'period_start' (nor 'start_time', nor 'period_start_date' with"
                            + " 'period_start_time') that is a date and time, so it belongs to no"
                            + " window.");
        }
        // The start is always in: what is projected may be alike in two windows.
        rowHash = RowHash.mix(rowHash, periodStart);
        for (int field : required) {
            columns[field].checkPresent(row.getField(field));
        }
    }

    private void finishKey() {
        if (startInKey >= 0) {
            keyHashes[startInKey] = periodStart;
        }
        keyHash = 0;
        for (long part : keyHashes) {
            keyHash = RowHash.mix(keyHash, part);
        }
    }

    /** The same for {@code 123}, {@code 123.0} and {@code "123"}. */
    private static long hashOfScalar(JsonParser parser) throws IOException {
        if (NumberConverters.isLong(parser)) {
            return parser.getLongValue();
        }
        String text = parser.getText();
        int length = text.endsWith(".0") ? text.length() - 2 : text.length();
        try {
            return Long.parseLong(text, 0, length, 10);
        } catch (NumberFormatException e) {
            return RowHash.of(text);
        }
    }

    private static String textOf(RowTextStream text, JsonParser parser) {
        return text.text(parser.currentLocation().getByteOffset());
    }

    private static String excerpt(String row) {
        return row.length() > LONGEST_EXCERPT ? row.substring(0, LONGEST_EXCERPT) + "…" : row;
    }

    @Override
    public long periodStart() {
        return periodStart;
    }

    @Override
    public long sourceId() {
        return sourceInKey < 0 ? 0 : keyHashes[sourceInKey];
    }

    @Override
    public long rowHash() {
        return rowHash;
    }

    @Override
    public long keyHash() {
        return keyHash;
    }

    @Override
    public boolean keyed() {
        return keyHashes.length > 0;
    }
}
