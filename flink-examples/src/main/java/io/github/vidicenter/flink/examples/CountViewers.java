package io.github.vidicenter.flink.examples;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Sums up the viewers of a location in an hour. */
final class CountViewers extends ProcessWindowFunction<Viewer, ViewersHour, Long, TimeWindow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void process(
            Long location, Context context, Iterable<Viewer> group, Collector<ViewersHour> out) {
        long viewers = 0;
        long dwell = 0;
        long attention = 0;
        long longest = 0;
        for (Viewer viewer : group) {
            viewers++;
            dwell += viewer.dwellTimeInTenthsOfSec();
            attention += viewer.attentionTimeInTenthsOfSec();
            longest = Math.max(longest, viewer.attentionTimeInTenthsOfSec());
        }
        // Event time is the data's local time, taken as UTC.
        LocalDateTime start =
                LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(context.window().getStart()), ZoneOffset.UTC);
        out.collect(new ViewersHour(start, location, viewers, dwell, attention, longest));
    }
}
