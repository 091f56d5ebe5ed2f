package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Takes the rows that were emitted before a restore off a second download of the export. Rows come
 * in any order, and equal ones may come several times, so what was emitted is a multiset of hashes.
 *
 * <p>Where the export was rebuilt in between, which its {@code creation_date} tells, values may
 * have changed: rows with a natural key are then known by it.
 */
final class AlreadyEmitted {

    private final long[] sorted;

    /** At the first of equal hashes: how many of them were taken off. */
    private final int[] takenOff;

    private final boolean byKey;
    private final boolean changed;

    AlreadyEmitted(EmittedRows emitted, String creationDate, boolean keyed) {
        changed = !emitted.isEmpty() && !Objects.equals(emitted.creationDate(), creationDate);
        byKey = changed && keyed;
        sorted = (byKey ? emitted.keyHashes() : emitted.rowHashes()).clone();
        Arrays.sort(sorted);
        takenOff = new int[sorted.length];
    }

    /** Whether the export is another than the one that the emitted rows came from. */
    boolean isChanged() {
        return changed;
    }

    /** Whether this row was emitted before; counts it off. */
    boolean takeOff(long rowHash, long keyHash) {
        long hash = byKey ? keyHash : rowHash;
        int first = firstAtLeast(hash);
        if (first == sorted.length || sorted[first] != hash) {
            return false;
        }
        int next = first + takenOff[first];
        if (next == sorted.length || sorted[next] != hash) {
            return false;
        }
        takenOff[first]++;
        return true;
    }

    private int firstAtLeast(long hash) {
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
