package io.github.vidicenter.flink.config;

import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The option {@code simulation.clock}: a clock that starts at {@code start} when the job first
 * starts and runs {@code factor} times as fast as the wall clock.
 *
 * @param start in the data's local time
 */
public record SimulationClock(LocalDateTime start, double factor) implements Serializable {

    /**
     * @param elapsed wall time since the job first started
     */
    public LocalDateTime now(Duration elapsed) {
        return start.plusNanos((long) (elapsed.toNanos() * factor));
    }
}
