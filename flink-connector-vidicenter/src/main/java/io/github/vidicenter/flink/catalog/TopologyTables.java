package io.github.vidicenter.flink.catalog;

import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.table.TopologyTableFactory;
import io.github.vidicenter.flink.topology.TopologyTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.utils.TypeConversions;

/** The account's networks, sites, locations, boxes and tags. */
record TopologyTables(CatalogOptions options) implements VidiCenterCatalog.Database {

    static final String NAME = "topology";

    @Override
    public String comment() {
        return "The account's networks, sites, locations, boxes and tags";
    }

    @Override
    public List<String> tables() {
        return Arrays.stream(TopologyTable.values())
                .map(TopologyTable::tableName)
                .sorted()
                .toList();
    }

    @Override
    public Optional<CatalogTable> table(String name) {
        return TopologyTable.of(name).map(this::table);
    }

    private CatalogTable table(TopologyTable table) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(FactoryUtil.CONNECTOR.key(), TopologyTableFactory.IDENTIFIER);
        all.put(TopologyTableFactory.LIST.key(), table.tableName());
        all.putAll(options.ofTopology());
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : table.columns()) {
            schema.column(column.name(), TypeConversions.fromLogicalToDataType(column.type()))
                    .withComment(column.comment());
        }
        return CatalogTable.newBuilder()
                .schema(schema.primaryKey(TopologyTable.ID).build())
                .comment(table.description())
                .options(all)
                .build();
    }
}
