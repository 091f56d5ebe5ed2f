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

    private enum Stage {
        /** Of a checkpoint: it may be building, or have ended. Nobody has asked since. */
        RESERVED,
        /** A start was sent. */
        STARTED,
        /** An answer said so, and there was one start: its end tells how long builds take. */
        BUILDING,
        /** It may be building, and nobody knows since when. */
        UNCLEAR
    }

    /**
     * @param since its last start
     */
    private record Slot(long since, long until, Stage stage) {

        Slot until(long newUntil) {
            return new Slot(since, newUntil, stage);
        }

        Slot at(Stage newStage) {
            return new Slot(since, until, newStage);
        }
    }

    private final Map<Long, Slot> taken = new HashMap<>();

    /** While these have not ended, exports may be building that nobody knows of. */
    private final Set<Long> awaited = new HashSet<>();

    private final Deque<Long> builds = new ArrayDeque<>();

    boolean allows(long exportKey, int limit, long now) {
        int busy = busy(now);
        Slot slot = taken.get(exportKey);
        if (slot == null) {
            return busy < limit && awaited.isEmpty();
        }
        // What is reserved may have ended, and the call may start it again.
        return slot.stage != Stage.RESERVED
                || taken.values().stream().filter(s -> s.stage != Stage.RESERVED).count() < limit;
    }

    int busy(long now) {
        taken.values().removeIf(slot -> slot.until - now <= 0);
        awaited.retainAll(taken.keySet());
        return taken.size();
    }

    /**
     * A call is made that may start the export.
     *
     * @param starts whether that is what it is for
     * @param until when the slot is free at the latest; where the export has a slot already, that
     *     one lasts so long from now on: it may be built anew
     * @return whether the export had no slot before
     */
    boolean take(long exportKey, boolean starts, long until, long now) {
        Slot slot = taken.get(exportKey);
        if (slot == null) {
            slot = new Slot(now, until, starts ? Stage.STARTED : Stage.UNCLEAR);
        } else if (starts || slot.stage == Stage.RESERVED) {
            slot = new Slot(now, until, Stage.UNCLEAR);
        }
        return taken.put(exportKey, slot.until(until)) == null;
    }

    /** The export is being built; one without a slot takes one. */
    void building(long exportKey, long until, long now) {
        Slot slot = taken.getOrDefault(exportKey, new Slot(now, until, Stage.UNCLEAR));
        taken.put(exportKey, slot.stage == Stage.STARTED ? slot.at(Stage.BUILDING) : slot);
    }

    /**
     * Somebody will look at the export again. One that has no slot has ended, or was started
     * elsewhere.
     */
    void adopt(long exportKey, long until, long now) {
        Slot slot = taken.getOrDefault(exportKey, new Slot(now, until, Stage.RESERVED));
        taken.put(exportKey, slot.until(until));
    }

    /**
     * After the loss of all knowledge. Exports that nobody can account for may be building as well,
     * until those that are known to have been have ended.
     */
    void await(long exportKey) {
        awaited.add(exportKey);
    }

    /** Nobody will see the end of the export. */
    void abandon(long exportKey) {
        long longest = builds.isEmpty() ? FIRST_GUESS : MARGIN * Collections.max(builds);
        long built = Math.max(SHORTEST_GUESS, longest);
        taken.computeIfPresent(
                exportKey,
                (key, slot) -> slot.until(Math.min(slot.until - slot.since, built) + slot.since));
    }

    /** Of an export that was restored, no reader has it: its end was seen before the restore. */
    void freeReserved(long exportKey) {
        Slot slot = taken.get(exportKey);
        if (slot != null && slot.stage == Stage.RESERVED) {
            free(exportKey);
        }
    }

    /** The end of the export was seen. */
    void ended(long exportKey, long now) {
        Slot slot = taken.get(exportKey);
        if (slot != null && slot.stage == Stage.BUILDING) {
            builds.addLast(now - slot.since);
            if (builds.size() > REMEMBERED) {
                builds.removeFirst();
            }
        }
        free(exportKey);
    }

    void free(long exportKey) {
        taken.remove(exportKey);
        awaited.remove(exportKey);
    }

    boolean isTaken(long exportKey) {
        return taken.containsKey(exportKey);
    }
}
