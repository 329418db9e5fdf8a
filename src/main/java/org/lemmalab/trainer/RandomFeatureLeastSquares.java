package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * Least squares for {@code f = sum_i a_i s(w_i . x)} with given weights (G19 section 4), by the normal equations
 * {@code F^T F a = F^T y}, {@code F_ki = s(w_i . x_k)}. Samples are added in blocks and not kept; one can solve in between.
 */
public final class RandomFeatureLeastSquares {
    private static final int BLOCK = 512;

    private final DMatrixRMaj weights;
    private final Activation activation;
    private final SampleSource samples;
    private final DMatrixRMaj gram;
    private final double[] moments;
    private int count;

    /**
     * Without samples yet.
     *
     * @param weights N x d, one neuron per row; copied
     * @throws IllegalArgumentException if the weights are empty or not finite
     */
    public RandomFeatureLeastSquares(DMatrixRMaj weights, Activation activation, SampleSource samples) {
        this.weights = Arguments.matrix("weights", weights).copy();
        this.activation = activation;
        this.samples = samples;
        gram = new DMatrixRMaj(weights.numRows, weights.numRows);
        moments = new double[weights.numRows];
    }

    /** Adds so many fresh samples. @throws IllegalArgumentException if {@code n < 0} */
    public void add(int n) {
        for (int left = Arguments.atLeast("n", n, 0); left > 0; left -= BLOCK) {
            DMatrixRMaj points = new DMatrixRMaj(Math.min(left, BLOCK), weights.numCols);
            double[] labels = samples.draw(points);
            Arguments.same("number of labels", labels.length, "number of points", points.numRows);
            DMatrixRMaj features = LinearAlgebra.productTransB(weights, points); // N x block
            for (int k = 0; k < features.getNumElements(); k++) {
                features.data[k] = activation.value(features.data[k]);
            }
            CommonOps_DDRM.addEquals(gram, LinearAlgebra.gram(features));
            double[] products = LinearAlgebra.product(features, labels);
            for (int j = 0; j < moments.length; j++) {
                moments[j] += products[j];
            }
        }
        count += n;
    }

    /** The number of samples so far. */
    public int samples() {
        return count;
    }

    /**
     * The coefficients a, length N, that fit the samples so far.
     *
     * @throws org.lemmalab.linalg.NotPositiveDefiniteException when they do not determine a: fewer than N samples, or dependent features
     */
    public double[] coefficients() {
        return LinearAlgebra.cholesky(gram).solve(moments);
    }
}
