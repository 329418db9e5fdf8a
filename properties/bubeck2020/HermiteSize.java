package bubeck2020;

import java.util.stream.IntStream;

/** How large the terms of orthonormal Hermite polynomials are, which is what rounding errors are measured by. */
final class HermiteSize {
    private HermiteSize() {}

    /**
     * {@code |h_m|(r)}, the sum of the moduli of all terms of {@code h_m} at an argument of modulus r: the recurrence with a plus sign. The recurrence
     * with a minus sign, in which each term passes through at most ten roundings per step, is exact to {@code 10 m 2^-53} of it.
     */
    static double at(int m, double r) {
        double last = 0;
        double value = 1;
        for (int i = 0; i < m; i++) {
            double next = (r * value + Math.sqrt(i) * last) / Math.sqrt(i + 1);
            last = value;
            value = next;
        }
        return value;
    }

    /** {@code m!} as a double. */
    static double factorial(int m) {
        return IntStream.rangeClosed(2, m).asDoubleStream().reduce(1, (a, b) -> a * b);
    }
}
