package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleSupplier;
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
    void pollsKeepToTheirBounds() {
        assertThat(waits(() -> 0).poll(0)).isEqualTo(1000);
        assertThat(waits(() -> 0).poll(20_000)).isEqualTo(20_000);
        assertThat(waits(() -> 0).poll(3_600_000)).isEqualTo(30_000);
    }

    @Test
    void repeatedCallsAndAttemptsBackOffWithJitter() {
        assertThat(waits(() -> 0).broken(progress(0, 1, 0))).isEqualTo(500);
        assertThat(waits(() -> 1).broken(progress(0, 1, 0))).isEqualTo(1000);
        assertThat(waits(() -> 1).broken(progress(0, 3, 0))).isEqualTo(4000);
        assertThat(waits(() -> 1).broken(progress(0, 1000, 0))).isEqualTo(30000);
        assertThat(waits(() -> 1).attempt(progress(2, 0, 0))).isEqualTo(2000);
    }

    @Test
    void throttledCallsWaitAsToldOrBackOffUpToAMinute() {
        assertThat(waits(() -> 1).throttled(progress(0, 0, 0), Duration.ofSeconds(7)))
                .isEqualTo(7000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 0), null)).isEqualTo(1000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 4), null)).isEqualTo(16000);
        assertThat(waits(() -> 1).throttled(progress(0, 0, 1000), null)).isEqualTo(60000);
    }
}
