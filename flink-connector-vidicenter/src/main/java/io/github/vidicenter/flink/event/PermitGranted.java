package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The reader may make the call that it asked for under this id.
 *
 * @param callsUsed part of the account's calls that are used up, 0 to 1: how scarce polls are
 */
public record PermitGranted(long epoch, long id, double callsUsed) implements SourceEvent {}
