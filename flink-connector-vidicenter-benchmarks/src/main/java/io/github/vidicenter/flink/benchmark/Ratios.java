package io.github.vidicenter.flink.benchmark;

import java.util.Arrays;

/**
 * How many times as fast one way is as another, from times that were taken side by side.
 *
 * @param median of the rounds' ratios
 */
record Ratios(double median, double min, double max) {

    /**
     * @param base times of the way that counts as 1, by round
     * @param times of the other way, in the same rounds
     */
    static Ratios of(double[] base, double[] times) {
        double[] ratios = new double[base.length];
        Arrays.setAll(ratios, i -> base[i] / times[i]);
        Arrays.sort(ratios);
        return new Ratios(ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
    }

    static double medianOf(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The median, and between what the rounds lie. */
    @Override
    public String toString() {
        return min == max
                ? "%.2f".formatted(median)
                : "%.2f (%.2f to %.2f)".formatted(median, min, max);
    }
}
