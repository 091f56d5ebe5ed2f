package io.github.vidicenter.flink.quota;

import java.time.Duration;

/**
 * One of the account's limits as the server seems to keep it. After a refusal, as when somebody
 * else uses the account as well, it is lower, and from there it rises slowly to what is configured,
 * so that the account does not run into the same refusal again and again.
 */
final class Allowance {

    /** From nothing to the configured limit. */
    static final Duration RISE = Duration.ofMinutes(5);

    private boolean lowered;
    private double from;
    private long since;

    /** What is allowed of the configured limit at present, at least 1. */
    int of(int limit, long now) {
        if (lowered) {
            double risen = (double) limit * (now - since) / RISE.toNanos();
            if (from + risen < limit) {
                return (int) Math.max(1, from + risen);
            }
            lowered = false;
        }
        return limit;
    }

    /** The server refused more than this. */
    void refusedBeyond(double inUse, int limit, long now) {
        from = Math.min(inUse, of(limit, now));
        since = now;
        lowered = true;
    }
}
