package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.time.Duration;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;

/**
 * How near to the bound of the account's three slots 200 exports get whose builds take from half a
 * second to four: 20 locations, each with a build time of its own, in ten windows. All is ten times
 * as fast as the service, so that it takes minutes: 500 calls a minute, polls 0.1 s apart.
 */
public final class SchedulingBenchmark {

    private static final int LOCATIONS = 20;
    private static final int WINDOWS = 10;
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration STEP = Duration.ofMillis(175);
    private static final Limits LIMITS = Limits.DEFAULT.withCallsPerMinute(500);

    private SchedulingBenchmark() {}

    public static void main(String[] args) throws Exception {
        System.out.println(
                "| parallelism | makespan / bound | calls per export | in the second half |"
                        + " slots idle | answers 429 |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        BarChart chart = new BarChart("Makespan of 200 exports, × the bound", 1, "bound");
        for (int parallelism :
                args.length == 0 ? new int[] {1, 4} : new int[] {Integer.parseInt(args[0])}) {
            warmUp(parallelism);
            chart.bar("connector, parallelism " + parallelism, run(parallelism));
        }
        chart.write("scheduling");
    }

    /** A cold JVM takes seconds for its first calls, which is no matter of scheduling. */
    private static void warmUp(int parallelism) throws Exception {
        long[] locations = {1, 2};
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder()
                        .locations(locations)
                        .buildTime(BuildTime.of(STEP))
                        .limits(LIMITS)
                        .start()) {
            start(server, locations, parallelism).getJobExecutionResult().get();
        }
    }

    private static JobClient start(VidiCenterSimulator server, long[] locations, int parallelism)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism);
        env.fromSource(source(server, locations), WatermarkStrategy.noWatermarks(), "viewers")
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync();
    }

    private static double run(int parallelism) throws Exception {
        long[] locations = LongStream.rangeClosed(1, LOCATIONS).toArray();
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder()
                        .locations(locations)
                        .buildTime(BuildTime.of(SHORTEST))
                        .limits(LIMITS)
                        .start()) {
            for (long location : locations) {
                server.faults()
                        .add(
                                FaultRule.of(new Fault.Stuck(STEP.multipliedBy(location)))
                                        .phase(Phase.START)
                                        .location(location));
            }
            JobClient job = start(server, locations, parallelism);
            while (server.audit().starts() == 0) {
                Thread.sleep(1);
            }
            long begin = System.nanoTime();
            while (server.audit().starts() < LOCATIONS * WINDOWS / 2) {
                Thread.sleep(10);
            }
            long callsOfFirstHalf = server.audit().calls();
            job.getJobExecutionResult().get();
            return report(
                    parallelism,
                    (System.nanoTime() - begin) / 1e9,
                    callsOfFirstHalf,
                    server.audit());
        }
    }

    private static double report(
            int parallelism, double makespan, long callsOfFirstHalf, Audit audit) {
        double builds = 0;
        for (int location = 1; location <= LOCATIONS; location++) {
            builds += WINDOWS * SHORTEST.plus(STEP.multipliedBy(location)).toMillis() / 1e3;
        }
        int exports = LOCATIONS * WINDOWS;
        if (audit.starts() != exports) {
            throw new IllegalStateException(audit.starts() + " exports, not " + exports);
        }
        double bound =
                Math.max(
                        builds / LIMITS.concurrentExports(),
                        2.0 * exports / LIMITS.callsPerMinute() * 60);
        System.out.printf(
                "| %d | %.3f (%.1f s / %.1f s) | %.2f | %.2f | %.1f %% | %d |%n",
                parallelism,
                makespan / bound,
                makespan,
                bound,
                (double) audit.calls() / exports,
                2.0 * (audit.calls() - callsOfFirstHalf) / exports,
                100 * (1 - builds / (LIMITS.concurrentExports() * makespan)),
                audit.rejected());
        return makespan / bound;
    }

    private static VidiCenterSource<RowData> source(VidiCenterSimulator server, long[] locations) {
        return VidiCenterSource.<RowData>builder()
                .setUrl(server.url().toString())
                .setUsername(server.username())
                .setToken(server.token())
                .setDataType("viewers")
                .setTimeResolution("5m")
                .setLocations(locations)
                .setScanStart("2024-03-04T00:00:00")
                .setScanEnd("2024-03-04T10:00:00")
                .setScanWindowSize(Duration.ofHours(1))
                .setScanWindowMaxSize(Duration.ofHours(1))
                .setScanLocationsPerExport(1)
                .setPollMinInterval(Duration.ofMillis(100))
                .setPollMaxInterval(Duration.ofSeconds(3))
                .setQuotaRequestsPerMinute(LIMITS.callsPerMinute())
                .setRowType(DataTypes.ROW(DataTypes.FIELD("location_id", DataTypes.BIGINT())))
                .build();
    }
}
