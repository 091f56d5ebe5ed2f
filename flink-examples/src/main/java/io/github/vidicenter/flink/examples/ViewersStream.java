package io.github.vidicenter.flink.examples;

import io.github.vidicenter.flink.format.JacksonDeserializer;
import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.CloseableIterator;

/**
 * The DataStream API: single viewers of a past day, counted per location and hour, from a simulator
 * in this process. Ends by itself; exits with 1 if the job failed or viewers are missing.
 */
public final class ViewersStream {

    private static final long[] LOCATIONS = {1056, 8264};

    private ViewersStream() {}

    /** Runs the job on 2024-03-04. */
    public static void main(String[] args) {
        LocalDateTime day = LocalDateTime.of(2024, 3, 4, 0, 0);
        int status;
        try (VidiCenterSimulator simulator =
                VidiCenterSimulator.builder().locations(LOCATIONS).start()) {
            status = run(simulator, day, day.plusDays(1), System.out);
        } catch (Exception e) {
            System.err.println("The job failed: " + LocalFlink.rootMessage(e));
            status = 1;
        }
        System.exit(status);
    }

    /** Runs the job to its end and returns the exit status. */
    static int run(
            VidiCenterSimulator simulator, LocalDateTime start, LocalDateTime end, PrintStream out)
            throws Exception {
        VidiCenterSource<Viewer> source =
                VidiCenterSource.<Viewer>builder()
                        .setUrl(simulator.url().toString())
                        .setUsername(simulator.username())
                        .setToken(simulator.token())
                        .setDataType("viewers")
                        .setTimeResolution("finest")
                        .setLocations(LOCATIONS)
                        .setScanStart(start.toString())
                        .setScanEnd(end.toString())
                        .setDeserializer(JacksonDeserializer.of(Viewer.class))
                        .build();

        LocalFlink flink = LocalFlink.create();
        out.println("Flink's web UI: " + flink.webUi());
        DataStream<ViewersHour> hours =
                flink.environment()
                        .fromSource(source, WatermarkStrategy.noWatermarks(), "viewers")
                        .keyBy(Viewer::locationId)
                        .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                        .process(new CountViewers());
        Viewers read = Viewers.NONE;
        try (CloseableIterator<ViewersHour> results = hours.executeAndCollect("viewers per hour")) {
            while (results.hasNext()) {
                ViewersHour hour = results.next();
                out.println(hour);
                read = read.plus(hour.viewers(), hour.attentionTenths());
            }
        }
        Viewers truth = truth(simulator, start, end);
        out.printf(
                Locale.ROOT,
                "%nRead %s in %d exports with %d calls.%n",
                read,
                simulator.audit().exports().size(),
                simulator.audit().calls());
        out.println(
                read.equals(truth)
                        ? "All sums equal the simulator's truth."
                        : "WRONG: the simulator's truth is " + truth);
        return read.equals(truth) ? 0 : 1;
    }

    /** The same sums, reckoned from the simulator's data without Flink. */
    private static Viewers truth(
            VidiCenterSimulator simulator, LocalDateTime start, LocalDateTime end) {
        List<Long> locations = Arrays.stream(LOCATIONS).boxed().toList();
        return simulator
                .truth("viewers", "finest", locations, start, end)
                .map(row -> new Viewers(1, (long) row.get("attention_time_in_tenths_of_sec")))
                .reduce(Viewers.NONE, (a, b) -> a.plus(b.count(), b.attentionTenths()));
    }

    private record Viewers(long count, long attentionTenths) {

        private static final Viewers NONE = new Viewers(0, 0);

        private Viewers plus(long count, long attentionTenths) {
            return new Viewers(this.count + count, this.attentionTenths + attentionTenths);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d viewers with %,.1f s of attention",
                    count,
                    attentionTenths / 10.0);
        }
    }
}
