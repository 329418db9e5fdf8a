package org.lemmalab.kernel;

import java.util.function.DoubleUnaryOperator;
import org.lemmalab.activation.Activation;
import org.lemmalab.numeric.GaussianIntegral;

/**
 * The dual {@code F(rho) = E f(X) f(Y)} of a function, X and Y standard normal with correlation rho (D19 section 2.5): {@code sum_n a_n^2 rho^n} with the
 * Hermite coefficients of f. By quadrature split at the kinks.
 *
 * @param f the function
 * @param kinks where it or a derivative jumps
 */
public record DualActivation(DoubleUnaryOperator f, double[] kinks) {

    /** The dual of an activation. */
    public static DualActivation of(Activation s) {
        return new DualActivation(s::value, s.kinks());
    }

    /** The dual of its derivative, which is the derivative of its dual. */
    public static DualActivation ofDerivative(Activation s) {
        return new DualActivation(s::derivative, s.kinks());
    }

    /**
     * {@code F(rho)}, to 1e-10 for {@code |rho| <= 0.99} and at -1 and 1; between, kinks in f cost digits.
     *
     * @param rho in [-1, 1]
     * @throws IllegalArgumentException when it is not
     */
    public double at(double rho) {
        if (!(Math.abs(rho) <= 1)) {
            throw new IllegalArgumentException("rho = " + rho + ", allowed: -1 to 1");
        }
        double rest = Math.sqrt((1 - rho) * (1 + rho));
        if (rest == 0) {
            return GaussianIntegral.expectation(z -> f.applyAsDouble(z) * f.applyAsDouble(rho * z), mirrored(rho));
        }
        return GaussianIntegral.expectation(z -> f.applyAsDouble(z) * given(rho * z, rest), kinks);
    }

    /** {@code E f(mean + deviation V)}, V standard normal. */
    private double given(double mean, double deviation) {
        double[] moved = new double[kinks.length];
        for (int i = 0; i < kinks.length; i++) {
            moved[i] = (kinks[i] - mean) / deviation;
        }
        return GaussianIntegral.expectation(v -> f.applyAsDouble(mean + deviation * v), moved);
    }

    private double[] mirrored(double sign) {
        double[] all = new double[2 * kinks.length];
        for (int i = 0; i < kinks.length; i++) {
            all[i] = kinks[i];
            all[kinks.length + i] = sign * kinks[i];
        }
        return all;
    }
}
