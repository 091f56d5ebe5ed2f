package io.github.vidicenter.flink.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

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
     * @param expectedBuildMillis how long it may take to build; 0: unknown
     */
    public record Situation(boolean divisible, boolean recentWindow, long expectedBuildMillis) {}

    private final Policy policy;
    private final DoubleSupplier random;

    /**
     * @param random gives numbers in [0, 1), for jitter
     */
    public ExportProtocol(Policy policy, DoubleSupplier random) {
        this.policy = policy;
        this.random = random;
    }

    /**
     * The step after an answer. The body of an {@link Answer.Finished} passes to the caller with
     * {@link Step.Deliver}; after any other step the caller closes it unread.
     *
     * @param before the progress with which the call was made
     * @param nowMillis when the answer came, in epoch milliseconds
     */
    public Step next(ExportProgress before, Answer answer, long nowMillis, Situation situation) {
        throw new UnsupportedOperationException();
    }
}
