package io.github.vidicenter.flink.quota;

/** What a call is for, in the order in which calls are granted. */
public enum PermitKind {
    /** Downloads an export that is known to be finished: frees memory and moves the watermark. */
    FETCH,
    /** Reads a list of the topology: planning waits for it. */
    LIST,
    /** Starts an export: needs a free export slot. */
    START,
    /** Asks whether an export is finished, and downloads it if so. */
    POLL;

    /**
     * Whether the call may start an export, and so needs a slot. The server may have forgotten one
     * that was finished. One that is polled has its slot already, but for a poll that a restore
     * repeats after the end was seen.
     */
    boolean mayStart() {
        return this != LIST;
    }
}
