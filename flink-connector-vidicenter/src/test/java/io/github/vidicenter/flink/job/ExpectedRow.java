package io.github.vidicenter.flink.job;

import io.github.vidicenter.flink.schema.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/** Rows of the simulator's truth and of a query, nested ones too, in a form to be compared. */
final class ExpectedRow {

    private ExpectedRow() {}

    static String of(Map<String, Object> truth, List<Column> columns) {
        List<Object> values = new ArrayList<>();
        for (Column column : columns) {
            Object value = truth.get(column.name());
            if (column.name().equals("period_start") && value == null) {
                value = start(truth);
            }
            values.add(expected(value, column.type()));
        }
        return values.toString();
    }

    /** Goes by another name in one export, and is told in parts in another. */
    private static Object start(Map<String, Object> truth) {
        return truth.containsKey("start_time")
                ? truth.get("start_time")
                : LocalDateTime.of(
                        (LocalDate) truth.get("period_start_date"),
                        (LocalTime) truth.get("period_start_time"));
    }

    private static Object expected(Object value, LogicalType type) {
        if (value == null) {
            return null;
        }
        if (type instanceof RowType row) {
            return row.getFields().stream()
                    .map(f -> expected(((Map<?, ?>) value).get(f.getName()), f.getType()))
                    .toList();
        }
        if (type instanceof ArrayType array) {
            return ((List<?>) value)
                    .stream().map(v -> expected(v, array.getElementType())).toList();
        }
        if (type.is(LogicalTypeFamily.NUMERIC)) {
            return new BigDecimal(value.toString()).doubleValue();
        }
        return value.toString();
    }

    static String of(Row row) {
        return values(row).toString();
    }

    private static Object read(Object value) {
        if (value instanceof Row row) {
            return values(row);
        } else if (value instanceof Object[] array) {
            return Arrays.stream(array).map(ExpectedRow::read).toList();
        } else if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value == null ? null : value.toString();
    }

    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            values.add(read(row.getField(i)));
        }
        return values;
    }
}
