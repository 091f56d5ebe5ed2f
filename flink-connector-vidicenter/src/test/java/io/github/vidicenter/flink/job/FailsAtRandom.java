package io.github.vidicenter.flink.job;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Fails a few times over a job, at a random row of each attempt. */
final class FailsAtRandom extends RichMapFunction<String, String> {

    private static final Map<String, AtomicInteger> LEFT = new ConcurrentHashMap<>();

    private final String job;
    private final long seed;
    private final int withinRows;
    private transient int failsAt;
    private transient int rows;

    FailsAtRandom(String job, int failures, long seed) {
        this(job, failures, seed, 100);
    }

    /**
     * @param withinRows an attempt fails at one of its first so many rows
     */
    FailsAtRandom(String job, int failures, long seed, int withinRows) {
        this.job = job;
        this.seed = seed;
        this.withinRows = withinRows;
        LEFT.putIfAbsent(job, new AtomicInteger(failures));
    }

    /** Failures of a job that have not happened. */
    static int left(String job) {
        return LEFT.get(job).get();
    }

    @Override
    public String map(String row) {
        AtomicInteger left = LEFT.get(job);
        if (failsAt == 0) {
            failsAt = 1 + new Random(seed + left.get()).nextInt(withinRows);
        }
        rows++;
        if (rows == failsAt && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("a failure that the test asked for");
        }
        return row;
    }
}
