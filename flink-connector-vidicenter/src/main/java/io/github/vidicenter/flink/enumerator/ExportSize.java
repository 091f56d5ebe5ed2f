package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;

/**
 * How much one export should hold. Calls are what an account is short of, 50 a minute and at least
 * two for each export, so the aim is few exports of good size: as many ids in one as the pace of
 * the windows demands, and with a backlog also as many windows as {@code scan.window.max-size}
 * allows.
 */
final class ExportSize {

    /** Rows that an export should stay below; the API's own limits are 3 and 20 million. */
    private static final long TARGET_ROWS = 1_000_000;

    /** Gender and age of {@code group_by_demographics}: 3 × 5 rows for each bucket. */
    private static final int DEMOGRAPHICS = 15;

    /** Assumed of raw exports: a busy screen sees a viewer every ten seconds. */
    private static final Duration RAW_ROW_EVERY = Duration.ofSeconds(10);

    /** Start, a poll in vain, and the poll that downloads. */
    private static final int CALLS_PER_EXPORT = 3;

    /** Ids in one request: keeps the URL below the 8 KiB that servers commonly accept. */
    private static final int MAX_IDS = 500;

    private final VidiCenterConfig config;
    private final WindowGrid windows;

    ExportSize(VidiCenterConfig config, WindowGrid windows) {
        this.config = config;
        this.windows = windows;
    }

    /** Whether one export, of a single id, may cover [start, end). */
    boolean mayCover(long start, long end) {
        Duration maxSize = config.scan().windowMaxSize();
        return maxSize != null
                && end - start <= maxSize.toMillis()
                && rowsPerId(start, end) <= TARGET_ROWS;
    }

    /** How many of {@code count} ids one export of [start, end) takes. */
    int ids(int count, long start, long end, boolean backlog) {
        if (count == 0) {
            return 0;
        }
        int configured = config.scan().locationsPerExport();
        if (configured > 0) {
            return Math.min(configured, Math.min(count, MAX_IDS));
        }
        long fitting = Math.max(1, TARGET_ROWS / Math.max(1, rowsPerId(start, end)));
        long wanted = backlog ? count : idsToKeepPace(count, start, end);
        return (int) Math.min(Math.min(count, MAX_IDS), Math.min(fitting, wanted));
    }

    private long idsToKeepPace(int count, long start, long end) {
        double speed = config.scan().clock() == null ? 1 : config.scan().clock().factor();
        double minutes = (end - start) / 60_000.0 / speed;
        double exports = minutes * config.quota().requestsPerMinute() / CALLS_PER_EXPORT;
        return (long) Math.ceil(count / Math.max(1, Math.floor(exports)));
    }

    private long rowsPerId(long start, long end) {
        TimeResolution resolution = config.kind().resolution();
        if (!resolution.isAggregated()) {
            return (end - start) / RAW_ROW_EVERY.toMillis();
        }
        long buckets =
                resolution
                        .bucket()
                        .map(bucket -> (end - start) / bucket.toMillis())
                        .orElseGet(() -> windows.count(start, end));
        return buckets * (config.kind().groupByDemographics() ? DEMOGRAPHICS : 1);
    }
}
