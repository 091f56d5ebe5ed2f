package io.github.vidicenter.simulator.type;

/** Sums over the segments of a bucket, of which an aggregate's row is made. */
final class Tally {

    private final long[] sums = new long[Metric.values().length];

    void add(Metric metric, long amount) {
        sums[metric.ordinal()] += amount;
    }

    long get(Metric metric) {
        return sums[metric.ordinal()];
    }

    /** Zero where nothing can be divided. */
    double ratio(Metric dividend, Metric divisor) {
        long by = get(divisor);
        return by == 0 ? 0 : (double) get(dividend) / by;
    }

    /** Multiplies all sums by a fraction and rounds them. */
    void scale(long numerator, long denominator) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.round((double) sums[i] * numerator / denominator);
        }
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
