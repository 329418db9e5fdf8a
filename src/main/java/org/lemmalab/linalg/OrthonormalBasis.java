package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/** Orthonormal bases: of the span of the rows of a matrix, and one vector at a time. */
public final class OrthonormalBasis {
    private OrthonormalBasis() {}

    /**
     * The coordinates of the points in an orthonormal basis of their span: the same Gram matrix in {@code rank <= min(n, d)}
     * dimensions (A19 section 1, exact reduction). The basis is that of Gram and Schmidt; a point gives no direction when those before it leave at most
     * {@code 10 max(n, d) 2^-52} of its squared norm.
     *
     * @param points n x d, one point per row; not modified
     * @return n x rank; a copy of the points when they span the whole space
     * @throws IllegalArgumentException when a coordinate is not finite or all points are zero
     */
    public static DMatrixRMaj coordinates(DMatrixRMaj points) {
        double cut = 10 * Math.max(points.numRows, points.numCols) * Math.ulp(1.0);
        SemidefiniteCholesky cholesky = new SemidefiniteCholesky(LinearAlgebra.gram(points), cut);
        int rank = cholesky.rank();
        if (rank == 0) {
            throw new IllegalArgumentException("points are all zero, allowed: at least one that is not");
        }
        return rank == points.numCols ? points.copy() : cholesky.factor();
    }

    /**
     * Makes {@code v} a unit vector orthogonal to the first {@code count} rows of {@code rows}, which are orthonormal and as long as
     * {@code v}. Two passes: the second removes what the first leaves when {@code v} is nearly in their span.
     *
     * @return the distance of {@code v} from their span; when it is 0, {@code v} is not a number afterwards
     */
    public static double orthonormalize(double[] v, double[] rows, int count) {
        double distance = normalizedRest(v, rows, count);
        normalizedRest(v, rows, count);
        return distance;
    }

    private static double normalizedRest(double[] v, double[] rows, int count) {
        for (int i = 0; i < count; i++) {
            int unit = i * v.length;
            double c = LinearAlgebra.dot(v, 0, rows, unit, v.length);
            for (int j = 0; j < v.length; j++) {
                v[j] -= c * rows[unit + j];
            }
        }
        double norm = LinearAlgebra.norm(v);
        double scale = 1 / norm;
        for (int j = 0; j < v.length; j++) {
            v[j] *= scale;
        }
        return norm;
    }
}
