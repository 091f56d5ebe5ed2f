package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.LocalTimes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Over random locations, windows, parallelism, checkpoints, failures and rescalings: no watermark
 * comes before a row that it speaks of, each row comes once, and each watermark comes as soon as
 * all is there.
 */
class WatermarkPropertyTest {

    private static final int JOBS = 3_000;
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);
    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00");

    @Test
    void watermarksAreFactsAndRowsComeOnce() {
        long first = Long.getLong("watermark.seed", System.nanoTime());
        int jobs = Long.getLong("watermark.seed") == null ? JOBS : 1;
        long restarts = 0;
        long watermarks = 0;
        for (long seed = first; seed < first + jobs; seed++) {
            try {
                SimulatedJob job = run(new Random(seed));
                restarts += job.restarts;
                watermarks += job.watermarks;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dwatermark.seed=" + seed, e);
            }
        }
        System.out.printf(
                "WatermarkPropertyTest: %d jobs from seed %d, %d restarts, %d watermarks checked%n",
                jobs, first, restarts, watermarks);
        assertThat(watermarks).isGreaterThan(jobs);
    }

    private static SimulatedJob run(Random random) {
        int hours = 1 + random.nextInt(6);
        VidiCenterConfig config = config(random, hours);
        SimulatedJob job = new SimulatedJob(config, CLOCK, random, 1 + random.nextInt(4));
        for (int steps = random.nextInt(600); steps > 0 && !job.isOver(); steps--) {
            job.step();
        }
        job.settle();

        assertThat(job.emitted())
                .containsExactlyInAnyOrderElementsOf(SimulatedReader.truth(config));
        assertThat(job.isOver()).as("told of the end").isTrue();
        for (int subtask = 0; subtask < job.parallelism(); subtask++) {
            assertThat(job.lastWatermark(subtask))
                    .isEqualTo(LocalTimes.toMillis(START.plusHours(hours)));
        }
        return job;
    }

    private static VidiCenterConfig config(Random random, int hours) {
        return OptionsOf.viewers()
                .with(
                        "locations",
                        LongStream.rangeClosed(1, 1 + random.nextInt(4))
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(",")))
                .with("scan.start", START.toString())
                .with("scan.end", START.plusHours(hours).toString())
                .with("scan.window.size", random.nextBoolean() ? "1 h" : "20 min")
                .with("scan.window.max-size", (1 + random.nextInt(3)) + " h")
                .with("scan.locations-per-export", String.valueOf(1 + random.nextInt(3)))
                .read();
    }
}
