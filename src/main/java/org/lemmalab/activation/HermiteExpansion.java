package org.lemmalab.activation;

import java.util.function.DoubleUnaryOperator;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.numeric.HermitePolynomial;

/**
 * The expansion {@code s = sum_n a_n h_n} in orthonormal Hermite polynomials, {@code a_n = E s(G) h_n(G)} (D19 section 0, appendix A.1), by quadrature
 * between the kinks.
 */
public final class HermiteExpansion {
    private HermiteExpansion() {}

    /** {@code a_0, ..., a_(count-1)} of an activation. @throws IllegalArgumentException unless {@code 1 <= count <= 60} */
    public static double[] of(Activation s, int count) {
        return of(s::value, s.kinks(), count);
    }

    /** {@code a'_0, ..., a'_(count-1)} of its derivative: {@code a'_n = sqrt(n+1) a_(n+1)}. Errors as in {@link #of(Activation, int)}. */
    public static double[] ofDerivative(Activation s, int count) {
        return of(s::derivative, s.kinks(), count);
    }

    /**
     * The first coefficients of a function.
     *
     * @param kinks where it or a derivative jumps
     * @param count at most 60: beyond, the polynomials oscillate too fast for the quadrature
     * @throws IllegalArgumentException unless {@code 1 <= count <= 60}
     */
    public static double[] of(DoubleUnaryOperator f, double[] kinks, int count) {
        if (Arguments.atLeast("count", count, 1) > 60) {
            throw new IllegalArgumentException("count = " + count + ", allowed: 1 to 60");
        }
        double[] coefficients = new double[count];
        for (int n = 0; n < count; n++) {
            int degree = n;
            coefficients[n] = GaussianIntegral.expectation(
                    z -> f.applyAsDouble(z) * HermitePolynomial.orthonormal(degree, z), kinks);
        }
        return coefficients;
    }
}
