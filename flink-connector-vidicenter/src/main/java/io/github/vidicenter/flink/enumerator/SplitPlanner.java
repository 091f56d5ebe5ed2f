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
    private final long until;
    private PlanPosition position;

    /**
     * @param divided the list that may be cut into several exports; null: none
     * @param until where planning ends, exclusive: the end of the windows or earlier
     */
    SplitPlanner(
            VidiCenterConfig config,
            WindowGrid windows,
            ExportSize size,
            Selection.Kind divided,
            long until,
            PlanPosition position) {
        this.config = config;
        this.windows = windows;
        this.size = size;
        this.divided = divided;
        this.until = until;
        this.position = position;
    }

    /** The next split, or empty while nothing more is due. */
    Optional<ExportSplit> next(PlanningMoment now) {
        if (position.isBetweenBands() && !beginBand(now)) {
            return Optional.empty();
        }
        long bandStart = position.bandStart();
        long end = position.bandEnd();
        if (divided != null && position.ids().isEmpty()) {
            // No location that the query needs is there at present.
            position = PlanPosition.at(end);
            return Optional.empty();
        }
        Selection selection;
        if (divided == null) {
            if (!now.uploads().past(null, end)) {
                return Optional.empty();
            }
            selection = now.selection();
            position = PlanPosition.at(end);
        } else {
            List<Long> group = group(now);
            if (group.isEmpty()) {
                return Optional.empty();
            }
            selection = Selection.of(divided, group);
            position = position.planned(group);
        }
        return Optional.of(
                ExportSplit.of(
                        config.kind(),
                        windows,
                        ExportPart.toRead(selection, bandStart, end, now.recent().test(end))));
    }

    /** The next ids, as many as one export takes, of those that have uploaded. */
    private List<Long> group(PlanningMoment now) {
        return position.left().stream()
                .filter(id -> now.uploads().past(id, position.bandEnd()))
                .limit(Math.max(1, position.idsPerExport()))
                .toList();
    }

    PlanPosition position() {
        return position;
    }

    /** All rows before this local time are in splits that have been made. */
    long plannedUpTo() {
        return position.bandStart();
    }

    boolean isDone() {
        return isBetweenBands() && position.bandStart() >= until;
    }

    /** Whether, where all before this time is done, the scan is behind by more than a window. */
    boolean isBehind(long doneUpTo, LongPredicate due) {
        return doneUpTo < until && due.test(2 * windows.endOf(doneUpTo) - doneUpTo);
    }

    /** Whether all that has begun is planned to its end. */
    boolean isBetweenBands() {
        return position.isBetweenBands();
    }

    /** Whether a band may begin. */
    boolean isNextDue(LongPredicate due) {
        long start = position.bandStart();
        return start < until && due.test(endOf(start));
    }

    private boolean beginBand(PlanningMoment now) {
        if (!isNextDue(now.due())) {
            return false;
        }
        long start = position.bandStart();
        List<Long> ids = divided == null ? List.of() : now.selection().ids(divided);
        int most = size.mostIds(ids);
        long end = endOf(start);
        while (end < until) {
            long next = endOf(end);
            if (!size.mayCover(most, start, next)
                    || !now.due().test(next)
                    || !uploaded(now, ids, next)) {
                break;
            }
            end = next;
        }
        boolean behind = isBehind(start, now.due());
        int perExport = size.ids(ids.size(), most, start, end, behind, now.share());
        position = new PlanPosition(start, end, ids, 0, perExport);
        return true;
    }

    /** What still waits for uploads is not made to wait for those of later windows. */
    private boolean uploaded(PlanningMoment now, List<Long> ids, long end) {
        if (now.uploads() == PlanningMoment.Uploads.NOT_AWAITED) {
            return true;
        }
        return divided == null
                ? now.uploads().past(null, end)
                : ids.stream().allMatch(id -> now.uploads().past(id, end));
    }

    private long endOf(long time) {
        return Math.min(until, windows.endOf(time));
    }
}
