package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** What time it is where the data comes from, and which windows are due. */
interface ScanClock {

    /** Now, in the data's zone. */
    LocalDateTime now();

    /** Whether the local times before {@code end} are over for at least {@code delay}. */
    boolean isDue(long end, Duration delay);

    /**
     * @param origin when the job first started: where a simulated clock began to run
     */
    static ScanClock of(VidiCenterConfig.Scan scan, Instant origin, Clock wallClock) {
        if (scan.clock() != null) {
            return new Simulated(scan, origin, wallClock);
        }
        return new Zoned(scan.zone(), wallClock);
    }

    /** The wall clock, read through the zone of the data. */
    record Zoned(ZoneId zone, Clock wallClock) implements ScanClock {

        @Override
        public LocalDateTime now() {
            return LocalDateTime.ofInstant(wallClock.instant(), zone);
        }

        @Override
        public boolean isDue(long end, Duration delay) {
            return !wallClock.instant().isBefore(over(end).plus(delay));
        }

        /** An hour that comes twice is over when its second time is; one left out, at once. */
        private Instant over(long end) {
            LocalDateTime last = fromMillis(end - 1);
            ZoneOffsetTransition transition = zone.getRules().getTransition(last);
            return transition != null && transition.isGap()
                    ? transition.getInstant()
                    : last.atZone(zone).withLaterOffsetAtOverlap().toInstant().plusMillis(1);
        }
    }

    /** The option {@code simulation.clock}. */
    record Simulated(VidiCenterConfig.Scan scan, Instant origin, Clock wallClock)
            implements ScanClock {

        @Override
        public LocalDateTime now() {
            return scan.clock().now(Duration.between(origin, wallClock.instant()));
        }

        @Override
        public boolean isDue(long end, Duration delay) {
            return toMillis(now()) >= end + delay.toMillis();
        }
    }
}
