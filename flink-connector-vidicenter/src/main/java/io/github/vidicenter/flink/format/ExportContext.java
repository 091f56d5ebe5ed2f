package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.window.WindowGrid;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What a row's record may need besides the row.
 *
 * @param creationDate the answer's {@code creation_date}; null: it had none
 * @param windows the scan's windows
 * @param revisions which revision rows are of
 * @param parseErrorCounter run for each value that did not fit its column and was ignored
 */
@PublicEvolving
public record ExportContext(
        String creationDate,
        @Internal WindowGrid windows,
        @Internal Revisions revisions,
        Runnable parseErrorCounter) {

    @Internal
    public ExportContext {}

    /** How often refreshes found a window changed. */
    @Internal
    public interface Revisions {

        /** At first read. */
        Revisions FIRST = (source, window) -> 0;

        /**
         * @param source id of the location or site
         * @param window start of the window, local time in milliseconds
         */
        int of(long source, long window);
    }
}
