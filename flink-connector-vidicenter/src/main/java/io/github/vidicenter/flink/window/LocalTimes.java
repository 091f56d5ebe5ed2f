package io.github.vidicenter.flink.window;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Local times as numbers. The API's times carry no zone, so windows, splits and row times are
 * counted as milliseconds since 1970-01-01T00:00 on the data's own wall clock, as if it were UTC.
 */
public final class LocalTimes {

    private LocalTimes() {}

    public static long toMillis(LocalDateTime local) {
        return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    public static LocalDateTime fromMillis(long localMillis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(localMillis, 1000L),
                (int) Math.floorMod(localMillis, 1000L) * 1_000_000,
                ZoneOffset.UTC);
    }
}
