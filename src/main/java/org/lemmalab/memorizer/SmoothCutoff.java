package org.lemmalab.memorizer;

import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.PiecewisePolynomial;

/**
 * The cutoff {@code chi_M}: 1 on [-M, M], 0 beyond 2M, twice continuously differentiable, {@code 1 - s^3 (10 - 15 s + 6 s^2)} with {@code s = (|t| - M) / M}
 * between (B20 section 5.4.3, which asks for a smooth one; two derivatives are used).
 */
public final class SmoothCutoff {
    private SmoothCutoff() {}

    /**
     * The cutoff for [-M, M].
     *
     * @param radius M, positive
     * @throws IllegalArgumentException if it is not
     */
    public static PiecewisePolynomial of(double radius) {
        Arguments.positive("radius", radius);
        return PiecewisePolynomial.of(
                new double[] {-2 * radius, -radius, radius, 2 * radius},
                descent(-0.5),
                new PolynomialFunction(new double[] {1}),
                descent(0.5));
    }

    /** {@code 1 - s^3 (10 - 15 s + 6 s^2)} for {@code s = 1/2 + slope u}. */
    private static PolynomialFunction descent(double slope) {
        PolynomialFunction s = new PolynomialFunction(new double[] {0.5, slope});
        PolynomialFunction result = new PolynomialFunction(new double[] {0});
        for (double c : new double[] {-6, 15, -10, 0, 0, 1}) {
            result = result.multiply(s).add(new PolynomialFunction(new double[] {c}));
        }
        return result;
    }
}
