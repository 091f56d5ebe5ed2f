package io.github.vidicenter.flink.split;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.window.WindowGrid;

/**
 * One export that a split still has to read, and how far it is.
 *
 * @param start inclusive, local time in milliseconds
 * @param end exclusive, local time in milliseconds
 * @param recent whether the span had ended less than 48 h before it was planned
 */
public record ExportPart(
        Selection selection,
        long start,
        long end,
        boolean recent,
        ExportProgress progress,
        EmittedRows emitted) {

    public static ExportPart toRead(Selection selection, long start, long end, boolean recent) {
        return new ExportPart(
                selection, start, end, recent, ExportProgress.initial(), EmittedRows.none());
    }

    /**
     * Asks for {@code [start, end]}: right whether the server takes its end as inclusive or not.
     */
    public ExportRequest request(ExportKind kind) {
        return new ExportRequest(kind, selection, fromMillis(start), fromMillis(end));
    }

    /**
     * Size of the part as far as it is known before its rows are: locations × buckets of time. What
     * the planner goes by, and what readers report beside the rows they found.
     */
    public long cells(WindowGrid windows) {
        return selection.likelyLocations() * windows.buckets(start, end);
    }

    public ExportPart with(ExportProgress newProgress) {
        return new ExportPart(selection, start, end, recent, newProgress, emitted);
    }

    public ExportPart with(EmittedRows newEmitted) {
        return new ExportPart(selection, start, end, recent, progress, newEmitted);
    }
}
