package org.lemmalab.risk;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.lemmalab.numeric.Arguments;

/**
 * A law on {@code [0, inf)} with finitely many atoms: the spectrum of a scaled covariance (G19, assumptions A2 and B2).
 *
 * @param atoms its points, at least 0; kept, not copied
 * @param masses their probabilities, at least 0 with sum 1; kept, not copied
 */
public record Spectrum(double[] atoms, double[] masses) {

    /** @throws IllegalArgumentException when there is no atom, lengths differ, a number is negative or not finite, or the sum is not 1 */
    public Spectrum {
        Arguments.atLeast("number of atoms", atoms.length, 1);
        Arguments.same("number of masses", masses.length, "number of atoms", atoms.length);
        nonNegative("atoms", atoms);
        nonNegative("masses", masses);
        double sum = Arrays.stream(masses).sum();
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("sum of masses = " + sum + ", allowed: 1 within 1e-9");
        }
    }

    /** The uniform law on these values. Errors as in the constructor. */
    public static Spectrum empirical(double... values) {
        double[] masses = new double[values.length];
        Arrays.fill(masses, 1.0 / values.length);
        return new Spectrum(values, masses);
    }

    /** {@code E f(T)}. */
    public double mean(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < atoms.length; i++) {
            sum += masses[i] * f.applyAsDouble(atoms[i]);
        }
        return sum;
    }

    private static void nonNegative(String name, double[] values) {
        Arguments.finite(name, values);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new IllegalArgumentException(name + "[" + i + "] = " + values[i] + ", allowed: >= 0");
            }
        }
    }
}
