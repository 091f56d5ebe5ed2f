package io.github.vidicenter.flink.quota;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the account rests after a 429: as long as the server asked, else exponentially longer
 * each time, with jitter, until an answer comes through.
 */
final class Throttle {

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private long pausedUntil;
    private boolean paused;
    private int inARow;

    boolean isPaused(long now) {
        paused = paused && pausedUntil - now > 0;
        return paused;
    }

    void pause(long retryAfterMillis, long now) {
        long pause =
                retryAfterMillis >= 0
                        ? Duration.ofMillis(retryAfterMillis).toNanos()
                        : Math.min(LONGEST, FIRST << Math.min(inARow, 6));
        // Jitter, so that several jobs of the account don't come back at the same moment.
        pause += ThreadLocalRandom.current().nextLong(pause / 4 + 1);
        inARow++;
        pausedUntil = isPaused(now) ? Math.max(pausedUntil, now + pause) : now + pause;
        paused = true;
    }

    void calm() {
        inARow = 0;
    }
}
