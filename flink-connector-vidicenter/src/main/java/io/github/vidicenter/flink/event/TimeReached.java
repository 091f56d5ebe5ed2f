package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * All rows before this time have been emitted, by all readers.
 *
 * @param localMillis exclusive, local time in milliseconds
 */
public record TimeReached(long localMillis) implements SourceEvent {}
