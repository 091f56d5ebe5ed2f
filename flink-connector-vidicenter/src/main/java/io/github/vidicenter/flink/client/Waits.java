package io.github.vidicenter.flink.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next call, in milliseconds. */
final class Waits {

    /** The account's limit counts calls in a minute, so a longer wait gains nothing. */
    private static final long THROTTLED_MAX_MILLIS = 60_000;

    private static final long THROTTLED_MIN_MILLIS = 1_000;

    private final long min;
    private final long max;
    private final DoubleSupplier random;

    Waits(ExportProtocol.Policy policy, DoubleSupplier random) {
        this.min = policy.pollMinInterval().toMillis();
        this.max = Math.max(min, policy.pollMaxInterval().toMillis());
        this.random = random;
    }

    /** Before the next poll: as wished, within the bounds. */
    long poll(long wished) {
        return Math.min(max, Math.max(min, wished));
    }

    /** After calls without a usable answer. */
    long broken(ExportProgress progress) {
        return backoff(progress.callFailures(), min, max);
    }

    /** Before an export is built anew after it failed or timed out. */
    long attempt(ExportProgress progress) {
        return backoff(progress.attempts(), min, max);
    }

    /**
     * After an answer 429.
     *
     * @param retryAfter null: the server didn't say
     */
    long throttled(ExportProgress before, Duration retryAfter) {
        return retryAfter != null
                ? retryAfter.toMillis()
                : backoff(
                        before.throttles() + 1,
                        Math.max(min, THROTTLED_MIN_MILLIS),
                        THROTTLED_MAX_MILLIS);
    }

    /** Doubles with each time, half of it left to chance so that callers don't march in step. */
    private long backoff(int times, long from, long to) {
        double whole = Math.min(to, from * Math.pow(2, times - 1.0));
        return (long) (whole / 2 + whole / 2 * random.getAsDouble());
    }
}
