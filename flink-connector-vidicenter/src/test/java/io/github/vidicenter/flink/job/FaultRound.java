package io.github.vidicenter.flink.job;

import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.flink.source.VidiCenterSourceBuilder;
import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;

/**
 * One job against a server of its own, on which a case's faults happen. All follows from a seed.
 */
final class FaultRound implements AutoCloseable {

    private static final int CALLS_PER_MINUTE = 10_000;
    private static final Duration SERVER_DOWN = Duration.ofMillis(300);

    final Random random;
    volatile VidiCenterSimulator server;

    private final FaultCase fault;
    private final String job = UUID.randomUUID().toString();
    private final Path tokenFile;
    private final long dataSeed;
    private final Duration buildTime;
    private volatile JobClient running;
    private boolean ruled;
    private boolean tokenChanged;

    FaultRound(FaultCase fault, long seed, Path directory) throws IOException {
        this.fault = fault;
        this.random = new Random(seed);
        this.tokenFile = directory.resolve("token-" + job);
        this.dataSeed = random.nextLong();
        this.buildTime = Duration.ofMillis(100 + random.nextInt(100));
        this.server = startServer(0);
        Files.writeString(tokenFile, server.token());
    }

    private VidiCenterSimulator startServer(int port) {
        return VidiCenterSimulator.builder()
                .port(port)
                .seed(dataSeed)
                .locations(1, 2, 3)
                .dialect(Dialect.ROWS_SHUFFLED, Dialect.ROW_KEYS_SHUFFLED, Dialect.GZIP)
                .buildTime(BuildTime.of(buildTime))
                .limits(Limits.DEFAULT.withCallsPerMinute(CALLS_PER_MINUTE))
                .start();
    }

    /**
     * What a job made of the faults.
     *
     * @param rows delivered
     * @param late rows behind a watermark that said there were none left
     */
    record Outcome(int rows, List<String> lost, List<String> repeated, long late) {}

    /** Runs the job to its end. */
    Outcome run(MiniCluster flink) throws Exception {
        fault.server.accept(this);
        List<String> truth = truth();
        running = job(flink).executeAsync(fault.id);
        fault.during.accept(this);
        running.getJobExecutionResult().get();
        checkLimits();
        if (ruled && server.faults().happened() == 0) {
            throw new AssertionError("the fault did not happen");
        }
        if (tokenChanged && server.audit().unauthorized() == 0) {
            throw new AssertionError("nobody used the old token");
        }
        List<String> rows = new ArrayList<>(Ledger.of(job));
        long late = rows.stream().filter(row -> row.startsWith("LATE ")).count();
        rows.replaceAll(row -> row.replace("LATE ", ""));
        return new Outcome(rows.size(), without(truth, rows), without(rows, truth), late);
    }

    private void checkLimits() {
        Audit audit = server.audit();
        if (!fault.refusals && audit.rejected() > 0
                || audit.maxConcurrentExports() > Limits.DEFAULT.concurrentExports()
                || audit.maxSimultaneousRequests() > Limits.DEFAULT.simultaneousRequests()
                || audit.maxCallsInMinute() > CALLS_PER_MINUTE) {
            throw new AssertionError("limits passed: " + audit);
        }
    }

