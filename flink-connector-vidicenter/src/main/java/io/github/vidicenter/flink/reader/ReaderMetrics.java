package io.github.vidicenter.flink.reader;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * What a reader counts: Flink's standard metrics of sources (FLIP-33), and in the group {@code
 * vidicenter} of its subtask what {@code docs/metrics.md} lists. Several splits' threads count at a
 * time.
 */
final class ReaderMetrics {

    /** Rows of an answer that lie outside the time that was asked for. */
    final Counter rowsOutsideWindow;

    /** Values that did not fit their column and became NULL. */
    final Counter parseErrors;

    /** Parts given up under {@code export.on-failure = skip}. */
    final Counter exportsSkipped;

    /** Exports that were rebuilt between their first download and the one after a restore. */
    final Counter exportsChanged;

    /** Exports that were cut in two. */
    final Counter exportsCut;

    /** Exports that the server was made to build anew. */
    final Counter exportsRebuilt;

    private final Counter exportsRead;
    private final Counter windowsReadAgain;
    private final Counter windowsChanged;
    private final Counter bytesIn;
    private final Counter recordsInErrors;
    private final Histogram buildTime;
    private final Histogram downloadTime;
    private final Histogram rows;
    private final Histogram bytes;
    private final AtomicIntegerArray exports = new AtomicIntegerArray(ExportStage.values().length);

    ReaderMetrics(SourceReaderMetricGroup reader) {
        bytesIn = reader.getIOMetricGroup().getNumBytesInCounter();
        recordsInErrors = reader.getNumRecordsInErrorsCounter();
        MetricGroup group = reader.addGroup("vidicenter");
        rowsOutsideWindow = counter(group, "rowsOutsideWindow");
        parseErrors = counter(group, "parseErrors");
        exportsSkipped = counter(group, "exportsSkipped");
        exportsChanged = counter(group, "exportsChanged");
        exportsCut = counter(group, "exportsCut");
        exportsRebuilt = counter(group, "exportsRebuilt");
        exportsRead = counter(group, "exportsRead");
        windowsReadAgain = counter(group, "windowsReadAgain");
        windowsChanged = counter(group, "windowsChanged");
        buildTime = group.histogram("exportBuildTime", new RecentHistogram());
        downloadTime = group.histogram("exportDownloadTime", new RecentHistogram());
        rows = group.histogram("exportRows", new RecentHistogram());
        bytes = group.histogram("exportBytes", new RecentHistogram());
        for (ExportStage stage : ExportStage.values()) {
            group.addGroup("state", stage.label())
                    .gauge("exports", (Gauge<Integer>) () -> exports.get(stage.ordinal()));
        }
    }

    private static Counter counter(MetricGroup group, String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    /**
     * An export goes from one stage to the next.
     *
     * @param from null: it is new
     * @param to null: it is over
     */
    void moved(ExportStage from, ExportStage to) {
        if (from != to) {
            if (from != null) {
                exports.decrementAndGet(from.ordinal());
            }
            if (to != null) {
                exports.incrementAndGet(to.ordinal());
            }
        }
    }

    /**
     * An export was downloaded.
     *
     * @param buildMillis 0: not known
     */
    void downloaded(long size, long downloadMillis, long buildMillis) {
        // Flink's own counters are for one thread.
        synchronized (bytesIn) {
            bytesIn.inc(size);
        }
        bytes.update(size);
        downloadTime.update(downloadMillis);
        if (buildMillis > 0) {
            buildTime.update(buildMillis);
        }
    }

    void read(long rowCount) {
        exportsRead.inc();
        rows.update(rowCount);
    }

    /** A refresh compared windows of locations with what was emitted of them before. */
    void refreshed(int compared, int changed) {
        windowsReadAgain.inc(compared);
        windowsChanged.inc(changed);
    }

    /** A value became NULL. */
    void parseError() {
        parseErrors.inc();
        synchronized (recordsInErrors) {
            recordsInErrors.inc();
        }
    }
}
