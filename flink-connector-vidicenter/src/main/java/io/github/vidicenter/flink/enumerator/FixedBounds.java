package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;

import io.github.vidicenter.flink.config.ScanAlignment;
import io.github.vidicenter.flink.config.ScanBound;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.LocalDateTime;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Where a job's scan starts and ends. What is relative to now is fixed once, when the job first
 * starts, and comes from the state from then on.
 *
 * @param start inclusive, local time
 * @param end exclusive; null: the scan keeps going
 */
record FixedBounds(LocalDateTime start, LocalDateTime end) {

    /** Whether it takes the time to tell the bounds. */
    static boolean areRelative(VidiCenterConfig config) {
        VidiCenterConfig.Scan scan = config.scan();
        return scan.start() instanceof ScanBound.BeforeNow
                || scan.end() instanceof ScanBound.BeforeNow;
    }

    /**
     * Of a job that starts now.
     *
     * @throws FlinkRuntimeException if the start turns out to lie after the end
     * @throws org.apache.flink.table.api.ValidationException if the end turns out to cut a bucket
     */
    static FixedBounds begin(VidiCenterConfig config, LocalDateTime now) {
        VidiCenterConfig.Scan scan = config.scan();
        LocalDateTime start = start(config, now);
        LocalDateTime end = scan.end() == null ? null : end(config, start, now);
        if (end != null && end.isBefore(start)) {
            throw new FlinkRuntimeException(
                    String.format(
                            "'scan.start' is %s and 'scan.end' is %s: the start is after the end."
                                    + " Set an earlier 'scan.start' or a later 'scan.end'.",
                            start, end));
        }
        return checked(config, start, end);
    }

    /** Of a job that goes on. Its end may have been set anew. */
    static FixedBounds resume(VidiCenterConfig config, EnumeratorState state) {
        ScanBound now = config.scan().end();
        LocalDateTime end = state.end() == Long.MAX_VALUE ? null : fromMillis(state.end());
        if (now instanceof ScanBound.At newEnd) {
            end = newEnd.time();
        } else if (now == null) {
            end = null;
        }
        return checked(config, fromMillis(state.start()), end);
    }

    private static FixedBounds checked(
            VidiCenterConfig config, LocalDateTime start, LocalDateTime end) {
        if (config.scan().end() instanceof ScanBound.At) {
            ScanAlignment.checkEnd(config.kind().resolution(), start, end);
        }
        return new FixedBounds(start, end);
    }

    WindowGrid windows(VidiCenterConfig config) {
        return WindowGrid.of(config.kind().resolution(), config.scan().windowSize(), start, end);
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
