package io.github.vidicenter.simulator;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;

/**
 * Now as the data sees it: runs {@code factor} times as fast as the simulator's own time.
 *
 * @param start what the clock shows when the simulator starts; UTC, so for a location with an
 *     offset its local time is that much later
 */
public record SimulatedClock(LocalDateTime start, double factor) {

    public SimulatedClock {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("the clock's factor must be positive: " + factor);
        }
    }

    /**
     * @param text {@code <start>/<factor>}, such as {@code 2024-03-04T00:00:00/1440}
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static SimulatedClock parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) {
                return new SimulatedClock(
                        LocalDateTime.parse(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            // Told below, with what is expected.
        }
        throw new IllegalArgumentException(
                "a clock is written <start>/<factor>, like 2024-03-04T00:00:00/1440, not: " + text);
    }

    public LocalDateTime now(Duration sinceStart) {
        return start.plusNanos((long) (sinceStart.toNanos() * factor));
    }
}
