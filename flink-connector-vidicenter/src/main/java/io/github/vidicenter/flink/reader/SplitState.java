package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.Fingerprints;
import java.util.ArrayList;
import java.util.List;

/** How far a split is as the task's thread has emitted it: what a checkpoint takes. */
final class SplitState {

    private final ExportSplit split;
    private List<ExportPart> parts;
    private EmittedHashes emitted;
    private long rows;

    SplitState(ExportSplit split) {
        this.split = split;
        update(split.parts());
    }

    /** Null but for the ledger. */
    Fingerprints fingerprints() {
        return split.isLedger() ? split.ledger().fingerprints() : null;
    }

    String splitId() {
        return split.splitId();
    }

    /** Takes over what is left to read; rows emitted from here on are of its first part. */
    void update(List<ExportPart> newParts) {
        parts = newParts;
        emitted = new EmittedHashes(parts.isEmpty() ? EmittedRows.none() : parts.get(0).emitted());
    }

    void emitted(long rowHash, long keyHash) {
        rows++;
        emitted.add(rowHash, keyHash);
    }

    /** How many rows were emitted since the reader started. */
    long rows() {
        return rows;
    }

    ExportSplit toSplit() {
        if (parts.isEmpty()) {
            return split.withParts(parts);
        }
        List<ExportPart> now = new ArrayList<>(parts);
        now.set(0, now.get(0).with(emitted.toRows()));
        return split.withParts(now);
    }
}