    private static List<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(others);
        left.sort(null);
        List<String> rest = new ArrayList<>(rows);
        rest.sort(null);
        List<String> only = new ArrayList<>();
        int next = 0;
        for (String row : rest) {
            while (next < left.size() && left.get(next).compareTo(row) < 0) {
                next++;
            }
            if (next < left.size() && left.get(next).equals(row)) {
                next++;
            } else {
                only.add(row);
            }
        }
        return only;
    }

    private List<String> truth() {
        return server.truth("viewers", "15m", fault.delivered, fault.start, fault.end())
                .map(
                        row ->
                                row.get("location_id")
                                        + " "
                                        + time((LocalDateTime) row.get("period_start"))
                                        + " "
                                        + row.get("watcher_count"))
                .toList();
    }

    private Object time(LocalDateTime local) {
        return fault.zone == null ? local : local.atZone(fault.zone).toInstant();
    }

    private StreamExecutionEnvironment job(MiniCluster flink) {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString(
                "restart-strategy.fixed-delay.attempts", String.valueOf(fault.taskFailures));
        configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
        configuration.setString("execution.checkpointing.interval", "50 ms");
        int parallelism = fault.oneReader ? 1 : 1 + random.nextInt(3);
        StreamExecutionEnvironment env =
                new TestStreamEnvironment(flink, configuration, parallelism, List.of(), List.of());
        boolean instants = fault.zone != null;
        env.fromSource(source(instants), WatermarkStrategy.noWatermarks(), "viewers")
                .map(row -> text(row, instants))
                .map(new FailsAtRandom(job, fault.taskFailures, random.nextLong()))
                .keyBy(row -> 0)
                .process(new Ledger(job))
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>());
        return env;
    }

    private VidiCenterSource<RowData> source(boolean instants) {
        VidiCenterSourceBuilder<RowData> builder =
                VidiCenterSource.<RowData>builder()
                        .setUrl(server.url().toString())
                        .setUsername(server.username())
                        .setTokenFile(tokenFile.toString())
                        .setDataType("viewers")
                        .setTimeResolution("15m")
                        .setLocations(1, 2, 3)
                        .setScanStart(fault.start.toString())
                        .setScanEnd(fault.end().toString())
                        .setScanWindowSize(Duration.ofHours(1 + random.nextInt(3)))
                        // At least two exports, so that a fault may leave the first one out.
                        .setScanWindowMaxSize(Duration.ofHours(6 * (1 + random.nextInt(3))))
                        .setScanLocationsPerExport(1 + random.nextInt(3))
                        .setTimeZone(instants ? fault.zone.getId() : "UTC")
                        .setPollMinInterval(Duration.ofMillis(20))
                        .setPollMaxInterval(Duration.ofMillis(100))
                        .setExportMaxAttempts(10)
                        .setHttpRequestTimeout(Duration.ofSeconds(30))
                        .setQuotaRequestsPerMinute(CALLS_PER_MINUTE);
        fault.options.accept(builder);
        return builder.setRowType(
                        DataTypes.ROW(
                                DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                                DataTypes.FIELD(
                                        "period_start",
                                        instants
                                                ? DataTypes.TIMESTAMP_LTZ(3)
                                                : DataTypes.TIMESTAMP(3)),
                                DataTypes.FIELD("watcher_count", DataTypes.BIGINT())))
                .build();
    }

    private static String text(RowData row, boolean instants) {
        return row.getLong(0)
                + " "
                + (instants
                        ? row.getTimestamp(1, 3).toInstant()
                        : row.getTimestamp(1, 3).toLocalDateTime())
                + " "
                + (row.isNullAt(2) ? null : row.getLong(2));
    }

    void add(FaultRule rule) {
        ruled = true;
        server.faults().add(rule);
    }

    /**
     * The fault happens at a few calls of a phase.
     *
     * @param phase null: any
     */
    void rule(Fault what, Phase phase, int times) {
        FaultRule rule = FaultRule.of(what).times(times).skip(random.nextInt(2));
        add(phase == null ? rule : rule.phase(phase));
    }

    /** The fault happens whenever this location is asked for. */
    void rule(Fault what, long location) {
        add(FaultRule.of(what).location(location));
    }

    /** Up to four faults at each phase. */
    void mix(List<Fault> faults) {
        for (Phase phase : Phase.values()) {
            for (int i = 0; i < 4; i++) {
                Fault each = faults.get(random.nextInt(faults.size()));
                // By chance none of it happens.
                server.faults().add(FaultRule.of(each).phase(phase).probability(0.1).times(3));
            }
        }
    }

    /** Somebody else's exports build for as long as the job runs. */
    void takeTwoSlots() {
        add(FaultRule.of(new Fault.Stuck(Duration.ofHours(1))).dataType("ots"));
        for (int location = 1; location <= 2; location++) {
            ForeignClient.call(
                    server,
                    "data_type=ots&time_resolution=1h&locations="
                            + location
                            + "&start=2024-01-01T00:00:00&end=2024-01-02T00:00:00");
        }
    }

    /** The server goes away in mid-run, and comes back without its exports. */
    void restartServer() {
        await(() -> server.audit().starts() > 0);
        int port = server.url().getPort();
        server.close();
        LockSupport.parkNanos(SERVER_DOWN.toNanos());
        server = startServer(port);
    }

    void changeToken() {
        await(() -> server.audit().starts() > 0);
        try {
            Files.writeString(tokenFile, "the-new-token");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setToken("the-new-token");
        tokenChanged = true;
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (running.getJobExecutionResult().isDone()) {
                throw new AssertionError("the job was over before anything could go wrong");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
