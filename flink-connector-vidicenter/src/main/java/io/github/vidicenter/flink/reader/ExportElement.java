package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.ExportPart;
import java.util.List;

/**
 * What a fetcher hands to the task's thread: a row, or how far the split is. One instance for each
 * batch, filled anew for each element, so that a row costs no object but itself.
 */
final class ExportElement<T> {

    /** The row; null where {@link #parts} is set. */
    T row;

    /** Local time in milliseconds. */
    long periodStart;

    long rowHash;
    long keyHash;

    /** What the split still has to read, from here on; null where this is a row. */
    List<ExportPart> parts;
}
