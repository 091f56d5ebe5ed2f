package io.github.vidicenter.flink.config;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.client.Token;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Everything that a user asked for, read and checked once and passed on whole. Times of the scan
 * are in the data's local time. See {@link VidiCenterOptions} for meanings and defaults.
 */
public record VidiCenterConfig(
        Account account,
        ExportKind kind,
        Selection selection,
        Scan scan,
        Protocol protocol,
        Quota quota,
        Decoding decoding,
        Narrowing narrowing)
        implements Serializable {

    /**
     * The windows of the scan, once its bounds are resolved.
     *
     * @param start inclusive, local time in milliseconds
     * @param end exclusive; {@link Long#MAX_VALUE}: none
     */
    public WindowGrid windows(long start, long end) {
        return WindowGrid.of(
                kind.resolution(),
                scan.windowSize(),
                LocalTimes.fromMillis(start),
                end == Long.MAX_VALUE ? null : LocalTimes.fromMillis(end));
    }

    /** Whether the scan has an end, be it for a query that needs no more. */
    public boolean isBounded() {
        return scan.end() != null || narrowing.until() != null || narrowing.isEmpty();
    }

    /** For a query that needs no more than this. */
    public VidiCenterConfig narrowed(Narrowing more) {
        Narrowing now = narrowing.and(more);
        Selection.Kind divided = DividedList.of(this);
        Selection needed = selection;
        if (now.ids() != null && divided != null && !scan.allLocations()) {
            now = now.and(Narrowing.ofIds(Set.copyOf(selection.ids(divided))));
            if (!now.isEmpty()) {
                needed = Selection.of(divided, List.copyOf(now.ids()));
            }
        }
        return new VidiCenterConfig(account, kind, needed, scan, protocol, quota, decoding, now);
    }

    /**
     * @param url API root, ending in a slash
     */
    public record Account(URI url, String username, Token token) implements Serializable {}

    /**
     * @param allLocations whether {@code locations} is {@code *}: the selection is then empty
     * @param start where the scan starts, inclusive
     * @param end where it ends, exclusive; null: it keeps going
     * @param windowSize length of an incremental window; null for {@code 1M}, where it is a month
     * @param uploadTimeout null: don't wait for uploads
     * @param locationsPerExport 0: {@code auto}
     * @param refreshLookback null: no refreshes
     * @param zone zone of the data's local times; null: each location's own offset
     * @param clock null: the system's clock
     */
    public record Scan(
            boolean allLocations,
            ScanBound start,
            ScanBound end,
            Duration windowSize,
            Duration windowMaxSize,
            Duration windowDelay,
            Duration uploadTimeout,
            int locationsPerExport,
            Duration refreshLookback,
            Duration refreshInterval,
            ZoneId zone,
            SimulationClock clock)
            implements Serializable {}

    /** How one export is asked for and what happens when it fails. */
    public record Protocol(
            Duration pollMinInterval,
            Duration pollMaxInterval,
            Duration exportTimeout,
            int maxAttempts,
            boolean skipFailed,
            boolean reuseCached,
            Duration connectTimeout,
            Duration requestTimeout)
            implements Serializable {}

    /** The account's limits, over all tables of a job. */
    public record Quota(int requestsPerMinute, int concurrentExports, int connections)
            implements Serializable {}

    public record Decoding(boolean allowUnknownColumns, boolean ignoreParseErrors)
            implements Serializable {}
}
