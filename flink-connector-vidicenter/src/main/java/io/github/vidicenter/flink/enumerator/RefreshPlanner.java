package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Plans what is read again ({@code scan.refresh.*}). Every interval one look at the topology tells
 * which locations have uploaded since; the lookback of those, and of no others, is read again in
 * few large exports. A round begins only when nothing is being read for the first time, so what it
 * covers was read before any upload that the look could miss. Does no I/O and has no clock.
 */
final class RefreshPlanner {

    /**
     * The topology tells uploads in whole seconds. Exports that begin when the second of the look
     * is over hold all uploads of that second, also those that came after the look.
     */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final VidiCenterConfig config;
    private final WindowGrid windows;
    private final ExportSize size;
    private final Selection.Kind divided;
    private final NeededSpan needed;
    private final Instant jobStart;
    private Instant lookedAt;
    private final Map<Long, Long> seen;
    private long start;
    private long end;
    private List<Long> left;

    /**
     * @param jobStart in the scan's clock: nothing was read before
     */
    RefreshPlanner(
            VidiCenterConfig config,
            WindowGrid windows,
            ExportSize size,
            Selection.Kind divided,
            NeededSpan needed,
            Instant jobStart,
            RefreshState state) {
        this.config = config;
        this.windows = windows;
        this.size = size;
        this.divided = divided;
        this.needed = needed;
        this.jobStart = jobStart;
        this.lookedAt = Instant.ofEpochMilli(state.lookedAt());
        this.seen = new HashMap<>(state.seen());
        this.start = state.start();
        this.end = state.end();
        this.left = state.left();
    }

    RefreshState snapshot() {
        return new RefreshState(lookedAt.toEpochMilli(), seen, start, end, left);
    }

    /** Whether it is time to look for news. */
    boolean isDue(Instant now) {
        return !isUnderWay() && isPast(config.scan().refreshInterval(), now);
    }

    /** Whether a look was due a whole interval ago. */
    boolean isOverdue(Instant now) {
        return isPast(config.scan().refreshInterval().multipliedBy(2), now);
    }

    /** Whether the last look is so long ago. A clock that was set back counts from then on. */
    private boolean isPast(Duration time, Instant now) {
        if (now.isBefore(lookedAt)) {
            lookedAt = now;
        }
        return !now.isBefore(lookedAt.plus(time));
    }

    /** Whether a round is not planned to its end. */
    boolean isUnderWay() {
        return start < end;
    }

    /** Where a round would start: at a window, and at nothing that was not read before. */
    long lookback(long completeUpTo) {
        long from = completeUpTo - config.scan().refreshLookback().toMillis();
        return from <= needed.from()
                ? needed.from()
                : Math.max(needed.from(), windows.startOf(from));
    }

    /** Start of the earliest window that a round would read again. */
    long keepFrom(long completeUpTo) {
        return windows.startOf(lookback(completeUpTo));
    }

    /**
     * Begins a round for what has uploaded since it was read.
     *
     * @param selection what the scan reads at present
     * @param completeUpTo local time before which all is emitted
     * @param idle whether no export is being read for the first time
     */
    void learn(
            Topology topology, Selection selection, long completeUpTo, boolean idle, Instant now) {
        begin(
                selection,
                completeUpTo,
                now,
                source -> topology.of(source).stream().anyMatch(this::hasUploaded));
        if (!idle) {
            // An export may have been built before the upload that is seen now: look once more.
            return;
        }
        for (LocationStatus location : topology.of(selection)) {
            if (location.lastUpload() != null) {
                seen.put(location.id(), location.lastUpload().getEpochSecond());
            }
        }
    }

    /** Begins a round for all, since the topology can't be read. */
    void learnNothing(Selection selection, long completeUpTo, Instant now) {
        begin(selection, completeUpTo, now, source -> true);
    }

    private void begin(
            Selection selection, long completeUpTo, Instant now, Predicate<Selection> hasNews) {
        lookedAt = now;
        start = lookback(completeUpTo);
        left =
                divided == null
                        ? List.of()
                        : selection.ids(divided).stream()
                                .filter(id -> hasNews.test(Selection.of(divided, List.of(id))))
                                .toList();
        boolean any = divided == null ? hasNews.test(selection) : !left.isEmpty();
        end = any ? Math.max(start, completeUpTo) : start;
    }

    private boolean hasUploaded(LocationStatus location) {
        return location.lastUpload() != null
                && location.lastUpload().getEpochSecond()
                        > seen.getOrDefault(location.id(), jobStart.getEpochSecond() - 1);
    }

    /**
     * The next export of the round.
     *
     * @param selection where it is not divided
     */
    Optional<ExportSplit> next(Selection selection, Instant now) {
        if (!isUnderWay() || !isPast(PAUSE, now)) {
            return Optional.empty();
        }
        Selection group = selection;
        if (divided != null) {
            int most = size.mostIds(left);
            int perExport = size.ids(left.size(), most, start, end, true, 1);
            List<Long> ids = left.subList(0, Math.min(Math.max(1, perExport), left.size()));
            group = Selection.of(divided, ids);
            left = List.copyOf(left.subList(ids.size(), left.size()));
        }
        ExportSplit split =
                ExportSplit.refresh(
                        config.kind(), windows, ExportPart.toRead(group, start, end, true));
        if (left.isEmpty()) {
            start = end;
        }
        return Optional.of(split);
    }
}
