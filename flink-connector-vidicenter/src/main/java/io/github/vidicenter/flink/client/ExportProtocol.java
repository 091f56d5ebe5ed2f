package io.github.vidicenter.flink.client;

import io.github.vidicenter.flink.client.ExportProgress.Rebuild;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongUnaryOperator;

/** Decides, answer by answer, how an export goes on. Pure: no I/O and no clock inside. */
public final class ExportProtocol {

    /**
     * What holds for all exports of a table.
     *
     * @param exportTimeout from the first answer to {@code finished}
     * @param maxAttempts exports in all, and calls in a row without a usable answer
     * @param reuseCached whether an export that somebody else had built is taken as it is
     * @param tokenMayChange see {@link Token#mayChange()}
     */
    public record Policy(
            Duration pollMinInterval,
            Duration pollMaxInterval,
            Duration exportTimeout,
            int maxAttempts,
            boolean reuseCached,
            boolean tokenMayChange) {}

    /**
     * What holds for one export.
     *
     * @param divisible it covers more than one location or window
     * @param recentWindow its window ended less than 48 h before it was first asked for
     * @param nextPoll how long to wait for its next poll, of the export's age, in milliseconds; see
     *     {@link BuildTimes}
     */
    public record Situation(boolean divisible, boolean recentWindow, LongUnaryOperator nextPoll) {}

    /**
     * Creation dates count whole seconds. With this pause between an export's last answer and its
     * rebuild, the rebuilt one has another date, so that an equal date always means the old one.
     */
    private static final long REBUILD_PAUSE_MILLIS = 1_000;

    private final Policy policy;
    private final Waits waits;

    /**
     * @param random gives numbers in [0, 1), for jitter
     */
    public ExportProtocol(Policy policy, DoubleSupplier random) {
        this.policy = policy;
        this.waits = new Waits(policy, random);
    }

    /**
     * The step after an answer. The body of an {@link Answer.Finished} passes to the caller with
     * {@link Step.Deliver}; after any other step the caller closes it unread.
     *
     * @param before the progress with which the call was made
     * @param nowMillis when the answer came, in epoch milliseconds
     */
    public Step next(ExportProgress before, Answer answer, long nowMillis, Situation situation) {
        if (answer instanceof Answer.Pending pending) {
            return pending(before, pending, nowMillis, situation);
        } else if (answer instanceof Answer.Finished finished) {
            return finished(before, finished, nowMillis, situation);
        } else if (answer instanceof Answer.Failed failed) {
            return failed(before, failed, nowMillis, situation);
        } else if (answer instanceof Answer.Broken broken) {
            return broken(before, broken, situation);
        } else if (answer instanceof Answer.Throttled throttled) {
            return ask(before.throttled(), waits.throttled(before, throttled.retryAfter()));
        } else if (answer instanceof Answer.Unauthorized unauthorized) {
            return unauthorized(before, unauthorized);
        } else if (answer instanceof Answer.Rejected rejected) {
            return cutOrFail(before, describe(rejected.status(), rejected.message()), situation);
        } else if (answer instanceof Answer.Redirected redirected) {
            return new Step.Fail(
                    before,
                    describe(redirected.status(), redirected.message())
                            + ". Redirects are not followed: 'url' has to name the API itself",
                    true);
        }
        throw new IllegalArgumentException("not an answer: " + answer);
    }

    private static String describe(int status, String message) {
        return "HTTP %d: %s".formatted(status, message);
    }

    private Step pending(ExportProgress before, Answer.Pending answer, long now, Situation s) {
        boolean old = isStale(before, answer.creationDate());
        ExportProgress progress = old ? before.outdated(now) : before.building(now);
        return pollOrTimeOut(before, progress, answer.creationDate(), now, s);
    }

    private Step finished(ExportProgress before, Answer.Finished answer, long now, Situation s) {
        if (isOutdated(before, answer.creationDate())) {
            return pollOrTimeOut(before, before.outdated(now), null, now, s);
        }
        if (isFound(before) && s.recentWindow() && !policy.reuseCached()) {
            // Somebody may have had it built before the window's last data was there.
            return rebuild(before, answer.creationDate());
        }
        return new Step.Deliver(before.delivered(), answer);
    }

