package io.github.vidicenter.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * The simulator's own time, which limits, build times and the cache go by. It is not the time of
 * the data (see {@link SimulatedClock}).
 */
public interface RealTime {

    /** Nanoseconds since an arbitrary origin; never goes back. */
    long nanos();

    /** The same time as a date, for {@code creation_date}. */
    Instant instant();

    /** How long a duration of this time is on the clock of a client that is told to wait. */
    default Duration forClients(Duration duration) {
        return duration;
    }

    /** The machine's time. */
    static RealTime system() {
        return accelerated(1);
    }

    /**
     * The machine's time, so many times as fast: an account's minute, a build and a day of cache
     * are over sooner.
     */
    static RealTime accelerated(int factor) {
        Instant origin = Instant.now();
        long originNanos = System.nanoTime();
        return new RealTime() {
            @Override
            public long nanos() {
                return (System.nanoTime() - originNanos) * factor;
            }

            @Override
            public Duration forClients(Duration duration) {
                return duration.dividedBy(factor);
            }

            @Override
            public Instant instant() {
                return origin.plusNanos(nanos());
            }
        };
    }
}
