package org.lemmalab.network;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The two-layer network {@code f(x) = m^-1/2 sum_r a_r s(w_r . x)} without bias (A19, section 3.1).
 *
 * @param weights first layer, m x d, row r is {@code w_r}; kept, not copied
 * @param signs second layer {@code a}, length m; kept, not copied
 * @param activation s
 */
public record NormalizedNetwork(DMatrixRMaj weights, double[] signs, Activation activation) {

    /** @throws IllegalArgumentException if a layer is empty or not finite or their widths differ */
    public NormalizedNetwork {
        Arguments.matrix("weights", weights);
        Arguments.finite("signs", signs);
        Arguments.same("length of signs", signs.length, "rows of weights", weights.numRows);
    }

    /** The number of neurons m. */
    public int width() {
        return weights.numRows;
    }

    /** The dimension d of a point. */
    public int dimension() {
        return weights.numCols;
    }

    /** The same network with output weights {@code m^-1/2 a_r}. */
    public TwoLayerNetwork free() {
        double[] outputs = new double[width()];
        for (int r = 0; r < width(); r++) {
            outputs[r] = signs[r] / Math.sqrt(width());
        }
        return new TwoLayerNetwork(weights, outputs, activation);
    }

    /** The pre-activations {@code W X^T}, m x n; arguments as in {@link TwoLayerNetwork#preactivations}. */
    public DMatrixRMaj preactivations(DMatrixRMaj points) {
        return free().preactivations(points);
    }

    /** The predictions {@code u_i = f(x_i)}, length n; arguments as in {@link TwoLayerNetwork#preactivations}. */
    public double[] predict(DMatrixRMaj points) {
        return free().predict(points);
    }

    /** The loss {@code 1/2 sum_i (y_i - f(x_i))^2} (A19 (2)). @throws IllegalArgumentException if {@code y} has not length n */
    public double loss(DMatrixRMaj points, double[] y) {
        double[] residual = residual(predict(points), y);
        return LinearAlgebra.dot(residual, residual) / 2;
    }

    /**
     * The gradient of the loss in the weights, row r equal to {@code m^-1/2 a_r sum_i (u_i - y_i) s'(w_r . x_i) x_i}.
     *
     * @param points n x d; not modified
     * @param y labels, length n
     * @return m x d
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public DMatrixRMaj gradient(DMatrixRMaj points, double[] y) {
        double[] excess = residual(predict(points), y);
        for (int i = 0; i < excess.length; i++) {
            excess[i] = -excess[i];
        }
        return free().weightGradient(points, excess);
    }

    private static double[] residual(double[] u, double[] y) {
        Arguments.same("length of y", y.length, "rows of points", u.length);
        double[] residual = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            residual[i] = y[i] - u[i];
        }
        return residual;
    }
}
