package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The matrix {@code Z} of tangent features: its column i is the gradient of the prediction {@code f(x_i)} in {@code vec W} (A19 sec. 3.4). */
public final class TangentFeatures {

    private TangentFeatures() {}

    /**
     * {@code Z}, whose block row r of column i is {@code m^-1/2 I_ri a_r x_i}.
     *
     * @param points n x d, one point per row; not modified
     * @param weights m x d, one neuron per row; not modified
     * @param signs a, length m
     * @return (m d) x n; the order of its rows is that of {@code weights.data}
     * @throws IllegalArgumentException if a matrix is empty or not finite or the shapes do not fit
     */
    public static DMatrixRMaj of(DMatrixRMaj points, DMatrixRMaj weights, double[] signs) {
        Arguments.matrix("points", points);
        Arguments.matrix("weights", weights);
        Arguments.same("columns of weights", weights.numCols, "columns of points", points.numCols);
        Arguments.same("length of signs", signs.length, "rows of weights", weights.numRows);
        int n = points.numRows;
        int d = points.numCols;
        int m = weights.numRows;
        DMatrixRMaj preactivations = LinearAlgebra.productTransB(weights, points);
        DMatrixRMaj features = new DMatrixRMaj(Math.multiplyExact(m, d), n);
        for (int r = 0; r < m; r++) {
            for (int i = 0; i < n; i++) {
                double scale = Relu.INSTANCE.derivative(preactivations.get(r, i)) * signs[r] / Math.sqrt(m);
                for (int k = 0; k < d; k++) {
                    features.set(r * d + k, i, scale * points.get(i, k));
                }
            }
        }
        return features;
    }
}
