package io.github.vidicenter.flink.reader;

/**
 * A row on its way to the task's thread. One instance for each batch, filled anew for each row, so
 * that a row costs no object but itself.
 */
final class ExportElement<T> {

    T row;

    /** Local time in milliseconds. */
    long periodStart;

    long rowHash;
    long keyHash;
}
