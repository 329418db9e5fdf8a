package org.lemmalab.linalg;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * The eigendecomposition {@code S = sum_i l_i v_i v_i^T} of a symmetric matrix.
 *
 * @param values eigenvalues {@code l_i} in descending order
 * @param vectors n x n; row i is the unit eigenvector {@code v_i} of {@code l_i} (its sign is arbitrary)
 */
public record SymmetricEigen(double[] values, DMatrixRMaj vectors) {

    /** The largest eigenvalue. */
    public double largest() {
        return values[0];
    }

    /** The smallest eigenvalue. */
    public double smallest() {
        return values[values.length - 1];
    }

    /** The coefficients {@code (v_i . y)_i} of a vector in the eigenbasis. */
    public double[] project(double[] y) {
        return LinearAlgebra.product(vectors, y);
    }

    /** The vector {@code sum_i c_i v_i}. */
    public double[] combine(double[] coefficients) {
        return LinearAlgebra.productTransA(vectors, coefficients);
    }

    /** The matrix function {@code f(S) = sum_i f(l_i) v_i v_i^T}, exactly symmetric. */
    public DMatrixRMaj apply(DoubleUnaryOperator f) {
        int n = values.length;
        DMatrixRMaj scaled = vectors.copy();
        for (int i = 0; i < n; i++) {
            double factor = f.applyAsDouble(values[i]);
            for (int j = 0; j < n; j++) {
                scaled.data[i * n + j] *= factor;
            }
        }
        DMatrixRMaj result = LinearAlgebra.productTransA(vectors, scaled);
        LinearAlgebra.mirrorUpper(result);
        return result;
    }

    /**
     * The pseudo-inverse: {@code 1 / l_i} where {@code |l_i| > relativeCut * max_j |l_j|}, else 0.
     *
     * @param relativeCut at least 0; {@code n * 2^-52} keeps what is above round-off
     * @throws IllegalArgumentException when {@code relativeCut} is negative or not a number
     */
    public DMatrixRMaj pseudoInverse(double relativeCut) {
        if (!(relativeCut >= 0)) {
            throw new IllegalArgumentException("relativeCut is " + relativeCut + ", must be at least 0");
        }
        double cut = relativeCut * Math.max(Math.abs(largest()), Math.abs(smallest()));
        return apply(value -> Math.abs(value) > cut ? 1 / value : 0);
    }
}
