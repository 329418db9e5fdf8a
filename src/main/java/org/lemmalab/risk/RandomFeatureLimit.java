package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * The limits of the risk of random features as {@code N, d -> inf} with {@code N/d -> rho}, evaluated at finite d: with the empirical spectra,
 * and B, Gamma, Sigma, Delta as they are (G19, Theorems 1 and 4). The activation has {@code l_0 = 0}.
 */
public final class RandomFeatureLimit {
    private RandomFeatureLimit() {}

    /**
     * G19 (10), normalised by {@code |f*|^2}, for a centred quadratic target.
     *
     * @throws IllegalArgumentException unless rho is positive, the dimensions agree and the activation is not affine
     */
    public static double risk(QuadraticTarget target, ClosedFormActivation activation, WeightLaw law, double rho) {
        double psi = new FixedPoint(activation.hermite1(), activation.nonlinearity(), law.spectrum()).psi(rho);
        return quadratic(
                psi * activation.hermite2() * activation.hermite2(),
                law.alignment(target.matrix()) / target.frobeniusSquared(),
                law.size());
    }

    /**
     * G19 (15), for a mixture.
     *
     * @throws IllegalArgumentException unless rho is positive, the dimensions agree and the activation is not affine
     */
    public static double risk(GaussianMixture mixture, ClosedFormActivation activation, WeightLaw law, double rho) {
        double psi = new FixedPoint(activation.hermite1(), activation.nonlinearity(), law.spectrum(mixture)).psi(rho);
        return mixture(psi * activation.hermite2() * activation.hermite2(), zeta1(mixture, law), zeta2(mixture, law));
    }

    /**
     * The right-hand side of G19 (10), {@code 1 - s a / (2 + s g)}.
     *
     * @param strength {@code s = psi l_2^2}
     * @param alignment {@code a = d <Gamma, B>^2 / |B|_F^2}
     * @param size {@code g = d |Gamma|_F^2}
     */
    public static double quadratic(double strength, double alignment, double size) {
        return 1 - strength * alignment / (2 + strength * size);
    }

    /**
     * The right-hand side of G19 (15), {@code (1 + s z1) / (1 + s (z1 + z2))}.
     *
     * @param strength {@code s = psi l_2^2}
     */
    public static double mixture(double strength, double zeta1, double zeta2) {
        return (1 + strength * zeta1) / (1 + strength * (zeta1 + zeta2));
    }

    /** {@code zeta_1 = d tr(Sigma Gamma Sigma Gamma) / 2}. */
    public static double zeta1(GaussianMixture mixture, WeightLaw law) {
        DMatrixRMaj product = LinearAlgebra.product(mixture.sigma(), law.gamma());
        int d = product.numRows;
        double trace = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                trace += product.data[i * d + j] * product.data[j * d + i];
            }
        }
        return d * trace / 2;
    }

    /** {@code zeta_2 = d tr(Delta Gamma)^2 / 4}. */
    public static double zeta2(GaussianMixture mixture, WeightLaw law) {
        return law.alignment(mixture.delta()) / 4;
    }
}
