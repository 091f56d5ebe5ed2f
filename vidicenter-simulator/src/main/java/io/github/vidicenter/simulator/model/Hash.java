package io.github.vidicenter.simulator.model;

import java.util.SplittableRandom;

/** Numbers that look random and are always the same for the same input. */
public final class Hash {

    private Hash() {}

    public static long of(long a, long b) {
        return mix(mix(a) + 0x9E3779B97F4A7C15L * (b + 1));
    }

    public static long of(long a, long b, long c) {
        return of(of(a, b), c);
    }

    /** Between {@code low} inclusive and {@code high} exclusive. */
    public static double between(long hash, double low, double high) {
        return low + (high - low) * (hash >>> 11) * 0x1.0p-53;
    }

    public static int between(long hash, int low, int high) {
        return low + (int) Long.remainderUnsigned(hash, high - low);
    }

    public static SplittableRandom random(long a, long b, long c) {
        return new SplittableRandom(of(a, b, c));
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
