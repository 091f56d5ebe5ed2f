package io.github.vidicenter.flink.examples;

import java.time.LocalDateTime;
import org.apache.flink.types.Row;

/**
 * A row of the result: what happened at a location within an hour. Null where the location measured
 * nothing, or where a ratio has no base.
 *
 * @param start of the hour, local time
 * @param ots people who could have watched
 * @param watchers people who did
 * @param conversion watchers over OTS, 0 to 1
 * @param dwellSeconds how long all of them stayed
 * @param averageDwellSeconds how long each of them stayed
 */
record AudienceHour(
        LocalDateTime start,
        long location,
        Long ots,
        Long watchers,
        Double conversion,
        Double dwellSeconds,
        Double averageDwellSeconds) {

    static AudienceHour of(Row row) {
        return new AudienceHour(
                row.getFieldAs("window_start"),
                row.<Long>getFieldAs("location_id"),
                row.getFieldAs("ots"),
                row.getFieldAs("watchers"),
                row.getFieldAs("conversion"),
                row.getFieldAs("dwell_seconds"),
                row.getFieldAs("average_dwell_seconds"));
    }

    LocalDateTime end() {
        return start.plusHours(1);
    }
}
