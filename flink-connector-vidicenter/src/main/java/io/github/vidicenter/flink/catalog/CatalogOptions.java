package io.github.vidicenter.flink.catalog;

import static io.github.vidicenter.flink.config.VidiCenterOptions.AVERAGE_CONTENT_DURATION;
import static io.github.vidicenter.flink.config.VidiCenterOptions.CONTENT_IDS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.DATA_TYPE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXTRAPOLATION_AMOUNT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.GROUP_BY_DEMOGRAPHICS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_LOOKBACK;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_MAX_SIZE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_SIZE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TIME_RESOLUTION;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN_FILE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.USERNAME;

import io.github.vidicenter.flink.config.AccountReader;
import io.github.vidicenter.flink.config.OptionNames;
import io.github.vidicenter.flink.config.VidiCenterOptions;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.table.TopologyTableFactory;
import io.github.vidicenter.flink.window.TimeResolution;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CommonCatalogOptions;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What {@code CREATE CATALOG} was given: credentials, and options that become defaults of each
 * table where they have an effect.
 */
final class CatalogOptions {

    static final ConfigOption<String> DEFAULT_DATABASE =
            ConfigOptions.key(CommonCatalogOptions.DEFAULT_DATABASE_KEY)
                    .stringType()
                    .defaultValue(TimeResolution.HOUR.value())
                    .withDescription("The database in use after USE CATALOG.");

    private static final Set<ConfigOption<?>> CREDENTIALS = Set.of(USERNAME, TOKEN, TOKEN_FILE);

    /** What each table has of its own. */
    private static final Set<ConfigOption<?>> OF_TABLES =
            Set.of(FactoryUtil.CONNECTOR, DATA_TYPE, TIME_RESOLUTION);

    private final Map<String, String> given;
    private final Configuration values;
    private final Map<ConfigOption<?>, Predicate<Export>> conditions = new HashMap<>();

    private record Export(DataType type, TimeResolution resolution, boolean grouped) {}

    private CatalogOptions(Map<String, String> given) {
        this.given = given;
        this.values = Configuration.fromMap(given);
        conditions.put(GROUP_BY_DEMOGRAPHICS, Export::grouped);
        conditions.put(CONTENT_IDS, export -> export.type.contentIdsAllowed());
        conditions.put(
                AVERAGE_CONTENT_DURATION, export -> export.type.averageContentDurationAllowed());
        conditions.put(EXTRAPOLATION_AMOUNT, export -> export.type.extrapolationAllowed());
        conditions.put(SCAN_WINDOW_SIZE, export -> isWindow(export.resolution));
        conditions.put(SCAN_WINDOW_MAX_SIZE, export -> export.resolution != TimeResolution.MONTH);
        conditions.put(SCAN_REFRESH_LOOKBACK, CatalogOptions::canRefresh);
        conditions.put(SCAN_REFRESH_INTERVAL, CatalogOptions::canRefresh);
    }

    /**
     * @param given without the catalog's type
     * @throws ValidationException naming an option that does not exist, is missing or can't be read
     */
    static CatalogOptions read(Map<String, String> given) {
        Set<ConfigOption<?>> known = new HashSet<>(all());
        known.removeAll(OF_TABLES);
        for (ConfigOption<?> option : OF_TABLES) {
            if (given.containsKey(option.key())) {
                throw new ValidationException(
                        "'%s' is no option of a catalog: each of its tables has its own. Leave it out."
                                .formatted(option.key()));
            }
        }
        OptionNames.check(given.keySet(), known);
        CatalogOptions options = new CatalogOptions(given);
        AccountReader.read(options.values);
        known.forEach(option -> OptionNames.checkReadable(option, options.values));
        return options;
    }

    /** All options, those of tables among them. */
    static Set<ConfigOption<?>> all() {
        Set<ConfigOption<?>> all = new HashSet<>(VidiCenterOptions.required());
        all.addAll(VidiCenterOptions.optional());
        all.addAll(TopologyTableFactory.lookupOptions());
        all.add(DEFAULT_DATABASE);
        return all;
    }

    String defaultDatabase() {
        return values.get(DEFAULT_DATABASE);
    }

    /** Who asks; in no table. */
    Map<String, String> credentials() {
        Map<String, String> credentials = new HashMap<>();
        for (ConfigOption<?> option : CREDENTIALS) {
            if (given.containsKey(option.key())) {
                credentials.put(option.key(), given.get(option.key()));
            }
        }
        return credentials;
    }

    /** Whether the catalog says so, and the export has such a form. */
    boolean groupsByDemographics(DataType type, TimeResolution resolution) {
        return values.get(GROUP_BY_DEMOGRAPHICS) && type.demographicsAllowed(resolution);
    }

    /** The defaults of an export's table, by key: what has an effect there. */
    Map<String, String> of(DataType type, TimeResolution resolution, boolean grouped) {
        Export export = new Export(type, resolution, grouped);
        Map<String, String> defaults = new TreeMap<>(given);
        defaults.keySet().removeAll(credentials().keySet());
        defaults.remove(DEFAULT_DATABASE.key());
        TopologyTableFactory.lookupOptions().forEach(option -> defaults.remove(option.key()));
        conditions.forEach(
                (option, condition) -> {
                    if (!condition.test(export)) {
                        defaults.remove(option.key());
                    }
                });
        return defaults;
    }

    /** The defaults of a table of the topology, by key. */
    Map<String, String> ofTopology() {
        Map<String, String> defaults = new TreeMap<>(given);
        defaults.keySet()
                .retainAll(
                        TopologyTableFactory.defaults().stream().map(ConfigOption::key).toList());
        defaults.keySet().removeAll(credentials().keySet());
        return defaults;
    }

    /** A size that is no whole multiple of a resolution is meant for others. */
    private boolean isWindow(TimeResolution resolution) {
        if (resolution == TimeResolution.MONTH || !values.contains(SCAN_WINDOW_SIZE)) {
            return false;
        }
        long bucket = resolution.bucket().orElseThrow().toMillis();
        Duration size = values.get(SCAN_WINDOW_SIZE);
        return size.toMillis() >= bucket && size.toMillis() % bucket == 0;
    }

    private static boolean canRefresh(Export export) {
        return export.type.grid(export.resolution, export.grouped);
    }
}
