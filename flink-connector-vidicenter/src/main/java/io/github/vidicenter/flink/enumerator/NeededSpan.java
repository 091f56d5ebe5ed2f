package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.LocalDateTime;

/**
 * The part of the scan that a query needs, in whole buckets. The windows stay those of the scan, so
 * that what a row is told of its window does not hang on the query.
 *
 * @param from inclusive, local time in milliseconds
 * @param until exclusive; {@link Long#MAX_VALUE}: there is no end
 */
public record NeededSpan(long from, long until) {

    public static NeededSpan of(VidiCenterConfig config, WindowGrid windows) {
        Narrowing needed = config.narrowing();
        if (needed.isEmpty()) {
            return new NeededSpan(windows.start(), windows.start());
        }
        TimeResolution resolution = config.kind().resolution();
        long from = windows.start();
        if (needed.from() != null) {
            LocalDateTime edge = windows.bucketEdge(needed.from());
            from = Math.min(Math.max(from, toMillis(edge)), windows.end());
        }
        long until = windows.end();
        if (needed.until() != null) {
            LocalDateTime edge = windows.bucketEdge(needed.until());
            if (edge.isBefore(needed.until())) {
                edge =
                        resolution == TimeResolution.MONTH
                                ? edge.plusMonths(1)
                                : edge.plus(resolution.bucket().orElseThrow());
            }
            until = Math.max(from, Math.min(until, toMillis(edge)));
        }
        return new NeededSpan(from, until);
    }
}
