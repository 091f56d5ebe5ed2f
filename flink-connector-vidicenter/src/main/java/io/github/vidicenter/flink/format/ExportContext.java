package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.window.WindowGrid;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What a row's record may need besides the row.
 *
 * @param creationDate the answer's {@code creation_date}; null: it had none
 * @param windows the scan's windows
 * @param revision 0 at first read, then counted up by refreshes
 * @param parseErrorCounter run for each value that did not fit its column and was ignored
 */
@PublicEvolving
public record ExportContext(
        String creationDate,
        @Internal WindowGrid windows,
        int revision,
        Runnable parseErrorCounter) {

    @Internal
    public ExportContext {}
}
