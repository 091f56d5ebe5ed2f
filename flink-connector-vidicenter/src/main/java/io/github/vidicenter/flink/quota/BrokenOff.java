package io.github.vidicenter.flink.quota;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests that broke off. The server may notice a moment later than the client, and counts them
 * among the simultaneous ones until then.
 */
final class BrokenOff {

    static final long NOTICED_AFTER = 1_000_000_000L;

    private final Deque<Long> until = new ArrayDeque<>();

    void add(long now) {
        until.add(now + NOTICED_AFTER);
    }

    int count(long now) {
        while (!until.isEmpty() && until.peek() - now <= 0) {
            until.remove();
        }
        return until.size();
    }
}
