package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.Arguments;

/**
 * Gradient descent on the linear model frozen at initialisation:
 * {@code vec W~(0) = 0, vec W~(k+1) = vec W~(k) - eta Z (Z^T vec W~(k) - y)} (A19 (11)).
 */
public final class AuxiliaryGradientDescent {

    private final DMatrixRMaj features;
    private final double[] y;
    private final double eta;
    private final double[] weights;
    private int steps;

    /**
     * @param features Z, p x n, column i the features of point i; not modified while training
     * @param y labels, length n; copied
     * @param eta step size, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is empty or not finite or the shapes do not fit
     */
    public AuxiliaryGradientDescent(DMatrixRMaj features, double[] y, double eta) {
        this.features = Arguments.matrix("features", features);
        Arguments.same("length of y", y.length, "columns of features", features.numCols);
        this.y = Arguments.finite("y", y.clone());
        this.eta = Arguments.positive("eta", eta);
        this.weights = new double[features.numRows];
    }

    /** Advances the weights by one step. */
    public void step() {
        double[] difference = predictions();
        for (int i = 0; i < y.length; i++) {
            difference[i] -= y[i];
        }
        double[] gradient = LinearAlgebra.product(features, difference);
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= eta * gradient[k];
        }
        steps++;
    }

    /** The number of steps done. */
    public int steps() {
        return steps;
    }

    /** {@code vec W~(k)}, length p; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** {@code v(k) = Z^T vec W~(k)}, length n. */
    public double[] predictions() {
        return LinearAlgebra.productTransA(features, weights);
    }

    /**
     * The limit {@code Z H^+ y} with {@code H = Z^T Z}: reached when {@code eta < 2 / lambda_max(H)}, of squared norm {@code y^T H^+ y}
     * (A19, section 5.2). Eigenvalues below {@code n 2^-52 lambda_max} count as 0.
     */
    public double[] limit() {
        SymmetricEigen eigen = LinearAlgebra.eigen(LinearAlgebra.productTransA(features, features));
        DMatrixRMaj inverse = eigen.pseudoInverse(y.length * Math.ulp(1.0));
        return LinearAlgebra.product(features, LinearAlgebra.product(inverse, y));
    }
}
