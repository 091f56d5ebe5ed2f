package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/** The reader may make the call that it asked for under this id. */
public record PermitGranted(long epoch, long id) implements SourceEvent {}
