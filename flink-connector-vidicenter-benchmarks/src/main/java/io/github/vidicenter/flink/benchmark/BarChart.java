package io.github.vidicenter.flink.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A plot of the docs: one bar for each way, and a line for what they are measured by. */
final class BarChart {

    private static final int LABELS = 300;
    private static final int BARS = 380;
    private static final int WIDTH = LABELS + BARS + 80;
    private static final int ROW = 26;
    private static final int TOP = 44;

    private final String title;
    private final double line;
    private final String lineMeans;
    private final Map<String, Double> bars = new LinkedHashMap<>();

    /**
     * @param line the value that a dashed line shows
     */
    BarChart(String title, double line, String lineMeans) {
        this.title = title;
        this.line = line;
        this.lineMeans = lineMeans;
    }

    BarChart bar(String label, double value) {
        bars.put(label.replaceAll("\\*\\*|`", ""), value);
        return this;
    }

    /** Writes {@code target/<name>.svg} and says so. */
    void write(String name) throws IOException {
        Path file = Files.createDirectories(Path.of("target")).resolve(name + ".svg");
        Files.writeString(file, svg());
        System.out.println("The plot: " + file.toAbsolutePath());
    }

    String svg() {
        double most = bars.values().stream().mapToDouble(v -> v).reduce(line, Math::max);
        int height = TOP + ROW * bars.size() + 30;
        StringBuilder svg =
                new StringBuilder(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n"
                                .formatted(WIDTH, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, 10, 22, "start", title);
        int y = TOP;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            int length = (int) Math.round(BARS * bar.getValue() / most);
            boolean ours = bar.getKey().startsWith("connector");
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                            .formatted(LABELS, y, length, ROW - 8, ours ? "#e6526f" : "#9aa5b1"));
            text(svg, LABELS - 8, y + 14, "end", bar.getKey());
            String value = String.format(Locale.ROOT, "%.2f", bar.getValue());
            text(svg, LABELS + length + 6, y + 14, "start", value);
            y += ROW;
        }
        int x = LABELS + (int) Math.round(BARS * line / most);
        svg.append(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#334\" stroke-dasharray=\"4 3\"/>\n"
                        .formatted(x, TOP - 6, x, y));
        text(svg, x, y + 16, "middle", lineMeans);
        return svg.append("</svg>\n").toString();
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(x, y, anchor, escaped));
    }
}
