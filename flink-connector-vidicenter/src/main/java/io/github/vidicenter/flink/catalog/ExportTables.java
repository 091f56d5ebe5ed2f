package io.github.vidicenter.flink.catalog;

import static io.github.vidicenter.flink.config.VidiCenterOptions.DATA_TYPE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.GROUP_BY_DEMOGRAPHICS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TIME_RESOLUTION;

import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.table.VidiCenterDynamicTableFactory;
import io.github.vidicenter.flink.window.TimeResolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.utils.TypeConversions;

/** The exports that exist at one resolution: a table for each data type, named like it. */
record ExportTables(TimeResolution resolution, CatalogOptions options)
        implements VidiCenterCatalog.Database {

    /** {@code viewers} by gender and age, whose rows have other columns. */
    static final String VIEWERS_BY_DEMOGRAPHICS = "viewers_by_demographics";

    private static final String VIEWERS = "viewers";

    @Override
    public String comment() {
        return resolution.isAggregated()
                ? "Exports aggregated at " + resolution
                : "Exports of single events, not aggregated";
    }

    @Override
    public List<String> tables() {
        return Stream.concat(
                        DataType.all().stream().map(DataType::id),
                        Stream.of(VIEWERS_BY_DEMOGRAPHICS))
                .filter(name -> dataType(name).isPresent())
                .sorted()
                .toList();
    }

    @Override
    public Optional<CatalogTable> table(String name) {
        return dataType(name)
                .map(dataType -> table(dataType, name.equals(VIEWERS_BY_DEMOGRAPHICS)));
    }

    private Optional<DataType> dataType(String table) {
        if (table.equals(VIEWERS_BY_DEMOGRAPHICS)) {
            return DataType.find(VIEWERS).filter(type -> type.demographicsAllowed(resolution));
        }
        return DataType.find(table).filter(type -> type.resolutions().contains(resolution));
    }

    private CatalogTable table(DataType type, boolean byDemographics) {
        boolean grouped = byDemographics || options.groupsByDemographics(type, resolution);
        Map<String, String> all = new LinkedHashMap<>();
        all.put(FactoryUtil.CONNECTOR.key(), VidiCenterDynamicTableFactory.IDENTIFIER);
        all.put(DATA_TYPE.key(), type.id());
        all.put(TIME_RESOLUTION.key(), resolution.value());
        if (grouped) {
            all.put(GROUP_BY_DEMOGRAPHICS.key(), "true");
        }
        all.putAll(options.of(type, resolution, grouped));
        return CatalogTable.newBuilder()
                .schema(schema(type, grouped))
                .comment(type.description() + (byDemographics ? ", by gender and age" : ""))
                .options(all)
                .build();
    }

    private Schema schema(DataType type, boolean grouped) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : type.columns(resolution, grouped)) {
            schema.column(column.name(), TypeConversions.fromLogicalToDataType(column.type()))
                    .withComment(column.comment());
        }
        schema.watermark("period_start", "SOURCE_WATERMARK()");
        List<String> key = type.naturalKey(resolution, grouped);
        boolean hasValues =
                type.columns(resolution, grouped).stream()
                        .filter(column -> key.contains(column.name()))
                        .noneMatch(Column::nullable);
        // A placeholder row may name no gate, content, zone or product.
        if (!key.isEmpty() && hasValues) {
            schema.primaryKey(key);
        }
        return schema.build();
    }
}
