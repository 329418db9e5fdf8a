package org.lemmalab.random;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.OrthonormalBasis;

/** Uniformly random (Haar) orthonormal systems. */
public final class OrthonormalRows {
    private OrthonormalRows() {}

    /**
     * {@code q} orthonormal rows in {@code R^d}, uniformly distributed: the Q factor of a Gaussian matrix whose R factor has a positive
     * diagonal.
     *
     * @return q x d with {@code A A^T = I}
     * @throws IllegalArgumentException unless {@code 1 <= q <= d}
     */
    public static DMatrixRMaj draw(int q, int d, RandomStream s) {
        if (q < 1 || q > d) {
            throw new IllegalArgumentException("q is " + q + ", must be between 1 and d = " + d);
        }
        DMatrixRMaj rows = new DMatrixRMaj(q, d);
        for (int i = 0; i < q; i++) {
            double[] row = s.gaussians(d);
            OrthonormalBasis.orthonormalize(row, rows.data, i); // positive diagonal: only scaled by 1 / norm
            System.arraycopy(row, 0, rows.data, i * d, d);
        }
        return rows;
    }
}
