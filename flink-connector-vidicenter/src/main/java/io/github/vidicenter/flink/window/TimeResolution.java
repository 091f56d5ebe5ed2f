package io.github.vidicenter.flink.window;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Values of {@code time_resolution} (API document, "Mandatory arguments"). */
public enum TimeResolution {
    /** Raw objects, not aggregated. */
    FINEST("finest", Duration.ofSeconds(1)),
    MINUTES_5("5m", Duration.ofMinutes(5)),
    MINUTES_10("10m", Duration.ofMinutes(10)),
    MINUTES_15("15m", Duration.ofMinutes(15)),
    MINUTES_30("30m", Duration.ofMinutes(30)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1)),
    DAYS_7("7d", Duration.ofDays(7)),
    DAYS_30("30d", Duration.ofDays(30)),
    /** A calendar month: the only bucket without a fixed length. */
    MONTH("1M", null);

    private final String value;
    private final Duration bucket;

    TimeResolution(String value, Duration bucket) {
        this.value = value;
        this.bucket = bucket;
    }

    /** The resolution written exactly so; case matters, since {@code 1M} is a month. */
    public static Optional<TimeResolution> of(String value) {
        return Arrays.stream(values()).filter(r -> r.value.equals(value)).findFirst();
    }

    /** As the API writes it: {@code finest}, {@code 5m}, …, {@code 1M}. */
    public String value() {
        return value;
    }

    public boolean isAggregated() {
        return this != FINEST;
    }

    /** Length of a bucket; a second for {@link #FINEST}, empty for {@link #MONTH}. */
    public Optional<Duration> bucket() {
        return Optional.ofNullable(bucket);
    }

    /**
     * Whether windows of this resolution tile the day from midnight ({@code finest} to {@code 1d}).
     */
    public boolean alignsToMidnight() {
        return bucket != null && bucket.compareTo(Duration.ofDays(1)) <= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
