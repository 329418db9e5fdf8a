package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/** An orthonormal basis of the span of the rows of a matrix, by pivoted Gram-Schmidt with reorthogonalisation. */
public final class OrthonormalBasis {
    private OrthonormalBasis() {}

    /**
     * The coordinates of the points in an orthonormal basis of their span: the same Gram matrix in {@code rank <= min(n, d)}
     * dimensions (A19 section 1, exact reduction). A direction counts when some point is further than
     * {@code max(n, d) 2^-52} times the largest norm from the span of the others.
     *
     * @param points n x d, one point per row; not modified
     * @return n x rank; a copy of the points when they span the whole space
     * @throws IllegalArgumentException when a coordinate is not finite or all points are zero
     */
    public static DMatrixRMaj coordinates(DMatrixRMaj points) {
        int n = points.numRows;
        int d = points.numCols;
        DMatrixRMaj rest = points.copy();
        DMatrixRMaj basis = new DMatrixRMaj(Math.min(n, d), d);
        double cut = 0;
        int rank = 0;
        while (rank < basis.numRows) {
            int pivot = longestRow(rest);
            double norm = rowNorm(rest, pivot);
            if (rank == 0) {
                if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("largest norm is " + norm + ", must be positive and finite");
                }
                cut = Math.max(n, d) * Math.ulp(1.0) * norm;
            }
            if (norm <= cut) {
                break;
            }
            double[] direction = new double[d];
            System.arraycopy(rest.data, pivot * d, direction, 0, d);
            orthonormalize(direction, basis.data, rank);
            System.arraycopy(direction, 0, basis.data, rank * d, d);
            rank++;
            for (int i = 0; i < n; i++) {
                subtractProjection(rest.data, i * d, direction, 0, d);
            }
        }
        if (rank == d) {
            return points.copy();
        }
        basis.reshape(rank, d, true);
        return LinearAlgebra.productTransB(points, basis);
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
            subtractProjection(v, 0, rows, i * v.length, v.length);
        }
        double norm = LinearAlgebra.norm(v);
        double scale = 1 / norm;
        for (int j = 0; j < v.length; j++) {
            v[j] *= scale;
        }
        return norm;
    }

    private static void subtractProjection(double[] v, int fromV, double[] unit, int fromUnit, int length) {
        double c = LinearAlgebra.dot(v, fromV, unit, fromUnit, length);
        for (int j = 0; j < length; j++) {
            v[fromV + j] -= c * unit[fromUnit + j];
        }
    }

    private static int longestRow(DMatrixRMaj a) {
        int best = 0;
        double largest = rowNorm(a, 0);
        for (int i = 1; i < a.numRows; i++) {
            double norm = rowNorm(a, i);
            if (!(norm <= largest)) {
                best = i;
                largest = norm;
            }
        }
        return best;
    }

    private static double rowNorm(DMatrixRMaj a, int row) {
        int from = row * a.numCols;
        return Math.sqrt(LinearAlgebra.dot(a.data, from, a.data, from, a.numCols));
    }
}
