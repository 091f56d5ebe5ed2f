package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.FieldSource;
import io.github.vidicenter.flink.format.MetadataColumn;
import io.github.vidicenter.flink.format.RowDataDeserializer;
import io.github.vidicenter.flink.reader.RowTimes;
import io.github.vidicenter.flink.source.VidiCenterSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A table of exports' rows, to be scanned. */
@Internal
public final class VidiCenterTableSource
        implements ScanTableSource,
                SupportsFilterPushDown,
                SupportsLimitPushDown,
                SupportsProjectionPushDown,
                SupportsReadingMetadata,
                SupportsSourceWatermark,
                SupportsStatisticReport {

    private final DataType physicalType;
    private final RowtimeColumn rowtime;
    private final Integer parallelism;

    // What abilities change. The produced row is the columns, then the metadata.
    private VidiCenterConfig config;
    private List<FieldSource> columns;
    private List<FieldSource> metadata;
    private DataType producedType;

    /**
     * @param parallelism null: the planner's choice
     */
    VidiCenterTableSource(
            VidiCenterConfig config,
            DataType physicalType,
            RowtimeColumn rowtime,
            Integer parallelism) {
        this.config = config;
        this.physicalType = physicalType;
        this.rowtime = rowtime;
        this.parallelism = parallelism;
        this.columns = DataType.getFieldNames(physicalType).stream().map(FieldSource::key).toList();
        this.metadata = List.of();
        this.producedType = physicalType;
    }

    private VidiCenterTableSource(VidiCenterTableSource other) {
        this(other.config, other.physicalType, other.rowtime, other.parallelism);
        this.columns = other.columns;
        this.metadata = other.metadata;
        this.producedType = other.producedType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return config.scan().refreshLookback() == null
                ? ChangelogMode.insertOnly()
                : ChangelogMode.upsert();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        List<FieldSource> fields = new ArrayList<>(columns);
        fields.addAll(metadata);
        RowDataDeserializer deserializer =
                new RowDataDeserializer((RowType) producedType.getLogicalType(), fields, config);
        return SourceProvider.of(
                new VidiCenterSource<RowData>(config, deserializer, rowTimes()), parallelism);
    }

    private RowTimes rowTimes() {
        return rowtime.isInstant() ? new RowTimes(config.scan().zone()) : RowTimes.LOCAL;
    }

    @Override
    public boolean supportsNestedProjection() {
        return true;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        List<FieldSource> projected = new ArrayList<>();
        for (int[] path : projectedFields) {
            projected.add(new FieldSource.Key(names(path)));
        }
        columns = List.copyOf(projected);
        producedType = producedDataType;
    }

    private List<String> names(int[] path) {
        List<String> names = new ArrayList<>();
        LogicalType type = physicalType.getLogicalType();
        for (int index : path) {
            RowType row = (RowType) type;
            names.add(row.getFieldNames().get(index));
            type = row.getTypeAt(index);
        }
        return names;
    }

    /** Narrows the scan. Flink still applies all conditions: the scan is narrowed to buckets. */
    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        Conditions conditions = new Conditions(config, this::column);
        List<ResolvedExpression> used = new ArrayList<>();
        Narrowing needed = Narrowing.NONE;
        for (ResolvedExpression filter : filters) {
            Narrowing narrowing = conditions.read(filter);
            if (!narrowing.equals(Narrowing.NONE)) {
                used.add(filter);
                needed = needed.and(narrowing);
            }
        }
        config = config.narrowed(needed);
        return Result.of(used, filters);
    }

    /** The table's column that a produced field holds as it is. */
    private Optional<String> column(String field) {
        int index = DataType.getFieldNames(producedType).indexOf(field);
        return index >= 0
                        && index < columns.size()
                        && columns.get(index) instanceof FieldSource.Key key
                        && key.path().size() == 1
                ? Optional.of(key.path().get(0))
                : Optional.empty();
    }

    /** No more exports are asked for once they have this many rows. Flink counts for itself. */
    @Override
    public void applyLimit(long limit) {
        config = config.narrowed(Narrowing.NONE.withLimit(limit));
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> readable = new LinkedHashMap<>();
        for (MetadataColumn column : MetadataColumn.values()) {
            readable.put(column.key(), DataTypes.of(column.type()));
        }
        return readable;
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
        metadata =
                metadataKeys.stream()
                        .map(key -> MetadataColumn.of(key).orElseThrow())
                        .<FieldSource>map(FieldSource.Metadata::new)
                        .toList();
        producedType = producedDataType;
    }

    /** The source always emits watermarks; this only says that the table relies on them. */
    @Override
    public void applySourceWatermark() {
        rowtime.checkSourceWatermark();
    }

    @Override
    public TableStats reportStatistics() {
        OptionalLong rows = RowCount.of(config);
        return rows.isPresent() ? new TableStats(rows.getAsLong()) : TableStats.UNKNOWN;
    }

    @Override
    public DynamicTableSource copy() {
        return new VidiCenterTableSource(this);
    }

    @Override
    public String asSummaryString() {
        return "VidiCenter " + config.kind().dataType() + " " + config.kind().resolution();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VidiCenterTableSource that
                && config.equals(that.config)
                && physicalType.equals(that.physicalType)
                && rowtime.equals(that.rowtime)
                && Objects.equals(parallelism, that.parallelism)
                && columns.equals(that.columns)
                && metadata.equals(that.metadata)
                && producedType.equals(that.producedType);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                config, physicalType, rowtime, parallelism, columns, metadata, producedType);
    }
}
