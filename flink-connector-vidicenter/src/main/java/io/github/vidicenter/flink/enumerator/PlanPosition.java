package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import java.util.List;

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

    PlanPosition planned(int upToId) {
        return upToId >= ids.size()
                ? at(bandEnd)
                : new PlanPosition(bandStart, bandEnd, ids, upToId, idsPerExport);
    }

    /** The ids of the next export. */
    List<Long> group() {
        return ids.subList(nextId, Math.min(nextId + idsPerExport, ids.size()));
    }

    Selection groupOf(Selection.Kind kind) {
        return Selection.of(kind, group());
    }
}
