package io.github.vidicenter.flink.format;

import java.io.Serializable;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;

/**
 * Turns the rows of exports into records. It travels to the readers; what it makes there, one
 * {@link RowReader} per export, is used by one thread.
 */
public interface VidiCenterDeserializer<T> extends Serializable, ResultTypeQueryable<T> {

    /** A reader for the rows of one export. */
    RowReader<T> createReader(ExportContext context);
}
