package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.ExportPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * Rows of one split, in the order of the download, then how far the split is. The task's thread
 * takes both out, so what a checkpoint sees of the split fits the rows that were emitted.
 */
final class ExportBatch<T> implements RecordsWithSplitIds<ExportElement<T>> {

    static final int ROWS = 1024;

    private final String splitId;
    private final List<T> rows = new ArrayList<>();
    private final long[] periodStarts;
    private final long[] rowHashes;
    private final long[] keyHashes;
    private final ExportElement<T> element = new ExportElement<>();
    private SplitState state;
    private List<ExportPart> parts;
    private Runnable commit = () -> {};
    private boolean finished;
    private boolean begun;
    private int next;

    private ExportBatch(String splitId, int capacity) {
        this.splitId = splitId;
        this.periodStarts = new long[capacity];
        this.rowHashes = new long[capacity];
        this.keyHashes = new long[capacity];
    }

    static <T> ExportBatch<T> forRows(String splitId) {
        return new ExportBatch<>(splitId, ROWS);
    }

    /** Nothing: what a fetch returns that was woken up. */
    static <T> ExportBatch<T> empty() {
        return new ExportBatch<>(null, 0);
    }

    /** No rows, only how far the split is. */
    static <T> ExportBatch<T> progress(SplitState state, List<ExportPart> left) {
        return new ExportBatch<T>(state.splitId(), 0).then(state, left);
    }

    boolean isFull() {
        return rows.size() == rowHashes.length;
    }

    int size() {
        return rows.size();
    }

    void add(T row, long periodStart, long rowHash, long keyHash) {
        int index = rows.size();
        rows.add(row);
        periodStarts[index] = periodStart;
        rowHashes[index] = rowHash;
        keyHashes[index] = keyHash;
    }

    /** After the rows: what is left to read. With nothing left, the split is finished. */
    ExportBatch<T> then(SplitState splitState, List<ExportPart> left) {
        state = splitState;
        parts = List.copyOf(left);
        finished = left.isEmpty();
        return this;
    }

    /** Run with the step of the split, in the task's thread. */
    ExportBatch<T> andThen(Runnable action) {
        commit = action;
        return this;
    }

    @Override
    public String nextSplit() {
        if (begun) {
            return null;
        }
        begun = true;
        return splitId;
    }

    @Override
    public ExportElement<T> nextRecordFromSplit() {
        if (next < rows.size()) {
            element.row = rows.get(next);
            element.periodStart = periodStarts[next];
            element.rowHash = rowHashes[next];
            element.keyHash = keyHashes[next];
            next++;
            return element;
        }
        if (parts != null) {
            state.update(parts);
            parts = null;
            commit.run();
        }
        return null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished ? Set.of(splitId) : Set.of();
    }
}
