package arora2019;

import arora2019.SmallTraining.Recorded;
import arora2019.SmallTraining.State;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * A recorded training beside the linear sequence that it perturbs (A19, (20)-(33)).
 *
 * <pre>{@code
 * u(k+1) - u(k) = -eta H(k) (u(k) - y) + eps(k) = -eta H (u(k) - y) + zeta(k),     H = H^inf
 * }</pre>
 *
 * <p>A neuron that keeps its indicator at x_i adds to {@code u_i} what the features say. One that changes it adds
 * {@code m^-1/2 a_r |w_r(k+1).x_i|} more, whichever way it goes; these are {@code eps(k)}.
 *
 * <p>Rounding: {@code u(k)} errs by {@code (m + d + 3) u |W|_F} per point, a step of the weights by
 * {@code u (|W|_F + (n + 5) eta sqrt(n) |y - u|)}, a product with eta H or eta H(k) by {@code (n + 6) u eta n |y - u|}, and a power
 * {@code (I - eta H)^t} by {@code 4 (t + 1) (n + 4) sqrt(n) max(1, eta lambda_max) u g^t}. {@link #rounding} covers k + 1 of all these.
 */
final class PerturbedSequence {
    /** What {@link #rounding} is. */
    static final String ROUNDING =
            "16 (k + 1) q u sqrt(n) (1 + eta n) max(1, eta lambda_max) g^k s, q = m + d + (k + 1) (n + 8),"
                    + " g = max(1, eta lambda_max - 1), s = |y| + max |W|_F + max |y - u|";

    /** Eigenvalues up to here are 0 up to rounding, or a pair of points at an angle of 1e-9. */
    static final double NEARLY_ZERO = 1e-8;

    final Recorded run;
    final DMatrixRMaj gram;
    private final double[][] epsilon = new double[SmallTraining.STEPS][];
    private final double[][] zeta = new double[SmallTraining.STEPS][];

    PerturbedSequence(Recorded run) {
        this.run = run;
        gram = ReluGramMatrix.of(run.points());
        for (int k = 0; k < SmallTraining.STEPS; k++) {
            epsilon[k] = flips(run.states().get(k), run.states().get(k + 1));
            zeta[k] = plus(drift(k, run.states().get(k).gram()), 1, epsilon[k]);
        }
    }

    private double[] flips(State now, State next) {
        double[] sum = new double[run.n()];
        for (int i = 0; i < run.n(); i++) {
            for (int r = 0; r < run.m(); r++) {
                if (now.isActive(r, i) != next.isActive(r, i)) {
                    sum[i] += now.network.signs()[r] * Math.abs(next.preactivations.get(r, i));
                }
            }
            sum[i] /= Math.sqrt(run.m());
        }
        return sum;
    }

    /** {@code eta (H - h) (u(k) - y)}. */
    double[] drift(int k, DMatrixRMaj h) {
        double[] product = LinearAlgebra.product(CommonOps_DDRM.subtract(h, gram, null), residual(k));
        Arrays.setAll(product, i -> run.eta() * product[i]);
        return product;
    }

    /** {@code y - u(k)}. */
    double[] residual(int k) {
        return run.states().get(k).residual;
    }

    /** {@code u(0)}. */
    double[] start() {
        return plus(run.y(), -1, residual(0));
    }

    /** {@code eps(k)}, from the neurons that change their indicators. */
    double[] epsilon(int k) {
        return epsilon[k];
    }

    /** {@code zeta(k) = eta (H - H(k)) (u(k) - y) + eps(k)}. */
    double[] zeta(int k) {
        return zeta[k];
    }

    /** {@code (I - eta H)^k v}. */
    double[] power(int k, double[] v) {
        return new KernelGradientDescent(run.eigen(), v, run.eta()).residual(k);
    }

    /** {@code e(k) = u(k) - y + (I - eta H)^k y}. */
    double[] deviation(int k) {
        return plus(power(k, run.y()), -1, residual(k));
    }

    /** {@code lambda_0}; at least 0. */
    double leastEigenvalue() {
        return Math.max(0, run.eigen().smallest());
    }

    /** {@code 1 - eta lambda_0}. */
    double contraction() {
        return 1 - run.eta() * leastEigenvalue();
    }

    /** Rounding of a vector after k steps. */
    double rounding(int k) {
        int n = run.n();
        double product = run.eta() * run.eigen().largest();
        double size = LinearAlgebra.norm(run.y());
        double weights = 0;
        double residual = 0;
        for (State state : run.states()) {
            weights = Math.max(weights, LinearAlgebra.norm(state.network.weights().data));
            residual = Math.max(residual, LinearAlgebra.norm(state.residual));
        }
        double operations = run.m() + run.points().numCols + (k + 1) * (n + 8);
        double growth = Math.max(1, product) * Math.pow(Math.max(1, product - 1), k);
        return 16
                * (k + 1)
                * operations
                * 0x1p-53
                * Math.sqrt(n)
                * (1 + run.eta() * n)
                * growth
                * (size + weights + residual);
    }

    /** Counts the training under its families, and those of its matrix. */
    void cover(ClaimRun claim) {
        run.cover(claim);
        claim.covers(leastEigenvalue() > NEARLY_ZERO ? "lambda_0 > 0" : "lambda_0 = 0, or 1e-8 at most");
    }

    /** {@code v + factor w}. */
    static double[] plus(double[] v, double factor, double[] w) {
        double[] sum = new double[v.length];
        Arrays.setAll(sum, i -> v[i] + factor * w[i]);
        return sum;
    }

    /** {@code |a - b|_2} of symmetric matrices. */
    static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        return spectralNorm(CommonOps_DDRM.subtract(a, b, null));
    }

    /** {@code |a|_2} of a symmetric matrix. */
    static double spectralNorm(DMatrixRMaj a) {
        SymmetricEigen eigen = LinearAlgebra.eigen(a);
        return Math.max(Math.abs(eigen.largest()), Math.abs(eigen.smallest()));
    }
}
