package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.format.ListRowReader;
import io.github.vidicenter.flink.topology.TopologyConfig;
import io.github.vidicenter.flink.topology.TopologyInputFormat;
import io.github.vidicenter.flink.topology.TopologyLookup;
import io.github.vidicenter.flink.topology.TopologySource;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.lookup.FullCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.connector.source.lookup.PartialCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.trigger.CacheReloadTrigger;
import org.apache.flink.table.connector.source.lookup.cache.trigger.PeriodicCacheReloadTrigger;
import org.apache.flink.table.connector.source.lookup.cache.trigger.TimedCacheReloadTrigger;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A list of the topology, to be scanned or looked up. */
@Internal
public final class TopologyTableSource
        implements ScanTableSource, LookupTableSource, SupportsProjectionPushDown {

    private final TopologyConfig config;
    private final Configuration lookup;
    private DataType producedType;

    /**
     * @param lookup Flink's {@link LookupOptions}
     */
    TopologyTableSource(TopologyConfig config, DataType producedType, Configuration lookup) {
        this.config = config;
        this.producedType = producedType;
        this.lookup = lookup;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    /** One reader: it is one call. */
    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return SourceProvider.of(new TopologySource(config, reader()), 1);
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        int[] keys = Arrays.stream(context.getKeys()).mapToInt(path -> path[0]).toArray();
        TopologyLookup function = new TopologyLookup(config, reader(), keys);
        return switch (lookup.get(LookupOptions.CACHE_TYPE)) {
            case NONE -> LookupFunctionProvider.of(function);
            case PARTIAL ->
                    PartialCachingLookupProvider.of(
                            function, DefaultLookupCache.fromConfig(lookup));
            case FULL ->
                    FullCachingLookupProvider.of(
                            InputFormatProvider.of(new TopologyInputFormat(config, reader())),
                            reloads());
        };
    }

    private CacheReloadTrigger reloads() {
        return lookup.get(LookupOptions.FULL_CACHE_RELOAD_STRATEGY)
                        == LookupOptions.ReloadStrategy.TIMED
                ? TimedCacheReloadTrigger.fromConfig(lookup)
                : PeriodicCacheReloadTrigger.fromConfig(lookup);
    }

    private ListRowReader reader() {
        return new ListRowReader((RowType) producedType.getLogicalType());
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        producedType = producedDataType;
    }

    @Override
    public DynamicTableSource copy() {
        return new TopologyTableSource(config, producedType, lookup);
    }

    @Override
    public String asSummaryString() {
        return "VidiCenter " + config.table().tableName();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TopologyTableSource that
                && config.equals(that.config)
                && lookup.equals(that.lookup)
                && producedType.equals(that.producedType);
    }

    @Override
    public int hashCode() {
        return Objects.hash(config, lookup, producedType);
    }
}
