package io.github.vidicenter.flink.catalog;

import io.github.vidicenter.flink.config.Suggestion;
import io.github.vidicenter.flink.table.VidiCenterDynamicTableFactory;
import io.github.vidicenter.flink.window.TimeResolution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/** Makes catalogs of {@code 'type' = 'vidicenter'}. */
@Internal
public final class VidiCenterCatalogFactory implements CatalogFactory {

    @Override
    public String factoryIdentifier() {
        return VidiCenterDynamicTableFactory.IDENTIFIER;
    }

    /** None that Flink should look for: what is missing is told in this connector's words. */
    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return CatalogOptions.all();
    }

    @Override
    public Catalog createCatalog(Context context) {
        CatalogOptions options = CatalogOptions.read(context.getOptions());
        Map<String, VidiCenterCatalog.Database> databases = new LinkedHashMap<>();
        for (TimeResolution resolution : TimeResolution.values()) {
            databases.put(resolution.value(), new ExportTables(resolution, options));
        }
        databases.put(TopologyTables.NAME, new TopologyTables(options));
        if (!databases.containsKey(options.defaultDatabase())) {
            throw new ValidationException(
                    "'%s' = '%s' does not exist. %s"
                            .formatted(
                                    CatalogOptions.DEFAULT_DATABASE.key(),
                                    options.defaultDatabase(),
                                    Suggestion.of(options.defaultDatabase(), databases.keySet())));
        }
        return new VidiCenterCatalog(
                context.getName(),
                options.defaultDatabase(),
                databases,
                new CatalogTableFactory(options.credentials()));
    }
}
