package io.github.vidicenter.flink.docs;

import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.junit.jupiter.api.Test;

/** {@code docs/data-types.md} is what the descriptions of the exports say. */
class DataTypesPageTest {

    /** What rows look like; exports for which it is the same share a table. */
    private record Shape(
            boolean byDemographics, List<Column> columns, List<String> key, boolean grid) {}

    @Test
    void pageShowsTheExports() throws IOException {
        StringBuilder page = new StringBuilder();
        for (DataType type : DataType.all()) {
            page.append("## `%s`\n\n%s.\n".formatted(type.id(), type.description()));
            page.append(arguments(type));
            shapes(type).forEach((shape, resolutions) -> append(page, shape, resolutions));
            page.append('\n');
        }
        RenderedPage.check("data-types.md", page.toString());
    }

    private static String arguments(DataType type) {
        List<String> options = new ArrayList<>();
        if (type.contentIdsAllowed()) {
            options.add("`content-ids`");
        }
        if (type.averageContentDurationAllowed()) {
            options.add("`average-content-duration`");
        }
        if (type.extrapolationRequired()) {
            options.add("`extrapolation-amount` (required)");
        }
        return options.isEmpty() ? "" : "Options: " + String.join(", ", options) + ".\n";
    }

    private static Map<Shape, List<TimeResolution>> shapes(DataType type) {
        Map<Shape, List<TimeResolution>> shapes = new LinkedHashMap<>();
        for (boolean byDemographics : new boolean[] {false, true}) {
            for (TimeResolution resolution : type.resolutions()) {
                List<Column> columns = type.columns(resolution, byDemographics);
                if (!columns.isEmpty()) {
                    Shape shape =
                            new Shape(
                                    byDemographics,
                                    columns,
                                    type.naturalKey(resolution, byDemographics),
                                    type.grid(resolution, byDemographics));
                    shapes.computeIfAbsent(shape, s -> new ArrayList<>()).add(resolution);
                }
            }
        }
        return shapes;
    }

    private static void append(StringBuilder page, Shape shape, List<TimeResolution> resolutions) {
        page.append("\n**%s**".formatted(codes(resolutions)));
        if (shape.byDemographics()) {
            page.append(", `'group-by-demographics' = 'true'`");
        }
        page.append("\n\n%s\n\n".formatted(key(shape)));
        page.append("| Column | SQL type | Unit | Meaning |\n| --- | --- | --- | --- |\n");
        for (Column column : shape.columns()) {
            page.append(
                    "| `%s` | `%s` | %s | %s |\n"
                            .formatted(
                                    column.name(),
                                    sql(column.type()),
                                    column.unit(),
                                    column.description()));
        }
    }

    private static String key(Shape shape) {
        if (shape.key().isEmpty()) {
            return "Rows have no key: identical ones are different events.";
        }
        return "Key: %s%s."
                .formatted(
                        codes(shape.key()),
                        shape.grid()
                                ? "; there is a row for each, also where there is no data"
                                : "");
    }

    private static String codes(List<?> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    /** As one writes it in a DDL. */
    private static String sql(LogicalType type) {
        return type.asSerializableString()
                .replace("VARCHAR(2147483647)", "STRING")
                .replace("`", "");
    }
}
