package org.lemmalab.trainer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.Arguments;

/**
 * The linear sequence {@code u~(0) = 0, u~(k+1) = u~(k) - eta H (u~(k) - y)} (A19 (7)), in closed form:
 * {@code y - u~(k) = (I - eta H)^k y = sum_i (1 - eta l_i)^k (v_i . y) v_i}.
 *
 * <p>Holds for every eta, also where the sequence diverges. To start from predictions {@code u(0)} instead of 0, pass
 * {@code y - u(0)} as labels and read {@link #residual} as {@code (I - eta H)^k (y - u(0))}.
 */
public final class KernelGradientDescent {

    private final SymmetricEigen eigen;
    private final double[] y;
    private final double[] projections;
    private final double eta;

    /**
     * @param gram H, n x n, symmetric; not modified
     * @param y labels, length n; copied
     * @param eta step size, finite and {@code > 0}
     * @throws IllegalArgumentException if the matrix is not square, symmetric and finite, or another argument is not allowed
     */
    public KernelGradientDescent(DMatrixRMaj gram, double[] y, double eta) {
        this(LinearAlgebra.eigen(gram), y, eta);
    }

    /** As the other constructor, for a matrix that is already decomposed. */
    public KernelGradientDescent(SymmetricEigen eigen, double[] y, double eta) {
        Arguments.same("length of y", y.length, "order of the Gram matrix", eigen.values().length);
        this.eigen = eigen;
        this.y = Arguments.finite("y", y.clone());
        this.projections = eigen.project(y);
        this.eta = Arguments.positive("eta", eta);
    }

    /** {@code u~(k)}. @throws IllegalArgumentException if {@code k < 0} */
    public double[] predictions(int k) {
        double[] u = residual(k);
        for (int i = 0; i < u.length; i++) {
            u[i] = y[i] - u[i];
        }
        return u;
    }

    /** {@code y - u~(k)}. @throws IllegalArgumentException if {@code k < 0} */
    public double[] residual(int k) {
        return eigen.combine(coefficients(k));
    }

    /** {@code |y - u~(k)| = sqrt(sum_i (1 - eta l_i)^2k (v_i . y)^2)} (A19 (8)). @throws IllegalArgumentException if {@code k < 0} */
    public double residualNorm(int k) {
        return LinearAlgebra.norm(coefficients(k));
    }

    private double[] coefficients(int k) {
        Arguments.atLeast("k", k, 0);
        double[] coefficients = projections.clone();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] *= Math.pow(1 - eta * eigen.values()[i], k);
        }
        return coefficients;
    }

    /**
     * The sequence {@code u~(0), ..., u~(k)} by the recursion itself, for comparison with the closed form.
     *
     * @param gram H, n x n; not modified
     * @throws IllegalArgumentException if the shapes do not fit, {@code k < 0} or eta is not finite and {@code > 0}
     */
    public static double[][] iterate(DMatrixRMaj gram, double[] y, double eta, int k) {
        Arguments.matrix("gram", gram);
        Arguments.same("rows of gram", gram.numRows, "length of y", y.length);
        Arguments.same("columns of gram", gram.numCols, "length of y", y.length);
        Arguments.finite("y", y);
        Arguments.positive("eta", eta);
        double[][] u = new double[Arguments.atLeast("k", k, 0) + 1][y.length];
        for (int step = 1; step <= k; step++) {
            double[] difference = u[step - 1].clone();
            Arrays.setAll(difference, i -> difference[i] - y[i]);
            double[] gradient = LinearAlgebra.product(gram, difference);
            for (int i = 0; i < y.length; i++) {
                u[step][i] = u[step - 1][i] - eta * gradient[i];
            }
        }
        return u;
    }
}
