package io.github.vidicenter.flink.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has read an export: what the sizes of later ones are judged by.
 *
 * @param cells size as the planner knows it, see {@code ExportPart.cells}
 * @param rows in the export
 * @param buildMillis how long the server built it; 0: not known
 */
public record ExportRead(long cells, long rows, long buildMillis) implements SourceEvent {}
