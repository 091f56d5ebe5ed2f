package io.github.vidicenter.flink.client;

import java.io.Serializable;

/**
 * How far an export is: all that {@link ExportProtocol} remembers between two calls, and what a
 * checkpoint holds of it. Immutable.
 *
 * @param asked the server has shown that it builds or built this export for this job
 * @param attempts exports that failed or timed out so far
 * @param callFailures calls in a row without a usable answer
 * @param throttles answers 429 in a row
 * @param rebuild where a rebuild stands
 * @param staleCreationDate an answer with this creation date is an export that a rebuild has to
 *     replace; null: none is known
 * @param polls answers so far that said that this attempt's export is not ready
 * @param startedAt when the first of them came, in epoch milliseconds; 0: none came yet
 * @param tokenReread the token was read again after the last answer 401
 */
public record ExportProgress(
        boolean asked,
        int attempts,
        int callFailures,
        int throttles,
        Rebuild rebuild,
        String staleCreationDate,
        int polls,
        long startedAt,
        boolean tokenReread)
        implements Serializable {

    /** Where a rebuild stands. Checkpoints hold the names. */
    public enum Rebuild {
        /** No rebuild is due, or the server has shown that it is at it. */
        NONE,
        /** The next call has to carry {@code force_rebuild}. */
        DUE,
        /** It was sent and answered, but with the old export. */
        AWAITED,
        /** It was sent, and no usable answer tells whether it arrived. */
        IN_DOUBT
    }

    /** An export that this job has not asked for yet. */
    public static ExportProgress initial() {
        return startingWith(0);
    }

    /**
     * Progress of a half after a {@link Step.Cut}: a request of its own that was not asked for yet.
     * A half that can be cut again has one attempt left, so that the search for the part that fails
     * costs one export per cut. One that stands alone starts afresh with all attempts: it is what a
     * failure would lose, and nothing says yet that it is the part that fails.
     *
     * @param divisible whether the half covers more than one location or window
     */
    public static ExportProgress afterCut(int maxAttempts, boolean divisible) {
        return startingWith(divisible ? maxAttempts - 1 : 0);
    }

    private static ExportProgress startingWith(int attempts) {
        return new ExportProgress(false, attempts, 0, 0, Rebuild.NONE, null, 0, 0, false);
    }

    /** Whether the next call has to carry {@code force_rebuild}. */
    public boolean forceRebuild() {
        return rebuild == Rebuild.DUE;
    }

    /**
     * The progress to go on with after a restore. A rebuild that was due may have been asked for
     * after the checkpoint, so it is looked at before it is asked for again.
     */
    public ExportProgress afterRestore() {
        return rebuild == Rebuild.DUE
                ? new ExportProgress(
                        asked,
                        attempts,
                        callFailures,
                        throttles,
                        Rebuild.IN_DOUBT,
                        staleCreationDate,
                        polls,
                        startedAt,
                        tokenReread)
                : this;
    }
}
