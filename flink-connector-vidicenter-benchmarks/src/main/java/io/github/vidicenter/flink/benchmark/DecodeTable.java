package io.github.vidicenter.flink.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results of {@link DecodeBenchmark} as a table of the docs: ratios first. */
final class DecodeTable {

    private static final Map<String, String> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("scan", "bare Jackson token scan");
        WAYS.put("connector3", "**connector, 3 of 13 columns**");
        WAYS.put("connector13", "**connector, all 13 columns**");
        WAYS.put("flinkParser3", "flink-json, parser, 3 of 13 columns");
        WAYS.put("flinkParser13", "flink-json, parser");
        WAYS.put("flinkTree13", "flink-json, tree");
        WAYS.put("readTree", "Jackson's `readTree`, row by row");
    }

    private DecodeTable() {}

    static BarChart chart(Map<String, double[]> millis) {
        BarChart chart = new BarChart("Rows per second, × the bare scan", 1, "bare scan");
        WAYS.forEach(
                (way, name) ->
                        chart.bar(name, Ratios.of(millis.get("scan"), millis.get(way)).median()));
        return chart;
    }

    static String of(int rows, Map<String, double[]> millis) {
        StringBuilder table =
                new StringBuilder(
                        "| way | × bare scan | × faster flink-json way | rows/s |\n"
                                + "| --- | --- | --- | --- |\n");
        double[] scan = millis.get("scan");
        double[] flink = new double[scan.length];
        Arrays.setAll(
                flink, i -> Math.min(millis.get("flinkParser13")[i], millis.get("flinkTree13")[i]));
        WAYS.forEach(
                (way, name) ->
                        table.append(
                                "| %s | %s | %s | %.2f M |\n"
                                        .formatted(
                                                name,
                                                Ratios.of(scan, millis.get(way)),
                                                Ratios.of(flink, millis.get(way)),
                                                rows / Ratios.medianOf(millis.get(way)) / 1000)));
        return table.toString();
    }
}
