package io.github.vidicenter.flink.split;

import java.util.List;

/**
 * What a scan with a lookback remembers, and the exports that build on it: one split for the whole
 * scan, which lives in one reader for ever. It holds all that the reader has under way, so that a
 * rescale moves them together: what was emitted and the memory of it never part, and updates of one
 * key always take the same way.
 *
 * <p>It is the reader's state, not the enumerator's: a checkpoint then takes it at the very point
 * of the rows that it speaks of, and no event has to carry it. One reader is enough, since an
 * account builds and downloads only a few exports at a time, which a reader does on a thread each.
 *
 * @param held in a checkpoint: the other splits of the reader
 */
public record Ledger(Fingerprints fingerprints, List<ExportSplit> held) {

    public Ledger {
        held = List.copyOf(held);
    }

    static Ledger empty() {
        return new Ledger(new Fingerprints(), List.of());
    }
}
