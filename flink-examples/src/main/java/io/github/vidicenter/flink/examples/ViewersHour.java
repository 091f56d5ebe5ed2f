package io.github.vidicenter.flink.examples;

import java.time.LocalDateTime;
import java.util.Locale;

/**
 * The viewers of a location in an hour. Public, so that Flink can serialize it as a record.
 *
 * @param start of the hour, local time
 * @param dwellTenths how long all of them stayed, in tenths of seconds
 * @param attentionTenths how long all of them looked, in tenths of seconds
 * @param longestTenths how long one of them looked at most, in tenths of seconds
 */
public record ViewersHour(
        LocalDateTime start,
        long location,
        long viewers,
        long dwellTenths,
        long attentionTenths,
        long longestTenths) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s  location %d: %4d viewers stayed %4.1f s and looked %4.1f s on average, at most"
                        + " %5.1f s",
                start,
                location,
                viewers,
                dwellTenths / 10.0 / viewers,
                attentionTenths / 10.0 / viewers,
                longestTenths / 10.0);
    }
}
