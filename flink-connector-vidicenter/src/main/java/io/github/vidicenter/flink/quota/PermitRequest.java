package io.github.vidicenter.flink.quota;

import java.io.Serializable;

/**
 * A reader's wish to make one call.
 *
 * @param epoch the reader that asks
 * @param id unique within the epoch
 * @param exportKey the canonical request, see {@code ExportRequest.key()}
 * @param order starts with a lower order go first: the start of the export's window
 */
public record PermitRequest(long epoch, long id, PermitKind kind, long exportKey, long order)
        implements Serializable {}
