package io.github.vidicenter.flink.examples;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What {@link AudienceDay} has to find, reckoned from the simulator's data without Flink. */
final class AudienceTruth {

    private AudienceTruth() {}

    private record Key(LocalDateTime start, long location) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::start)
                    .thenComparing(Key::location)
                    .compare(this, other);
        }
    }

    /** Hours by time and location. */
    static List<AudienceHour> of(
            VidiCenterSimulator simulator,
            List<Long> locations,
            LocalDateTime start,
            LocalDateTime end) {
        Map<Key, List<Map<String, Object>>> ots = new TreeMap<>();
        simulator.truth("ots", "15m", locations, start, end).forEach(row -> add(ots, row));
        Map<Key, List<Map<String, Object>>> viewers = new TreeMap<>();
        simulator.truth("viewers", "15m", locations, start, end).forEach(row -> add(viewers, row));

        List<AudienceHour> hours = new ArrayList<>();
        ots.forEach((key, rows) -> hours.add(hour(key, rows, viewers.get(key))));
        return hours;
    }

    private static void add(Map<Key, List<Map<String, Object>>> hours, Map<String, Object> row) {
        LocalDateTime period = (LocalDateTime) row.get("period_start");
        Key key = new Key(period.truncatedTo(ChronoUnit.HOURS), (long) row.get("location_id"));
        hours.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
    }

    private static AudienceHour hour(
            Key key, List<Map<String, Object>> ots, List<Map<String, Object>> viewers) {
        Long couldWatch = sum(ots, "ots_count");
        Long watchers = sum(ots, "watcher_count");
        Long viewerCount = sum(viewers, "watcher_count");
        Long tenths = sum(viewers, "dwell_time_in_tenths_of_sec");
        Double dwell = tenths == null ? null : tenths / 10.0;
        return new AudienceHour(
                key.start(),
                key.location(),
                couldWatch,
                watchers,
                ratio(watchers, couldWatch),
                dwell,
                ratio(dwell, viewerCount));
    }

    /** Null if no row has a value, as in SQL. */
    private static Long sum(List<Map<String, Object>> rows, String column) {
        return rows.stream()
                .map(row -> (Long) row.get(column))
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
    }

    private static Double ratio(Number part, Long whole) {
        return part == null || whole == null || whole == 0 ? null : part.doubleValue() / whole;
    }
}
