package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.numeric.Arguments;

/**
 * The row space of a matrix {@code A = L Q} with linearly independent rows: Q has orthonormal rows, L is lower triangular with a positive
 * diagonal (Gram-Schmidt with reorthogonalisation). Every row of A is reproduced to a few roundings of its own norm.
 */
public final class RowSpace {
    private final DMatrixRMaj orthonormal;
    private final DMatrixRMaj lower;

    private RowSpace(DMatrixRMaj orthonormal, DMatrixRMaj lower) {
        this.orthonormal = orthonormal;
        this.lower = lower;
    }

    /**
     * Decomposes {@code a}, m x n; not modified. A row counts as dependent when its distance to the span of the rows before it is at most
     * {@code 16 n 2^-52} times its norm: what rounding leaves of a dependent row.
     *
     * @throws LinearlyDependentException if a row depends on the rows before it
     * @throws IllegalArgumentException if the matrix is empty or not finite
     */
    public static RowSpace of(DMatrixRMaj a) {
        Arguments.matrix("a", a);
        int m = a.numRows;
        int n = a.numCols;
        double cut = 16 * n * Math.ulp(1.0);
        DMatrixRMaj q = new DMatrixRMaj(Math.min(m, n), n);
        DMatrixRMaj lower = new DMatrixRMaj(m, m);
        double[] row = new double[n];
        for (int i = 0; i < m; i++) {
            System.arraycopy(a.data, i * n, row, 0, n);
            double norm = LinearAlgebra.norm(row);
            double distance = 0;
            if (i < n && norm > 0) {
                OrthonormalBasis.orthonormalize(row, q.data, i);
                distance = LinearAlgebra.dot(row, 0, a.data, i * n, n) / norm;
            }
            if (!(distance > cut)) { // also when nothing was left to normalise
                throw new LinearlyDependentException(i, distance, cut);
            }
            System.arraycopy(row, 0, q.data, i * n, n);
            for (int j = 0; j <= i; j++) {
                lower.set(i, j, LinearAlgebra.dot(a.data, i * n, q.data, j * n, n));
            }
        }
        return new RowSpace(q, lower);
    }

    /**
     * The solution of {@code A z = y} of smallest norm, {@code z = Q^T L^-1 y}, length n.
     *
     * @throws IllegalArgumentException if the length of y is not the number of rows
     */
    public double[] minimumNormSolution(double[] y) {
        return LinearAlgebra.productTransA(orthonormal, new Cholesky(lower).halfSolve(y));
    }

    /**
     * The unit vector along the part of z that is orthogonal to every row.
     *
     * @param z length n; not modified
     * @throws IllegalArgumentException if the length of z is not n or there are as many rows as columns
     */
    public double[] orthogonalDirection(double[] z) {
        Requirements.length("z", z, orthonormal.numCols);
        if (orthonormal.numRows == orthonormal.numCols) {
            throw new IllegalArgumentException(
                    "number of rows = " + orthonormal.numRows + ", allowed: < number of columns");
        }
        double[] direction = z.clone();
        OrthonormalBasis.orthonormalize(direction, orthonormal.data, orthonormal.numRows);
        return direction;
    }
}
