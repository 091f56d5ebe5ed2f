package io.github.vidicenter.flink.reader;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Event time of the data's local times: the local time itself, taken as UTC, as for a {@code
 * TIMESTAMP} column; or the instant, where the row time is a {@code TIMESTAMP_LTZ}.
 *
 * @param zone the data's zone for instants; null: local times taken as UTC
 */
public record RowTimes(ZoneId zone) implements Serializable {

    public static final RowTimes LOCAL = new RowTimes(null);

    /** Event time of a row. */
    long ofRow(long localMillis) {
        return zone == null
                ? localMillis
                : fromMillis(localMillis).atZone(zone).toInstant().toEpochMilli();
    }

    /** The latest event time that no row at or after this local time is before. */
    long ofEdge(long localMillis) {
        if (zone == null) {
            return localMillis;
        }
        LocalDateTime local = fromMillis(localMillis);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        // A local time that a clock change leaves out would be moved past those that follow it.
        return transition != null && transition.isGap()
                ? transition.getInstant().toEpochMilli()
                : ofRow(localMillis);
    }
}
