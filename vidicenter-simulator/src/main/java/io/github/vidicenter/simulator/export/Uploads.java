package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.type.ExportType;
import io.github.vidicenter.simulator.type.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rows that were given instead of made. Those of single events come beside the made ones; those of
 * an aggregate take the place of the row with the same key. They are served under the very type and
 * resolution that they were given for.
 */
final class Uploads {

    private record Place(ExportType type, String resolution, long unit) {}

    private record Uploaded(long version, Row row) {}

    private final Map<Place, NavigableMap<Long, List<Uploaded>>> rows = new HashMap<>();
    private long version;

    /** Says which uploads there have been so far. */
    synchronized long version() {
        return version;
    }

    synchronized void add(ExportType type, String resolution, long unit, long time, Row row) {
        rows.computeIfAbsent(new Place(type, resolution, unit), p -> new TreeMap<>())
                .computeIfAbsent(time, t -> new ArrayList<>())
                .add(new Uploaded(++version, row));
    }

    /**
     * The rows in a span of time that an export sees which was built at the given version; in the
     * order of time, then of upload.
     */
    synchronized List<Row> rows(
            ExportType type, String resolution, long unit, long start, long end, long upTo) {
        NavigableMap<Long, List<Uploaded>> uploaded = rows.get(new Place(type, resolution, unit));
        if (uploaded == null) {
            return List.of();
        }
        return uploaded.subMap(start, end).values().stream()
                .flatMap(List::stream)
                .filter(upload -> upload.version() <= upTo)
                .map(Uploaded::row)
                .toList();
    }
}
