package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The population risk of the network {@code c + sum_i (w_i . x)^2} on a quadratic target (G19 section 2.3):
 * {@code L(W, c) = 2 |M|_F^2 + (tr M + b0 - c)^2}, {@code M = B - W^T W}.
 *
 * @param target B and b0
 */
public record QuadraticNetworkLoss(QuadraticTarget target) {

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

    /** The gradient in the weights, {@code -8 W M - 4 beta W} with {@code beta = tr M + b0 - c}, N x d; errors as in {@link #value}. */
    public DMatrixRMaj weightGradient(DMatrixRMaj weights, double c) {
        DMatrixRMaj m = rest(weights);
        DMatrixRMaj gradient = LinearAlgebra.product(weights, m);
        CommonOps_DDRM.scale(-8, gradient);
        CommonOps_DDRM.addEquals(gradient, -4 * beta(m, c), weights);
        return gradient;
    }

    /** The derivative in c, {@code -2 beta}; errors as in {@link #value}. */
    public double offsetDerivative(DMatrixRMaj weights, double c) {
        return -2 * beta(rest(weights), c);
    }

    /** The infimum {@code 2 sum_(i > N) l_i(B)^2} for {@code B >= 0}, in general that of {@link NetworkRisk#withPositiveSecondLayer}. */
    public double infimum(int n) {
        return NetworkRisk.withPositiveSecondLayer(target, n);
    }

    private DMatrixRMaj rest(DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of target", target.dimension());
        DMatrixRMaj m = LinearAlgebra.productTransA(weights, weights);
        CommonOps_DDRM.subtract(target.matrix(), m, m);
        return m;
    }

    private double beta(DMatrixRMaj m, double c) {
        return CommonOps_DDRM.trace(m) + target.offset() - c;
    }
}
