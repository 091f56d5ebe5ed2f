package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which splits are with which reader and not emitted to the end, from which follows up to what time
 * everything is. Says nothing while a reader may hold splits that it has not told of.
 */
final class Completeness {

    private record InFlight(int subtask, long start) {}

    private final Map<String, InFlight> inFlight = new HashMap<>();
    private final Set<Integer> silent = new HashSet<>();

    /** The reader of this subtask may hold splits of its restored state. */
    void expectHello(int subtask) {
        silent.add(subtask);
    }

    void hello(int subtask) {
        silent.remove(subtask);
    }

    void assigned(String splitId, int subtask, long start) {
        inFlight.put(splitId, new InFlight(subtask, start));
    }

    void finished(Collection<String> splitIds) {
        inFlight.keySet().removeAll(splitIds);
    }

    /** What this subtask had is unknown until its next reader says what it has. */
    void lost(int subtask) {
        inFlight.values().removeIf(split -> split.subtask == subtask);
        expectHello(subtask);
    }

    long load(int subtask) {
        return inFlight.values().stream().filter(split -> split.subtask == subtask).count();
    }

    /** Whether exports are in flight that were read before. */
    boolean holdsRefresh() {
        return inFlight.values().stream().anyMatch(split -> split.start == ExportSplit.NO_START);
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Whether all readers have said what they hold. */
    boolean isKnown() {
        return silent.isEmpty();
    }

    /**
     * @return the earliest start of a split in flight, or the limit if that is earlier
     */
    long upTo(long limit) {
        return inFlight.values().stream().mapToLong(InFlight::start).reduce(limit, Math::min);
    }
}
