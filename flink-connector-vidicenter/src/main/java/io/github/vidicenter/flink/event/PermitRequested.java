package io.github.vidicenter.flink.event;

import io.github.vidicenter.flink.quota.PermitRequest;
import org.apache.flink.api.connector.source.SourceEvent;

/** A reader asks to make one call. */
public record PermitRequested(PermitRequest request) implements SourceEvent {}
