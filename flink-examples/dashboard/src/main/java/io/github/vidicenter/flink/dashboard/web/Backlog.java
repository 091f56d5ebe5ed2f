package io.github.vidicenter.flink.dashboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** How far the windows that are due have been read, and how long the rest may take. */
final class Backlog {

    /** The pace is that of the last minute: exports are of very different sizes. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private record Reading(Instant at, LocalDateTime complete, LocalDateTime due) {

        Duration behind() {
            return Duration.between(complete, due);
        }
    }

    /**
     * @param waiting windows that are due and not read
     * @param due all of them, since the first reading
     * @param secondsLeft null while it can't be told, or if nothing is left
     */
    record Progress(long waiting, long due, Long secondsLeft) {}

    private final Duration window;
    private final Duration delay;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private LocalDateTime start;

    /**
     * @param delay how long after its end a window is due
     */
    Backlog(Duration window, Duration delay) {
        this.window = window;
        this.delay = delay;
    }

    /**
     * @param at on the wall clock
     * @param complete up to when all is read, local time
     * @param now local time, which may pass faster than the wall clock
     */
    Progress read(Instant at, LocalDateTime complete, LocalDateTime now) {
        if (start == null || complete.isBefore(start)) {
            start = complete;
        }
        LocalDateTime due = lastDue(now);
        if (due.isBefore(complete)) {
            due = complete;
        }
        Reading latest = new Reading(at, complete, due);
        readings.addLast(latest);
        while (readings.size() > 2 && readings.peekFirst().at().isBefore(at.minus(MEMORY))) {
            readings.removeFirst();
        }
        return new Progress(
                windows(latest.behind()),
                windows(Duration.between(start, due)),
                secondsLeft(readings.peekFirst(), latest));
    }

    /** The end of the last window that is due. Windows are counted from midnight. */
    private LocalDateTime lastDue(LocalDateTime now) {
        LocalDateTime time = now.minus(delay);
        Duration sinceMidnight = Duration.between(time.toLocalDate().atStartOfDay(), time);
        return time.toLocalDate()
                .atStartOfDay()
                .plus(window.multipliedBy(sinceMidnight.dividedBy(window)));
    }

    private long windows(Duration time) {
        return time.dividedBy(window);
    }

    /** New windows come due meanwhile, so what counts is how fast the distance shrinks. */
    private static Long secondsLeft(Reading first, Reading latest) {
        Duration shrunk = first.behind().minus(latest.behind());
        if (latest.behind().isZero() || shrunk.isNegative() || shrunk.isZero()) {
            return null;
        }
        double seconds = Duration.between(first.at(), latest.at()).toMillis() / 1000.0;
        return Math.round(seconds * latest.behind().toMillis() / shrunk.toMillis());
    }
}
