package io.github.vidicenter.flink.enumerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far the plan is. All that a checkpoint needs of the planner; it grows neither with the
 * history nor with the number of windows, but with what is waited for.
 *
 * @param next start of what has not begun, local time in milliseconds
 * @param open bands of windows that have begun and are not planned for all their ids, in the order
 *     of time
 */
public record PlanPosition(long next, List<Band> open) {

    /**
     * Whole windows that are planned together.
     *
     * @param start inclusive, local time in milliseconds
     * @param end exclusive
     * @param left the ids that are not planned yet, of those that there were when it began: new
     *     ones join at the next window
     * @param idsPerExport how many of them one export takes
     */
    public record Band(long start, long end, List<Long> left, int idsPerExport) {
        public Band {
            left = List.copyOf(left);
        }

        private Band without(List<Long> planned) {
            List<Long> rest = left.subList(planned.size(), left.size());
            if (!left.subList(0, planned.size()).equals(planned)) {
                Set<Long> gone = Set.copyOf(planned);
                rest = left.stream().filter(id -> !gone.contains(id)).toList();
            }
            return new Band(start, end, rest, idsPerExport);
        }
    }

    public PlanPosition {
        open = List.copyOf(open);
    }

    static PlanPosition at(long windowStart) {
        return new PlanPosition(windowStart, List.of());
    }

    /** All before this local time is planned. */
    long upTo() {
        return open.isEmpty() ? next : open.get(0).start();
    }

    /** How many ids of bands are waited for. */
    int left() {
        return open.stream().mapToInt(band -> band.left().size()).sum();
    }

    PlanPosition begun(Band band) {
        List<Band> bands = new ArrayList<>(open);
        bands.add(band);
        return new PlanPosition(band.end(), bands);
    }

    /** After an export of these ids of a band. */
    PlanPosition planned(Band band, List<Long> ids) {
        List<Band> bands = new ArrayList<>();
        for (Band each : open) {
            Band now = each.start() == band.start() ? each.without(ids) : each;
            if (!now.left().isEmpty()) {
                bands.add(now);
            }
        }
        return new PlanPosition(next, bands);
    }
}
