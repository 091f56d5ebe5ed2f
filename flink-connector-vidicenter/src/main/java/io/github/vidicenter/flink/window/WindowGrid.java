package io.github.vidicenter.flink.window;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Cuts the scan's time into incremental windows that never cut a bucket of the time resolution.
 * Pure arithmetic on local times; see {@link LocalTimes}.
 *
 * <ul>
 *   <li>{@code finest} to {@code 1d}: multiples of the window size, counted anew from each
 *       midnight, or, where the size is longer than a day, from the midnight of the scan's first
 *       day;
 *   <li>{@code 7d}, {@code 30d}: multiples of the window size from the start of the scan;
 *   <li>{@code 1M}: calendar months.
 * </ul>
 *
 * The first and the last window may be shorter, where the scan begins or ends within one.
 */
public final class WindowGrid implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final TimeResolution resolution;
    private final long size;
    private final long start;
    private final long end;

    private WindowGrid(TimeResolution resolution, long size, long start, long end) {
        this.resolution = resolution;
        this.size = size;
        this.start = start;
        this.end = end;
    }

    /**
     * @param size window length; null for {@code 1M}, where a window is a month
     * @param start inclusive
     * @param end exclusive; null: none
     */
    public static WindowGrid of(
            TimeResolution resolution, Duration size, LocalDateTime start, LocalDateTime end) {
        return new WindowGrid(
                resolution,
                resolution == TimeResolution.MONTH ? 0 : size.toMillis(),
                toMillis(start),
                end == null ? Long.MAX_VALUE : Math.max(toMillis(start), toMillis(end)));
    }

    /**
     * The start of the window that {@code time} lies in, in a scan that begins there: where {@code
     * scan.start} is {@code now} or a distance from it.
     */
    public static LocalDateTime startAt(
            TimeResolution resolution, Duration size, LocalDateTime time) {
        LocalDateTime midnight = time.truncatedTo(ChronoUnit.DAYS);
        if (resolution == TimeResolution.MONTH) {
            return midnight.withDayOfMonth(1);
        }
        if (!resolution.alignsToMidnight()) {
            return midnight;
        }
        return fromMillis(WindowGrid.of(resolution, size, midnight, null).startOf(toMillis(time)));
    }

    /** The last edge of a bucket at or before {@code time}, in a scan that begins at start. */
    public static LocalDateTime bucketEdge(
            TimeResolution resolution, LocalDateTime start, LocalDateTime time) {
        if (resolution == TimeResolution.MONTH) {
            return time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        }
        long bucket = resolution.bucket().orElseThrow().toMillis();
        long anchor =
                resolution.alignsToMidnight()
                        ? toMillis(time.truncatedTo(ChronoUnit.DAYS))
                        : toMillis(start);
        return fromMillis(anchor + Math.floorDiv(toMillis(time) - anchor, bucket) * bucket);
    }

    /** The last edge of a bucket at or before {@code time}. */
    public LocalDateTime bucketEdge(LocalDateTime time) {
        return bucketEdge(resolution, fromMillis(start), time);
    }

    /** Start of the scan, inclusive. */
    public long start() {
        return start;
    }

    /** End of the scan, exclusive; {@link Long#MAX_VALUE} where it has none. */
    public long end() {
        return end;
    }

    public boolean isBounded() {
        return end != Long.MAX_VALUE;
    }

    /** Start, inclusive, of the window that holds {@code time}. */
    public long startOf(long time) {
        return Math.max(start, unclippedStart(time));
    }

    /** End, exclusive, of the window that holds {@code time}. */
    public long endOf(long time) {
        long windowStart = unclippedStart(time);
        if (resolution == TimeResolution.MONTH) {
            return Math.min(end, toMillis(fromMillis(windowStart).plusMonths(1)));
        }
        long windowEnd = windowStart + size;
        if (resolution.alignsToMidnight() && size < DAY) {
            windowEnd = Math.min(windowEnd, Math.floorDiv(windowStart, DAY) * DAY + DAY);
        }
        return Math.min(end, windowEnd);
    }

    /**
     * Whether a bucket of the server starts in none of the windows of {@code 7d}, {@code 30d} and
     * {@code 1M}: the server then counts its buckets from another day than the scan does. One that
     * starts just at the scan's end is no sign of that.
     */
    public boolean leavesOut(long bucketStart) {
        return !resolution.alignsToMidnight() && (bucketStart < start || bucketStart > end);
    }

    /** How many windows lie in [from, to), both on edges of windows. */
    public long count(long from, long to) {
        if (from >= to) {
            return 0;
        }
        if (resolution == TimeResolution.MONTH) {
            return ChronoUnit.MONTHS.between(
                    LocalDate.from(fromMillis(from)).withDayOfMonth(1),
                    LocalDate.from(fromMillis(endOf(to - 1))).plusDays(1).withDayOfMonth(1));
        }
        if (resolution.alignsToMidnight() && size < DAY) {
            long perDay = (DAY + size - 1) / size;
            long firstDay = Math.floorDiv(from, DAY);
            long lastDay = Math.floorDiv(to - 1, DAY);
            long first = Math.floorMod(from, DAY) / size;
            long last = Math.floorMod(to - 1, DAY) / size;
            return (lastDay - firstDay) * perDay + last - first + 1;
        }
        return (unclippedStart(to - 1) - unclippedStart(from)) / size + 1;
    }

    /** How many buckets of the time resolution lie in [from, to); seconds, for raw exports. */
    public long buckets(long from, long to) {
        return resolution
                .bucket()
                .map(bucket -> (to - from) / bucket.toMillis())
                .orElseGet(() -> count(from, to));
    }

    private long unclippedStart(long time) {
        if (resolution == TimeResolution.MONTH) {
            return toMillis(fromMillis(time).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1));
        }
        long anchor;
        if (!resolution.alignsToMidnight()) {
            anchor = start;
        } else if (size < DAY) {
            anchor = Math.floorDiv(time, DAY) * DAY;
        } else {
            anchor = Math.floorDiv(start, DAY) * DAY;
        }
        return anchor + Math.floorDiv(time - anchor, size) * size;
    }
}
