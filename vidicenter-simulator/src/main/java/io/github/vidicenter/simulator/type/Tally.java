package io.github.vidicenter.simulator.type;

/** Sums over the segments of a bucket, of which an aggregate's row is made. */
final class Tally {

    /** Room for as many parts as any type splits a sum into. */
    static final int PARTS = 15;

    private final Asked asked;
    private final Unit unit;
    private final int group;
    private final long[] sums = new long[Metric.values().length];
    private final long[] parts = new long[PARTS];

    /**
     * @param group number of the group of the type's {@link Groups}
     */
    Tally(Asked asked, Unit unit, int group) {
        this.asked = asked;
        this.unit = unit;
        this.group = group;
    }

    Asked asked() {
        return asked;
    }

    Unit unit() {
        return unit;
    }

    int group() {
        return group;
    }

    void add(Metric metric, long amount) {
        sums[metric.ordinal()] += amount;
    }

    long get(Metric metric) {
        return sums[metric.ordinal()];
    }

    /** Adds to a part of what the type splits: by gender and age, or by direction. */
    void addPart(int part, long amount) {
        parts[part] += amount;
    }

    long part(int part) {
        return parts[part];
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

    /** To hundredths, as most fractions are printed. */
    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
