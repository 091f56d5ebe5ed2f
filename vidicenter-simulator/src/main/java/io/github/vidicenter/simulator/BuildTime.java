package io.github.vidicenter.simulator;

import java.time.Duration;

/** How long an export takes to build: a base and a part that grows with its rows. */
public record BuildTime(Duration base, Duration perRow) {

    /** 200 ms and 2 µs a row. */
    public static final BuildTime DEFAULT =
            new BuildTime(Duration.ofMillis(200), Duration.ofNanos(2_000));

    /** Every export is finished at the second call. */
    public static final BuildTime NONE = new BuildTime(Duration.ZERO, Duration.ZERO);

    public static BuildTime of(Duration base) {
        return new BuildTime(base, Duration.ZERO);
    }

    public long nanos(long rows) {
        return base.toNanos() + perRow.toNanos() * rows;
    }
}
