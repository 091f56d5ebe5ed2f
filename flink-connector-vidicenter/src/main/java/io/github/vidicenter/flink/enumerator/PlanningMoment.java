package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import java.util.function.LongPredicate;

/**
 * What the planner has to know of the world at the moment in which it plans. Ends of windows are
 * local times in milliseconds.
 *
 * @param begins whether a band may begin with the window with that end: it is due at one location
 * @param due whether the window with that end is due at all locations
 * @param recent whether the window with that end ended less than 48 h ago
 * @param selection what the windows that begin now are read for
 * @param share of the account's limits that the table may use
 */
record PlanningMoment(
        LongPredicate begins,
        LongPredicate due,
        LongPredicate recent,
        Selection selection,
        double share,
        Readiness readiness) {

    /** Of single ids, of which the topology may tell. */
    interface Readiness {

        /** What is due is ready: all ids have the same time, and uploads are not awaited. */
        Readiness ALL = (id, end) -> true;

        /**
         * Whether there is nothing more to wait for before the end of a window.
         *
         * @param id of the divided list; null: of all that is selected
         */
        boolean isReady(Long id, long end);
    }
}
