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
     * @param until when the slot is free at the latest; where the export has a slot already, that
     *     one lasts so long from now on: it may be built anew
     * @return whether the export had no slot before
     */
    boolean take(long exportKey, long until) {
        return takenUntil.put(exportKey, until) == null;
    }

    /** Keeps the slot of an export that goes on building; one without a slot takes one. */
    void keep(long exportKey, long until) {
        takenUntil.putIfAbsent(exportKey, until);
    }

    void restore(long exportKey, long until) {
        keep(exportKey, until);
        restored.add(exportKey);
    }

    /** Of an export that was restored, no reader has it: its end was seen before the restore. */
    void freeRestored(long exportKey) {
        if (restored.contains(exportKey)) {
            free(exportKey);
        }
    }

    void free(long exportKey) {
        takenUntil.remove(exportKey);
        restored.remove(exportKey);
    }

    boolean isTaken(long exportKey) {
        return takenUntil.containsKey(exportKey);
    }
}
