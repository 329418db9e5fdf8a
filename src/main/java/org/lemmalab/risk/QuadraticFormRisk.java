package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The population risk {@code E (y - f(x))^2} of {@code f = c + x^T M x}, M symmetric: what networks with {@code s(z) = z^2}, trained or
 * linearised, compute (G19 sections 2 and 3).
 */
public final class QuadraticFormRisk {
    private QuadraticFormRisk() {}

    /** The M of {@code sum_i a_i (w_i . x)^2}: {@code W^T diag(a) W}. @throws IllegalArgumentException unless a has an entry per row */
    public static DMatrixRMaj ofNetwork(DMatrixRMaj weights, double[] secondLayer) {
        Arguments.same("length of second layer", secondLayer.length, "rows of weights", weights.numRows);
        DMatrixRMaj scaled = weights.copy();
        CommonOps_DDRM.multRows(secondLayer, scaled);
        return LinearAlgebra.productTransA(weights, scaled);
    }

    /** The M of {@code 2 sum_i (w_i . x)(a_i . x)}: {@code W^T A + A^T W}. @throws IllegalArgumentException when the shapes differ */
    public static DMatrixRMaj ofTangent(DMatrixRMaj weights, DMatrixRMaj coefficients) {
        DMatrixRMaj half = LinearAlgebra.productTransA(weights, coefficients);
        return CommonOps_DDRM.add(half, CommonOps_DDRM.transpose(half, null), null);
    }

    /**
     * For a quadratic target: {@code 2 |B - M|_F^2 + (tr(B - M) + b0 - c)^2}.
     *
     * @throws IllegalArgumentException when the dimensions differ
     */
    public static double of(QuadraticTarget target, DMatrixRMaj m, double c) {
        Arguments.same("rows of m", m.numRows, "dimension of target", target.dimension());
        DMatrixRMaj rest = CommonOps_DDRM.subtract(target.matrix(), m, null);
        double mean = CommonOps_DDRM.trace(rest) + target.offset() - c;
        return 2 * LinearAlgebra.dot(rest.data, rest.data) + mean * mean;
    }

    /**
     * For a mixture, the mean over the classes of {@code (y - c - tr(M S))^2 + 2 tr(M S M S)}, S the covariance of class y.
     *
     * @throws IllegalArgumentException when the dimensions differ
     */
    public static double of(GaussianMixture mixture, DMatrixRMaj m, double c) {
        return (ofClass(1, mixture.covarianceOfPlus(), m, c) + ofClass(-1, mixture.covarianceOfMinus(), m, c)) / 2;
    }

    private static double ofClass(double y, DMatrixRMaj covariance, DMatrixRMaj m, double c) {
        DMatrixRMaj product = LinearAlgebra.product(m, covariance);
        double rest = y - c - CommonOps_DDRM.trace(product);
        return rest * rest + 2 * LinearAlgebra.dot(product.data, CommonOps_DDRM.transpose(product, null).data);
    }
}
