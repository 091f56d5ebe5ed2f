package io.github.vidicenter.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.VidiCenterOptions;
import io.github.vidicenter.flink.topology.TopologyConfig;
import io.github.vidicenter.flink.topology.TopologyTable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class TopologyTableSourceTest {

    private static final DataType COLUMNS =
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                    DataTypes.FIELD("label", DataTypes.STRING()));

    private static final DataType LABEL =
            DataTypes.ROW(DataTypes.FIELD("label", DataTypes.STRING()));

    @Test
    void copyKeepsWhatEachAbilityChanged() {
        TopologyTableSource source = source(TopologyTable.SITES, "FULL");
        assertThat(source.copy()).isNotSameAs(source).isEqualTo(source).hasSameHashCodeAs(source);

        TopologyTableSource before = (TopologyTableSource) source.copy();
        source.applyProjection(new int[][] {{1}}, LABEL);
        assertThat(source.copy()).isEqualTo(source).isNotEqualTo(before);
    }

    @Test
    void abilitiesAreThoseThatTheTestsApply() {
        assertThat(TopologyTableSource.class.getInterfaces())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "ScanTableSource", "LookupTableSource", "SupportsProjectionPushDown");
    }

    @Test
    void listAndCacheTellSourcesApart() {
        assertThat(source(TopologyTable.SITES, "FULL"))
                .isNotEqualTo(source(TopologyTable.SITES, "NONE"))
                .isNotEqualTo(source(TopologyTable.NETWORKS, "FULL"));
    }

    @Test
    void tokenIsNotShown() {
        TopologyTableSource source = source(TopologyTable.SITE_TAGS, "FULL");

        assertThat(source.asSummaryString()).isEqualTo("VidiCenter site_tags");
        assertThat(source.toString()).doesNotContain(TestTables.TOKEN);
    }

    private static TopologyTableSource source(TopologyTable table, String cache) {
        Configuration options = new Configuration();
        options.set(VidiCenterOptions.USERNAME, "me");
        options.set(VidiCenterOptions.TOKEN, TestTables.TOKEN);
        Configuration lookup = new Configuration();
        lookup.setString(LookupOptions.CACHE_TYPE.key(), cache);
        return new TopologyTableSource(TopologyConfig.read(options, table), COLUMNS, lookup);
    }
}
