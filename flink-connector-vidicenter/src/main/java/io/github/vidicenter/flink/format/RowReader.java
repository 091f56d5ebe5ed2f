package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Reads the rows of one export, one after the other. The accessors speak of the row read last.
 *
 * <p>Hashes are part of the checkpoint format: they survive restarts and new versions of the
 * connector, and don't depend on the order of keys or the form of numbers in the JSON.
 */
@PublicEvolving
public interface RowReader<T> {

    /**
     * Reads a row.
     *
     * @param parser at the row's START_OBJECT; left at its END_OBJECT
     * @throws IOException if the JSON ends early or is malformed
     * @throws ExportDecodeException if a value does not fit, or the row has no start time
     */
    T read(JsonParser parser) throws IOException;

    /** When the row's period or event starts, local time in milliseconds as if it were UTC. */
    long periodStart();

    /** A hash of all that was read of the row. */
    long rowHash();

    /** A hash of the natural key's values; 0 where rows have no natural key. */
    long keyHash();

    /** Id of the location or site that the row is of; 0: not known. */
    default long sourceId() {
        return 0;
    }

    /** Whether rows have a natural key. */
    boolean keyed();
}
