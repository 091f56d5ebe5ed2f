package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The last word of a reader that is about to fail for good: it wants no more events, since one that
 * a failed task does not take would be told as the reason of the job's failure.
 */
public record ReaderFails(long epoch) implements SourceEvent {}
