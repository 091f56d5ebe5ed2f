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
        implements Serializable {

    /** No export has this key, so what is said of the slot of a list is of none. */
    private static final long NO_EXPORT = 0;

    /** What tells a permit from all others. */
    record Name(long epoch, long id) {}

    Name name() {
        return new Name(epoch, id);
    }

    /** For a list of the topology, which builds nothing. */
    public static PermitRequest list(long epoch, long id) {
        return new PermitRequest(epoch, id, PermitKind.LIST, NO_EXPORT, 0);
    }
}
