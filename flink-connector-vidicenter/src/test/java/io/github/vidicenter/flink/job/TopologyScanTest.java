package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.model.Location;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the topology says, in whole jobs. */
@Timeout(180)
class TopologyScanTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T10:00");

    private VidiCenterSimulator server = server().start();

    private static VidiCenterSimulator.Builder server() {
        return VidiCenterSimulator.builder()
                .location(Location.of(1, 1))
                .location(Location.of(2, 1).withActive(false))
                .location(Location.of(3, 1).withOffsetSeconds(-5 * 3600))
                .buildTime(BuildTime.of(Duration.ofMillis(20)))
                .limits(Limits.DEFAULT.withCallsPerMinute(2_000));
    }

    @AfterEach
    void stopServer() {
        assertThat(server.audit().rejected()).as("answers 429").isZero();
        server.close();
    }

    @Test
    void allActiveLocationsAreRead() throws Exception {
        List<Row> rows =
                rows(
                        """
                        'locations' = '*', 'scan.end' = '2024-03-04T13:00:00'
                        """);

        assertThat(rows)
                .extracting(row -> row.getField("location_id"))
                .containsOnly(1L, 3L)
                .hasSize(2 * 36);
    }

    /** The server has no data that is yet to come, and placeholders where there is none. */
    @Test
    void theEndOfABoundedScanIsWaitedForWhereItIsEarliest() throws Exception {
        server.close();
        server = server().clock(SimulatedClock.parse("2024-03-04T15:00:00/7200")).start();
        List<Row> rows =
                rows(
                        """
                        'locations' = '1,3', 'time-zone' = 'location', 'scan.window.delay' = '0 s',
                        'simulation.clock' = '2024-03-04T15:00:00/7200',
                        'scan.window.size' = '1 h', 'scan.end' = '2024-03-04T13:00:00'
                        """);

        assertThat(rows)
                .extracting(
                        row ->
                                List.of(
                                        row.getField("location_id"),
                                        row.getField("period_start"),
                                        String.valueOf(row.getField("watcher_count"))))
                .containsExactlyInAnyOrderElementsOf(
                        server.truth("viewers", "5m", List.of(1L, 3L), START, START.plusHours(3))
                                .map(
                                        row ->
                                                List.of(
                                                        row.get("location_id"),
                                                        row.get("period_start"),
                                                        String.valueOf(row.get("watcher_count"))))
                                .toList())
                .hasSize(2 * 36);
    }

    @Test
    void newLocationsJoinWhileTheJobRuns() throws Exception {
        TableEnvironment tables =
                table(
                        "'locations' = '*', 'scan.window.size' = '1 h',"
                                + "'simulation.clock' = '2024-03-04T11:00:00/3600', 'scan.window.delay' = '0 s'");
        try (CloseableIterator<Row> rows =
                tables.executeSql("SELECT location_id, period_start FROM viewers").collect()) {
            Row first = rows.next();
            assertThat(first.getField(0)).isIn(1L, 3L);
            server.putLocation(Location.of(4, 1));
            LocalDateTime joined = null;
            while (joined == null) {
                Row row = rows.next();
                if (row.getField(0).equals(4L)) {
                    joined = (LocalDateTime) row.getField(1);
                }
            }
            assertThat(joined).isAfter(START).hasMinute(0);
        }
    }

    private List<Row> rows(String options) throws Exception {
        List<Row> all = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                table(options).executeSql("SELECT * FROM viewers").collect()) {
            rows.forEachRemaining(all::add);
        }
        return all;
    }

    private TableEnvironment table(String options) {
        TableEnvironment tables = Sql.streaming(2);
        tables.executeSql(
                """
                CREATE TABLE viewers (
                  location_id BIGINT, period_start TIMESTAMP(3), watcher_count BIGINT,
                  WATERMARK FOR period_start AS SOURCE_WATERMARK()
                ) WITH ('connector' = 'vidicenter', 'data-type' = 'viewers',
                  'time-resolution' = '5m', 'scan.start' = '%s:00', %s, %s)
                """
                        .formatted(START, options, Sql.account(server)));
        return tables;
    }
}
