package io.github.vidicenter.flink.enumerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far the plan is: a band of whole windows that is planned for all ids before the next one
 * begins. All that a checkpoint needs of the planner; it grows neither with the history nor with
 * the number of windows.
 *
 * @param bandStart inclusive, local time in milliseconds
 * @param bandEnd exclusive; equal to the start where the band has not begun
 * @param ids the ids that the band is planned for, so that new ones join at the next window; empty
 *     where the selection is not divided
 * @param nextId index of the first id that is not planned yet
 * @param idsPerExport how many of them one export of this band takes
 */
public record PlanPosition(
        long bandStart, long bandEnd, List<Long> ids, int nextId, int idsPerExport) {

    static PlanPosition at(long windowStart) {
        return new PlanPosition(windowStart, windowStart, List.of(), 0, 0);
    }

    boolean isBetweenBands() {
        return bandStart == bandEnd;
    }

    /** The ids that are not planned yet. */
    List<Long> left() {
        return ids.subList(nextId, ids.size());
    }

    /**
     * After an export of these ids.
     *
     * @param group of the ids that are left, in their order; they move to the front
     */
    PlanPosition planned(List<Long> group) {
        if (nextId + group.size() >= ids.size()) {
            return at(bandEnd);
        }
        if (left().subList(0, group.size()).equals(group)) {
            return new PlanPosition(bandStart, bandEnd, ids, nextId + group.size(), idsPerExport);
        }
        List<Long> order = new ArrayList<>(ids.subList(0, nextId));
        order.addAll(group);
        Set<Long> now = Set.copyOf(group);
        left().stream().filter(id -> !now.contains(id)).forEach(order::add);
        return new PlanPosition(bandStart, bandEnd, order, nextId + group.size(), idsPerExport);
    }
}
