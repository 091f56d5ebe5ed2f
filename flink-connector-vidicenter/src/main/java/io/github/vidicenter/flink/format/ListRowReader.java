package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.time.ZoneOffset;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of the objects of a list, whose keys the fields are named like. A value that does not
 * fit its field fails.
 */
public final class ListRowReader implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowType type;
    private transient ColumnConverter row;

    /**
     * @throws org.apache.flink.table.api.ValidationException if a field has a type that no value
     *     becomes
     */
    public ListRowReader(RowType type) {
        this.type = type;
        converter();
    }

    public RowType type() {
        return type;
    }

    /** The object as a row; keys that are missing are NULL. Times are UTC. */
    public RowData read(ObjectNode object) throws IOException {
        try (JsonParser parser = object.traverse()) {
            parser.nextToken();
            return (RowData) converter().convert(parser);
        }
    }

    private ColumnConverter converter() {
        if (row == null) {
            row = new Converters(ZoneOffset.UTC, ListRowReader::doesNotFit).of("row", type);
        }
        return row;
    }

    private static void doesNotFit(
            String column, org.apache.flink.table.types.logical.LogicalType type, String value) {
        throw new ExportDecodeException(
                "column '%s' is declared %s, which can't hold the value %s without loss. Declare a type that can."
                        .formatted(column, type.asSummaryString(), value));
    }
}
