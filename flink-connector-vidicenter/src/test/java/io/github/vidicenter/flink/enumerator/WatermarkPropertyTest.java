package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.SimulatedData.Place;
import io.github.vidicenter.flink.window.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Over random locations, windows, parallelism, checkpoints, failures, rescalings, late uploads and
 * clocks that are set forward and back: no watermark comes before a row that it speaks of, each row
 * comes once, each watermark comes within a second after all is there, and refreshes bring in what
 * was uploaded late. {@code -Dwatermark.seed=…} repeats what a failure names, {@code
 * -Dwatermark.jobs=…} runs so many.
 */
class WatermarkPropertyTest {

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00");

    /** A window and its delay. */
    private static final Duration LAG = Duration.ofHours(1).plusMinutes(6);

    @Test
    void watermarksAreFactsAndRowsComeOnce() {
        check("bounded", 3_000, WatermarkPropertyTest::runToTheEnd);
    }

    @Test
    void refreshesBringInLateUploads() {
        check("refreshed", 500, WatermarkPropertyTest::runWithRefreshes);
    }

    @Test
    void whatWaitsForUploadsComesOnceAndNoWatermarkBeforeIt() {
        check("awaiting", 500, WatermarkPropertyTest::runWithUploads);
    }

    private static void check(String what, int usual, Function<Random, SimulatedJob> run) {
        long first = Long.getLong("watermark.seed", System.nanoTime());
        int jobs =
                Long.getLong("watermark.seed") == null
                        ? Integer.getInteger("watermark.jobs", usual)
                        : 1;
        long restarts = 0;
        long watermarks = 0;
        long rows = 0;
        long jumps = 0;
        for (long seed = first; seed < first + jobs; seed++) {
            try {
                SimulatedJob job = run.apply(new Random(seed));
                restarts += job.restarts;
                watermarks += job.watermarks;
                rows += job.emitted().size();
                jumps += job.clock.jumps;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "with -Dwatermark.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
        System.out.printf(
                "WatermarkPropertyTest: %d %s jobs from seed %d, %d restarts, %d jumps of the clock,"
                        + " %d rows, %d watermarks checked%n",
                jobs, what, first, restarts, jumps, rows, watermarks);
        assertThat(watermarks).isGreaterThan(jobs);
    }

    private static SimulatedJob runToTheEnd(Random random) {
        int hours = 1 + random.nextInt(6);
        VidiCenterConfig config =
                options(random).with("scan.end", START.plusHours(hours).toString()).read();
        SimulatedJob job = job(config, START.plusHours(random.nextInt(hours + 2)), random);
        for (int steps = random.nextInt(600); steps > 0 && !job.isOver(); steps--) {
            job.step();
        }
        job.clock.pass(Duration.ofHours(hours + 1));
        job.settle();
        assertWhole(job, hours);
        return job;
    }

    private static SimulatedJob runWithUploads(Random random) {
        int hours = 1 + random.nextInt(6);
        VidiCenterConfig config =
                options(random)
                        .with("scan.end", START.plusHours(hours).toString())
                        .with("scan.window.upload-timeout", "40 min")
                        .read();
        SimulatedJob job = job(config, START.plusHours(random.nextInt(hours + 2)), random);
        for (int steps = random.nextInt(1_000); steps > 0 && !job.isOver(); steps--) {
            job.step();
        }
        job.settle(Duration.ofHours(hours + 2));
        assertWhole(job, hours);
        return job;
    }

    private static void assertWhole(SimulatedJob job, int hours) {
        assertThat(job.emitted())
                .extracting(SimulatedReader.Row::place)
                .containsExactlyInAnyOrderElementsOf(job.truth());
        assertThat(job.isOver()).as("told of the end").isTrue();
        for (int subtask = 0; subtask < job.parallelism(); subtask++) {
            assertThat(job.lastWatermark(subtask))
                    .isEqualTo(LocalTimes.toMillis(START.plusHours(hours)));
        }
    }

    private static SimulatedJob runWithRefreshes(Random random) {
        VidiCenterConfig config =
                options(random)
                        .with("scan.refresh.lookback", "10 d")
                        .with("scan.refresh.interval", "10 min")
                        .read();
        SimulatedJob job = job(config, START.plusHours(random.nextInt(8)), random);
        for (int steps = random.nextInt(1_000); steps > 0; steps--) {
            job.step();
        }
        job.settle(Duration.ofMinutes(45));

        long read = job.lastWatermark(0);
        assertThat(read).as("the last watermark").isGreaterThan(job.now() - LAG.toMillis());
        Map<Place, Integer> view = job.view();
        assertThat(job.data.places(LocalTimes.toMillis(START), read))
                .as("places, where updates of earlier rows lead to another value")
                .filteredOn(place -> !Objects.equals(view.get(place), job.data.value(place)))
                .isEmpty();
        return job;
    }

    private static SimulatedJob job(VidiCenterConfig config, LocalDateTime now, Random random) {
        List<Long> locations = config.selection().ids(Selection.Kind.LOCATIONS);
        Instant start = now.toInstant(ZoneOffset.UTC);
        return new SimulatedJob(
                config,
                new SimulatedData(locations, random),
                new JumpingClock(start, random),
                random,
                1 + random.nextInt(4));
    }

    private static OptionsOf options(Random random) {
        return OptionsOf.viewers()
                .with(
                        "locations",
                        LongStream.rangeClosed(1, 1 + random.nextInt(4))
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(",")))
                .with("scan.start", START.toString())
                .with("scan.window.size", random.nextBoolean() ? "1 h" : "20 min")
                .with("scan.window.max-size", (1 + random.nextInt(3)) + " h")
                .with("scan.locations-per-export", String.valueOf(1 + random.nextInt(3)));
    }
}
