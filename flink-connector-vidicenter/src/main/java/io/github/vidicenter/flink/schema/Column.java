package io.github.vidicenter.flink.schema;

import org.apache.flink.table.types.logical.LogicalType;

/**
 * A key of an export's rows, as the API document lists or prints it.
 *
 * @param type the SQL type that fits every value the document describes; users may declare others.
 *     NOT NULL where every row has a value
 * @param unit of the value; empty: a count, an id, a text
 */
public record Column(String name, LogicalType type, String unit, String description) {

    public boolean nullable() {
        return type.isNullable();
    }

    /** The description with its unit, as a comment of a column. */
    public String comment() {
        return unit.isEmpty() ? description : description + ", in " + unit;
    }
}
