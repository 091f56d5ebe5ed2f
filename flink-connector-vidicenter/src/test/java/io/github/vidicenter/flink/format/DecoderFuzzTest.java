package io.github.vidicenter.flink.format;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * Any bytes, read into any schema, become rows or one of two exceptions, and the same bytes become
 * rows with the same hashes.
 */
class DecoderFuzzTest {

    private static final String[] KEYS = {"location_id", "period_start", "age", "a", "b"};

    @FuzzTest(maxDuration = "10m")
    void becomesRowsOrAnError(FuzzedDataProvider data) {
        Decoding decoding = new Decoding();
        for (int fields = data.consumeInt(1, 4); fields > 0; fields--) {
            String key = data.pickValue(KEYS);
            decoding.field(FieldSource.key(key), key + fields, type(data, 2));
        }
        if (data.consumeBoolean()) {
            decoding.metadata(MetadataColumn.RECORD);
        }
        decoding.option("decode.ignore-parse-errors", String.valueOf(data.consumeBoolean()));
        byte[] body = data.consumeRemainingAsBytes();

        long first = hash(decoding, body);
        if (first != hash(decoding, body)) {
            throw new AssertionError("read twice, rows have different hashes");
        }
    }

    private static long hash(Decoding decoding, byte[] body) {
        long hash = 0;
        try (ExportRows<RowData> rows =
                new ExportRows<>(
                        new ByteArrayInputStream(body),
                        decoding.reader(),
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        Decoding.windows(TimeResolution.MINUTES_5, 0, Long.MAX_VALUE))) {
            while (rows.next()) {
                hash = 31 * hash + rows.rowHash() + rows.keyHash();
            }
        } catch (IOException | ExportDecodeException documented) {
            hash++;
        }
        return hash;
    }

    private static DataType type(FuzzedDataProvider data, int depth) {
        return switch (data.consumeInt(0, depth > 0 ? 14 : 12)) {
            case 0 -> DataTypes.TINYINT();
            case 1 -> DataTypes.INT();
            case 2 -> DataTypes.BIGINT();
            case 3 -> DataTypes.FLOAT();
            case 4 -> DataTypes.DOUBLE();
            case 5 -> DataTypes.DECIMAL(10, 2);
            case 6 -> DataTypes.BOOLEAN();
            case 7 -> DataTypes.STRING();
            case 8 -> DataTypes.CHAR(3);
            case 9 -> DataTypes.DATE();
            case 10 -> DataTypes.TIME(0);
            case 11 -> DataTypes.TIMESTAMP(3);
            case 12 -> DataTypes.TIMESTAMP_LTZ(6);
            case 13 -> DataTypes.ARRAY(type(data, depth - 1));
            default ->
                    DataTypes.ROW(
                            DataTypes.FIELD("a", type(data, depth - 1)),
                            DataTypes.FIELD("b", type(data, depth - 1)));
        };
    }
}
