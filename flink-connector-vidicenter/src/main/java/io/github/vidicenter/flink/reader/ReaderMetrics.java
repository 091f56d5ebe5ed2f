package io.github.vidicenter.flink.reader;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a reader counts, in the group {@code vidicenter} of its subtask. */
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

    ReaderMetrics(MetricGroup reader) {
        MetricGroup group = reader.addGroup("vidicenter");
        rowsOutsideWindow = group.counter("rowsOutsideWindow");
        parseErrors = group.counter("parseErrors");
        exportsSkipped = group.counter("exportsSkipped");
        exportsChanged = group.counter("exportsChanged");
        exportsCut = group.counter("exportsCut");
    }
}
