package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Takes the rows that were emitted before a restore off a second download of the export. Rows come
 * in any order, and equal ones may come several times, so what was emitted is a multiset of hashes.
 *
 * <p>Where the export was rebuilt in between, which its {@code creation_date} tells, values may
 * have changed: rows with a natural key are then known by it. Where rows are updates of earlier
 * ones those that changed come once more.
 */
final class AlreadyEmitted {

    private final long[] sorted;

    /** At the first of equal hashes: how many of them were taken off. */
    private final int[] takenOff;

    /** Keys of the rows; empty unless rows are updates and the export has changed. */
    private final long[] sortedKeys;

    private final boolean byKey;
    private final boolean changed;

    /**
     * @param keyed whether rows have a natural key
     * @param updates whether rows are taken for updates of earlier ones with the same key
     */
    AlreadyEmitted(EmittedRows emitted, String creationDate, boolean keyed, boolean updates) {
        // Without a key, rows may be out before the answer has told its creation date.
        boolean dated = keyed || emitted.creationDate() != null;
        changed =
                !emitted.isEmpty()
                        && dated
                        && !Objects.equals(emitted.creationDate(), creationDate);
        byKey = changed && keyed && !updates;
        sorted = sorted(byKey ? emitted.keyHashes() : emitted.rowHashes());
        takenOff = new int[sorted.length];
        sortedKeys = changed && updates ? sorted(emitted.keyHashes()) : new long[0];
    }

    private static long[] sorted(long[] hashes) {
        long[] copy = hashes.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Whether the export is another than the one that the emitted rows came from. */
    boolean isChanged() {
        return changed;
    }

    /** Whether this row was emitted before; counts it off. */
    boolean takeOff(long rowHash, long keyHash) {
        long hash = byKey ? keyHash : rowHash;
        int first = firstAtLeast(sorted, hash);
        if (first == sorted.length || sorted[first] != hash || hasSeveralValues(keyHash)) {
            return false;
        }
        int next = first + takenOff[first];
        if (next == sorted.length || sorted[next] != hash) {
            return false;
        }
        takenOff[first]++;
        return true;
    }

    /** Of a key that was emitted from several exports nobody knows which value was the last. */
    private boolean hasSeveralValues(long keyHash) {
        int second = firstAtLeast(sortedKeys, keyHash) + 1;
        return second < sortedKeys.length && sortedKeys[second] == keyHash;
    }

    private static int firstAtLeast(long[] sorted, long hash) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
