package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Splits that were assigned and came back, in the order of time. Those of a lost reader go to that
 * subtask again: behind another one, where Flink did not restart what follows, windows may have
 * closed that these splits have rows for. Those of a restored state go to any.
 */
final class ReturnedSplits {

    private static final int ANY_SUBTASK = -1;

    private record Returned(ExportSplit split, int subtask) {}

    private final PriorityQueue<Returned> splits =
            new PriorityQueue<>(Comparator.comparingLong(returned -> returned.split.start()));

    void addForAny(Collection<ExportSplit> restored) {
        restored.stream()
                // No reader has it, so a new one is as good.
                .filter(split -> !split.isLedger())
                .forEach(split -> splits.add(new Returned(split, ANY_SUBTASK)));
    }

    void addFor(int subtask, Collection<ExportSplit> back) {
        back.forEach(split -> splits.add(new Returned(split, subtask)));
    }

    /**
     * Takes those that have to go to this subtask, but for refreshes; the ledger first, on which
     * the others build.
     */
    List<ExportSplit> takeFor(int subtask) {
        List<ExportSplit> taken = new ArrayList<>();
        for (Iterator<Returned> all = splits.iterator(); all.hasNext(); ) {
            Returned next = all.next();
            if (next.subtask == subtask && !next.split.isRefresh()) {
                taken.add(next.split);
                all.remove();
            }
        }
        taken.sort(Comparator.comparing(split -> !split.isLedger()));
        return taken;
    }

    /** Takes a refresh, whoever had it. */
    Optional<ExportSplit> takeRefresh() {
        return take(returned -> returned.split.isRefresh());
    }

    /** Takes the earliest that any subtask may have, but for refreshes. */
    Optional<ExportSplit> takeForAny() {
        return take(returned -> returned.subtask == ANY_SUBTASK && !returned.split.isRefresh());
    }

    private Optional<ExportSplit> take(Predicate<Returned> which) {
        Optional<Returned> first = splits.stream().filter(which).min(splits.comparator());
        first.ifPresent(splits::remove);
        return first.map(Returned::split);
    }

    /** The earliest start; the limit if that is earlier. */
    long upTo(long limit) {
        return splits.isEmpty() ? limit : Math.min(limit, splits.peek().split.start());
    }

    int size() {
        return splits.size();
    }

    boolean holdsLedger() {
        return splits.stream().anyMatch(returned -> returned.split.isLedger());
    }

    boolean holdsRefresh() {
        return splits.stream().anyMatch(returned -> returned.split.isRefresh());
    }

    boolean isEmpty() {
        return splits.isEmpty();
    }

    List<ExportSplit> all() {
        return splits.stream().map(Returned::split).toList();
    }
}
