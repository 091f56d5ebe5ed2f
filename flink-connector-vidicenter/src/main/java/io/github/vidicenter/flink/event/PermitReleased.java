package io.github.vidicenter.flink.event;

import io.github.vidicenter.flink.quota.CallResult;
import org.apache.flink.api.connector.source.SourceEvent;

/** A call is over and its connection closed. */
public record PermitReleased(long epoch, long id, CallResult result) implements SourceEvent {}
