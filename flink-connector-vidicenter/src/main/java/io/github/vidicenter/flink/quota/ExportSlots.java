package io.github.vidicenter.flink.quota;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Exports that the server is building. A slot belongs to the request, not to a reader: when a
 * reader dies its export goes on building. It is free when somebody sees the end of the export, or
 * when the export's time is over. Where nobody is left to look, as after a cancelled job, it is
 * free when such exports have been built for long.
 */
final class ExportSlots {

    /** How many of the latest builds are remembered. */
    private static final int REMEMBERED = 30;

    /** How much longer than the longest known build an export is given that nobody looks at. */
    private static final int MARGIN = 2;

    private static final long SHORTEST_GUESS = Duration.ofSeconds(5).toNanos();

    /** Where no build was seen yet. */
    private static final long FIRST_GUESS = Duration.ofMinutes(1).toNanos();

    private record Slot(long since, long until) {}

    private final Map<Long, Slot> taken = new HashMap<>();
    private final Set<Long> restored = new HashSet<>();
    private final Deque<Long> builds = new ArrayDeque<>();

    boolean allows(long exportKey, int limit, long now) {
        if (taken.containsKey(exportKey)) {
            return true;
        }
        // After a restore, slots that nobody can account for may be taken as well, until the
        // exports that are known to have been building have ended.
        return restored.isEmpty() && busy(now) < limit;
    }

    int busy(long now) {
        taken.values().removeIf(slot -> slot.until - now <= 0);
        restored.retainAll(taken.keySet());
        return taken.size();
    }

    /**
     * @param until when the slot is free at the latest; where the export has a slot already, that
     *     one lasts so long from now on: it may be built anew
     * @return whether the export had no slot before
     */
    boolean take(long exportKey, long until, long now) {
        return taken.put(exportKey, new Slot(now, until)) == null;
    }

    /** Keeps the slot of an export that goes on building; one without a slot takes one. */
    void keep(long exportKey, long until, long now) {
        taken.putIfAbsent(exportKey, new Slot(now, until));
    }

    void restore(long exportKey, long until, long now) {
        keep(exportKey, until, now);
        restored.add(exportKey);
    }

    /** Somebody looks at the export again. */
    void adopt(long exportKey, long until) {
        taken.computeIfPresent(exportKey, (key, slot) -> new Slot(slot.since, until));
    }

    /** Nobody will see the end of the export. */
    void abandon(long exportKey) {
        long longest = builds.isEmpty() ? FIRST_GUESS : MARGIN * Collections.max(builds);
        long built = Math.max(SHORTEST_GUESS, longest);
        taken.computeIfPresent(
                exportKey,
                (key, slot) ->
                        new Slot(
                                slot.since, Math.min(slot.until - slot.since, built) + slot.since));
    }

    /** Of an export that was restored, no reader has it: its end was seen before the restore. */
    void freeRestored(long exportKey) {
        if (restored.contains(exportKey)) {
            free(exportKey);
        }
    }

    /** The end of the export was seen. */
    void ended(long exportKey, long now) {
        Slot slot = taken.get(exportKey);
        if (slot != null && !restored.contains(exportKey)) {
            builds.addLast(now - slot.since);
            if (builds.size() > REMEMBERED) {
                builds.removeFirst();
            }
        }
        free(exportKey);
    }

    void free(long exportKey) {
        taken.remove(exportKey);
        restored.remove(exportKey);
    }

    boolean isTaken(long exportKey) {
        return taken.containsKey(exportKey);
    }
}
