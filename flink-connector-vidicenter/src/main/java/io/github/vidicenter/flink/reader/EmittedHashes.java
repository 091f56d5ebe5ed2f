package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;

/** Hashes of the rows of a part that were emitted so far. */
final class EmittedHashes {

    /** {@code RowReader.keyHash()} of rows without a natural key. */
    private static final long NO_KEY = 0;

    private final String creationDate;
    private final HashList rows;
    private final HashList keys;

    /**
     * @param before emitted earlier
     */
    EmittedHashes(EmittedRows before) {
        creationDate = before.creationDate();
        rows = new HashList(before.rowHashes());
        keys = new HashList(before.keyHashes());
    }

    void add(long rowHash, long keyHash) {
        rows.add(rowHash);
        if (keyHash != NO_KEY) {
            keys.add(keyHash);
        }
    }

    EmittedRows toRows() {
        return new EmittedRows(creationDate, rows.toArray(), keys.toArray());
    }
}
