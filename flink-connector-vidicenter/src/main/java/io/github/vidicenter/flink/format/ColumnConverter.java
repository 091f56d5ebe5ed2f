package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** One column, or field within one: its converter, its name in messages, and what NULL means. */
final class ColumnConverter {

    private final String name;
    private final LogicalType type;
    private final ValueConverter values;
    private final ParseErrors errors;
    private long hash;

    ColumnConverter(String name, LogicalType type, ValueConverter values, ParseErrors errors) {
        this.name = name;
        this.type = type;
        this.values = values;
        this.errors = errors;
    }

    /** What is done about values that do not fit. */
    interface ParseErrors {
        /**
         * Counts the value, if it is to become NULL.
         *
         * @throws ExportDecodeException otherwise
         */
        void handle(String column, LogicalType type, String value);
    }

    /**
     * @param parser at the value; left at its last token
     * @return null for JSON's null, and for a value that does not fit and is ignored
     */
    Object convert(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            try {
                Object value = values.convert(parser);
                hash = values.hash;
                return value;
            } catch (ValueConverter.DoesNotFit e) {
                errors.handle(name, type, e.getMessage());
            }
        }
        hash = RowHash.NULL;
        return null;
    }

    /** Whether values become {@code TimestampData} of the time as it is written. */
    boolean isLocalTime() {
        return type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    }

    /** Whether the column is NOT NULL. */
    boolean isRequired() {
        return !type.isNullable();
    }

    /**
     * @throws ExportDecodeException if there is no value, and the column is NOT NULL
     */
    void checkPresent(Object value) {
        if (value == null && isRequired()) {
            throw new ExportDecodeException(
                    String.format(
                            "column '%s' is declared NOT NULL, but a row has no value for it."
                                    + " Declare it without NOT NULL.",
                            name));
        }
    }

    /** Of the value converted last. */
    long hash() {
        return hash;
    }
}
