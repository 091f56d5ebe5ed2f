package io.github.vidicenter.simulator.api;

import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.RealTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Counts connections, requests and calls, and says which go over the limits. A call that is refused
 * does not count towards the limit of the calls after it.
 */
final class CallGate {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final RealTime time;
    private final Supplier<Limits> limits;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private final Deque<Long> arrived = new ArrayDeque<>();
    private int sockets;
    private int requests;

    /** What was seen, for the audit. */
    record Seen(
            long calls,
            long tooManyCalls,
            long tooManyRequests,
            int maxCallsInMinute,
            int maxRequests,
            int maxSockets) {}

    private long calls;
    private long tooManyCalls;
    private long tooManyRequests;
    private int maxCallsInMinute;
    private int maxRequests;
    private int maxSockets;

    CallGate(RealTime time, Supplier<Limits> limits) {
        this.time = time;
        this.limits = limits;
    }

    synchronized void opened() {
        maxSockets = Math.max(maxSockets, ++sockets);
    }

    synchronized void closed() {
        sockets--;
    }

    /**
     * A request's headers have come; {@link #left} must follow.
     *
     * @return whether it is within the limit of simultaneous requests
     */
    synchronized boolean entered() {
        calls++;
        maxRequests = Math.max(maxRequests, ++requests);
        arrived.add(time.nanos());
        maxCallsInMinute = Math.max(maxCallsInMinute, lastMinute(arrived));
        boolean within = requests <= limits.get().simultaneousRequests();
        tooManyRequests += within ? 0 : 1;
        return within;
    }

    /** The answer is all but out. A client can't know earlier that it may ask again. */
    synchronized void left() {
        requests--;
    }

    /**
     * A known user calls.
     *
     * @return null if that is within the limit of calls; otherwise how long until it would be, on
     *     the client's clock
     */
    synchronized Duration admitted() {
        int limit = limits.get().callsPerMinute();
        if (lastMinute(admitted) < limit) {
            admitted.add(time.nanos());
            return null;
        }
        tooManyCalls++;
        return time.forClients(
                admitted.isEmpty()
                        ? Duration.ofMinutes(1)
                        : Duration.ofNanos(MINUTE - (time.nanos() - admitted.peek())));
    }

    synchronized Seen seen() {
        return new Seen(
                calls, tooManyCalls, tooManyRequests, maxCallsInMinute, maxRequests, maxSockets);
    }

    private int lastMinute(Deque<Long> times) {
        while (!times.isEmpty() && time.nanos() - times.peek() >= MINUTE) {
            times.remove();
        }
        return times.size();
    }
}
