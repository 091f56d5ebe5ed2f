package io.github.vidicenter.flink.quota;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Exports that the server is building. A slot belongs to the request, not to a reader: when a
 * reader dies its export goes on building. It is free when somebody sees the end of the export, or
 * when the export's time is over.
 */
final class ExportSlots {

    private final Map<Long, Long> takenUntil = new HashMap<>();
    private final Set<Long> restored = new HashSet<>();

    boolean allows(long exportKey, int limit, long now) {
        if (takenUntil.containsKey(exportKey)) {
            return true;
        }
        // After a restore, slots that nobody can account for may be taken as well, until the
        // exports that are known to have been building have ended.
        return restored.isEmpty() && busy(now) < limit;
    }

    int busy(long now) {
        takenUntil.values().removeIf(until -> until - now <= 0);
        restored.retainAll(takenUntil.keySet());
        return takenUntil.size();
    }

    /**
     * @return whether the export had no slot before
     */
    boolean take(long exportKey, long until) {
        return takenUntil.putIfAbsent(exportKey, until) == null;
    }

    void restore(long exportKey, long until) {
        take(exportKey, until);
        restored.add(exportKey);
    }

    void free(long exportKey) {
        takenUntil.remove(exportKey);
        restored.remove(exportKey);
    }

    boolean isTaken(long exportKey) {
        return takenUntil.containsKey(exportKey);
    }
}
