package io.github.vidicenter.flink.event;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has emitted the last row of these splits.
 *
 * @param rows that it emitted of them, since it started
 */
public record SplitsFinished(long epoch, List<String> splitIds, long rows) implements SourceEvent {}
