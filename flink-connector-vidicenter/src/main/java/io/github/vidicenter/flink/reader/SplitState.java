package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.Fingerprints;
import java.util.ArrayList;
import java.util.List;

/** How far a split is as the task's thread has emitted it: what a checkpoint takes. */
final class SplitState {

    /** {@code RowReader.keyHash()} of rows without a natural key. */
    private static final long NO_KEY = 0;

    private final ExportSplit split;
    private List<ExportPart> parts;
    private HashList rowHashes;
    private HashList keyHashes;
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
        EmittedRows emitted = parts.isEmpty() ? EmittedRows.none() : parts.get(0).emitted();
        rowHashes = new HashList(emitted.rowHashes());
        keyHashes = new HashList(emitted.keyHashes());
    }

    void emitted(long rowHash, long keyHash) {
        rows++;
        rowHashes.add(rowHash);
        if (keyHash != NO_KEY) {
            keyHashes.add(keyHash);
        }
    }

    /** How many rows were emitted since the reader started. */
    long rows() {
        return rows;
    }

    ExportSplit toSplit() {
        if (parts.isEmpty()) {
            return split.withParts(parts);
        }
        ExportPart first = parts.get(0);
        EmittedRows emitted =
                new EmittedRows(
                        first.emitted().creationDate(), rowHashes.toArray(), keyHashes.toArray());
        List<ExportPart> now = new ArrayList<>(parts);
        now.set(0, first.with(emitted));
        return split.withParts(now);
    }
}
