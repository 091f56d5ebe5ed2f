package io.github.vidicenter.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Halves hold together what the part held, each row once. */
class PartCutterTest {

    private static final long HOUR = 3_600_000;
    private static final WindowGrid DAYS =
            WindowGrid.of(
                    TimeResolution.HOUR,
                    Duration.ofDays(1),
                    LocalDateTime.parse("2024-03-01T00:00"),
                    null);

    /** Parts begin and end on the edges of any buckets: conditions and restores cut windows. */
    @Test
    void twoWindowsOrMoreAreCutInTimeAtTheEdgeOfOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PartCutter cutter = new PartCutter(DAYS, Selection.Kind.LOCATIONS, 5);
        for (int i = 0; i < 10_000; i++) {
            long start = DAYS.start() + random.nextInt(100) * HOUR;
            long end = DAYS.endOf(start) + (1 + random.nextInt(100)) * HOUR;
            ExportPart whole = part(List.of(1L), start, end);

            List<ExportPart> halves = cutter.cut(whole);

            assertThat(halves).as("seed %d", seed).hasSize(2);
            long middle = halves.get(0).end();
            assertThat(halves.get(0).start()).as("seed %d", seed).isEqualTo(start);
            assertThat(halves.get(1).start()).as("seed %d", seed).isEqualTo(middle);
            assertThat(halves.get(1).end()).as("seed %d", seed).isEqualTo(end);
            assertThat(middle).as("seed %d", seed).isStrictlyBetween(start, end);
            assertThat(DAYS.startOf(middle)).as("seed %d", seed).isEqualTo(middle);
        }
    }

    @Test
    void severalIdsAreCutFirst() {
        PartCutter cutter = new PartCutter(DAYS, Selection.Kind.LOCATIONS, 5);
        ExportPart whole = part(List.of(1L, 2L, 3L), DAYS.start(), DAYS.start() + 72 * HOUR);

        assertThat(cutter.cut(whole))
                .allMatch(half -> half.start() == whole.start() && half.end() == whole.end())
                .extracting(half -> half.selection().locations())
                .containsExactly(List.of(1L), List.of(2L, 3L));
    }

    private static ExportPart part(List<Long> ids, long start, long end) {
        return ExportPart.toRead(Selection.of(Selection.Kind.LOCATIONS, ids), start, end, false);
    }
}
