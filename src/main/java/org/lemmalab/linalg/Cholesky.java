package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/** The Cholesky factorisation {@code S = L L^T} of a symmetric positive definite matrix. */
public final class Cholesky {
    private final int n;
    private final double[] factor;

    /** @param factor n x n, {@code L} in its lower triangle; the rest is not read. Kept, not copied. */
    Cholesky(DMatrixRMaj factor) {
        this.n = factor.numRows;
        this.factor = factor.data;
    }

    /**
     * The solution {@code x} of {@code S x = b}.
     *
     * @throws IllegalArgumentException when {@code b} has not length n
     */
    public double[] solve(double[] b) {
        double[] x = forward(b);
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= factor[i * n + i];
            for (int j = 0; j < i; j++) {
                x[j] -= factor[i * n + j] * x[i];
            }
        }
        return x;
    }

    /** The quadratic form {@code y^T S^-1 y = |L^-1 y|^2}. */
    public double quadraticForm(double[] y) {
        double[] z = forward(y);
        return LinearAlgebra.dot(z, z);
    }

    /** The inverse {@code S^-1 = L^-T L^-1}, exactly symmetric. */
    public DMatrixRMaj inverse() {
        DMatrixRMaj transposed = new DMatrixRMaj(n, n); // column i of L^-1 = row i here, zero before i
        double[] t = transposed.data;
        for (int i = 0; i < n; i++) {
            int row = i * n;
            t[row + i] = 1;
            for (int j = i; j < n; j++) {
                double sum = t[row + j];
                for (int k = i; k < j; k++) {
                    sum -= factor[j * n + k] * t[row + k];
                }
                t[row + j] = sum / factor[j * n + j];
            }
        }
        return LinearAlgebra.gram(transposed);
    }

    private double[] forward(double[] b) {
        Requirements.length("right-hand side", b, n);
        double[] z = b.clone();
        for (int i = 0; i < n; i++) {
            double sum = z[i];
            for (int j = 0; j < i; j++) {
                sum -= factor[i * n + j] * z[j];
            }
            z[i] = sum / factor[i * n + i];
        }
        return z;
    }
}
