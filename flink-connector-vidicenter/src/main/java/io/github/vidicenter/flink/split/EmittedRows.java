package io.github.vidicenter.flink.split;

/**
 * The rows of a part that have been emitted while the part as a whole is not: what a second
 * download must not emit again. Rows have no order, so they are known by their hashes, as a
 * multiset.
 *
 * @param creationDate {@code creation_date} of the export that they came from; null: it had none
 * @param rowHashes hash of each row's decoded values
 * @param keyHashes hash of each row's natural key; empty where the data type has none
 */
public record EmittedRows(String creationDate, long[] rowHashes, long[] keyHashes) {

    private static final long[] NONE = {};

    public static EmittedRows none() {
        return new EmittedRows(null, NONE, NONE);
    }

    public boolean isEmpty() {
        return rowHashes.length == 0;
    }

    /** The number only: a split is logged by Flink, and may hold millions. */
    @Override
    public String toString() {
        return rowHashes.length + " rows emitted";
    }
}
