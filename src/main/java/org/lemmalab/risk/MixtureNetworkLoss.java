package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * The population risk of the network {@code c + sum_i a_i (w_i . x)^2} on a mixture, and its gradient (G19 section 3.3).
 *
 * <p>With {@code M = W^T diag(a) W}, S the covariance of class y, and means over the two classes:
 *
 * <pre>{@code
 * R(W, a, c) = mean of (y - c - tr(M S))^2 + 2 tr(M S M S)
 * G = dR/dM  = mean of 4 S M S - 2 (y - c - tr(M S)) S
 * dR/dw_i = 2 a_i G w_i,   dR/da_i = w_i^T G w_i,   dR/dc = mean of -2 (y - c - tr(M S))
 * }</pre>
 */
public final class MixtureNetworkLoss {
    private final GaussianMixture mixture;
    private final DMatrixRMaj[] covariances;

    /** The derivatives: N x d, length N, and a number. */
    public record Gradient(DMatrixRMaj weights, double[] secondLayer, double offset) {}

    /** For this mixture. */
    public MixtureNetworkLoss(GaussianMixture mixture) {
        this.mixture = mixture;
        covariances = new DMatrixRMaj[] {mixture.covarianceOfPlus(), mixture.covarianceOfMinus()};
    }

    /**
     * {@code R(W, a, c)}.
     *
     * @param weights W, N x d, one neuron per row
     * @throws IllegalArgumentException when dimensions or lengths differ
     */
    public double value(DMatrixRMaj weights, double[] secondLayer, double c) {
        return QuadraticFormRisk.of(mixture, QuadraticFormRisk.ofNetwork(weights, secondLayer), c);
    }

    /** The gradient; arguments as in {@link #value}. */
    public Gradient gradient(DMatrixRMaj weights, double[] secondLayer, double c) {
        DMatrixRMaj m = QuadraticFormRisk.ofNetwork(weights, secondLayer);
        DMatrixRMaj g = new DMatrixRMaj(m.numRows, m.numRows);
        double offset = 0;
        for (int k = 0; k < 2; k++) {
            DMatrixRMaj product = LinearAlgebra.product(m, covariances[k]);
            double rest = 1 - 2 * k - c - CommonOps_DDRM.trace(product);
            CommonOps_DDRM.addEquals(g, 2, LinearAlgebra.product(covariances[k], product));
            CommonOps_DDRM.addEquals(g, -rest, covariances[k]);
            offset -= rest;
        }
        DMatrixRMaj image = LinearAlgebra.product(weights, g);
        double[] slopes = new double[secondLayer.length];
        int d = m.numRows;
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = LinearAlgebra.dot(image.data, i * d, weights.data, i * d, d);
            for (int k = i * d; k < (i + 1) * d; k++) {
                image.data[k] *= 2 * secondLayer[i];
            }
        }
        return new Gradient(image, slopes, offset);
    }
}
