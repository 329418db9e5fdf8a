package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * The Cholesky factorisation of a positive semidefinite matrix, row by row, in which rows that depend on those before them are left out:
 * {@code y^T S^+ y} for {@code y} in the range, of every leading block at once.
 */
public final class SemidefiniteCholesky {
    private final int n;
    private final double[] factor;
    private final boolean[] kept;

    /**
     * Factorises S.
     *
     * @param s symmetric n x n; its lower triangle is read
     * @param cut a row is left out when those before it leave at most this part of its diagonal entry, in [0, 1)
     * @throws IllegalArgumentException when S is not square and finite
     */
    public SemidefiniteCholesky(DMatrixRMaj s, double cut) {
        DMatrixRMaj copy = Requirements.symmetricCopy(s);
        n = copy.numRows;
        factor = copy.data;
        kept = new boolean[n];
        for (int i = 0; i < n; i++) {
            double diagonal = factor[i * n + i];
            for (int j = 0; j < i; j++) {
                double rest = factor[i * n + j] - LinearAlgebra.dot(factor, i * n, factor, j * n, j);
                factor[i * n + j] = kept[j] ? rest / factor[j * n + j] : 0;
            }
            double pivot = diagonal - LinearAlgebra.dot(factor, i * n, factor, i * n, i);
            kept[i] = pivot > cut * diagonal;
            factor[i * n + i] = kept[i] ? Math.sqrt(pivot) : 0;
        }
    }

    /** The number of rows that were kept. */
    public int rank() {
        int rank = 0;
        for (boolean row : kept) {
            rank += row ? 1 : 0;
        }
        return rank;
    }

    /** The factor L, {@code S = L L^T}, without the columns of rows left out: n x rank. */
    public DMatrixRMaj factor() {
        DMatrixRMaj result = new DMatrixRMaj(n, rank());
        for (int j = 0, column = 0; j < n; j++) {
            if (kept[j]) {
                for (int i = j; i < n; i++) {
                    result.set(i, column, factor[i * n + j]);
                }
                column++;
            }
        }
        return result;
    }

    /**
     * The solution {@code z} of {@code L z = b} with 0 at the rows left out; compare {@link Cholesky#halfSolve}.
     *
     * @throws IllegalArgumentException when {@code b} has not length n
     */
    public double[] halfSolve(double[] b) {
        Requirements.length("right-hand side", b, n);
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = kept[i] ? (b[i] - LinearAlgebra.dot(factor, i * n, z, 0, i)) / factor[i * n + i] : 0;
        }
        return z;
    }
}
