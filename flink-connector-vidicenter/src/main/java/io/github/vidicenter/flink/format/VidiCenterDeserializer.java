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

    /** A reader for the rows of one export. */
    RowReader<T> createReader(ExportContext context);
}
