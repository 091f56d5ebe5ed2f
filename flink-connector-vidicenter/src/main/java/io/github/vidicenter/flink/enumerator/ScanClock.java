package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.Supplier;

/** What time it is where the data comes from, and which windows are due. */
interface ScanClock {

    /** Now, in the data's zone. */
    LocalDateTime now();

    Instant instant();

    /** What this clock showed at a time of the wall clock, when the job first started. */
    default Instant origin(Instant jobStart) {
        return jobStart;
    }

    /** Whether the local times before {@code end} are over everywhere since {@code delay}. */
    boolean isDue(long end, Duration delay);

    /** The same at a location, where each has its own offset. */
    default boolean isDue(long end, Duration delay, ZoneOffset offset) {
        return isDue(end, delay);
    }

    /**
     * When the local times before {@code end} are over.
     *
     * @param offset of the location, where each has its own
     */
    Instant over(long end, ZoneOffset offset);

    /**
     * @param origin when the job first started: where a simulated clock began to run
     * @param slowest where {@code time-zone} is {@code location}: the offset of the location where
     *     it is earliest
     */
    static ScanClock of(
            VidiCenterConfig.Scan scan,
            Instant origin,
            Clock wallClock,
            Supplier<ZoneOffset> slowest) {
        if (scan.zone() == null) {
            InstantSource base =
                    scan.clock() == null
                            ? wallClock
                            : () ->
                                    scan.clock()
                                            .now(Duration.between(origin, wallClock.instant()))
                                            .toInstant(ZoneOffset.UTC);
            return new OfLocations(base, slowest);
        }
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
        public Instant instant() {
            return wallClock.instant();
        }

        @Override
        public boolean isDue(long end, Duration delay) {
            return !wallClock.instant().isBefore(over(end, null).plus(delay));
        }

        /** An hour that comes twice is over when its second time is; one left out, at once. */
        @Override
        public Instant over(long end, ZoneOffset offset) {
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
        public Instant instant() {
            return now().atZone(scan.zone()).toInstant();
        }

        @Override
        public boolean isDue(long end, Duration delay) {
            return toMillis(now()) >= end + delay.toMillis();
        }

        @Override
        public Instant origin(Instant jobStart) {
            return scan.clock().start().atZone(scan.zone()).toInstant();
        }

        @Override
        public Instant over(long end, ZoneOffset offset) {
            return fromMillis(end).atZone(scan.zone()).toInstant();
        }
    }

    /** Each location's own offset. A window is over everywhere when it is where it is earliest. */
    record OfLocations(InstantSource base, Supplier<ZoneOffset> slowest) implements ScanClock {

        @Override
        public LocalDateTime now() {
            return LocalDateTime.ofInstant(base.instant(), slowest.get());
        }

        @Override
        public Instant instant() {
            return base.instant();
        }

        @Override
        public boolean isDue(long end, Duration delay) {
            return isDue(end, delay, slowest.get());
        }

        @Override
        public boolean isDue(long end, Duration delay, ZoneOffset offset) {
            return !base.instant().isBefore(over(end, offset).plus(delay));
        }

        @Override
        public Instant over(long end, ZoneOffset offset) {
            return fromMillis(end).toInstant(offset == null ? ZoneOffset.UTC : offset);
        }
    }
}
