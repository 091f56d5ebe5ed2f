package io.github.vidicenter.flink.dashboard.web;

import io.github.vidicenter.flink.dashboard.job.AudienceJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a day from the database. */
final class DayQuery {

    private static final String LOCATIONS =
            """
            SELECT location_id, MAX(location) AS location, MAX(site) AS site,
                   MAX(window_end) FILTER (WHERE ots IS NOT NULL) AS latest
            FROM audience GROUP BY location_id ORDER BY location_id
            """;
    private static final String WINDOWS =
            """
            SELECT location_id, window_start, ots, watchers, revision
            FROM audience WHERE window_start >= ? AND window_start < ?
            ORDER BY location_id, window_start
            """;
    private static final String GROUPS =
            """
            SELECT location_id, gender, age,
                   SUM(watchers)::BIGINT AS watchers,
                   SUM(dwell_tenths)::BIGINT AS dwell_tenths
            FROM demographics WHERE window_start >= ? AND window_start < ?
            GROUP BY location_id, gender, age ORDER BY location_id, gender, age
            """;

    private DayQuery() {}

    static Day of(Connection connection, LocalDate day) throws SQLException {
        Map<Long, List<Day.Window>> windows = windows(connection, day);
        Map<Long, List<Day.Group>> groups = groups(connection, day);
        List<Day.Location> locations = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(LOCATIONS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong("location_id");
                locations.add(
                        new Day.Location(
                                id,
                                rows.getString("location"),
                                rows.getString("site"),
                                rows.getObject("latest", LocalDateTime.class),
                                windows.getOrDefault(id, List.of()),
                                groups.getOrDefault(id, List.of())));
            }
        }
        return new Day(day, AudienceJob.WINDOW.toMinutes(), locations);
    }

    private static Map<Long, List<Day.Window>> windows(Connection connection, LocalDate day)
            throws SQLException {
        Map<Long, List<Day.Window>> windows = new HashMap<>();
        try (PreparedStatement query = within(connection, WINDOWS, day);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                LocalDateTime start = rows.getObject("window_start", LocalDateTime.class);
                windows.computeIfAbsent(rows.getLong("location_id"), id -> new ArrayList<>())
                        .add(
                                new Day.Window(
                                        start.getHour() * 60 + start.getMinute(),
                                        rows.getObject("ots", Long.class),
                                        rows.getObject("watchers", Long.class),
                                        rows.getInt("revision")));
            }
        }
        return windows;
    }

    private static Map<Long, List<Day.Group>> groups(Connection connection, LocalDate day)
            throws SQLException {
        Map<Long, List<Day.Group>> groups = new HashMap<>();
        try (PreparedStatement query = within(connection, GROUPS, day);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                groups.computeIfAbsent(rows.getLong("location_id"), id -> new ArrayList<>())
                        .add(
                                new Day.Group(
                                        rows.getInt("gender"),
                                        rows.getInt("age"),
                                        rows.getObject("watchers", Long.class),
                                        rows.getObject("dwell_tenths", Long.class)));
            }
        }
        return groups;
    }

    private static PreparedStatement within(Connection connection, String sql, LocalDate day)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setObject(1, day.atStartOfDay());
        query.setObject(2, day.plusDays(1).atStartOfDay());
        return query;
    }
}
