package org.lemmalab.complexity;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All vectors of n signs, for exact means over independent fair signs. */
public final class SignVectors {

    /** The largest n that is enumerated. */
    public static final int MAX_LENGTH = 20;

    private SignVectors() {}

    /**
     * The {@code 2^n} vectors, each a new array.
     *
     * @throws IllegalArgumentException unless n is 0 to {@link #MAX_LENGTH}
     */
    public static Stream<double[]> all(int n) {
        if (n < 0 || n > MAX_LENGTH) {
            throw new IllegalArgumentException("n = " + n + ", allowed: 0 to " + MAX_LENGTH);
        }
        return IntStream.range(0, 1 << n).mapToObj(pattern -> {
            double[] signs = new double[n];
            Arrays.setAll(signs, i -> (pattern >> i & 1) == 0 ? 1 : -1);
            return signs;
        });
    }

    /** {@code E f(eps)} over fair signs, with compensated summation. Argument n as in {@link #all}. */
    public static double mean(int n, ToDoubleFunction<double[]> f) {
        return all(n).mapToDouble(f).average().orElseThrow();
    }
}
