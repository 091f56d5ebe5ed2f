package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.EmittedRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Takes the rows that were emitted before a restore off a second download of the export. Rows come
 * in any order, and equal ones may come several times, so what was emitted is a multiset of hashes.
 *
 * <p>Where the export was rebuilt in between, which its {@code creation_date} tells, values may have
 * changed: rows with a natural key are then known by it.
 */
final class AlreadyEmitted {

    private final long[] sorted;
    private final boolean[] taken;
    private final boolean byKey;
    private final boolean changed;

    AlreadyEmitted(EmittedRows emitted, String creationDate, boolean keyed) {
        changed =
                !emitted.isEmpty() && !Objects.equals(emitted.creationDate(), creationDate);
        byKey = changed && keyed;
        sorted = (byKey ? emitted.keyHashes() : emitted.rowHashes()).clone();
        Arrays.sort(sorted);
        taken = new boolean[sorted.length];
    }

    /** Whether the export is another than the one that the emitted rows came from. */
    boolean isChanged() {
        return changed;
    }

    /** Whether this row was emitted before; counts it off. */
    boolean takeOff(long rowHash, long keyHash) {
        if (sorted.length == 0) {
            return false;
        }
        long hash = byKey ? keyHash : rowHash;
        int found = Arrays.binarySearch(sorted, hash);
        if (found < 0) {
            return false;
        }
        int first = found;
        while (first > 0 && sorted[first - 1] == hash) {
            first--;
        }
        for (int i = first; i < sorted.length && sorted[i] == hash; i++) {
            if (!taken[i]) {
                taken[i] = true;
                return true;
            }
        }
        return false;
    }
}
