package io.github.vidicenter.flink.examples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.types.Row;

/** Sums, counts and ratios by key, of a query's rows and of the simulator's truth. */
final class Totals {

    private Totals() {}

    static Map<String, Double> by(List<Row> rows, String metric, String... keys) {
        return rows.stream()
                .collect(
                        Collectors.toMap(
                                row -> key(Stream.of(keys).map(row::getField).toArray()),
                                row -> number(row.getField(metric))));
    }

    static Map<String, Double> sums(
            Stream<Map<String, Object>> rows, String metric, String... keys) {
        return sums(rows, metric, row -> key(Stream.of(keys).map(row::get).toArray()));
    }

    /** As SUM has it: NULL, here NaN, where all is NULL. */
    static Map<String, Double> sums(
            Stream<Map<String, Object>> rows,
            String metric,
            Function<Map<String, Object>, String> key) {
        return rows.collect(
                Collectors.toMap(
                        key,
                        row -> number(row.get(metric)),
                        (a, b) -> a.isNaN() ? b : b.isNaN() ? a : Double.valueOf(a + b)));
    }

    static Map<String, Double> counts(
            Stream<Map<String, Object>> rows, Function<Map<String, Object>, String> key) {
        return rows.collect(groupingBy(key, summingDouble(row -> 1)));
    }

    /** NaN where nothing can be divided by. */
    static Map<String, Double> ratios(
            Map<String, Double> of, Map<String, Double> to, double factor) {
        Map<String, Double> ratios = new HashMap<>();
        of.forEach(
                (key, sum) ->
                        ratios.put(
                                key, to.get(key) == 0 ? Double.NaN : factor * sum / to.get(key)));
        return ratios;
    }

    /** But for the digits that a DECIMAL has not. */
    static void assertSame(Map<String, Double> answers, Map<String, Double> truth) {
        assertThat(answers).containsOnlyKeys(truth.keySet());
        assertThat(answers)
                .allSatisfy(
                        (key, value) ->
                                assertThat(value)
                                        .matches(
                                                v ->
                                                        v.equals(truth.get(key))
                                                                || Math.abs(v - truth.get(key))
                                                                        < 1e-4,
                                                "is nearly " + truth.get(key)));
    }

    static double number(Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    static LocalDate day(Map<String, Object> row) {
        return ((LocalDateTime) row.get("period_start")).toLocalDate();
    }

    static String key(Object... values) {
        return Stream.of(values).map(String::valueOf).collect(Collectors.joining(" "));
    }
}
