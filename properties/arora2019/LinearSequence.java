package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * The linear sequence {@code u~(0) = 0, u~(k+1) = u~(k) - eta H (u~(k) - y)}, {@code H = H^inf}, on a set of points to step k, with
 * {@code eta = step / lambda_max}.
 *
 * <p>With {@code g = max(1, max_i |1 - eta lambda_i|)} no term of its closed form exceeds {@code 2 g^k |y|}. A step of the recursion errs by
 * {@code u (3 + (n + 4) sqrt(n) eta lambda_max)} of that, as {@code |H|_F <= sqrt(n) lambda_max}, and the eigenvalues by
 * {@code n u lambda_max}, k times; so {@code 4 (k + 1) (n + 4) sqrt(n) max(1, eta lambda_max) u g^k |y|} covers both.
 */
record LinearSequence(PointSet set, double step, int k) {
    /** What {@link #tolerance} is. */
    static final String TOLERANCE =
            "4 (k + 1) (n + 4) sqrt(n) max(1, eta lambda_max) u g^k |y|, g = max(1, max |1 - eta lambda|)";

    /** Up to 12 points of every geometry in up to 6 dimensions, up to 50 steps, {@code eta lambda_max} 0.5, 1, 1.7 and 2.5. */
    static Arbitrary<LinearSequence> any() {
        return Combinators.combine(
                        PointSets.any(12, 6),
                        Arbitraries.of(0.5, 1.0, 1.7, 2.5),
                        Arbitraries.integers().between(0, 50))
                .as(LinearSequence::new);
    }

    DMatrixRMaj gram() {
        return ReluGramMatrix.of(set.points());
    }

    /** Gaussian labels. */
    double[] labels() {
        return set.stream().part("labels").gaussians(set.n());
    }

    /** {@code y - u~(k)} by the recursion. */
    static double[] residual(DMatrixRMaj gram, double[] y, double eta, int k) {
        double[] u = KernelGradientDescent.iterate(gram, y, eta, k)[k];
        double[] residual = new double[y.length];
        Arrays.setAll(residual, i -> y[i] - u[i]);
        return residual;
    }

    /** {@code max(1, max_i |1 - eta lambda_i|)}. */
    static double growth(SymmetricEigen eigen, double eta) {
        return Math.max(1, Math.max(Math.abs(1 - eta * eigen.largest()), Math.abs(1 - eta * eigen.smallest())));
    }

    /** The distance that rounding can put between the recursion and the closed form at step k. */
    static double tolerance(SymmetricEigen eigen, double eta, int k, double[] y) {
        int n = y.length;
        double scale = Math.pow(growth(eigen, eta), k) * LinearAlgebra.norm(y);
        return 4 * (k + 1) * (n + 4) * Math.sqrt(n) * Math.max(1, eta * eigen.largest()) * 0x1p-53 * scale;
    }
}
