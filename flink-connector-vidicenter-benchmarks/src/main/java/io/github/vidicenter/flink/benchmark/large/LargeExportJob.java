package io.github.vidicenter.flink.benchmark.large;

import io.github.vidicenter.flink.source.VidiCenterSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;

/** The job of the large export, in the JVM whose heap is small. Arguments: url, user, token. */
public final class LargeExportJob {

    public static final long LOCATION = 1056;

    public static final LocalDateTime DAY = LocalDateTime.parse("2024-03-04T00:00:00");

    private LargeExportJob() {}

    public static void main(String[] args) throws Exception {
        Path checkpoints = Files.createTempDirectory("vidicenter-large-export");
        try {
            LiveHeap heap = LiveHeap.watch();
            StreamExecutionEnvironment env = environment(checkpoints);
            env.fromSource(source(args), WatermarkStrategy.noWatermarks(), "viewers")
                    .filter(new CountingFilter())
                    .sinkTo(new DiscardingSink<>());
            JobExecutionResult result = env.execute();
            long rows = result.getAccumulatorResult(CountingFilter.ROWS);
            long taken = result.getAccumulatorResult(CountingFilter.CHECKPOINTS);
            System.out.printf(
                    "%,d rows delivered in %.0f s, %d checkpoints meanwhile; most that was live: %d"
                            + " MiB%n",
                    rows, result.getNetRuntime() / 1000.0, taken, heap.peakBytes() >> 20);
            System.exit(rows > 2_500_000 && taken > 1 ? 0 : 1);
        } finally {
            delete(checkpoints);
        }
    }

    private static VidiCenterSource<RowData> source(String[] account) {
        return VidiCenterSource.<RowData>builder()
                .setUrl(account[0])
                .setUsername(account[1])
                .setToken(account[2])
                .setDataType("viewers")
                .setTimeResolution("finest")
                .setLocations(LOCATION)
                .setScanStart(DAY.toString())
                .setScanEnd(DAY.plusDays(1).toString())
                .setScanWindowSize(Duration.ofDays(1))
                .setScanWindowMaxSize(Duration.ofDays(1))
                .setRowType(
                        DataTypes.ROW(
                                DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                                DataTypes.FIELD("period_start", DataTypes.TIMESTAMP(3)),
                                DataTypes.FIELD("gender", DataTypes.INT()),
                                DataTypes.FIELD("age", DataTypes.INT()),
                                DataTypes.FIELD("dwell_time_in_tenths_of_sec", DataTypes.BIGINT()),
                                DataTypes.FIELD("happy", DataTypes.DOUBLE())))
                .build();
    }

    private static StreamExecutionEnvironment environment(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "1 s");
        configuration.setString("state.checkpoints.dir", checkpoints.toUri().toString());
        configuration.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(configuration);
        env.setParallelism(1);
        return env;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
