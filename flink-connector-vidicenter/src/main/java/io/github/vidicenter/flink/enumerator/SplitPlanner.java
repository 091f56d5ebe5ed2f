package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Makes splits in time order: windows × ids, one band of windows at a time, lazily. Does no I/O and
 * has no clock: what is due it is told.
 */
final class SplitPlanner {

    private final VidiCenterConfig config;
    private final WindowGrid windows;
    private final ExportSize size;
    private final Selection.Kind divided;
    private PlanPosition position;

    /**
     * @param divided the list that may be cut into several exports; null: none (contract, meaning
     *     4)
     */
    SplitPlanner(
            VidiCenterConfig config,
            WindowGrid windows,
            ExportSize size,
            Selection.Kind divided,
            PlanPosition position) {
        this.config = config;
        this.windows = windows;
        this.size = size;
        this.divided = divided;
        this.position = position;
    }

    /**
     * The next split, or empty while nothing more is due.
     *
     * @param due whether the window that ends at a local time may be asked for
     * @param recent whether the window that ends at a local time ended less than 48 h ago
     * @param share of the account's limits that this table may use
     */
    Optional<ExportSplit> next(LongPredicate due, LongPredicate recent, double share) {
        if (position.isBetweenBands() && !beginBand(due, share)) {
            return Optional.empty();
        }
        Selection selection = divided == null ? config.selection() : position.groupOf(divided);
        long end = position.bandEnd();
        ExportPart whole =
                ExportPart.toRead(selection, position.bandStart(), end, recent.test(end));
        position = position.planned(position.nextId() + Math.max(1, position.idsPerExport()));
        return Optional.of(ExportSplit.of(config.kind(), windows, whole));
    }

    PlanPosition position() {
        return position;
    }

    /** All rows before this local time are in splits that have been made. */
    long plannedUpTo() {
        return position.bandStart();
    }

    boolean isDone() {
        return position.isBetweenBands() && position.bandStart() >= windows.end();
    }

    /** Whether, where all before this time is done, the scan is behind by more than a window. */
    boolean isBehind(long doneUpTo, LongPredicate due) {
        return doneUpTo < windows.end() && due.test(2 * windows.endOf(doneUpTo) - doneUpTo);
    }

    private boolean beginBand(LongPredicate due, double share) {
        long start = position.bandStart();
        if (start >= windows.end() || !due.test(windows.endOf(start))) {
            return false;
        }
        List<Long> ids = divided == null ? List.of() : config.selection().ids(divided);
        int most = size.mostIds(ids);
        long end = windows.endOf(start);
        while (end < windows.end()) {
            long next = windows.endOf(end);
            if (!size.mayCover(most, start, next) || !due.test(next)) {
                break;
            }
            end = next;
        }
        int perExport = size.ids(ids.size(), most, start, end, isBehind(start, due), share);
        position = new PlanPosition(start, end, ids, 0, perExport);
        return true;
    }
}
