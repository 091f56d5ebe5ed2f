package io.github.vidicenter.simulator;

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

    /** The machine's time. */
    static RealTime system() {
        Instant origin = Instant.now();
        long originNanos = System.nanoTime();
        return new RealTime() {
            @Override
            public long nanos() {
                return System.nanoTime() - originNanos;
            }

            @Override
            public Instant instant() {
                return origin.plusNanos(nanos());
            }
        };
    }
}
