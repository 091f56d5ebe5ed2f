package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.ExportSplit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Gives splits to readers: each lost reader's own back to its subtask, then the next in the order
 * of time to the reader with the fewest, as many as keep the account busy.
 */
final class SplitAssigner {

    /** So many splits may be in the readers' hands beyond those that the account can build. */
    private static final int BEYOND_SLOTS = 3;

    private final SplitEnumeratorContext<ExportSplit> context;
    private final Readers readers;
    private final ReturnedSplits returned;
    private final Completeness completeness;
    private final Refresher refresher;
    private final VidiCenterConfig.Quota quota;
    private final Supplier<Optional<ExportSplit>> planned;

    /**
     * @param planned what is to be read next, if nothing came back
     */
    SplitAssigner(
            SplitEnumeratorContext<ExportSplit> context,
            Readers readers,
            ReturnedSplits returned,
            Completeness completeness,
            Refresher refresher,
            VidiCenterConfig.Quota quota,
            Supplier<Optional<ExportSplit>> planned) {
        this.context = context;
        this.readers = readers;
        this.returned = returned;
        this.completeness = completeness;
        this.refresher = refresher;
        this.quota = quota;
        this.planned = planned;
    }

    void assign() {
        readers.registered()
                .forEach(
                        reader ->
                                returned.takeFor(reader.subtask())
                                        .forEach(split -> assign(split, reader)));
        refresher
                .newLedger()
                .ifPresent(
                        ledger ->
                                readers.registered()
                                        .min(Comparator.comparingInt(ReaderId::subtask))
                                        .ifPresent(reader -> assign(ledger, reader)));
        Optional<ReaderId> reader = leastLoaded();
        while (reader.isPresent()) {
            Optional<ExportSplit> split =
                    returned.takeForAny().or(planned).or(refresher::nextReturned);
            if (split.isEmpty()) {
                return;
            }
            assign(split.get(), reader.get());
            reader = leastLoaded();
        }
    }

    private void assign(ExportSplit split, ReaderId reader) {
        if (split.isLedger()) {
            refresher.ledgerIsAt(reader.subtask());
        } else {
            completeness.assigned(split.splitId(), reader.subtask(), split.start());
        }
        context.assignSplit(split, reader.subtask());
    }

    /** The reader with the fewest splits, unless each has enough to keep the account busy. */
    private Optional<ReaderId> leastLoaded() {
        int exports = quota.concurrentExports();
        int parallelism = refresher.isOn() ? 1 : context.currentParallelism();
        // While some are built, others are downloaded and their rows emitted.
        long enough = (exports + Math.min(exports, BEYOND_SLOTS) + parallelism - 1) / parallelism;
        return readers.registered()
                .filter(reader -> refresher.allows(reader.subtask()))
                .filter(reader -> completeness.load(reader.subtask()) < enough)
                .min(
                        Comparator.<ReaderId>comparingLong(r -> completeness.load(r.subtask()))
                                .thenComparingInt(ReaderId::subtask));
    }
}
