package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.ScanBound;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The scan as a job runs it: bounds that were relative to now are fixed once, when the job first
 * starts, and come from the state from then on.
 */
public final class ScanPlan {

    /** A window is still filling up from late uploads for so long (contract, meaning 7). */
    private static final Duration RECENT = Duration.ofHours(48);

    private final VidiCenterConfig config;
    private final Instant jobStart;
    private final ScanClock clock;
    private final WindowGrid windows;
    private final ExportSize size;
    private final SplitPlanner planner;

    private ScanPlan(
            VidiCenterConfig config,
            Instant jobStart,
            ScanClock clock,
            WindowGrid windows,
            PlanPosition position,
            ExportHistory history) {
        this.config = config;
        this.jobStart = jobStart;
        this.clock = clock;
        this.windows = windows;
        Selection.Kind divided = DividedList.of(config);
        this.size = new ExportSize(config, windows, divided, history);
        this.planner = new SplitPlanner(config, windows, size, divided, position);
    }

    /** The plan of a job that starts anew. */
    public static ScanPlan begin(VidiCenterConfig config, Clock wallClock) {
        VidiCenterConfig.Scan scan = config.scan();
        ScanClock clock = ScanClock.of(scan, wallClock.instant(), wallClock);
        LocalDateTime now = clock.now();
        LocalDateTime start = start(config, now);
        LocalDateTime end = scan.end() == null ? null : end(config, start, now);
        if (end != null && end.isBefore(start)) {
            throw new FlinkRuntimeException(
                    String.format(
                            "'scan.start' is %s and 'scan.end' is %s: the start is after the end."
                                    + " Set an earlier 'scan.start' or a later 'scan.end'.",
                            start, end));
        }
        WindowGrid windows =
                WindowGrid.of(config.kind().resolution(), scan.windowSize(), start, end);
        return new ScanPlan(
                config,
                wallClock.instant(),
                clock,
                windows,
                PlanPosition.at(windows.start()),
                ExportHistory.NONE);
    }

    /**
     * The plan of a job that goes on.
     *
     * @throws FlinkRuntimeException if the state is of another scan
     */
    public static ScanPlan resume(VidiCenterConfig config, EnumeratorState state, Clock wallClock) {
        ScanIdentity.checkUnchanged(state.identity(), config);
        VidiCenterConfig.Scan scan = config.scan();
        Instant jobStart = Instant.ofEpochMilli(state.jobStart());
        LocalDateTime end = state.end() == Long.MAX_VALUE ? null : fromMillis(state.end());
        if (scan.end() instanceof ScanBound.At newEnd) {
            end = newEnd.time();
        } else if (scan.end() == null) {
            end = null;
        }
        WindowGrid windows =
                config.windows(state.start(), end == null ? Long.MAX_VALUE : toMillis(end));
        return new ScanPlan(
                config,
                jobStart,
                ScanClock.of(scan, jobStart, wallClock),
                windows,
                state.position(),
                state.history());
    }

    public VidiCenterConfig config() {
        return config;
    }

    /**
     * The next split that is due.
     *
     * @param share of the account's limits that this table may use
     */
    public Optional<ExportSplit> next(double share) {
        return planner.next(this::isDue, end -> !clock.isDue(end, RECENT), share);
    }

    /** What an export held, for the sizes of those to come. */
    public void learn(ExportRead read) {
        size.learn(read.cells(), read.rows(), read.buildMillis());
    }

    /** Whether, where all before this time is emitted, the scan is behind by more than a window. */
    public boolean isBehind(long emittedUpTo) {
        return planner.isBehind(emittedUpTo, this::isDue);
    }

    private boolean isDue(long end) {
        return clock.isDue(end, config.scan().windowDelay());
    }

    /** All rows before this local time are in splits that have been made. */
    public long plannedUpTo() {
        return planner.plannedUpTo();
    }

    public boolean isDone() {
        return planner.isDone();
    }

    EnumeratorState snapshot(List<ExportSplit> returned, Set<Long> building) {
        return new EnumeratorState(
                jobStart.toEpochMilli(),
                windows.start(),
                windows.end(),
                planner.position(),
                size.history(),
                returned,
                building,
                ScanIdentity.of(config));
    }

    @Override
    public String toString() {
        return String.format(
                "%s at %s from %s to %s",
                config.kind().dataType(),
                config.kind().resolution(),
                fromMillis(windows.start()),
                windows.isBounded() ? fromMillis(windows.end()) : "no end");
    }

    private static LocalDateTime start(VidiCenterConfig config, LocalDateTime now) {
        ScanBound bound = config.scan().start();
        LocalDateTime start = bound.resolve(now);
        return bound instanceof ScanBound.At
                ? start
                : WindowGrid.startAt(config.kind().resolution(), config.scan().windowSize(), start);
    }

    private static LocalDateTime end(
            VidiCenterConfig config, LocalDateTime start, LocalDateTime now) {
        ScanBound bound = config.scan().end();
        LocalDateTime end = bound.resolve(now);
        TimeResolution resolution = config.kind().resolution();
        return bound instanceof ScanBound.At ? end : WindowGrid.bucketEdge(resolution, start, end);
    }
}
