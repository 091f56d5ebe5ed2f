package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.source.VidiCenterSource;
import java.lang.reflect.Field;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.factories.FactoryUtil;

/** Makes tables from DDL, as users write it, and their sources, as the planner does. */
public final class TestTables {

    public static final String TOKEN = "s3cr3t";

    /** The columns and the watermark of the project's own example. */
    public static final String COLUMNS =
            """
            location_id   BIGINT,
            period_start  TIMESTAMP(3),
            watcher_count BIGINT,
            dwell_time_in_tenths_of_sec BIGINT,
            loaded_at     TIMESTAMP(3) METADATA FROM 'creation_date',
            WATERMARK FOR period_start AS SOURCE_WATERMARK()
            """;

    private final StreamTableEnvironment env;

    private TestTables(EnvironmentSettings settings) {
        env =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()),
                        settings);
    }

    public static TestTables streaming() {
        return new TestTables(EnvironmentSettings.inStreamingMode());
    }

    public static TestTables batch() {
        return new TestTables(EnvironmentSettings.inBatchMode());
    }

    public TestTables zone(ZoneId zone) {
        env.getConfig().setLocalTimeZone(zone);
        return this;
    }

    /**
     * Creates the table {@code viewers}.
     *
     * @param options keys and values by turns, which change those of the project's own example; a
     *     null value takes one away
     */
    public TestTables create(String columns, String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("connector", "vidicenter");
        all.put("username", "me");
        all.put("token", TOKEN);
        all.put("data-type", "viewers");
        all.put("time-resolution", "5m");
        all.put("locations", "1056,1057");
        all.put("scan.start", "2018-01-29T00:00:00");
        all.put("scan.end", "2018-01-30T00:00:00");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        String with =
                all.entrySet().stream()
                        .filter(option -> option.getValue() != null)
                        .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                        .collect(Collectors.joining(", "));
        env.executeSql("CREATE TABLE viewers (" + columns + ") WITH (" + with + ")");
        return this;
    }

    public String explain(String query) {
        return env.explainSql(query);
    }

    /** What the source of the query's only table is made of. */
    VidiCenterConfig planned(String query) {
        Transformation<?> transformation =
                env.toChangelogStream(env.sqlQuery(query)).getTransformation();
        while (!transformation.getInputs().isEmpty()) {
            transformation = transformation.getInputs().get(0);
        }
        try {
            Field config = VidiCenterSource.class.getDeclaredField("config");
            config.setAccessible(true);
            return (VidiCenterConfig)
                    config.get(((SourceTransformation<?, ?, ?>) transformation).getSource());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    VidiCenterTableSource source() {
        ObjectIdentifier name =
                ObjectIdentifier.of(env.getCurrentCatalog(), env.getCurrentDatabase(), "viewers");
        ResolvedCatalogTable table =
                ((TableEnvironmentInternal) env)
                        .getCatalogManager()
                        .getTable(name)
                        .orElseThrow()
                        .getResolvedTable();
        return (VidiCenterTableSource)
                FactoryUtil.createDynamicTableSource(
                        null,
                        name,
                        table,
                        Map.of(),
                        env.getConfig(),
                        TestTables.class.getClassLoader(),
                        false);
    }
}
