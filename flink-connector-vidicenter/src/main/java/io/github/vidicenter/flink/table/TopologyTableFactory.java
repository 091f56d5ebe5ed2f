package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.config.OptionNames;
import io.github.vidicenter.flink.config.Suggestion;
import io.github.vidicenter.flink.config.VidiCenterOptions;
import io.github.vidicenter.flink.topology.TopologyConfig;
import io.github.vidicenter.flink.topology.TopologyTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Makes table sources of {@code 'connector' = 'vidicenter-topology'}. */
@Internal
public final class TopologyTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "vidicenter-topology";

    public static final ConfigOption<String> LIST =
            ConfigOptions.key("list")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Which list of the topology: 'networks', 'sites', 'locations', 'boxes',"
                                    + " 'site_tags' or 'location_tags'.");

    /** Flink's own, but where they are not set a list is cached whole and reloaded each hour. */
    private static final List<ConfigOption<?>> LOOKUP =
            List.of(
                    LookupOptions.CACHE_TYPE,
                    LookupOptions.MAX_RETRIES,
                    LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS,
                    LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE,
                    LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY,
                    LookupOptions.PARTIAL_CACHE_MAX_ROWS,
                    LookupOptions.FULL_CACHE_RELOAD_STRATEGY,
                    LookupOptions.FULL_CACHE_PERIODIC_RELOAD_INTERVAL,
                    LookupOptions.FULL_CACHE_PERIODIC_RELOAD_SCHEDULE_MODE,
                    LookupOptions.FULL_CACHE_TIMED_RELOAD_ISO_TIME,
                    LookupOptions.FULL_CACHE_TIMED_RELOAD_INTERVAL_IN_DAYS);

    private static final List<ConfigOption<?>> CALLS =
            List.of(
                    VidiCenterOptions.URL,
                    VidiCenterOptions.TOKEN,
                    VidiCenterOptions.TOKEN_FILE,
                    VidiCenterOptions.EXPORT_MAX_ATTEMPTS,
                    VidiCenterOptions.QUOTA_REQUESTS_PER_MINUTE,
                    VidiCenterOptions.QUOTA_CONCURRENT_EXPORTS,
                    VidiCenterOptions.QUOTA_CONNECTIONS,
                    VidiCenterOptions.HTTP_CONNECT_TIMEOUT,
                    VidiCenterOptions.HTTP_REQUEST_TIMEOUT,
                    VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS);

    private static final Duration RELOAD_INTERVAL = Duration.ofHours(1);

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(VidiCenterOptions.USERNAME, LIST);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(CALLS);
        options.addAll(LOOKUP);
        return options;
    }

    /** All options of these tables that may be defaults of a catalog. */
    public static Set<ConfigOption<?>> defaults() {
        Set<ConfigOption<?>> options = new HashSet<>(CALLS);
        options.addAll(LOOKUP);
        options.add(VidiCenterOptions.USERNAME);
        return options;
    }

    /** The options of lookups, which no other table has. */
    public static List<ConfigOption<?>> lookupOptions() {
        return LOOKUP;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        Set<ConfigOption<?>> known = defaults();
        known.add(LIST);
        known.add(FactoryUtil.CONNECTOR);
        OptionNames.check(context.getCatalogTable().getOptions().keySet(), known);
        ReadableConfig options = helper.getOptions();
        TopologyConfig config = TopologyConfig.read(options, table(options));
        DeclaredColumns.check(
                (RowType) context.getPhysicalRowDataType().getLogicalType(),
                config.table().columns(),
                options.get(VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS),
                "the list '" + config.table().tableName() + "'");
        return new TopologyTableSource(
                config, context.getPhysicalRowDataType(), lookupOptions(options));
    }

    private static TopologyTable table(ReadableConfig options) {
        String name = options.getOptional(LIST).orElse("");
        List<String> names =
                Arrays.stream(TopologyTable.values()).map(TopologyTable::tableName).toList();
        return TopologyTable.of(name)
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "'list' = '%s' does not exist. %s"
                                                .formatted(name, Suggestion.of(name, names))));
    }

    private static Configuration lookupOptions(ReadableConfig options) {
        Configuration lookup = new Configuration();
        LOOKUP.forEach(option -> copy(option, options, lookup));
        if (!lookup.contains(LookupOptions.CACHE_TYPE)) {
            lookup.set(LookupOptions.CACHE_TYPE, LookupOptions.LookupCacheType.FULL);
        }
        if (!lookup.contains(LookupOptions.FULL_CACHE_PERIODIC_RELOAD_INTERVAL)) {
            lookup.set(LookupOptions.FULL_CACHE_PERIODIC_RELOAD_INTERVAL, RELOAD_INTERVAL);
        }
        return lookup;
    }

    private static <T> void copy(
            ConfigOption<T> option, ReadableConfig options, Configuration lookup) {
        options.getOptional(option).ifPresent(value -> lookup.set(option, value));
    }
}
