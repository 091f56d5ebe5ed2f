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

    boolean allows(int limit, long now) {
        return used(now) < limit;
    }

    int used(long now) {
        while (!answered.isEmpty() && answered.peek() - now <= 0) {
            answered.poll();
        }
        return underWay + answered.size();
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
        for (int i = 0; i < calls; i++) {
            answered.add(now + MINUTE);
        }
    }
}
