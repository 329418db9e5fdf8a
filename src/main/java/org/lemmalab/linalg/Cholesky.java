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
        double[] x = halfSolve(b);
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
        double[] z = halfSolve(y);
        return LinearAlgebra.dot(z, z);
    }

    /** The smallest {@code L_ii^2 / S_ii}: which part of a row's square the rows before it leave unexplained, in (0, 1]. */
    public double leastUnexplained() {
        double least = 1;
        for (int i = 0; i < n; i++) {
            double pivot = factor[i * n + i] * factor[i * n + i];
            double diagonal = LinearAlgebra.dot(factor, i * n, factor, i * n, i) + pivot;
            least = Math.min(least, pivot / diagonal);
        }
        return least;
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

    /**
     * The solution {@code z} of {@code L z = b}. The first k entries depend on the first k of S and b alone, so that their squares
     * add up to the quadratic forms of all leading blocks.
     *
     * @throws IllegalArgumentException when {@code b} has not length n
     */
    public double[] halfSolve(double[] b) {
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
