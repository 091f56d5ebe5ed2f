package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.LocalDateTime;
import java.util.List;

/**
 * How much one export should hold. Calls are what an account is short of, 50 a minute and at least
 * two for each export, so the aim is few exports of good size: as many ids in one as the pace of
 * the windows demands, and with a backlog also as many windows as {@code scan.window.max-size}
 * allows.
 */
final class ExportSize {

    /** Rows that an export should stay below. */
    static final long TARGET_ROWS = 1_000_000;

    /** The API's own limits ("General usage"): a larger export fails. */
    static final long MAX_RAW_ROWS = 3_000_000;

    static final long MAX_AGGREGATED_ROWS = 20_000_000;

    /** Some servers take 4 KiB for a request line, others for it and the headers together. */
    static final int MAX_URL = 3_500;

    /** Gender and age of {@code group_by_demographics}: 3 × 5 rows for each bucket. */
    private static final int DEMOGRAPHICS = 15;

    /** Assumed of raw exports: a busy screen sees a viewer every ten seconds. */
    private static final double RAW_ROWS_PER_SECOND = 0.1;

    /** Start, a poll in vain, and the poll that downloads. */
    private static final int CALLS_PER_EXPORT = 3;

    /** The rest is for what comes in between: retries, rebuilds, other clients. */
    private static final double USABLE = 0.8;

    private final VidiCenterConfig config;
    private final WindowGrid windows;
    private final Selection.Kind divided;
    private ExportHistory history;

    /**
     * @param divided the list that may be cut into several exports; null: none
     */
    ExportSize(
            VidiCenterConfig config,
            WindowGrid windows,
            Selection.Kind divided,
            ExportHistory history) {
        this.config = config;
        this.windows = windows;
        this.divided = divided;
        this.history = history;
    }

    ExportHistory history() {
        return history;
    }

    void learn(long cells, long rows, long buildMillis) {
        history = history.with(cells, rows, buildMillis);
    }

    /** Most of these ids that one export may have, whatever its time: its URL is bounded. */
    int mostIds(List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        long longest = ids.stream().mapToLong(Long::longValue).max().orElseThrow();
        int perId = String.valueOf(longest).length() + 1;
        int fitting = Math.max(1, (MAX_URL - urlWithoutIds()) / perId);
        int configured = config.scan().locationsPerExport();
        if (configured > 0) {
            return Math.min(ids.size(), Math.min(configured, fitting));
        }
        // Of like sizes, so that each has room for as many windows as the others.
        int exports = (ids.size() + fitting - 1) / fitting;
        return (ids.size() + exports - 1) / exports;
    }

    /**
     * Whether one export may cover several windows.
     *
     * @param mostIds that it may have
     */
    boolean mayCover(int mostIds, long start, long end) {
        long locations =
                divided == null
                        ? config.selection().likelyLocations()
                        : (long) mostIds * divided.likelyLocations();
        return end - start <= config.scan().windowMaxSize().toMillis()
                && locations * windows.buckets(start, end) <= cellsOf(targetRows());
    }

    /**
     * How many of {@code count} ids one export of [start, end) takes.
     *
     * @param mostIds that it may have
     * @param share of the account's limits that this table may use
     */
    int ids(int count, int mostIds, long start, long end, boolean backlog, double share) {
        if (count == 0) {
            return 0;
        }
        double cellsOfId = (double) divided.likelyLocations() * windows.buckets(start, end);
        if (config.scan().locationsPerExport() > 0) {
            return (int) Math.max(1, Math.min(mostIds, cellsOf(maxRows()) / cellsOfId));
        }
        double fitting = Math.floor(Math.min(mostIds, cellsOf(targetRows()) / cellsOfId));
        double wanted = backlog ? count : Math.ceil(count / exportsInTime(start, end, share));
        // As many exports as these make, but of like sizes.
        double exports = Math.ceil(count / Math.max(1, Math.min(wanted, fitting)));
        return (int) Math.ceil(count / exports);
    }

    /** How many exports the account can make in the time that these windows take. */
    private double exportsInTime(long start, long end, double share) {
        double speed = config.scan().clock() == null ? 1 : config.scan().clock().factor();
        double millis = (end - start) / speed * share * USABLE;
        double exports = millis / 60_000 * config.quota().requestsPerMinute() / CALLS_PER_EXPORT;
        if (history.buildMillis() > 0) {
            exports =
                    Math.min(
                            exports,
                            millis * config.quota().concurrentExports() / history.buildMillis());
        }
        return Math.max(1, Math.floor(exports));
    }

    private int urlWithoutIds() {
        LocalDateTime longest = LocalDateTime.parse("2024-12-31T23:59:59");
        ExportRequest request =
                new ExportRequest(
                        config.kind(), Selection.of(divided, List.of()), longest, longest);
        return (config.account().url() + "data/?" + divided.parameter() + "=&force_rebuild=1")
                        .length()
                + request.canonicalQuery().length();
    }

    private double cellsOf(long rows) {
        double assumed = RAW_ROWS_PER_SECOND;
        if (config.kind().resolution().isAggregated()) {
            assumed = config.kind().groupByDemographics() ? DEMOGRAPHICS : 1;
        }
        return history.cellsOf(rows, assumed);
    }

    private long targetRows() {
        return Math.min(TARGET_ROWS, config.narrowing().limit());
    }

    private long maxRows() {
        return config.kind().resolution().isAggregated() ? MAX_AGGREGATED_ROWS : MAX_RAW_ROWS;
    }
}
