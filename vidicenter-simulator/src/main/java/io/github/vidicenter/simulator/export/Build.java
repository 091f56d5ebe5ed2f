package io.github.vidicenter.simulator.export;

/** One building of an export. Guarded by its {@link ExportJobs}. */
final class Build {

    private final ExportRows rows;
    private final String creationDate;
    private long endsAt = Long.MAX_VALUE;
    private boolean failed;
    private String failReason;

    Build(ExportRows rows, String creationDate) {
        this.rows = rows;
        this.creationDate = creationDate;
    }

    ExportRows rows() {
        return rows;
    }

    String creationDate() {
        return creationDate;
    }

    /** On the clock of the simulator's nanoseconds; the far future until it is known. */
    long endsAt() {
        return endsAt;
    }

    void endAt(long nanos) {
        endsAt = nanos;
    }

    boolean endedBy(long nanos) {
        return endsAt <= nanos;
    }

    /**
     * Makes the export fail when it ends.
     *
     * @param reason null: none is told
     */
    void fail(String reason) {
        failed = true;
        failReason = reason;
    }

    boolean failed() {
        return failed;
    }

    String failReason() {
        return failReason;
    }
}
