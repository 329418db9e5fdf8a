package org.lemmalab.network;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The two-layer network {@code h(x) = sum_i u_i s(<w_i, x>)} without normalisation or bias, both layers free (D19 section 2.3).
 *
 * @param weights W, one neuron per row; kept, not copied
 * @param outputs u, one per neuron; kept, not copied
 * @param activation s
 */
public record ShallowNetwork(DMatrixRMaj weights, double[] outputs, Activation activation) {

    /** @throws IllegalArgumentException if a layer is empty or not finite or their widths differ */
    public ShallowNetwork {
        Arguments.matrix("weights", weights);
        Arguments.finite("outputs", outputs);
        Arguments.same("length of outputs", outputs.length, "rows of weights", weights.numRows);
    }

    /** The number of neurons. */
    public int width() {
        return weights.numRows;
    }

    /** The dimension d of a point. */
    public int dimension() {
        return weights.numCols;
    }

    /**
     * The pre-activations {@code W X^T}, neurons x points.
     *
     * @param points n x d, one point per row
     * @throws IllegalArgumentException if the points are empty or not finite or the dimension differs
     */
    public DMatrixRMaj preactivations(DMatrixRMaj points) {
        Arguments.matrix("points", points);
        Arguments.same("columns of points", points.numCols, "columns of weights", dimension());
        return LinearAlgebra.productTransB(weights, points);
    }

    /** The predictions {@code h(x_i)}, length n. Arguments as in {@link #preactivations}. */
    public double[] predict(DMatrixRMaj points) {
        DMatrixRMaj z = preactivations(points);
        for (int k = 0; k < z.getNumElements(); k++) {
            z.data[k] = activation.value(z.data[k]);
        }
        return LinearAlgebra.productTransA(z, outputs);
    }

    /**
     * The gradient of {@code sum_i c_i h(x_i)} in the weights: row r is {@code u_r sum_i c_i s'(<w_r, x_i>) x_i}.
     *
     * @param c one number per point
     * @return the shape of W; arguments as in {@link #preactivations}
     */
    public DMatrixRMaj weightGradient(DMatrixRMaj points, double[] c) {
        Arguments.same("length of c", c.length, "rows of points", points.numRows);
        DMatrixRMaj z = preactivations(points);
        for (int r = 0; r < width(); r++) {
            for (int i = 0; i < c.length; i++) {
                z.data[r * c.length + i] = outputs[r] * c[i] * activation.derivative(z.data[r * c.length + i]);
            }
        }
        return LinearAlgebra.product(z, points);
    }

    /** The gradient of {@code sum_i c_i h(x_i)} in the outputs, {@code (sum_i c_i s(<w_r, x_i>))_r}; arguments as in {@link #weightGradient}. */
    public double[] outputGradient(DMatrixRMaj points, double[] c) {
        Arguments.same("length of c", c.length, "rows of points", points.numRows);
        DMatrixRMaj z = preactivations(points);
        for (int k = 0; k < z.getNumElements(); k++) {
            z.data[k] = activation.value(z.data[k]);
        }
        return LinearAlgebra.product(z, c);
    }

    /**
     * The gradients of {@code h(x_i)} in the weights, the hidden layer's tangent features: block r of row i is {@code u_r s'(<w_r, x_i>) x_i}.
     *
     * @return n x (neurons d), in the order of {@code weights.data}; arguments as in {@link #preactivations}
     */
    public DMatrixRMaj weightFeatures(DMatrixRMaj points) {
        DMatrixRMaj z = preactivations(points);
        int n = points.numRows;
        int d = dimension();
        DMatrixRMaj features = new DMatrixRMaj(n, Math.multiplyExact(width(), d));
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < width(); r++) {
                double factor = outputs[r] * activation.derivative(z.data[r * n + i]);
                for (int k = 0; k < d; k++) {
                    features.data[(i * width() + r) * d + k] = factor * points.data[i * d + k];
                }
            }
        }
        return features;
    }

    /** The gradients of {@code h(x_i)} in the outputs, {@code s(<w_r, x_i>)}, n x neurons; arguments as in {@link #preactivations}. */
    public DMatrixRMaj outputFeatures(DMatrixRMaj points) {
        DMatrixRMaj z = preactivations(points);
        DMatrixRMaj features = new DMatrixRMaj(z.numCols, z.numRows);
        for (int r = 0; r < z.numRows; r++) {
            for (int i = 0; i < z.numCols; i++) {
                features.data[i * z.numRows + r] = activation.value(z.data[r * z.numCols + i]);
            }
        }
        return features;
    }
}
