package io.github.vidicenter.flink.quota;

import java.util.PriorityQueue;

/**
 * Calls in any 60 seconds. The server counts arrivals, of which a client knows only that they lie
 * between the grant and the answer: a call counts from its grant until 60 s after its answer.
 */
final class CallBudget {

    static final long MINUTE = 60_000_000_000L;

    private final PriorityQueue<Long> answered = new PriorityQueue<>();
    private int underWay;
    private int spent;
    private long spentUntil;

    boolean allows(int limit, long now) {
        return used(now) < limit;
    }

    int used(long now) {
        while (!answered.isEmpty() && answered.peek() - now <= 0) {
            answered.poll();
        }
        spent = spentUntil - now <= 0 ? 0 : spent;
        return (int) Math.min(Integer.MAX_VALUE, (long) spent + underWay + answered.size());
    }

    void granted() {
        underWay++;
    }

    void takenBack() {
        underWay--;
    }

    /**
     * @param answeredAt when the answer's headers had come, at the latest
     */
    void answered(long answeredAt) {
        underWay--;
        answered.add(answeredAt + MINUTE);
    }

    /** Counts calls that nobody knows of as made just now. */
    void spend(int calls, long now) {
        spent = calls;
        spentUntil = now + MINUTE;
    }
}
