package io.github.vidicenter.flink.quota;

/** What a call waits for that has no permit yet. */
public enum WaitCause {
    /** The server answered 429: the account rests. */
    PAUSE("pause"),
    /** As many exports are being built as the account may have. */
    EXPORT_SLOT("exportSlot"),
    /** As many requests are in flight as the account may have. */
    CONNECTION("connection"),
    /** The calls of the minute are used up. */
    CALLS("calls");

    private final String label;

    WaitCause(String label) {
        this.label = label;
    }

    /** As metrics name it. */
    public String label() {
        return label;
    }
}
