package io.github.vidicenter.flink.process;

import java.util.Random;

/** How often a fault is repeated, and the chance of it. A seed is printed, and can be given. */
final class Rounds {

    final long seed = Long.getLong("process.seed", new Random().nextLong());
    final Random random = new Random(seed);
    private final String test;
    private int left;

    /**
     * @param count the property that says how many
     */
    Rounds(String test, String count) {
        this.test = test;
        this.left = Integer.getInteger(count);
        System.out.printf("%s: %d rounds, -Dprocess.seed=%d%n", test, left, seed);
    }

    boolean areLeft() {
        return left > 0;
    }

    /** Ends a round. */
    void done(String what) {
        left--;
        System.out.printf("%s: %s; %d rounds left%n", test, what, left);
    }

    void report(String counts) {
        System.out.printf("%s: %s%n", test, counts);
    }
}
