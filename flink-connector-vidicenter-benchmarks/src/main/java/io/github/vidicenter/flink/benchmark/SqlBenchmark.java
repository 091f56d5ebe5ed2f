package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.benchmark.sql.SqlTables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL over one large export, from the first call to the last row of the result, next to Flink's
 * filesystem connector with flink-json over the same rows in a local file. Both in one JVM, in
 * turns, and both have to give the same result.
 *
 * <p>Argument: how many rounds, 8 unless given, after one that is not counted.
 */
public final class SqlBenchmark {

    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    /** In turns, as either pays for memory that the one before has left behind. */
    private static final List<String> VIEWERS_FIRST = List.of("viewers", "files");

    private static final List<String> FILES_FIRST = List.of("files", "viewers");

    static {
        QUERIES.put(
                "`COUNT(*)`, `SUM`, batch",
                "SELECT COUNT(*), SUM(dwell_time_in_tenths_of_sec) FROM %s");
        QUERIES.put(
                "`SUM` per hour and gender, streaming",
                "SELECT window_start, gender, COUNT(*), SUM(dwell_time_in_tenths_of_sec) FROM"
                        + " TABLE(TUMBLE(TABLE %s, DESCRIPTOR(period_start), INTERVAL '1' HOUR))"
                        + " GROUP BY window_start, window_end, gender");
        QUERIES.put(
                "`MAX` of all 13 columns, batch",
                "SELECT MAX(location_id), MAX(period_start), MAX(gender), MAX(age),"
                        + " MAX(age_value), MAX(dwell_time_in_tenths_of_sec),"
                        + " MAX(attention_time_in_tenths_of_sec), MAX(very_happy), MAX(happy),"
                        + " MAX(neutral), MAX(unhappy), MAX(very_unhappy), MAX(vr_id) FROM %s");
    }

    private SqlBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? 8 : Integer.parseInt(args[0]);
        StringBuilder table =
                new StringBuilder(
                        "| query | × filesystem, flink-json | connector | filesystem |\n"
                                + "| --- | --- | --- | --- |\n");
        BarChart chart =
                new BarChart(
                        "How many times as fast as filesystem with flink-json", 1, "filesystem");
        try (SqlTables tables = SqlTables.create()) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                boolean batch = query.getKey().endsWith("batch");
                double[] connector = new double[rounds];
                double[] files = new double[rounds];
                for (int round = -1; round < rounds; round++) {
                    Map<String, List<String>> results = new HashMap<>();
                    for (String source : round % 2 == 0 ? VIEWERS_FIRST : FILES_FIRST) {
                        long begin = System.nanoTime();
                        results.put(source, tables.run(query.getValue(), source, batch));
                        double seconds = (System.nanoTime() - begin) / 1e9;
                        if (round >= 0) {
                            (source.equals("viewers") ? connector : files)[round] = seconds;
                        }
                    }
                    if (results.get("viewers").isEmpty()
                            || !results.get("viewers").equals(results.get("files"))) {
                        throw new IllegalStateException("not the same: " + results);
                    }
                }
                Ratios ratios = Ratios.of(files, connector);
                chart.bar("connector: " + query.getKey(), ratios.median());
                table.append(
                        "| %s | %s | %.2f s | %.2f s |\n"
                                .formatted(
                                        query.getKey(),
                                        ratios,
                                        Ratios.medianOf(connector),
                                        Ratios.medianOf(files)));
            }
        }
        System.out.println(table);
        chart.write("sql");
        System.exit(0);
    }
}
