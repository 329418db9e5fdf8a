package org.lemmalab.kernel;

import org.lemmalab.numeric.Arguments;

/**
 * A lower bound on the smallest eigenvalue of {@code H^inf} from the coherence of the points alone (a certificate for B20, Lemma 3).
 *
 * <p>With the cosines V and {@code arcsin t = sum_i c_i t^(2i+1)}, {@code H^inf = V/4 + (1/2 pi) sum_i c_i V^(2i+2)} in entrywise powers. All are
 * positive semidefinite, and by Gershgorin {@code V^(2i+2) >= (1 - (n-1) gamma^(2i+2)) I} when all cosines are in {@code [-gamma, gamma]}, so that
 *
 * <pre>{@code
 * H^inf >= G(n, gamma) I,   G = (1/2 pi) sum_i c_i max(0, 1 - (n-1) gamma^(2i+2)).
 * }</pre>
 */
public final class CoherenceBound {
    private static final double LEAST_LOGARITHM = 1e-5;

    private CoherenceBound() {}

    /**
     * {@code G(n, gamma)}, to 1e-12.
     *
     * @param n number of points, at least 1
     * @param logInverseGamma {@code log(1/gamma) >= 1e-5}; infinite for orthogonal points
     * @throws IllegalArgumentException if an argument is not as said
     */
    public static double smallestEigenvalue(int n, double logInverseGamma) {
        Arguments.atLeast("n", n, 1);
        if (!(logInverseGamma >= LEAST_LOGARITHM)) {
            throw new IllegalArgumentException(
                    "logInverseGamma = " + logInverseGamma + ", allowed: >= " + LEAST_LOGARITHM);
        }
        double ratio = Math.exp(-2 * logInverseGamma);
        double deficit = (n - 1) * ratio; // (n-1) gamma^(2i+2)
        double c = 1;
        double sum = Math.PI / 2; // sum_i c_i, less what is lost
        double lost = 0; // of a subtraction: compensated summation
        for (int i = 0; deficit > 0x1p-60; i++) {
            double term = -c * Math.min(1, deficit) - lost;
            double next = sum + term;
            lost = next - sum - term;
            sum = next;
            deficit *= ratio;
            c *= (2 * i + 1.0) / (2 * i + 2.0) * (2 * i + 1.0) / (2 * i + 3.0);
        }
        return sum / (2 * Math.PI);
    }
}
