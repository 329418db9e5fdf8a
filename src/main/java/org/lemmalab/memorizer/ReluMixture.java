package org.lemmalab.memorizer;

import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.PiecewisePolynomial;

/**
 * The random neuron {@code S ReLU(x - B)}: B has the density {@code |g| / int |g|} and S is the sign of {@code g(B)}. For {@code g = f''}, f of compact
 * support with a continuous derivative, its mean is {@code f(x) / int |f''|} (B20 Proposition 5).
 */
public final class ReluMixture {
    private final PiecewisePolynomial curvature;
    private final double mass;

    /**
     * The mixture of a given g.
     *
     * @throws IllegalArgumentException if g is 0
     */
    public ReluMixture(PiecewisePolynomial curvature) {
        this.curvature = curvature;
        this.mass = Arguments.positive(
                "integral of |g|", curvature.absoluteIntegral(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /**
     * The mixture of {@code g = f''}.
     *
     * @throws IllegalArgumentException if f is linear on each of its intervals
     */
    public static ReluMixture of(PiecewisePolynomial f) {
        return new ReluMixture(f.derivative().derivative());
    }

    /**
     * The mixture of {@code f = phi chi_M}, {@code phi = h_m / sqrt m} the scaled Hermite polynomial and {@code chi_M} the {@link SmoothCutoff}; its mass is
     * {@code kappa(m, M)} (B20 Lemma 8).
     *
     * @param m degree, at least 1
     * @param radius M, positive
     * @throws IllegalArgumentException if they are not
     */
    public static ReluMixture ofHermite(int m, double radius) {
        return of(SmoothCutoff.of(radius).times(hermite(m)));
    }

    /**
     * The polynomial {@code phi = h_m / sqrt m}, h_m the orthonormal Hermite polynomial; its derivative is {@code h_(m-1)}.
     *
     * @param m degree, at least 1
     * @throws IllegalArgumentException if it is not
     */
    public static PolynomialFunction hermite(int m) {
        Arguments.atLeast("m", m, 1);
        PolynomialFunction t = new PolynomialFunction(new double[] {0, 1});
        PolynomialFunction last = new PolynomialFunction(new double[] {0});
        PolynomialFunction value = new PolynomialFunction(new double[] {1});
        double square = m;
        for (int k = 0; k < m; k++) {
            PolynomialFunction next = t.multiply(value).subtract(last.multiply(constant(k)));
            last = value;
            value = next;
            square *= k + 1;
        }
        return value.multiply(constant(1 / Math.sqrt(square)));
    }

    private static PolynomialFunction constant(double c) {
        return new PolynomialFunction(new double[] {c});
    }

    /** {@code int |g|}. */
    public double mass() {
        return mass;
    }

    /** {@code E S ReLU(x - B)}, exact up to about {@code u (|x| + max |B|)}, u the unit roundoff, times the condition of g's coefficients. */
    public double expectation(double x) {
        PiecewisePolynomial product = curvature.times(new PolynomialFunction(new double[] {x, -1}));
        return product.integral(Double.NEGATIVE_INFINITY, x) / mass;
    }

    /** {@code P(|B| > radius)}. */
    public double probabilityBeyond(double radius) {
        return (curvature.absoluteIntegral(Double.NEGATIVE_INFINITY, -radius)
                        + curvature.absoluteIntegral(radius, Double.POSITIVE_INFINITY))
                / mass;
    }
}
