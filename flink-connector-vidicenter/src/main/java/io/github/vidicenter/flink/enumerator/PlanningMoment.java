package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import java.util.function.LongPredicate;

/**
 * What the planner has to know of the world at the moment in which it plans. Ends of windows are
 * local times in milliseconds.
 *
 * @param due whether the window with that end may be asked for
 * @param recent whether the window with that end ended less than 48 h ago
 * @param selection what the windows that begin now are read for
 * @param share of the account's limits that the table may use
 */
record PlanningMoment(
        LongPredicate due,
        LongPredicate recent,
        Selection selection,
        double share,
        Uploads uploads) {

    /** What has been uploaded ({@code scan.window.upload-timeout}). */
    interface Uploads {

        /** Don't wait for uploads. */
        Uploads NOT_AWAITED = (id, end) -> true;

        /**
         * Whether there is nothing more to wait for before the end of a window.
         *
         * @param id of the divided list; null: of all that is selected
         */
        boolean past(Long id, long end);
    }
}
