package org.lemmalab.risk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.Arguments;

/**
 * The least population risk of {@code f = c + sum_i s'(w_i . x) a_i . x} with given weights and {@code s(z) = z^2} (G19 (3), (4)).
 *
 * <p>These functions are {@code c + x^T M x} with {@code P M P = 0}, P the projection on the complement of the weights' span: only that span
 * matters. Exact at finite dimension and width, for weights of any rank.
 */
public final class TangentRisk {
    private TangentRisk() {}

    /**
     * For a quadratic target, {@code 2 |P B P|_F^2}.
     *
     * @param weights N x d, one neuron per row
     * @throws IllegalArgumentException when the dimensions differ or a weight is not finite
     */
    public static double of(QuadraticTarget target, DMatrixRMaj weights) {
        double[] risks = ofFirst(target, weights);
        return risks[risks.length - 1];
    }

    /** The same for the first 1, ..., N neurons. */
    public static double[] ofFirst(QuadraticTarget target, DMatrixRMaj weights) {
        Arguments.matrix("weights", weights);
        Arguments.same("columns of weights", weights.numCols, "dimension of target", target.dimension());
        Complement complement = new Complement(target.dimension());
        int[] ranks = new int[weights.numRows];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = complement.without(weights, i);
        }
        double[] norms = squaredNorms(target.matrix(), complement.span());
        return Arrays.stream(ranks).mapToDouble(rank -> 2 * norms[rank]).toArray();
    }

    /**
     * {@code |P_r B P_r|_F^2} for r = 0, ..., N, where {@code P_r} is the projection on the complement of the first r rows of Q: the square of
     * B's part outside of all N rows, and what each row adds to it. No difference is taken.
     */
    private static double[] squaredNorms(DMatrixRMaj b, DMatrixRMaj q) {
        int n = q.numRows;
        DMatrixRMaj image = LinearAlgebra.product(q, b);
        DMatrixRMaj inside = LinearAlgebra.productTransB(image, q);
        DMatrixRMaj across = LinearAlgebra.product(inside, q);
        CommonOps_DDRM.subtract(image, across, across);
        DMatrixRMaj outside = b.copy();
        CommonOps_DDRM.subtractEquals(outside, LinearAlgebra.productTransA(q, image));
        CommonOps_DDRM.subtractEquals(outside, LinearAlgebra.productTransA(across, q));
        double[] norms = new double[n + 1];
        norms[n] = squaredNorm(outside);
        for (int r = n - 1; r >= 0; r--) {
            double own = inside.get(r, r);
            double later = LinearAlgebra.dot(inside.data, r * n + r + 1, inside.data, r * n + r + 1, n - r - 1);
            double rest = LinearAlgebra.dot(across.data, r * b.numCols, across.data, r * b.numCols, b.numCols);
            norms[r] = norms[r + 1] + own * own + 2 * (later + rest);
        }
        return norms;
    }

    /**
     * For a mixture, {@code 2 / (2 + q)} with {@code q = <D, X>}, {@code D = Sigma^(-1/2) Delta Sigma^(-1/2)}, and X the solution of
     * {@code Pi(X + D X D) = Pi(D)} in the range of {@code Pi(M) = M - P M P}, P the projection on the complement of the span of
     * {@code Sigma^(1/2) w_i}: by conjugate gradients in the eigenbasis of D, to a residual of {@code 1e-8 |D|}. What is missing of q is
     * quadratic in it, at most {@code 1e-16 |D|^2 / (1 - |D|_op^2)}.
     *
     * @param weights N x d, one neuron per row
     * @throws IllegalArgumentException when the dimensions differ or a weight is not finite
     */
    public static double of(GaussianMixture mixture, DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of mixture", mixture.dimension());
        SymmetricEigen eigen = mixture.whitenedEigen();
        DMatrixRMaj basis = LinearAlgebra.product(eigen.vectors(), mixture.root());
        DMatrixRMaj p = complement(LinearAlgebra.productTransB(weights, basis));
        DMatrixRMaj delta = CommonOps_DDRM.diag(eigen.values());
        DMatrixRMaj residual = outside(p, delta);
        DMatrixRMaj direction = residual.copy();
        double q = 0;
        double square = squaredNorm(residual);
        double least = 1e-16 * square;
        while (square > least) {
            DMatrixRMaj image = outside(p, curved(eigen.values(), direction));
            double step = square / LinearAlgebra.dot(direction.data, image.data);
            q += step * LinearAlgebra.dot(delta.data, direction.data);
            CommonOps_DDRM.addEquals(residual, -step, image);
            double next = squaredNorm(residual);
            CommonOps_DDRM.scale(next / square, direction);
            CommonOps_DDRM.addEquals(direction, residual);
            square = next;
        }
        return 2 / (2 + q);
    }

    /** {@code X + D X D} for a diagonal D. */
    private static DMatrixRMaj curved(double[] diagonal, DMatrixRMaj x) {
        int d = diagonal.length;
        DMatrixRMaj result = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                result.data[i * d + j] = x.data[i * d + j] * (1 + diagonal[i] * diagonal[j]);
            }
        }
        return result;
    }

    /** The projection P on the complement of the span of {@code Sigma^(1/2) w_i}, d x d. Arguments as in {@link #of(GaussianMixture, DMatrixRMaj)}. */
    public static DMatrixRMaj complement(GaussianMixture mixture, DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of mixture", mixture.dimension());
        return complement(LinearAlgebra.product(weights, mixture.root()));
    }

    /** The projection P on the complement of the span of the weights, d x d. @throws IllegalArgumentException if a weight is not finite */
    public static DMatrixRMaj complement(DMatrixRMaj weights) {
        Arguments.matrix("weights", weights);
        Complement complement = new Complement(weights.numCols);
        for (int i = 0; i < weights.numRows; i++) {
            complement.without(weights, i);
        }
        return complement.projection();
    }

    /** {@code Pi(M) = M - P M P}. */
    private static DMatrixRMaj outside(DMatrixRMaj p, DMatrixRMaj m) {
        DMatrixRMaj result = LinearAlgebra.product(LinearAlgebra.product(p, m), p);
        CommonOps_DDRM.subtract(m, result, result);
        return result;
    }

    private static double squaredNorm(DMatrixRMaj m) {
        return LinearAlgebra.dot(m.data, m.data);
    }
}
