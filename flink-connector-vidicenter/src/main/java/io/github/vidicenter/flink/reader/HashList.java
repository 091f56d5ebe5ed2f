package io.github.vidicenter.flink.reader;

import java.util.Arrays;

/** Hashes of the rows emitted so far: 8 bytes each. */
final class HashList {

    private long[] hashes;
    private int size;

    HashList(long[] initial) {
        this.hashes = initial.clone();
        this.size = initial.length;
    }

    void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(ExportBatch.ROWS, size + (size >> 1)));
        }
        hashes[size++] = hash;
    }

    long[] toArray() {
        return Arrays.copyOf(hashes, size);
    }
}
