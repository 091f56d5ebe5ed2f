package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.PlanPosition.Band;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Makes splits: windows × ids, one band of windows after the other, lazily. Ids that are ready go
 * on to the next band, while others are waited for. Does no I/O and has no clock: what is due it is
 * told.
 */
final class SplitPlanner {

    /** With more ids than that to wait for, 8 bytes each in a checkpoint, no band begins. */
    private static final int MOST_LEFT = 200_000;

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
        for (Band band : position.open()) {
            Optional<ExportSplit> split = ofBand(band, now);
            if (split.isPresent()) {
                return split;
            }
        }
        if (isHeldBack() || !isNextDue(now.begins())) {
            return Optional.empty();
        }
        return divided == null ? whole(now) : ofNewBand(now);
    }

    /**
     * With a lookback no location is read ahead of the others: a refresh covers what all have read,
     * and what came late for a window beyond that would be taken for seen.
     */
    private boolean isHeldBack() {
        return config.scan().refreshLookback() != null && !isBetweenBands();
    }

    /** The next ids, as many as one export takes, of those that are ready. */
    private Optional<ExportSplit> ofBand(Band band, PlanningMoment now) {
        List<Long> group =
                band.left().stream()
                        .filter(id -> now.readiness().isReady(id, band.end()))
                        .limit(Math.max(1, band.idsPerExport()))
                        .toList();
        if (group.isEmpty()) {
            return Optional.empty();
        }
        position = position.planned(band, group);
        return Optional.of(split(Selection.of(divided, group), band.start(), band.end(), now));
    }

    private Optional<ExportSplit> whole(PlanningMoment now) {
        long start = position.next();
        if (!isReady(now, List.of(), endOf(start))) {
            return Optional.empty();
        }
        long end = endOfBand(now, List.of(), 0);
        position = PlanPosition.at(end);
        return Optional.of(split(now.selection(), start, end, now));
    }

    private Optional<ExportSplit> ofNewBand(PlanningMoment now) {
        long start = position.next();
        List<Long> ids = now.selection().ids(divided);
        if (ids.isEmpty()) {
            // No location that the query needs is there at present.
            position = new PlanPosition(endOfBand(now, ids, 0), position.open());
            return Optional.empty();
        }
        long firstEnd = endOf(start);
        boolean full = position.left() > 0 && position.left() + ids.size() > MOST_LEFT;
        if (full || ids.stream().noneMatch(id -> now.readiness().isReady(id, firstEnd))) {
            return Optional.empty();
        }
        int most = size.mostIds(ids);
        long end = endOfBand(now, ids, most);
        boolean behind = isBehind(start, now.due());
        int perExport = size.ids(ids.size(), most, start, end, behind, now.share());
        Band band = new Band(start, end, ids, perExport);
        position = position.begun(band);
        return ofBand(band, now);
    }

    private ExportSplit split(Selection selection, long start, long end, PlanningMoment now) {
        return ExportSplit.of(
                config.kind(),
                windows,
                ExportPart.toRead(selection, start, end, now.recent().test(end)));
    }

    /** With a backlog a band has several windows, if all ids are ready for them. */
    private long endOfBand(PlanningMoment now, List<Long> ids, int mostIds) {
        long start = position.next();
        long end = endOf(start);
        while (end < until) {
            long next = endOf(end);
            if (!size.mayCover(mostIds, start, next)
                    || !now.due().test(next)
                    || !isReady(now, ids, next)) {
                break;
            }
            end = next;
        }
        return end;
    }

    private boolean isReady(PlanningMoment now, List<Long> ids, long end) {
        if (now.readiness() == PlanningMoment.Readiness.ALL) {
            return true;
        }
        return divided == null
                ? now.readiness().isReady(null, end)
                : ids.stream().allMatch(id -> now.readiness().isReady(id, end));
    }

    PlanPosition position() {
        return position;
    }

    /** All rows before this local time are in splits that have been made. */
    long plannedUpTo() {
        return position.upTo();
    }

    boolean isDone() {
        return isBetweenBands() && position.next() >= until;
    }

    /** Whether, where all before this time is done, the scan is behind by more than a window. */
    boolean isBehind(long doneUpTo, LongPredicate due) {
        return doneUpTo < until && due.test(2 * windows.endOf(doneUpTo) - doneUpTo);
    }

    /** Whether all that has begun is planned to its end. */
    boolean isBetweenBands() {
        return position.open().isEmpty();
    }

    /** Whether a band may begin. */
    boolean isNextDue(LongPredicate begins) {
        long start = position.next();
        return start < until && begins.test(endOf(start));
    }

    private long endOf(long time) {
        return Math.min(until, windows.endOf(time));
    }
}
