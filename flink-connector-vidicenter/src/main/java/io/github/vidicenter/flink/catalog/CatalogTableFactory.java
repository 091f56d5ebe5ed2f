package io.github.vidicenter.flink.catalog;

import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN_FILE;

import io.github.vidicenter.flink.table.TopologyTableFactory;
import io.github.vidicenter.flink.table.VidiCenterDynamicTableFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Makes sources of a catalog's tables: adds the catalog's credentials, which no table holds. */
final class CatalogTableFactory implements DynamicTableSourceFactory {

    private final Map<String, String> credentials;
    private final DynamicTableSourceFactory exports = new VidiCenterDynamicTableFactory();
    private final DynamicTableSourceFactory topology = new TopologyTableFactory();

    CatalogTableFactory(Map<String, String> credentials) {
        this.credentials = Map.copyOf(credentials);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        String connector = context.getCatalogTable().getOptions().get(FactoryUtil.CONNECTOR.key());
        DynamicTableSourceFactory factory =
                topology.factoryIdentifier().equals(connector) ? topology : exports;
        return factory.createDynamicTableSource(new WithCredentials(context, credentials));
    }

    @Override
    public String factoryIdentifier() {
        return exports.factoryIdentifier();
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    /** Of the same table, which a hint may have given credentials of its own. */
    private record WithCredentials(Context table, Map<String, String> credentials)
            implements Context {

        @Override
        public ResolvedCatalogTable getCatalogTable() {
            Map<String, String> options = new HashMap<>(credentials);
            Map<String, String> own = table.getCatalogTable().getOptions();
            if (own.containsKey(TOKEN.key()) || own.containsKey(TOKEN_FILE.key())) {
                options.remove(TOKEN.key());
                options.remove(TOKEN_FILE.key());
            }
            options.putAll(own);
            return table.getCatalogTable().copy(options);
        }

        @Override
        public ObjectIdentifier getObjectIdentifier() {
            return table.getObjectIdentifier();
        }

        @Override
        public Map<String, String> getEnrichmentOptions() {
            return table.getEnrichmentOptions();
        }

        @Override
        public ReadableConfig getConfiguration() {
            return table.getConfiguration();
        }

        @Override
        public ClassLoader getClassLoader() {
            return table.getClassLoader();
        }

        @Override
        public boolean isTemporary() {
            return table.isTemporary();
        }

        @Override
        public String toString() {
            return table.getObjectIdentifier().asSummaryString();
        }
    }
}
