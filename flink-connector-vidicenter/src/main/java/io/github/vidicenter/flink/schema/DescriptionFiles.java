package io.github.vidicenter.flink.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * Reads the descriptions of data types. A file describes a family of exports with the same keys:
 *
 * <ul>
 *   <li>{@code types}: id, what a row stands for ({@code per}: location, site, whole) and
 *       description of each data type;
 *   <li>{@code arguments}: optional arguments that have an effect;
 *   <li>{@code exports}: per group of resolutions ({@code finest}, {@code aggregated} or one value)
 *       the section of the API document, {@code key}: the columns that, besides the source and
 *       {@code period_start}, tell rows apart (left out: nothing does), and {@code columns}, each
 *       with name, SQL type, unit and description.
 * </ul>
 *
 * The columns of the source and of the period's start, which all exports share, are added here.
 */
final class DescriptionFiles {

    private static final List<String> FAMILIES =
            List.of(
                    "compass",
                    "content_plays",
                    "extrapolated_ots",
                    "extrapolated_watchers",
                    "footfall",
                    "gate",
                    "im",
                    "im_ots",
                    "ots",
                    "pmp_sales_by_demographics",
                    "pmp_sales_funnel",
                    "proof_of_play",
                    "proof_of_play_vehicle_person",
                    "retail_analytics_footfall",
                    "retail_analytics_footfall_aggregated",
                    "targeted_im",
                    "vehicles",
                    "vehicles_footfall",
                    "viewers",
                    "viewers_apc");

    private static final ObjectMapper JSON = new ObjectMapper();

    private DescriptionFiles() {}

    private record Family(List<Type> types, List<String> arguments, List<Export> exports) {}

    private record Type(String id, String per, String description) {}

    private record Export(
            String section,
            String resolutions,
            @JsonProperty("by_demographics") List<Boolean> byDemographics,
            List<String> key,
            List<List<String>> columns) {}

    static Map<String, DataType> readAll() {
        Map<String, DataType> types = new TreeMap<>();
        for (String name : FAMILIES) {
            Family family = read(name);
            for (Type type : family.types()) {
                types.put(type.id(), dataType(type, family));
            }
        }
        return types;
    }

    private static Family read(String name) {
        try (InputStream file = DescriptionFiles.class.getResourceAsStream(name + ".json")) {
            return JSON.readValue(file, Family.class);
        } catch (IOException e) {
            throw new UncheckedIOException("description of the exports " + name, e);
        }
    }

    private static DataType dataType(Type type, Family family) {
        DataType.Source source = DataType.Source.valueOf(type.per().toUpperCase());
        Set<DataType.Argument> arguments = EnumSet.noneOf(DataType.Argument.class);
        if (family.arguments() != null) {
            family.arguments().stream()
                    .map(argument -> DataType.Argument.valueOf(argument.toUpperCase()))
                    .forEach(arguments::add);
        }
        List<ExportLayout> layouts =
                family.exports().stream().map(export -> layout(export, source)).toList();
        return new DataType(type.id(), type.description(), source, arguments, layouts);
    }

    private static ExportLayout layout(Export export, DataType.Source source) {
        List<Column> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        switch (source) {
            case LOCATION -> columns.add(id("location_id"));
            case SITE -> columns.add(id("site_id"));
            case WHOLE -> {}
        }
        columns.add(
                column(
                        "period_start",
                        "TIMESTAMP(3) NOT NULL",
                        "",
                        "start of the event or of the aggregate, in the data's local time"));
        columns.forEach(column -> key.add(column.name()));
        columns.add(column("period_start_date", "DATE", "", "date of period_start"));
        columns.add(column("period_start_time", "TIME(0)", "", "time of day of period_start"));
        for (List<String> c : export.columns()) {
            columns.add(column(c.get(0), c.get(1), c.get(2), c.get(3)));
        }
        if (export.key() != null) {
            key.addAll(export.key());
        }
        return new ExportLayout(
                resolutions(export.resolutions()),
                export.byDemographics() == null
                        ? Set.of(false)
                        : Set.copyOf(export.byDemographics()),
                List.copyOf(columns),
                export.key() == null ? List.of() : List.copyOf(key));
    }

    private static Set<TimeResolution> resolutions(String group) {
        if (group.equals("aggregated")) {
            return Arrays.stream(TimeResolution.values())
                    .filter(TimeResolution::isAggregated)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(TimeResolution.class)));
        }
        return EnumSet.of(TimeResolution.of(group).orElseThrow());
    }

    private static Column id(String name) {
        return column(name, "BIGINT NOT NULL", "", "unique numeric identifier of the data source");
    }

    private static Column column(String name, String type, String unit, String description) {
        LogicalType parsed = LogicalTypeParser.parse(type, DescriptionFiles.class.getClassLoader());
        return new Column(name, parsed, unit, description);
    }
}
