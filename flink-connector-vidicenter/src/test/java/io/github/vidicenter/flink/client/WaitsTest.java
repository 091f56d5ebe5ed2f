package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static Waits waits(DoubleSupplier random) {
        return new Waits(
                new ExportProtocol.Policy(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(30),
                        5,
                        false,
                        false),
                random);
    }

    private static long[] polls(int count, long expectedBuildMillis) {
        return IntStream.range(0, count)
                .mapToLong(poll -> waits(() -> 0).poll(poll, expectedBuildMillis))
                .toArray();
    }

    private static ExportProgress progress(int attempts, int callFailures, int throttles) {
        return new ExportProgress(
                true,
                attempts,
                callFailures,
                throttles,
                ExportProgress.Rebuild.NONE,
                null,
                0,
                0,
                false);
    }

    @Test
    void polls_grow_from_the_least_interval_to_the_longest() {
        assertThat(polls(10, 0))
                .containsExactly(1000, 1500, 2250, 3375, 5062, 7593, 11390, 17085, 25628, 30000);
    }

    @Test
    void the_first_poll_comes_when_the_export_is_likely_ready() {
        assertThat(polls(4, 20_000)).containsExactly(20000, 7500, 11250, 16875);
        assertThat(polls(2, 1)).containsExactly(1000, 1500);
        assertThat(polls(2, 3_600_000)).containsExactly(30000, 30000);
    }

    @Test
    void repeated_calls_and_attempts_back_off_with_jitter() {
        assertThat(waits(() -> 0).broken(progress(0, 1, 0))).isEqualTo(500);
        assertThat(waits(() -> 1).broken(progress(0, 1, 0))).isEqualTo(1000);
        assertThat(waits(() -> 1).broken(progress(0, 3, 0))).isEqualTo(4000);
        assertThat(waits(() -> 1).broken(progress(0, 1000, 0))).isEqualTo(30000);
        assertThat(waits(() -> 1).attempt(progress(2, 0, 0))).isEqualTo(2000);
    }

    @Test
    void throttled_calls_wait_as_told_or_back_off_up_to_a_minute() {
        assertThat(waits(() -> 1).throttled(progress(0, 0, 0), Duration.ofSeconds(7)))
                .isEqualTo(7000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 0), null)).isEqualTo(1000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 4), null)).isEqualTo(16000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 1000), null)).isEqualTo(60000);
    }
}
