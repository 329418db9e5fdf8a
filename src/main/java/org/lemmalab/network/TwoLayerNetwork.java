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
public record TwoLayerNetwork(DMatrixRMaj weights, double[] signs, Activation activation) {

    /** @throws IllegalArgumentException if a layer is empty or not finite or their widths differ */
    public TwoLayerNetwork {
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

    /**
     * The pre-activations {@code W X^T}.
     *
     * @param points n x d, one point per row; not modified
     * @return m x n
     * @throws IllegalArgumentException if the points are empty or not finite or the dimension differs
     */
    public DMatrixRMaj preactivations(DMatrixRMaj points) {
        Arguments.matrix("points", points);
        Arguments.same("columns of points", points.numCols, "columns of weights", dimension());
        return LinearAlgebra.productTransB(weights, points);
    }

    /** The predictions {@code u_i = f(x_i)}, length n. Arguments as in {@link #preactivations}. */
    public double[] predict(DMatrixRMaj points) {
        return predictions(preactivations(points));
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
        DMatrixRMaj slopes = preactivations(points);
        double[] residual = residual(predictions(slopes), y);
        int n = residual.length;
        for (int r = 0; r < width(); r++) {
            double scale = -signs[r] / Math.sqrt(width());
            for (int i = 0; i < n; i++) {
                slopes.data[r * n + i] = scale * residual[i] * activation.derivative(slopes.data[r * n + i]);
            }
        }
        return LinearAlgebra.product(slopes, points);
    }

    private double[] predictions(DMatrixRMaj preactivations) {
        int n = preactivations.numCols;
        double[] u = new double[n];
        for (int r = 0; r < width(); r++) {
            for (int i = 0; i < n; i++) {
                u[i] += signs[r] * activation.value(preactivations.data[r * n + i]);
            }
        }
        for (int i = 0; i < n; i++) {
            u[i] /= Math.sqrt(width());
        }
        return u;
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
