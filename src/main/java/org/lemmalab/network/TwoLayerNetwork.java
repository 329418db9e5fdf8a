package org.lemmalab.network;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The two-layer network {@code f(x) = sum_l a_l s(<w_l, x> + b_l)} with all layers free (D19 section 2.3 without biases, B20 (1)).
 *
 * @param weights W, one neuron per row; kept, not copied
 * @param biases b, one per neuron; kept, not copied
 * @param outputs a, one per neuron; kept, not copied
 * @param activation s
 */
public record TwoLayerNetwork(DMatrixRMaj weights, double[] biases, double[] outputs, Activation activation) {

    /** @throws IllegalArgumentException if a layer is empty or not finite or their widths differ */
    public TwoLayerNetwork {
        Arguments.matrix("weights", weights);
        Arguments.finite("biases", biases);
        Arguments.same("length of biases", biases.length, "rows of weights", weights.numRows);
        Arguments.finite("outputs", outputs);
        Arguments.same("length of outputs", outputs.length, "rows of weights", weights.numRows);
    }

    /** A network without biases; arguments as in the canonical constructor. */
    public TwoLayerNetwork(DMatrixRMaj weights, double[] outputs, Activation activation) {
        this(weights, new double[weights.numRows], outputs, activation);
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
     * The pre-activations {@code W X^T + b}, neurons x points.
     *
     * @param points n x d, one point per row
     * @throws IllegalArgumentException if the points are empty or not finite or the dimension differs
     */
    public DMatrixRMaj preactivations(DMatrixRMaj points) {
        Arguments.matrix("points", points);
        Arguments.same("columns of points", points.numCols, "columns of weights", dimension());
        DMatrixRMaj z = LinearAlgebra.productTransB(weights, points);
        for (int l = 0; l < width(); l++) {
            for (int i = 0; biases[l] != 0 && i < points.numRows; i++) {
                z.data[l * points.numRows + i] += biases[l];
            }
        }
        return z;
    }

    /** The total weight {@code sum_l |a_l| sqrt(|w_l|^2 + b_l^2)} (B20 (1)). */
    public double totalWeight() {
        double sum = 0;
        for (int l = 0; l < width(); l++) {
            sum += Math.abs(outputs[l]) * neuronNorm(l);
        }
        return sum;
    }

    /** The norm {@code sqrt(|w_l|^2 + b_l^2)} of neuron l; l from 0 to width - 1. */
    public double neuronNorm(int l) {
        double squares = biases[l] * biases[l];
        for (int k = 0; k < dimension(); k++) {
            squares += weights.get(l, k) * weights.get(l, k);
        }
        return Math.sqrt(squares);
    }

    /** The network at these points; arguments as in {@link #preactivations}. */
    public ForwardPass forward(DMatrixRMaj points) {
        return new ForwardPass(this, points);
    }

    /** The predictions {@code f(x_i)}, length n. Arguments as in {@link #preactivations}. */
    public double[] predict(DMatrixRMaj points) {
        return forward(points).predictions();
    }

    /** See {@link ForwardPass#weightGradient}; arguments as there and in {@link #preactivations}. */
    public DMatrixRMaj weightGradient(DMatrixRMaj points, double[] c) {
        return forward(points).weightGradient(c);
    }

    /** See {@link ForwardPass#outputGradient}; arguments as there and in {@link #preactivations}. */
    public double[] outputGradient(DMatrixRMaj points, double[] c) {
        return forward(points).outputGradient(c);
    }

    /**
     * The gradients of {@code f(x_i)} in the weights, the hidden layer's tangent features: block r of row i is {@code a_r s'(<w_r, x_i> + b_r) x_i}.
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

    /** The gradients of {@code f(x_i)} in the outputs, {@code s(<w_r, x_i> + b_r)}, n x neurons; arguments as in {@link #preactivations}. */
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
