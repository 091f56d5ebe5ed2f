package io.github.vidicenter.flink.process;

import io.github.vidicenter.flink.source.VidiCenterSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * A DataStream program with uids: viewers into files, exactly once. Each list of locations in
 * {@code locations}, divided by semicolons, is a pipeline on its own, in slots of its own; nothing
 * is shuffled, so that each subtask of each is a region that fails alone.
 */
public final class ViewersJob {

    private ViewersJob() {}

    /** Takes {@code name=value}, see {@link ViewersScan}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts[1]);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(Integer.parseInt(options.get("parallelism")));
        String[] pipelines = options.get("locations").split(";");
        for (int i = 0; i < pipelines.length; i++) {
            build(env, options, pipelines[i], "pipeline-" + i);
        }
        env.execute();
    }

    private static void build(
            StreamExecutionEnvironment env,
            Map<String, String> options,
            String locations,
            String name) {
        FileSink<String> files =
                FileSink.forRowFormat(
                                new org.apache.flink.core.fs.Path(
                                        Path.of(options.get("sink")).toUri()),
                                new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build();
        env.fromSource(source(options, locations), WatermarkStrategy.noWatermarks(), name)
                .uid(name + "-viewers")
                .slotSharingGroup(name)
                .process(new Text(Integer.parseInt(options.get("micros"))))
                .sinkTo(files)
                .uid(name + "-files");
    }

    private static VidiCenterSource<RowData> source(Map<String, String> options, String locations) {
        return VidiCenterSource.<RowData>builder()
                .setUrl(options.get("url"))
                .setUsername(options.get("username"))
                .setToken(options.get("token"))
                .setDataType("viewers")
                .setTimeResolution("finest")
                .setLocations(locations)
                .setScanStart(options.get("start"))
                .setScanEnd(options.get("end"))
                .setScanWindowMaxSize(Duration.ofDays(1))
                .setScanLocationsPerExport(1)
                .setPollMinInterval(Duration.ofMillis(100))
                .setPollMaxInterval(Duration.ofSeconds(2))
                .setHttpRequestTimeout(Duration.parse(options.get("timeout")))
                .setQuotaRequestsPerMinute(Integer.parseInt(options.get("calls")))
                .setRowType(
                        DataTypes.ROW(
                                DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                                DataTypes.FIELD("period_start", DataTypes.TIMESTAMP(3)),
                                DataTypes.FIELD("dwell_time_in_tenths_of_sec", DataTypes.BIGINT())))
                .build();
    }

    /** A row as text, marked if it came behind a watermark. */
    private static final class Text extends ProcessFunction<RowData, String> {

        /** One sleep for many rows: a short one takes far longer than it is asked to. */
        private static final int ROWS_PER_SLEEP = 200;

        private final int microsPerRow;
        private int rows;

        private Text(int microsPerRow) {
            this.microsPerRow = microsPerRow;
        }

        @Override
        public void processElement(RowData row, Context context, Collector<String> out)
                throws InterruptedException {
            boolean late = context.timestamp() <= context.timerService().currentWatermark();
            if (++rows % ROWS_PER_SLEEP == 0) {
                TimeUnit.MICROSECONDS.sleep((long) ROWS_PER_SLEEP * microsPerRow);
            }
            out.collect(
                    (late ? "LATE " : "")
                            + row.getLong(0)
                            + " "
                            + row.getTimestamp(1, 3).toLocalDateTime()
                            + " "
                            + row.getLong(2));
        }
    }
}
