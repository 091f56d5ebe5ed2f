package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;

/**
 * Turns the rows of exports into records. It travels to the readers; what it makes there, one
 * {@link RowReader} per export, is used by one thread.
 */
@PublicEvolving
public interface VidiCenterDeserializer<T> extends Serializable, ResultTypeQueryable<T> {

    /**
     * Called once, when the source is built.
     *
     * @return the deserializer to use for these exports
     * @throws org.apache.flink.table.api.ValidationException if it does not fit the exports
     */
    @Internal
    default VidiCenterDeserializer<T> configure(VidiCenterConfig config) {
        return this;
    }

    /**
     * Whether rows can be read only once the export's {@code creation_date} is known, which the
     * answer may tell after them: because it becomes part of records, or because rows have a
     * natural key, by which those of another export are told.
     */
    @Internal
    default boolean needsCreationDate() {
        return true;
    }

    /** A reader for the rows of one export. */
    RowReader<T> createReader(ExportContext context);
}
