package io.github.vidicenter.flink.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Instants as local times of a zone. Where clocks are put forward or back an instant has no single
 * local time that is later than those of all instants before it, so bounds are as wide as the jump.
 */
public final class LocalInstants {

    private static final Duration NEAR = Duration.ofDays(1);

    private LocalInstants() {}

    /** No local time before this one stands for {@code instant} or a later one. */
    public static LocalDateTime earliest(Instant instant, ZoneId zone) {
        return LocalDateTime.ofInstant(instant, zone).minus(jumpAt(instant, zone));
    }

    /** No local time after this one stands for {@code instant} or an earlier one. */
    public static LocalDateTime latest(Instant instant, ZoneId zone) {
        return LocalDateTime.ofInstant(instant, zone).plus(jumpAt(instant, zone));
    }

    private static Duration jumpAt(Instant instant, ZoneId zone) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant.minus(NEAR));
        return next == null || next.getInstant().isAfter(instant.plus(NEAR))
                ? Duration.ZERO
                : next.getDuration().abs();
    }
}
