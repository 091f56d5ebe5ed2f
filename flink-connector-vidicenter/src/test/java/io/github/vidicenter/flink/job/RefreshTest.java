package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Late uploads reach the view, and nothing else does. */
@Timeout(120)
class RefreshTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final LocalDateTime NOW = LocalDateTime.parse("2024-03-04T12:00");
    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T06:00");

    /** What came out of each job: the sink runs in this JVM. */
    private static final Map<String, BlockingQueue<Row>> OUT = new ConcurrentHashMap<>();

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    @TempDir java.nio.file.Path savepoints;

    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1, 2, 3)
                    .clock(new SimulatedClock(NOW, 1))
                    .uploadLag(Duration.ofHours(2))
                    .buildTime(BuildTime.of(Duration.ofMillis(20)))
                    .limits(Limits.DEFAULT.withCallsPerMinute(5_000))
                    .start();

    private final String name = java.util.UUID.randomUUID().toString();
    private final Map<String, Row> view = new HashMap<>();
    private final List<Row> received = new ArrayList<>();
    private JobClient job;

    @AfterEach
    void stop() throws Exception {
        if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        server.close();
    }

    @Test
    void aLateUploadCorrectsItsWindowAndNoOther() throws Exception {
        start(2, null);
        await(() -> view.size() == 18);
        assertThat(view.values()).extracting(row -> row.getField("revision")).containsOnly(0);
        settle();
        assertThat(forced()).as("nothing was uploaded").isZero();

        upload(2, START.plusHours(3), 4_711);
        received.clear();
        await(() -> !received.isEmpty());
        settle();

        assertThat(received)
                .extracting(Row::toString)
                .containsExactly("+I[2, %s, 4711, 1]".formatted(START.plusHours(3)));
        assertThat(view.get("2 " + START.plusHours(3)).getField("watcher_count")).isEqualTo(4_711L);
        assertThat(readAgain()).as("only the location with news").containsExactly("2");
        assertThat(forced()).isEqualTo(server.audit().rebuilds());
        assertThat(server.audit().rejected()).as("answers 429").isZero();

        upload(2, START.plusHours(3), 4_712);
        await(() -> view.get("2 " + START.plusHours(3)).getField("revision").equals(2));
        assertThat(forced())
                .as("the second refresh asks for what the first one had built")
                .isPositive()
                .isEqualTo(server.audit().rebuilds());
    }

    @Test
    void anUpperBoundOfTheQueryEndsTheScan() throws Exception {
        LocalDateTime end = NOW.minusHours(2);
        upload(2, START.plusHours(1), 4_711);
        List<Row> rows;
        try (var result =
                tables(2, null)
                        .executeSql(
                                "SELECT * FROM viewers WHERE period_start < TIMESTAMP '%s'"
                                        .formatted(end.toString().replace('T', ' ') + ":00"))
                        .collect()) {
            rows = CollectionUtil.iteratorToList(result);
        }

        assertThat(rows)
                .extracting(row -> row.getField("watcher_count"))
                .containsExactlyInAnyOrderElementsOf(
                        server.truth("viewers", "1h", List.of(1L, 2L, 3L), START, end)
                                .map(row -> row.get("watcher_count"))
                                .toList());
    }

    @Test
    void theViewIsTheTruthThroughFailuresAndRescales() throws Exception {
        FAILURES_LEFT.set(3);
        start(2, null);
        String savepoint = null;
        for (int round = 1; round <= 4; round++) {
            int uploaded = 10_000 * round;
            for (long location = 1; location <= 3; location++) {
                upload(location, START.plusHours(round), uploaded + location);
            }
            int hour = round;
            await(
                    () ->
                            shows(1, hour, uploaded + 1)
                                    && shows(2, hour, uploaded + 2)
                                    && shows(3, hour, uploaded + 3));
            if (round == 2) {
                savepoint =
                        job.stopWithSavepoint(
                                        false, savepoints.toString(), SavepointFormatType.CANONICAL)
                                .get();
                start(1, savepoint);
            } else if (round == 3) {
                savepoint =
                        job.stopWithSavepoint(
                                        false, savepoints.toString(), SavepointFormatType.CANONICAL)
                                .get();
                start(3, savepoint);
            }
        }
        settle();

        Map<String, Object> truth = new HashMap<>();
        server.truth("viewers", "1h", List.of(1L, 2L, 3L), START, NOW)
                .forEach(
                        row ->
                                truth.put(
                                        row.get("location_id") + " " + row.get("period_start"),
                                        row.get("watcher_count")));
        Map<String, Object> seen = new HashMap<>();
        view.forEach((key, row) -> seen.put(key, row.getField("watcher_count")));
        assertThat(seen).isEqualTo(truth);
        assertThat(FAILURES_LEFT.get()).as("failures that did not happen").isLessThan(3);
        assertThat(forced()).isEqualTo(server.audit().rebuilds());
    }

    @Test
    void sumsFollowTheCorrections() throws Exception {
        StreamTableEnvironment tables = tables(2, null);
        try (var rows =
                tables.executeSql(
                                "SELECT location_id, SUM(watcher_count) AS n FROM viewers"
                                        + " GROUP BY location_id")
                        .collect()) {
            awaitSum(rows, sum(2));
            upload(2, START.plusHours(2), 1_000_000);
            awaitSum(rows, sum(2));
        }
    }

    /** The sum of location 2 grows in steps from NULL on, and beyond: the clock goes on, too. */
    private static void awaitSum(Iterator<Row> rows, long wanted) {
        Row row = rows.next();
        while (!(row.getField(0).equals(2L)
                && row.getField(1) instanceof Long sum
                && sum >= wanted)) {
            row = rows.next();
        }
    }

    private long sum(long location) {
        return server.truth("viewers", "1h", List.of(location), START, NOW.minusHours(2))
                .mapToLong(row -> (Long) row.get("watcher_count"))
                .sum();
    }

    private boolean shows(long location, int hour, long count) {
        Row row = view.get(location + " " + START.plusHours(hour));
        return row != null && Long.valueOf(count).equals(row.getField("watcher_count"));
    }

    private void upload(long location, LocalDateTime hour, long watchers) {
        server.upload(
                "viewers",
                "1h",
                List.of(
                        Map.of(
                                "location_id",
                                location,
                                "period_start",
                                hour,
                                "watcher_count",
                                watchers)));
    }

    private long forced() {
        return server.audit().exports().values().stream()
                .mapToLong(Audit.Export::forceRebuildCalls)
                .sum();
    }

    /** Locations of exports that cover more than a first read may. */
    private List<String> readAgain() {
        return server.audit().exports().keySet().stream()
                .filter(
                        export ->
                                export.contains("start=" + START) && export.contains("end=" + NOW))
                .map(export -> export.replaceFirst(".*locations=([^&]*).*", "$1"))
                .toList();
    }

    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            JobStatus status = job.getJobStatus().get();
            assertThat(status.isGloballyTerminalState()).as(status.name()).isFalse();
            Row row = OUT.get(name).poll(50, TimeUnit.MILLISECONDS);
            while (row != null) {
                received.add(row);
                view.put(row.getField("location_id") + " " + row.getField("period_start"), row);
                row = OUT.get(name).poll();
            }
        }
    }

    /** A few more refreshes, as the topology's calls tell. */
    private void settle() throws Exception {
        long looks = looks();
        await(() -> looks() >= looks + 3);
    }

    private long looks() {
        Audit audit = server.audit();
        return audit.calls()
                - audit.exports().values().stream().mapToLong(Audit.Export::calls).sum();
    }

    private void start(int parallelism, String savepoint) throws Exception {
        OUT.computeIfAbsent(name, n -> new LinkedBlockingQueue<>());
        StreamTableEnvironment tables = tables(parallelism, savepoint);
        String sink = name;
        tables.toChangelogStream(tables.sqlQuery("SELECT * FROM viewers"))
                .filter(row -> row.getKind() != org.apache.flink.types.RowKind.UPDATE_BEFORE)
                .uid("kind")
                .map(
                        row -> {
                            Row copy = Row.copy(row);
                            copy.setKind(org.apache.flink.types.RowKind.INSERT);
                            boolean update = !row.getField("revision").equals(0);
                            if (update && FAILURES_LEFT.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                throw new IllegalStateException("a failure of the test");
                            }
                            OUT.get(sink).add(copy);
                            return 0;
                        })
                .uid("out")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        job = env.executeAsync();
    }

    private StreamExecutionEnvironment env;

    private StreamTableEnvironment tables(int parallelism, String savepoint) {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "100");
        configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
        if (savepoint != null) {
            configuration.setString("execution.savepoint.path", savepoint);
            configuration.setString("execution.state-recovery.path", savepoint);
        }
        env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(8);
        env.enableCheckpointing(200);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.executeSql(
                """
                CREATE TABLE viewers (
                  location_id BIGINT, period_start TIMESTAMP(3), watcher_count BIGINT,
                  revision INT METADATA,
                  PRIMARY KEY (location_id, period_start) NOT ENFORCED
                ) WITH ('connector' = 'vidicenter', %s,
                  'data-type' = 'viewers', 'time-resolution' = '1h', 'locations' = '1,2,3',
                  'scan.start' = '%s:00', 'simulation.clock' = '%s:00/1',
                  'scan.window.max-size' = '2 h', 'scan.window.delay' = '0 s',
                  'scan.refresh.lookback' = '6 h', 'scan.refresh.interval' = '500 ms')
                """
                        .formatted(Sql.account(server), START, NOW));
        return tables;
    }
}
