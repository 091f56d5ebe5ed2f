package io.github.vidicenter.flink.event;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Exports that a reader has of its restored state, told before its hello: what was being built when
 * the state was taken and is in no reader's hands has ended since.
 *
 * @param exportKeys see {@code ExportRequest.key()}
 */
public record ExportsHeld(List<Long> exportKeys) implements SourceEvent {}
