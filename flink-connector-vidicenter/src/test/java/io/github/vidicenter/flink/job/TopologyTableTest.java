package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The topology's tables, scanned and looked up. */
class TopologyTableTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057, 1058)
                        .buildTime(BuildTime.of(Duration.ofMillis(20)))
                        .start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "networks, 1",
        "sites, 2",
        "locations, 3",
        "boxes, 3",
        "site_tags, 1",
        "location_tags, 2"
    })
    void scansAListInOneCall(String table, int rows) {
        TableEnvironment sql = sql(true);

        assertThat(Sql.query(sql, "SELECT id, label FROM vidi.topology." + table)).hasSize(rows);
        assertThat(server.audit().calls()).isEqualTo(1);
    }

    @Test
    void rowsAreTyped() {
        assertThat(
                        Sql.query(
                                sql(false),
                                "SELECT id, label, active, box_id, last_timezone, EXTRACT(YEAR FROM"
                                        + " creation_date) FROM vidi.topology.locations WHERE id ="
                                        + " 1057"))
                .containsExactly("[1057.0, location-1057, true, 101057.0, 0.0, 2010.0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'lookup.cache' = 'FULL', 'lookup.full-cache.periodic-reload.interval' = '10 min'",
                "'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '100'",
            })
    void lookupsAreServedFromTheCache(String lookup) {
        TableEnvironment sql = sql(false);
        String hint = lookup.isEmpty() ? "" : " /*+ OPTIONS(" + lookup + ") */";

        assertThat(
                        Sql.query(
                                sql,
                                "SELECT DISTINCT v.location_id, l.label FROM (SELECT *, PROCTIME()"
                                        + " AS pt FROM vidi.`1h`.viewers) v JOIN"
                                        + " vidi.topology.locations"
                                        + hint
                                        + " FOR SYSTEM_TIME AS OF v.pt AS l ON v.location_id ="
                                        + " l.id"))
                .containsExactlyInAnyOrder(
                        "[1056.0, location-1056]",
                        "[1057.0, location-1057]",
                        "[1058.0, location-1058]");
        long lists = server.audit().calls() - exportCalls();
        assertThat(lists).as("calls for 72 rows").isBetween(1L, 3L);
    }

    @Test
    void anUnknownTokenIsTold() {
        TableEnvironment sql = sql(true);
        server.setToken("another");

        assertThatThrownBy(() -> Sql.query(sql, "SELECT id FROM vidi.topology.sites"))
                .hasStackTraceContaining("The list sites/ of the topology can't be read")
                .hasStackTraceContaining("Check 'username' and 'token'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT label FROM vidi.topology.locations WHERE id = 1057",
                "SELECT DISTINCT l.label FROM (SELECT *, PROCTIME() AS pt FROM vidi.`1d`.viewers) v"
                        + " JOIN vidi.topology.locations FOR SYSTEM_TIME AS OF v.pt AS l"
                        + " ON v.location_id = l.id WHERE v.location_id = 1057"
            })
    void aListIsAskedForAgainAfterAnError(String query) {
        server.faults()
                .add(FaultRule.of(new Fault.Status(503, null, true)).phase(Phase.LIST).times(2));

        assertThat(Sql.query(sql(false), query)).containsExactly("[location-1057]");
        assertThat(server.faults().happened()).isEqualTo(2);
    }

    @Test
    void aServiceThatStaysAwayIsTold() {
        server.faults().add(FaultRule.of(new Fault.Status(503, null, true)).phase(Phase.LIST));
        TableEnvironment sql = sql(true);
        String hint = "/*+ OPTIONS('export.max-attempts' = '2') */";

        assertThatThrownBy(() -> Sql.query(sql, "SELECT id FROM vidi.topology.sites " + hint))
                .hasStackTraceContaining("The list sites/ of the topology can't be read")
                .hasStackTraceContaining("HTTP 503");
        assertThat(server.faults().happened()).isEqualTo(2);
    }

    /** The reader is lost with the list in its hands. */
    @Test
    void aScanSurvivesAFailover() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        // Without checkpoints the collected rows would be those of each attempt.
        env.enableCheckpointing(Duration.ofMinutes(1).toMillis());
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        createCatalog(tables);
        String job = "topology";
        List<String> labels = new ArrayList<>();
        try (CloseableIterator<String> result =
                tables.toDataStream(tables.sqlQuery("SELECT label FROM vidi.topology.locations"))
                        .map(row -> row.<String>getFieldAs(0))
                        .returns(Types.STRING)
                        .map(new FailsAtRandom(job, 1, 1, 3))
                        .executeAndCollect()) {
            result.forEachRemaining(labels::add);
        }

        assertThat(FailsAtRandom.left(job)).as("failures that did not happen").isZero();
        assertThat(labels).containsExactly("location-1056", "location-1057", "location-1058");
        assertThat(server.audit().calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            id BIGINT | 'list' = 'location' | Did you mean 'locations'?
            id BIGINT | 'list' = 'locations', 'locations' = '1' | Option 'locations' does not exist
            lable STRING | 'list' = 'sites' | Column 'lable' does not exist in the list 'sites'.
            """)
    void mistakesAreRefusedWhenPlanned(String columns, String options, String message) {
        TableEnvironment sql = sql(true);
        sql.executeSql(
                "CREATE TABLE t ("
                        + columns
                        + ") WITH ('connector' = 'vidicenter-topology', 'username' = 'me', 'token'"
                        + " = 't', "
                        + options
                        + ")");

        assertThatThrownBy(() -> sql.explainSql("SELECT * FROM t"))
                .hasStackTraceContaining(message);
    }

    private long exportCalls() {
        return server.audit().exports().values().stream().mapToLong(e -> e.calls()).sum();
    }

    private TableEnvironment sql(boolean batch) {
        TableEnvironment sql = batch ? Sql.batch(2) : Sql.streaming(2);
        createCatalog(sql);
        return sql;
    }

    private void createCatalog(TableEnvironment sql) {
        sql.executeSql(
                "CREATE CATALOG vidi WITH ('type' = 'vidicenter', 'locations' = '1056,1057,1058',"
                        + " 'scan.start' = '2024-03-04T00:00:00',"
                        + " 'scan.end' = '2024-03-05T00:00:00', "
                        + Sql.account(server)
                        + ")");
    }
}
