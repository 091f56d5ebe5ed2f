package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every row once, and no watermark early, through failures and rescaling. */
class RecoveryTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T06:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-04T18:00:00");
    private static final List<Long> LOCATIONS = List.of(1056L, 1057L, 1058L, 1059L);
    private static final List<String> COLUMNS =
            List.of("location_id", "period_start", "gender", "age", "dwell_time_in_tenths_of_sec");

    @TempDir Path savepoints;

    private final String job = UUID.randomUUID().toString();
    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server =
                VidiCenterSimulator.builder()
                        .locations(1056, 1057, 1058, 1059)
                        .dialect(Dialect.ROWS_SHUFFLED)
                        .buildTime(BuildTime.of(Duration.ofMillis(50)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(2_000))
                        .start();
    }

    @AfterEach
    void stopServer() {
        assertThat(server.audit().rejected()).as("answers 429").isZero();
        server.close();
    }

    @RepeatedTest(3)
    void failuresInMidExportLoseAndRepeatNothing() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("RecoveryTest seed " + seed);
        StreamExecutionEnvironment env = environment(3, null);

        build(env, new FailsAtRandom(job, 4, seed), 20);
        env.execute();

        assertThat(FailsAtRandom.left(job)).as("failures that did not happen").isLessThan(4);
        assertThat(Ledger.of(job)).containsExactlyInAnyOrderElementsOf(truth());
    }

    @Test
    void aSavepointCanBeRestoredAtAnyParallelism(@InjectMiniCluster MiniCluster flink)
            throws Exception {
        String savepoint = null;
        long served = 0;
        for (int parallelism : new int[] {4, 1}) {
            StreamExecutionEnvironment env = environment(parallelism, savepoint);
            build(env, new FailsAtRandom(job, 0, 0), 3_000);
            JobClient running = env.executeAsync();
            CommonTestUtils.waitForAllTaskRunning(flink, running.getJobID(), false);
            long before = served;
            CommonTestUtils.waitUntilCondition(() -> server.audit().rowsServed() > before);
            savepoint =
                    running.stopWithSavepoint(
                                    false, savepoints.toString(), SavepointFormatType.CANONICAL)
                            .get();
            served = server.audit().rowsServed();
        }
        StreamExecutionEnvironment env = environment(2, savepoint);
        build(env, new FailsAtRandom(job, 0, 0), 0);
        env.execute();

        assertThat(Ledger.of(job)).containsExactlyInAnyOrderElementsOf(truth());
    }

    private List<String> truth() {
        return Rows.of(server.truth("viewers", "finest", LOCATIONS, START, END), COLUMNS);
    }

    private void build(StreamExecutionEnvironment env, FailsAtRandom failures, int microsPerRow) {
        VidiCenterSource<RowData> source =
                VidiCenterSource.<RowData>builder()
                        .setUrl(server.url().toString())
                        .setUsername(server.username())
                        .setToken(server.token())
                        .setDataType("viewers")
                        .setTimeResolution("finest")
                        .setLocations("1056,1057,1058,1059")
                        .setScanStart(START.toString())
                        .setScanEnd(END.toString())
                        .setScanWindowSize(Duration.ofHours(1))
                        .setScanWindowMaxSize(Duration.ofHours(2))
                        .setScanLocationsPerExport(2)
                        .setPollMinInterval(Duration.ofMillis(20))
                        .setQuotaRequestsPerMinute(2_000)
                        .setRowType(
                                DataTypes.ROW(
                                        DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                                        DataTypes.FIELD("period_start", DataTypes.TIMESTAMP(3)),
                                        DataTypes.FIELD("gender", DataTypes.INT()),
                                        DataTypes.FIELD("age", DataTypes.INT()),
                                        DataTypes.FIELD(
                                                "dwell_time_in_tenths_of_sec", DataTypes.BIGINT())))
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "viewers")
                .uid("viewers")
                .map(row -> text(row, microsPerRow))
                .map(failures)
                .keyBy(row -> 0)
                .process(new Ledger(job))
                .uid("ledger")
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>());
    }

    private static String text(RowData row, int microsPerRow) {
        long until = System.nanoTime() + microsPerRow * 1_000L;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return Rows.of(
                org.apache.flink.types.Row.of(
                        row.getLong(0),
                        row.getTimestamp(1, 3).toLocalDateTime(),
                        row.getInt(2),
                        row.getInt(3),
                        row.getLong(4)));
    }

    private StreamExecutionEnvironment environment(int parallelism, String savepoint) {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "100");
        configuration.setString("restart-strategy.fixed-delay.delay", "50 ms");
        configuration.setString("execution.checkpointing.interval", "50 ms");
        if (savepoint != null) {
            configuration.setString("execution.state-recovery.path", savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }
}
