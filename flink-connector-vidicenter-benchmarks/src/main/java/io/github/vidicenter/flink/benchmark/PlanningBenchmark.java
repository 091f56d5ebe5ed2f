package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.config.ConfigReader;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.EnumeratorStateSerializer;
import io.github.vidicenter.flink.enumerator.ScanPlan;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;

/**
 * What large scans cost: exports, calls, minutes of the account's budget, bytes of state, and the
 * time that planning and checkpoints take. Plans without reading; no server is asked.
 */
public final class PlanningBenchmark {

    /** Measured by {@link SchedulingBenchmark}; two is the least. */
    private static final double CALLS_PER_EXPORT = 2.5;

    private static final LocalDateTime START = LocalDateTime.parse("2023-01-01T00:00");

    private PlanningBenchmark() {}

    public static void main(String[] args) throws IOException {
        System.out.println(
                "| scan | exports | calls | minutes of budget | state | split | checkpoint |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        plan("1,000 locations, a day of 5 m, backlog", 1_000, 1);
        for (int locations : new int[] {1_000, 10_000, 100_000}) {
            plan("%,d locations, a year of 5 m, backlog".formatted(locations), locations, 365);
        }
        LiveScan.main(args);
    }

    private static void plan(String what, int locations, int days) throws IOException {
        VidiCenterConfig config = config(locations, START.plusDays(days));
        Clock clock = Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);
        ScanPlan plan = ScanPlan.begin(config, clock);
        WindowGrid windows =
                config.windows(
                        START.toInstant(ZoneOffset.UTC).toEpochMilli(),
                        START.plusDays(days).toInstant(ZoneOffset.UTC).toEpochMilli());
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        int exports = 0;
        int checkpoints = 0;
        int largestState = 0;
        long planning = 0;
        long checkpointing = 0;
        while (true) {
            long begin = System.nanoTime();
            Optional<ExportSplit> split = plan.next(1);
            planning += System.nanoTime() - begin;
            if (split.isEmpty()) {
                break;
            }
            ExportPart part = split.get().parts().get(0);
            long cells = part.cells(windows);
            plan.learn(new ExportRead(cells, cells, 10_000));
            if (exports++ % 100 == 0) {
                begin = System.nanoTime();
                int bytes = serializer.serialize(plan.snapshot(List.of(), Set.of())).length;
                checkpointing += System.nanoTime() - begin;
                checkpoints++;
                largestState = Math.max(largestState, bytes);
            }
        }
        System.out.printf(
                "| %s | %,d | %,.0f | %,.1f | %,d KiB | %,d µs | %.1f ms |%n",
                what,
                exports,
                exports * CALLS_PER_EXPORT,
                exports * CALLS_PER_EXPORT / config.quota().requestsPerMinute(),
                (largestState + 1023) / 1024,
                planning / exports / 1_000,
                checkpointing / 1e6 / checkpoints);
    }

    static VidiCenterConfig config(int locations, LocalDateTime end) {
        String ids =
                LongStream.range(0, locations)
                        .mapToObj(i -> String.valueOf(100_000 + i))
                        .collect(Collectors.joining(","));
        return ConfigReader.read(
                Configuration.fromMap(
                        Map.of(
                                "username", "me",
                                "token", "none",
                                "data-type", "viewers",
                                "time-resolution", "5m",
                                "locations", ids,
                                "scan.start", START + ":00",
                                "scan.end", end + ":00")),
                false);
    }
}
