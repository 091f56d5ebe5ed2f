package io.github.vidicenter.flink.client;

import java.io.Serializable;
import java.time.Duration;

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

    /**
     * Whether the next answer is to be whole before anything is made of it: its creation date may
     * tell which export it is, and an answer that broke off is not to do so again and again.
     */
    public boolean needsWholeAnswer() {
        return !asked || callFailures > 0 || rebuild != Rebuild.NONE || staleCreationDate != null;
    }

    /** Whether the next call has to carry {@code force_rebuild}. */
    public boolean forceRebuild() {
        return rebuild == Rebuild.DUE;
    }

    /**
     * The progress to go on with after a restore. A rebuild that was due may have been asked for
     * after the checkpoint, so it is looked at before it is asked for again. An export that would
     * have timed out while nobody looked has its time anew.
     */
    public ExportProgress afterRestore(long nowMillis, Duration exportTimeout) {
        boolean late = nowMillis - startedAt >= exportTimeout.toMillis();
        return new ExportProgress(
                asked,
                attempts,
                callFailures,
                throttles,
                rebuild == Rebuild.DUE ? Rebuild.IN_DOUBT : rebuild,
                staleCreationDate,
                polls,
                late ? 0 : startedAt,
                tokenReread);
    }

    /** The export is being built, and it is not one that a rebuild has to replace. */
    ExportProgress building(long nowMillis) {
        return notReady(true, Rebuild.NONE, 0, nowMillis);
    }

    /** The answer was still about the export that a rebuild has to replace. */
    ExportProgress outdated(long nowMillis) {
        return switch (rebuild) {
            case NONE -> notReady(asked, Rebuild.NONE, 0, nowMillis);
            case DUE, AWAITED -> notReady(asked, Rebuild.AWAITED, 0, nowMillis);
            // The call in doubt is made once more, so its failures go on counting.
            case IN_DOUBT -> notReady(asked, Rebuild.DUE, callFailures, nowMillis);
        };
    }

    /** The export is here; fetching it again finds it finished, or builds it anew. */
    ExportProgress delivered() {
        return new ExportProgress(
                true, attempts, 0, 0, Rebuild.NONE, staleCreationDate, 0, 0, false);
    }

    /**
     * The export has to be built anew.
     *
     * @param staleDate creation date of the one to replace; null: unknown
     */
    ExportProgress rebuilding(int attemptsSoFar, String staleDate) {
        String stale = staleDate == null ? staleCreationDate : staleDate;
        return new ExportProgress(true, attemptsSoFar, 0, 0, Rebuild.DUE, stale, 0, 0, false);
    }

    ExportProgress broken() {
        return with(rebuild == Rebuild.DUE ? Rebuild.IN_DOUBT : rebuild, callFailures + 1, 0);
    }

    /** A call that was refused for its frequency had no effect. */
    ExportProgress throttled() {
        return with(rebuild, callFailures, throttles + 1);
    }

    ExportProgress rereadingToken() {
        return new ExportProgress(
                asked,
                attempts,
                callFailures,
                throttles,
                rebuild,
                staleCreationDate,
                polls,
                startedAt,
                true);
    }

    private ExportProgress notReady(
            boolean nowAsked, Rebuild nowRebuild, int failures, long nowMillis) {
        return new ExportProgress(
                nowAsked,
                attempts,
                failures,
                0,
                nowRebuild,
                staleCreationDate,
                polls + 1,
                // A clock that was set back counts from then on.
                startedAt == 0 || nowMillis < startedAt ? nowMillis : startedAt,
                false);
    }

    private ExportProgress with(Rebuild nowRebuild, int failures, int nowThrottles) {
        return new ExportProgress(
                asked,
                attempts,
                failures,
                nowThrottles,
                nowRebuild,
                staleCreationDate,
                polls,
                startedAt,
                tokenReread);
    }
}
