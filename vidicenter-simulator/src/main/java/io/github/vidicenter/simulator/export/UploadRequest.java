package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import io.github.vidicenter.simulator.type.ExportType;
import io.github.vidicenter.simulator.type.ExportTypes;
import io.github.vidicenter.simulator.type.Row;
import io.github.vidicenter.simulator.type.Scope;
import io.github.vidicenter.simulator.type.Variant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows to be served as they are.
 *
 * @param rows each with the id and the time that rows of its type have; times as {@code
 *     LocalDateTime} or written with a space or a {@code T}
 */
public record UploadRequest(
        String dataType, String timeResolution, List<Map<String, Object>> rows) {

    /**
     * Adds the rows to the data.
     *
     * @throws BadRequestException if there is no such type, or a row lacks its id or time; then no
     *     row was added
     */
    public void addTo(Dataset data, boolean newEdition) {
        if (dataType == null || timeResolution == null || rows == null) {
            throw bad("an upload needs data_type, time_resolution and rows");
        }
        List<Runnable> additions =
                rows.stream().map(row -> addition(data, row, newEdition)).toList();
        // An export that is built meanwhile sees all of them or none.
        synchronized (data.uploads()) {
            additions.forEach(Runnable::run);
        }
    }

    private Runnable addition(Dataset data, Map<String, Object> given, boolean newEdition) {
        Map<String, Object> row = new LinkedHashMap<>(given);
        row.replaceAll((key, value) -> value instanceof Integer i ? (Long) i.longValue() : value);
        ExportType type = type(row, newEdition);
        long unit = type.scope() == Scope.SELECTION ? 0 : id(row, type.scope().column());
        List<Location> locations = locations(data, type, unit);
        LocalDateTime time;
        if (type.timeColumn() != null) {
            time = time(row, type.timeColumn());
            row.put(type.timeColumn(), time);
        } else {
            time = timeInParts(row);
            row.put("period_start_date", time.toLocalDate());
            row.put("period_start_time", time.toLocalTime());
        }
        return () -> {
            data.uploads().add(type, timeResolution, unit, Resolution.seconds(time), Row.of(row));
            locations.forEach(location -> data.uploadedNow(location.id()));
        };
    }

    private static List<Location> locations(Dataset data, ExportType type, long unit) {
        if (type.scope() == Scope.SELECTION) {
            return List.of();
        }
        if (type.scope() == Scope.SITE) {
            return data.topology().ofSite(unit);
        }
        Location location = data.topology().location(unit);
        if (location == null) {
            throw bad("an uploaded row has an unknown location_id: " + unit);
        }
        return List.of(location);
    }

    private ExportType type(Map<String, Object> row, boolean newEdition) {
        return Resolution.of(timeResolution)
                .flatMap(resolution -> type(resolution, newEdition, row.containsKey("gender")))
                .orElseThrow(() -> bad("no such export: " + dataType + " at " + timeResolution));
    }

    /** Rows with a gender are those of an export by demographics, where there is one. */
    private Optional<ExportType> type(
            Resolution resolution, boolean newEdition, boolean withGender) {
        Optional<ExportType> plain =
                ExportTypes.find(dataType, resolution, new Variant(newEdition, false));
        return withGender
                ? ExportTypes.find(dataType, resolution, new Variant(newEdition, true))
                        .or(() -> plain)
                : plain;
    }

    private static long id(Map<String, Object> row, String column) {
        try {
            return Long.parseLong(String.valueOf(row.get(column)));
        } catch (NumberFormatException e) {
            throw bad("an uploaded row has no valid " + column);
        }
    }

    private static LocalDateTime time(Map<String, Object> row, String column) {
        Object value = row.get(column);
        try {
            return value instanceof LocalDateTime time
                    ? time
                    : LocalDateTime.parse(String.valueOf(value).replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            throw bad("an uploaded row has no valid " + column);
        }
    }

    private static LocalDateTime timeInParts(Map<String, Object> row) {
        try {
            return LocalDateTime.of(
                    LocalDate.parse(String.valueOf(row.get("period_start_date"))),
                    LocalTime.parse(String.valueOf(row.get("period_start_time"))));
        } catch (DateTimeParseException e) {
            throw bad("an uploaded row has no valid period_start_date and period_start_time");
        }
    }

    private static BadRequestException bad(String message) {
        return new BadRequestException(400, message);
    }
}
