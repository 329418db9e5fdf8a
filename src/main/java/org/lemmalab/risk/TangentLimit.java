package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The risk of the neural tangent class with isotropic weights and {@code s(z) = z^2}: its mean at finite size and its limits (G19, Theorems 2 and 5). */
public final class TangentLimit {
    private TangentLimit() {}

    /**
     * The limit of G19, Theorem 2, normalised by {@code |f*|^2}: {@code (1 - rho)_+^2 (1 - t) + (1 - rho)_+ t}.
     *
     * @param traceShare {@code t = (tr B)^2 / (d |B|_F^2)}
     */
    public static double quadratic(double rho, double traceShare) {
        double rest = Math.max(1 - rho, 0);
        return rest * rest * (1 - traceShare) + rest * traceShare;
    }

    /**
     * The mean over {@code w_i ~ N(0, I/d)} at finite size, normalised by {@code 2 |B|_F^2}, with {@code m = (d - N)_+}:
     * {@code m (d m + d - 2 + (d - m) d t) / (d (d - 1) (d + 2))}.
     *
     * @param d dimension, at least 2
     * @param n number of neurons N
     * @param traceShare t
     * @throws IllegalArgumentException if {@code d < 2} or {@code n < 0}
     */
    public static double mean(int d, int n, double traceShare) {
        double size = Arguments.atLeast("d", d, 2);
        double m = Math.max(size - Arguments.atLeast("n", n, 0), 0);
        return m * (size * m + size - 2 + (size - m) * size * traceShare) / (size * (size - 1) * (size + 2));
    }

    /** The same for a target, B not 0. Errors as there. */
    public static double mean(QuadraticTarget target, int n) {
        return mean(target.dimension(), n, target.traceShare());
    }

    /**
     * The limit of G19, Theorem 5, given the weights: {@code 2 / (2 + |D|_F^2 - |P D P|_F^2)}, {@code D = Sigma^(-1/2) Delta Sigma^(-1/2)}, P
     * the projection on the complement of the span of {@code Sigma^(1/2) w_i}.
     *
     * @param weights N x d, one neuron per row
     * @throws IllegalArgumentException when the dimensions differ or a weight is not finite
     */
    public static double mixture(GaussianMixture mixture, DMatrixRMaj weights) {
        DMatrixRMaj p = TangentRisk.complement(mixture, weights);
        DMatrixRMaj delta = mixture.whitened();
        DMatrixRMaj inside = LinearAlgebra.product(LinearAlgebra.product(p, delta), p);
        double explained = LinearAlgebra.dot(delta.data, delta.data) - LinearAlgebra.dot(inside.data, inside.data);
        return 2 / (2 + explained);
    }

    /** The limit of G19, Theorem 5, for {@code Sigma = I}: {@code 2 / (2 + kappa |Delta|_F^2)}, {@code kappa = 1 -} {@link #quadratic}. */
    public static double isotropicMixture(double rho, double traceShare, double deltaSquared) {
        return 2 / (2 + (1 - quadratic(rho, traceShare)) * deltaSquared);
    }
}
