package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.Fingerprints;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares an export with what was emitted before, location by location and window by window, and
 * keeps in mind what it holds for the next time. Fingerprints are over the values that are read, so
 * a change that the query does not see is none.
 */
final class Changes implements ExportContext.Revisions {

    private record Place(long source, long window) {}

    private final Fingerprints known;
    private final WindowGrid windows;
    private final boolean refresh;
    private final long from;
    private final ReaderMetrics metrics;
    private final Map<Place, Long> prints = new HashMap<>();
    private boolean allChanged;

    private Changes(
            Fingerprints known,
            WindowGrid windows,
            boolean refresh,
            long from,
            ReaderMetrics metrics) {
        this.known = known;
        this.windows = windows;
        this.refresh = refresh;
        this.from = from;
        this.metrics = metrics;
    }

    /**
     * @param lookbackMillis how far before the split's end windows are of interest
     */
    static Changes of(
            Fingerprints known,
            WindowGrid windows,
            ExportSplit split,
            long lookbackMillis,
            ReaderMetrics metrics) {
        long end = split.parts().stream().mapToLong(part -> part.end()).max().orElse(split.start());
        return new Changes(known, windows, split.isRefresh(), end - lookbackMillis, metrics);
    }

    /** Whether rows are emitted only where they changed. */
    boolean isRefresh() {
        return refresh;
    }

    /** Takes everything for changed: some of it was emitted from yet another export. */
    void takeAllForChanged() {
        allChanged = true;
    }

    /** Takes in a row. The order of rows does not matter. */
    void note(long source, long periodStart, long rowHash) {
        long window = windows.startOf(periodStart);
        if (refresh || windows.endOf(window) > from) {
            prints.merge(new Place(source, window), mix(rowHash), Long::sum);
        }
    }

    /** Whether rows at this place are to be emitted, once all rows are noted. */
    boolean isChanged(long source, long periodStart) {
        Place place = new Place(source, windows.startOf(periodStart));
        return isChanged(place, prints.getOrDefault(place, 0L));
    }

    private boolean isChanged(Place place, long print) {
        return !refresh || allChanged || !known.isSame(place.source, place.window, print);
    }

    @Override
    public int of(long source, long window) {
        return refresh ? known.revision(source, window) + 1 : 0;
    }

    /** Writes down what the export holds; to be run once all of it is emitted. */
    void commit() {
        int changed = 0;
        for (Map.Entry<Place, Long> each : prints.entrySet()) {
            Place place = each.getKey();
            if (isChanged(place, each.getValue())) {
                int revision = of(place.source, place.window);
                known.put(place.source, place.window, each.getValue(), revision);
                changed++;
            }
        }
        if (refresh) {
            metrics.refreshed(prints.size(), changed);
        }
    }

    /** Spreads a hash, so that sums of several stay apart. */
    private static long mix(long hash) {
        long h = hash * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }
}
