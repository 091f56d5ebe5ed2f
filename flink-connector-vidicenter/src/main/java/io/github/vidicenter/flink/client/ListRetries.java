package io.github.vidicenter.flink.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What to do about a list that did not come: the same as for exports. Counts the calls in a row
 * that brought none. Pure: no I/O and no clock inside; used by one thread.
 */
public final class ListRetries {

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final int maxAttempts;
    private final boolean tokenMayChange;
    private final DoubleSupplier random;
    private int failures;
    private int throttles;
    private boolean tokenReread;

    /** What to do next. */
    public sealed interface Next {

        /** Ask again, after this long. */
        record Again(Duration pause) implements Next {}

        /**
         * It won't come.
         *
         * @param forGood true: nothing but another configuration helps; false: the service doesn't
         *     answer at present, and asking once more after {@code pause} may
         */
        record GiveUp(String reason, boolean forGood, Duration pause) implements Next {}
    }

    /**
     * @param maxAttempts calls in a row without a usable answer, of {@code export.max-attempts}
     * @param tokenMayChange see {@link Token#mayChange()}
     * @param random gives numbers in [0, 1), for jitter
     */
    public ListRetries(int maxAttempts, boolean tokenMayChange, DoubleSupplier random) {
        this.maxAttempts = maxAttempts;
        this.tokenMayChange = tokenMayChange;
        this.random = random;
    }

    /** A list came: what went wrong before is over. */
    public void succeeded() {
        failures = 0;
        throttles = 0;
        tokenReread = false;
    }

    public Next next(Answer.Trouble trouble) {
        if (trouble instanceof Answer.Throttled throttled) {
            throttles++;
            return new Next.Again(
                    throttled.retryAfter() != null ? throttled.retryAfter() : backoff(throttles));
        } else if (trouble instanceof Answer.Unauthorized unauthorized) {
            if (tokenMayChange && !tokenReread) {
                tokenReread = true;
                return new Next.Again(Duration.ZERO);
            }
            return forGood(
                    unauthorized.message()
                            + ". Check 'username' and '%s'"
                                    .formatted(tokenMayChange ? "token-file" : "token"));
        } else if (trouble instanceof Answer.Redirected redirected) {
            return forGood(
                    "HTTP %d: %s. Redirects are not followed: 'url' has to name the API itself"
                            .formatted(redirected.status(), redirected.message()));
        } else if (trouble instanceof Answer.Rejected rejected) {
            return forGood("HTTP %d: %s".formatted(rejected.status(), rejected.message()));
        }
        failures++;
        Duration pause = backoff(failures);
        return failures < maxAttempts
                ? new Next.Again(pause)
                : new Next.GiveUp(
                        "no usable answer %d times in a row, at last: %s"
                                .formatted(failures, ((Answer.Broken) trouble).what()),
                        false,
                        pause);
    }

    private Next forGood(String reason) {
        return new Next.GiveUp(reason, true, MAX_WAIT);
    }

    /** Doubles with each time, half of it left to chance so that callers don't march in step. */
    private Duration backoff(int times) {
        double whole =
                Math.min(MAX_WAIT.toMillis(), MIN_WAIT.toMillis() * Math.pow(2, times - 1.0));
        return Duration.ofMillis((long) (whole / 2 + whole / 2 * random.getAsDouble()));
    }
}
