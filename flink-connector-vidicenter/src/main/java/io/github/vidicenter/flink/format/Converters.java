package io.github.vidicenter.flink.format;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/** Chooses the converter for a column's declared type. */
final class Converters {

    private final ZoneId zone;
    private final ColumnConverter.ParseErrors errors;

    /**
     * @param zone of the data's local times, for TIMESTAMP_LTZ
     */
    Converters(ZoneId zone, ColumnConverter.ParseErrors errors) {
        this.zone = zone;
        this.errors = errors;
    }

    /**
     * @param name of the column, with the path to a nested field, for messages
     * @throws ValidationException if no JSON value becomes such a type
     */
    ColumnConverter of(String name, LogicalType type) {
        return new ColumnConverter(name, type, values(name, type), errors);
    }

    private ValueConverter values(String name, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT ->
                    new NumberConverters.Whole(Byte.MIN_VALUE, Byte.MAX_VALUE, v -> (byte) v);
            case SMALLINT ->
                    new NumberConverters.Whole(Short.MIN_VALUE, Short.MAX_VALUE, v -> (short) v);
            case INTEGER ->
                    new NumberConverters.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, v -> (int) v);
            case BIGINT -> new NumberConverters.Whole(Long.MIN_VALUE, Long.MAX_VALUE, v -> v);
            case FLOAT -> new NumberConverters.Floats();
            case DOUBLE -> new NumberConverters.Doubles();
            case DECIMAL ->
                    new NumberConverters.Decimals(
                            ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
            case BOOLEAN -> new TextConverters.Booleans();
            case CHAR -> new TextConverters.Texts(((CharType) type).getLength(), true);
            case VARCHAR -> new TextConverters.Texts(((VarCharType) type).getLength(), false);
            case DATE -> new TimeConverters.Dates();
            case TIME_WITHOUT_TIME_ZONE ->
                    new TimeConverters.Times(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new TimeConverters.Timestamps(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new TimeConverters.Instants(
                            ((LocalZonedTimestampType) type).getPrecision(), zone);
            case ROW -> row(name, (RowType) type);
            case ARRAY ->
                    new NestedConverters.Arrays(
                            of(name + "[]", ((ArrayType) type).getElementType()));
            default -> throw unsupported(name, type);
        };
    }

    private ValueConverter row(String name, RowType type) {
        List<ColumnConverter> fields = new ArrayList<>();
        for (RowType.RowField field : type.getFields()) {
            fields.add(of(name + "." + field.getName(), field.getType()));
        }
        return new NestedConverters.Rows(type.getFieldNames(), fields);
    }

    private static ValidationException unsupported(String name, LogicalType type) {
        return new ValidationException(
                String.format(
                        "Column '%s' is declared %s, which no value of the API converts to."
                                + " Declare a number, a text, BOOLEAN, DATE, TIME, TIMESTAMP,"
                                + " TIMESTAMP_LTZ, or ROW or ARRAY of these.",
                        name, type.asSummaryString()));
    }
}
