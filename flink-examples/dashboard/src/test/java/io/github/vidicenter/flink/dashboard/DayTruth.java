package io.github.vidicenter.flink.dashboard;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A day's sums per location and window, as the simulator has them and as the database has them:
 * lists of a sum by key, null where there is no data.
 */
final class DayTruth {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    private DayTruth() {}

    static SortedMap<String, List<Long>> audience(VidiCenterSimulator simulator, LocalDate day) {
        return sums(
                rows(simulator, "ots", day, false),
                List.of("location_id"),
                List.of("ots_count", "watcher_count"));
    }

    static SortedMap<String, List<Long>> demographics(
            VidiCenterSimulator simulator, LocalDate day) {
        return sums(
                rows(simulator, "viewers", day, true),
                List.of("location_id", "gender", "age"),
                List.of("watcher_count", "dwell_time_in_tenths_of_sec"));
    }

    private static Stream<Map<String, Object>> rows(
            VidiCenterSimulator simulator, String type, LocalDate day, boolean byDemographics) {
        return simulator.truth(
                type,
                "5m",
                simulator.locations(),
                day.atStartOfDay(),
                day.plusDays(1).atStartOfDay(),
                byDemographics);
    }

    private static SortedMap<String, List<Long>> sums(
            Stream<Map<String, Object>> rows, List<String> keys, List<String> measures) {
        SortedMap<String, List<Long>> sums = new TreeMap<>();
        rows.forEach(
                row -> {
                    List<Long> sum =
                            sums.computeIfAbsent(
                                    key(keys, row),
                                    k -> new ArrayList<>(Arrays.asList(null, null)));
                    for (int i = 0; i < measures.size(); i++) {
                        Long value = (Long) row.get(measures.get(i));
                        if (value != null) {
                            sum.set(i, sum.get(i) == null ? value : sum.get(i) + value);
                        }
                    }
                });
        return sums;
    }

    private static String key(List<String> keys, Map<String, Object> row) {
        LocalDateTime time = (LocalDateTime) row.get("period_start");
        long minutes = time.getMinute() % WINDOW.toMinutes();
        StringBuilder key = new StringBuilder(time.minusMinutes(minutes).toString());
        keys.forEach(name -> key.append(' ').append(row.get(name)));
        return key.toString();
    }

    static SortedMap<String, List<Long>> storedAudience(Connection connection, LocalDate day)
            throws SQLException {
        return stored(
                connection,
                day,
                """
                SELECT window_start, location_id, ots, watchers
                FROM audience WHERE window_start >= ? AND window_start < ?
                """,
                1);
    }

    static SortedMap<String, List<Long>> storedDemographics(Connection connection, LocalDate day)
            throws SQLException {
        return stored(
                connection,
                day,
                """
                SELECT window_start, location_id, gender, age, watchers, dwell_tenths
                FROM demographics WHERE window_start >= ? AND window_start < ?
                """,
                3);
    }

    private static SortedMap<String, List<Long>> stored(
            Connection connection, LocalDate day, String sql, int keys) throws SQLException {
        SortedMap<String, List<Long>> sums = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, day.atStartOfDay());
            query.setObject(2, day.plusDays(1).atStartOfDay());
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                StringBuilder key =
                        new StringBuilder(rows.getObject(1, LocalDateTime.class).toString());
                for (int i = 0; i < keys; i++) {
                    key.append(' ').append(rows.getLong(2 + i));
                }
                sums.put(
                        key.toString(),
                        Arrays.asList(
                                rows.getObject(2 + keys, Long.class),
                                rows.getObject(3 + keys, Long.class)));
            }
        }
        return sums;
    }
}
