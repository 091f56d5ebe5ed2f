package io.github.vidicenter.flink.enumerator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * A JobManager's wall clock that is set forward and back, by up to six hours, also between two
 * looks at it; and the time that passes meanwhile.
 */
final class JumpingClock extends Clock {

    private static final int HOURS = 6;

    /** One look in so many finds the clock set anew. */
    private static final int LOOKS = 40;

    private final Random random;
    private Instant truth;
    private Duration offset = Duration.ZERO;
    private boolean steady = true;
    int jumps;

    JumpingClock(Instant start, Random random) {
        this.truth = start;
        this.random = random;
    }

    /** Right from now on, or no more. */
    void steady(boolean now) {
        steady = now;
        if (now) {
            offset = Duration.ZERO;
        }
    }

    void pass(Duration time) {
        truth = truth.plus(time);
    }

    void jump() {
        jumps++;
        offset = Duration.ofSeconds(random.nextInt(-HOURS * 3_600, HOURS * 3_600));
    }

    /** What other machines' clocks show. */
    Instant truth() {
        return truth;
    }

    @Override
    public Instant instant() {
        if (!steady && random.nextInt(LOOKS) == 0) {
            jump();
        }
        return truth.plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