    private Step failed(ExportProgress before, Answer.Failed answer, long now, Situation s) {
        if (isOutdated(before, answer.creationDate())) {
            return pollOrTimeOut(before, before.outdated(now), null, now, s);
        }
        if (isFound(before)) {
            // What failed for somebody else, or before a restart, is none of this job's attempts.
            return rebuild(before, answer.creationDate());
        }
        return tryAgain(before, "the export failed: " + answer.reason(), answer.creationDate(), s);
    }

    /** Whether an export that has ended was not built for this job: it was in the cache. */
    private static boolean isFound(ExportProgress before) {
        return !before.asked() && before.rebuild() == Rebuild.NONE;
    }

    private static Step rebuild(ExportProgress before, String staleDate) {
        return ask(before.rebuilding(before.attempts(), staleDate), REBUILD_PAUSE_MILLIS);
    }

    /**
     * Whether an answer with data or a failure is about the export that a rebuild has to replace.
     * Dates are compared for equality only, since their zone, and so their order, is not certain.
     * Without dates, only an answer that shows the new export at work tells the two apart.
     */
    private static boolean isOutdated(ExportProgress before, String creationDate) {
        return isStale(before, creationDate)
                || before.rebuild() != Rebuild.NONE && creationDate == null;
    }

    private static boolean isStale(ExportProgress before, String creationDate) {
        return creationDate != null && creationDate.equals(before.staleCreationDate());
    }

    private Step pollOrTimeOut(
            ExportProgress before,
            ExportProgress progress,
            String creationDate,
            long now,
            Situation s) {
        long elapsed = now - progress.startedAt();
        if (elapsed >= policy.exportTimeout().toMillis()) {
            String reason =
                    "the export was not finished within %s ('export.timeout')"
                            .formatted(policy.exportTimeout());
            return tryAgain(progress, reason, creationDate, s);
        }
        return ask(
                progress,
                progress.forceRebuild()
                        ? Math.max(REBUILD_PAUSE_MILLIS, waits.broken(progress))
                        : waits.poll(s.nextPoll().applyAsLong(elapsed)));
    }

    /** After an export that came to nothing: another one, unless it is time to cut or give up. */
    private Step tryAgain(ExportProgress before, String reason, String staleDate, Situation s) {
        ExportProgress next = before.rebuilding(before.attempts() + 1, staleDate);
        int left = policy.maxAttempts() - next.attempts();
        if (left <= 0 || left == 1 && s.divisible()) {
            return cutOrFail(
                    next,
                    "%s (attempt %d of %d)"
                            .formatted(reason, next.attempts(), policy.maxAttempts()),
                    s);
        }
        return ask(next, Math.max(REBUILD_PAUSE_MILLIS, waits.attempt(next)));
    }

    /**
     * A call without a usable answer is made again. If it carried {@code force_rebuild}, its fate
     * is unknown: made again blindly it could restart a rebuild that is under way, and taken as
     * made it could leave the old export in place. So the next call goes without, and its answer
     * tells: the new export at work or ready means that it arrived; the old export, that it has to
     * be made once more. This look in between does not reset the count of failures, so that no more
     * than {@code maxAttempts} calls can ask for one rebuild.
     */
    private Step broken(ExportProgress before, Answer.Broken answer, Situation s) {
        ExportProgress progress = before.broken();
        if (progress.callFailures() >= policy.maxAttempts()) {
            return cutOrFail(
                    progress,
                    "no usable answer %d times in a row, at last: %s"
                            .formatted(progress.callFailures(), answer.what()),
                    s);
        }
        return ask(progress, waits.broken(progress));
    }

    private Step unauthorized(ExportProgress before, Answer.Unauthorized answer) {
        if (policy.tokenMayChange() && !before.tokenReread()) {
            return ask(before.rereadingToken(), 0);
        }
        return new Step.Fail(
                before,
                answer.message()
                        + ". Check 'username' and '%s'"
                                .formatted(policy.tokenMayChange() ? "token-file" : "token"),
                true);
    }

    private static Step ask(ExportProgress progress, long waitMillis) {
        return new Step.Ask(progress, waitMillis, progress.forceRebuild());
    }

    private static Step cutOrFail(ExportProgress progress, String reason, Situation s) {
        return s.divisible()
                ? new Step.Cut(progress, reason)
                : new Step.Fail(progress, reason, false);
    }
}
