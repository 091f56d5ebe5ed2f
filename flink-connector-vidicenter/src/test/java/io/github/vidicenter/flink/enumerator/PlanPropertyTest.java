package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole plans of random scans, on a clock that jumps, with restores in between and exports of a
 * size of their own: each (id, window) comes once and in order, no bucket is cut, and no export is
 * larger than it may be.
 */
class PlanPropertyTest {

    private static final int SCANS = 150;
    private static final LocalDateTime START = LocalDateTime.parse("2024-03-01T00:00");
    private static final List<String> RESOLUTIONS =
            List.of("finest", "5m", "15m", "1h", "1d", "7d", "1M");

    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
    private int restores;
    private long exports;

    @Test
    void everyIdAndWindowComesOnceInOrderWithinAllLimits() throws IOException {
        long first = Long.getLong("plan.seed", System.nanoTime());
        int scans = Long.getLong("plan.seed") == null ? SCANS : 1;
        for (long seed = first; seed < first + scans; seed++) {
            try {
                plan(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dplan.seed=" + seed, e);
            }
        }
        System.out.printf(
                "PlanPropertyTest: %d scans from seed %d, %d exports, %d restores%n",
                scans, first, exports, restores);
        assertThat(restores).isGreaterThanOrEqualTo(scans / 2);
    }

    private void plan(Random random) throws IOException {
        MovingClock clock = new MovingClock();
        VidiCenterConfig config = config(random);
        long rowsPerThousandCells = 1 + random.nextInt(30_000);
        boolean aggregated = config.kind().resolution().isAggregated();
        long maxRows = aggregated ? ExportSize.MAX_AGGREGATED_ROWS : ExportSize.MAX_RAW_ROWS;
        Selection.Kind divided = DividedList.of(config);
        ScanPlan plan = ScanPlan.begin(config, clock);
        WindowGrid windows = config.windows(toMillis(START), toMillis(end(config)));
        Set<String> planned = new HashSet<>();
        long lastStart = Long.MIN_VALUE;
        boolean settled = false;
        long learned = 0;
        while (!plan.isDone()) {
            clock.now = clock.now.plus(Duration.ofMinutes(random.nextInt(100_000)));
            for (Optional<ExportSplit> next = plan.next(0.5);
                    next.isPresent();
                    next = plan.next(0.5)) {
                ExportPart part = next.get().parts().get(0);
                exports++;
                assertThat(part.start()).isGreaterThanOrEqualTo(lastStart);
                if (part.start() > lastStart) {
                    // Sizes are settled when a band begins.
                    settled = learned > 2_000_000;
                    lastStart = part.start();
                }
                checkSize(config, windows, part);
                for (long w = part.start(); w < part.end(); w = windows.endOf(w)) {
                    assertThat(windows.startOf(w)).as("starts on an edge").isEqualTo(w);
                    for (long id : divided == null ? List.of(0L) : part.selection().ids(divided)) {
                        assertThat(planned.add(id + "@" + w)).as("twice: %d@%d", id, w).isTrue();
                    }
                }
                assertThat(windows.endOf(part.end() - 1)).isEqualTo(part.end());
                long cells = part.cells(windows);
                long rows = cells * rowsPerThousandCells / 1_000;
                // Once the exports' size is known, none passes the server's limit.
                if (settled && windows.endOf(part.start()) < part.end()) {
                    assertThat(rows).isLessThanOrEqualTo(maxRows);
                }
                plan.learn(new ExportRead(cells, rows, random.nextInt(60_000)));
                learned += cells;
            }
            if (random.nextBoolean()) {
                restores++;
                EnumeratorState state = plan.snapshot(List.of(), Set.of());
                byte[] bytes = serializer.serialize(state);
                plan = ScanPlan.resume(config, serializer.deserialize(1, bytes), clock);
            }
        }
        long ids = divided == null ? 1 : config.selection().ids(divided).size();
        assertThat((long) planned.size())
                .isEqualTo(ids * windows.count(windows.start(), windows.end()));
    }

    private static void checkSize(VidiCenterConfig config, WindowGrid windows, ExportPart part) {
        String query = part.request(config.kind()).canonicalQuery();
        boolean severalWindows = windows.endOf(part.start()) < part.end();
        if (severalWindows) {
            assertThat(part.end() - part.start())
                    .isLessThanOrEqualTo(config.scan().windowMaxSize().toMillis());
        }
        Selection.Kind divided = DividedList.of(config);
        if (divided == null) {
            assertThat(part.selection()).as("stays whole").isEqualTo(config.selection());
            return;
        }
        int ids = part.selection().ids(divided).size();
        if (config.scan().locationsPerExport() > 0) {
            assertThat(ids).isLessThanOrEqualTo(config.scan().locationsPerExport());
        }
        if (ids > 1) {
            assertThat(query.length()).as("length of the URL").isLessThan(ExportSize.MAX_URL);
        }
    }

    private static LocalDateTime end(VidiCenterConfig config) {
        return config.scan().end().resolve(null);
    }

    private static VidiCenterConfig config(Random random) {
        String resolution = RESOLUTIONS.get(random.nextInt(RESOLUTIONS.size()));
        boolean whole = Set.of("7d", "1M").contains(resolution);
        int days = 1 + random.nextInt(40);
        LocalDateTime end =
                switch (resolution) {
                    case "7d" -> START.plusDays(7L * (1 + days / 7));
                    case "1M" -> LocalDate.from(START).plusMonths(1 + days % 12).atStartOfDay();
                    default -> START.plusDays(days);
                };
        OptionsOf options =
                OptionsOf.viewers()
                        .with("time-resolution", resolution)
                        .with("scan.start", START + ":00")
                        .with("scan.end", end + ":00")
                        .with("quota.requests-per-minute", "" + (1 + random.nextInt(60)));
        if (!whole) {
            options.with("scan.window.size", resolution.equals("1d") ? "1 d" : "6 h")
                    .with("scan.window.max-size", (1 + random.nextInt(40 * 24)) + " h");
        }
        if (random.nextInt(3) == 0) {
            options.with("scan.locations-per-export", "" + (1 + random.nextInt(2_000)));
        }
        long base = random.nextBoolean() ? 1 : 1_000_000_000_000L;
        String ids =
                LongStream.range(0, random.nextInt(8) == 0 ? 1_500 : 1 + random.nextInt(12))
                        .mapToObj(i -> String.valueOf(base + i))
                        .collect(Collectors.joining(","));
        Map<Integer, String> selectors = Map.of(0, "sites", 1, "location-tags");
        String selector = selectors.getOrDefault(random.nextInt(6), "locations");
        return options.without("locations").with(selector, ids).read();
    }

    /** A clock that only goes when it is told to. */
    private static final class MovingClock extends Clock {
        private Instant now = START.toInstant(ZoneOffset.UTC);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
