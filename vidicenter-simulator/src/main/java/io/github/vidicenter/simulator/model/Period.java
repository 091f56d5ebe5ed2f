package io.github.vidicenter.simulator.model;

import java.util.stream.Stream;

/**
 * The time that is asked for, cut into buckets. A bucket belongs to it when it overlaps it, so with
 * an inclusive end the bucket that starts there does, as in the API document's example of vehicles
 * and footfall.
 *
 * @param start inclusive; local time in seconds as if UTC
 * @param endExclusive one second after an inclusive end
 */
public record Period(
        long start, long endExclusive, Resolution resolution, long firstBucket, long buckets) {

    public static Period of(
            long start, long endExclusive, Resolution resolution, boolean mondayWeeks) {
        long first = resolution.firstBucket(start, mondayWeeks);
        return new Period(
                start, endExclusive, resolution, first, count(resolution, first, endExclusive));
    }

    private static long count(Resolution resolution, long first, long endExclusive) {
        if (resolution == Resolution.MONTH) {
            return Stream.iterate(0L, i -> i + 1)
                    .takeWhile(i -> resolution.bucket(first, i) < endExclusive)
                    .count();
        }
        return Math.max(0, -Math.floorDiv(first - endExclusive, resolution.bucket(0, 1)));
    }

    public long bucketStart(long index) {
        return resolution.bucket(firstBucket, index);
    }

    public long bucketEnd(long index) {
        return resolution.bucket(firstBucket, index + 1);
    }

    public boolean holds(long time) {
        return start <= time && time < endExclusive;
    }

    /** Whether all of a segment of five minutes is asked for. */
    public boolean holdsSegment(long segment) {
        return start <= segment && segment + Resolution.SEGMENT <= endExclusive;
    }
}
