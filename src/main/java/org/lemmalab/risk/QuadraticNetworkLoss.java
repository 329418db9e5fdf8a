package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The population risk of the network {@code c + sum_i a_i (w_i . x)^2} with signs {@code a_i} on a quadratic target (G19 section 2.3, where all are
 * 1): {@code L(W, c) = 2 |M|_F^2 + (tr M + b0 - c)^2}, {@code M = B - sum_i a_i w_i w_i^T}.
 *
 * @param target B and b0
 * @param negative the number of neurons with {@code a_i = -1}: the first ones
 */
public record QuadraticNetworkLoss(QuadraticTarget target, int negative) {

    /** @throws IllegalArgumentException if {@code negative < 0} */
    public QuadraticNetworkLoss {
        Arguments.atLeast("negative", negative, 0);
    }

    /** The risk of the paper's network: all signs are 1. */
    public QuadraticNetworkLoss(QuadraticTarget target) {
        this(target, 0);
    }

    /**
     * {@code L(W, c)}.
     *
     * @param weights W, N x d, one neuron per row
     * @throws IllegalArgumentException when the dimensions differ
     */
    public double value(DMatrixRMaj weights, double c) {
        DMatrixRMaj m = rest(weights);
        double beta = beta(m, c);
        return 2 * LinearAlgebra.dot(m.data, m.data) + beta * beta;
    }

    /** The best offset for given weights, {@code tr M + b0}; errors as in {@link #value}. */
    public double bestOffset(DMatrixRMaj weights) {
        return beta(rest(weights), 0);
    }

    /**
     * The gradient in the weights, N x d, with rows {@code a_i (-8 M w_i - 4 beta w_i)}, {@code beta = tr M + b0 - c}; errors as in
     * {@link #value}.
     */
    public DMatrixRMaj weightGradient(DMatrixRMaj weights, double c) {
        DMatrixRMaj m = rest(weights);
        DMatrixRMaj gradient = LinearAlgebra.product(weights, m);
        CommonOps_DDRM.scale(-8, gradient);
        CommonOps_DDRM.addEquals(gradient, -4 * beta(m, c), weights);
        return signed(gradient);
    }

    /** The derivative in c, {@code -2 beta}; errors as in {@link #value}. */
    public double offsetDerivative(DMatrixRMaj weights, double c) {
        return -2 * beta(rest(weights), c);
    }

    /**
     * The second derivatives, (N d + 1) x (N d + 1): the weights come row by row, then c. With {@code d_ij} for 1 if {@code i = j}, else 0:
     *
     * <pre>{@code
     * in w_ip, w_jq:  8 a_i a_j (d_pq w_i . w_j + w_iq w_jp + w_ip w_jq) - d_ij a_i (8 M_pq + 4 beta d_pq)
     * in w_ip, c:     4 a_i w_ip
     * in c, c:        2
     * }</pre>
     *
     * @throws IllegalArgumentException when the dimensions differ
     */
    public DMatrixRMaj hessian(DMatrixRMaj weights, double c) {
        DMatrixRMaj m = rest(weights);
        double beta = beta(m, c);
        DMatrixRMaj w = signed(weights.copy());
        DMatrixRMaj gram = LinearAlgebra.gram(w);
        int d = w.numCols;
        int size = w.getNumElements() + 1;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        for (int k = 0; k < size - 1; k++) {
            for (int l = 0; l < size - 1; l++) {
                int i = k / d;
                int p = k % d;
                int j = l / d;
                int q = l % d;
                double value = 8 * (w.get(i, q) * w.get(j, p) + w.get(i, p) * w.get(j, q));
                value += p == q ? 8 * gram.get(i, j) : 0;
                value -= i == j ? sign(i) * (8 * m.get(p, q) + (p == q ? 4 * beta : 0)) : 0;
                hessian.set(k, l, value);
            }
            hessian.set(k, size - 1, 4 * w.data[k]);
            hessian.set(size - 1, k, 4 * w.data[k]);
        }
        hessian.set(size - 1, size - 1, 2);
        return hessian;
    }

    /**
     * The infimum over N neurons: twice the sum of {@code l_i(B)^2} over all eigenvalues but the {@code N - negative} largest positive and the
     * {@code negative} smallest negative ones; {@code 2 sum_(i > N) l_i(B)^2} for {@code B >= 0} and the paper's network.
     *
     * @throws IllegalArgumentException if {@code n < negative}
     */
    public double infimum(int n) {
        return NetworkRisk.withSigns(target, Arguments.atLeast("n", n, negative) - negative, negative);
    }

    private double sign(int i) {
        return i < negative ? -1 : 1;
    }

    /** Row i times {@code a_i}, in place. */
    private DMatrixRMaj signed(DMatrixRMaj rows) {
        for (int k = 0; k < Math.min(negative, rows.numRows) * rows.numCols; k++) {
            rows.data[k] = -rows.data[k];
        }
        return rows;
    }

    private DMatrixRMaj rest(DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of target", target.dimension());
        DMatrixRMaj m = LinearAlgebra.productTransA(signed(weights.copy()), weights);
        CommonOps_DDRM.subtract(target.matrix(), m, m);
        return m;
    }

    private double beta(DMatrixRMaj m, double c) {
        return CommonOps_DDRM.trace(m) + target.offset() - c;
    }
}
