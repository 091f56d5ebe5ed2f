package io.github.vidicenter.simulator.model;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Values of {@code time_resolution}. Times are local, in seconds since 1970 as if UTC.
 *
 * <p>All data is made in segments of five minutes, which is also the length of a bucket of {@code
 * finest}: there it only says in what portions events are made.
 */
public enum Resolution {
    FINEST("finest", 300),
    M5("5m", 300),
    M10("10m", 600),
    M15("15m", 900),
    M30("30m", 1800),
    H1("1h", 3600),
    D1("1d", 86_400),
    D7("7d", 7 * 86_400),
    D30("30d", 30 * 86_400),
    MONTH("1M", 0);

    public static final long SEGMENT = 300;
    public static final Set<Resolution> AGGREGATED = EnumSet.complementOf(EnumSet.of(FINEST));

    private final String value;
    private final long seconds;

    Resolution(String value, long seconds) {
        this.value = value;
        this.seconds = seconds;
    }

    public static Optional<Resolution> of(String value) {
        return Arrays.stream(values()).filter(r -> r.value.equals(value)).findFirst();
    }

    public String value() {
        return value;
    }

    /**
     * The start of the bucket that holds an export's start, from which its buckets are counted:
     * {@code 7d} and {@code 30d} from that day's midnight.
     *
     * @param mondayWeeks whether {@code 7d} starts on Mondays instead
     */
    public long firstBucket(long start, boolean mondayWeeks) {
        return switch (this) {
            case MONTH -> seconds(dateTime(midnight(start)).withDayOfMonth(1));
            case D7 ->
                    mondayWeeks
                            ? seconds(
                                    dateTime(midnight(start))
                                            .with(
                                                    TemporalAdjusters.previousOrSame(
                                                            DayOfWeek.MONDAY)))
                            : midnight(start);
            case D30 -> midnight(start);
            default -> start - Math.floorMod(start, seconds);
        };
    }

    /** The start of the {@code index}-th bucket after the first. */
    public long bucket(long first, long index) {
        return this == MONTH ? seconds(dateTime(first).plusMonths(index)) : first + index * seconds;
    }

    public static long seconds(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC);
    }

    public static LocalDateTime dateTime(long seconds) {
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    }

    private static long midnight(long time) {
        return time - Math.floorMod(time, 86_400L);
    }
}
