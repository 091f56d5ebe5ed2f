package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * All rows before this time have been emitted, by all readers.
 *
 * @param localMillis exclusive, local time in milliseconds
 * @param keepFrom start of the first window that refreshes may come back to; {@link
 *     Long#MIN_VALUE}: to any
 */
public record TimeReached(long localMillis, long keepFrom) implements SourceEvent {}
