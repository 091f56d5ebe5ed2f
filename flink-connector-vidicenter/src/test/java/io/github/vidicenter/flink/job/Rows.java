package io.github.vidicenter.flink.job;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.types.Row;

/** Rows of a query and of the simulator's truth in a form in which they can be compared. */
final class Rows {

    private Rows() {}

    static List<String> of(Stream<Map<String, Object>> truth, List<String> columns) {
        return truth.map(
                        row -> {
                            List<Object> values = new ArrayList<>();
                            columns.forEach(column -> values.add(normal(row.get(column))));
                            return values.toString();
                        })
                .toList();
    }

    static String of(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            values.add(normal(row.getField(i)));
        }
        return values.toString();
    }

    private static Object normal(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof LocalDateTime time) {
            return time.toString();
        }
        return value;
    }
}
