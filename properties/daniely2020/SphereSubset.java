package daniely2020;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * Finitely many unit vectors.
 *
 * @param points one per row
 */
record SphereSubset(DMatrixRMaj points) {

    /** Equally spaced points of the circle, the first at angle 0: every unit vector is within {@code pi/count} of one. */
    static SphereSubset circle(int count) {
        DMatrixRMaj points = new DMatrixRMaj(count, 2);
        for (int i = 0; i < count; i++) {
            points.set(i, 0, Math.cos(2 * Math.PI * i / count));
            points.set(i, 1, Math.sin(2 * Math.PI * i / count));
        }
        return new SphereSubset(points);
    }

    /** The first axis, alone or with its antipode: in dimension 1 the pair is the sphere. */
    static SphereSubset axis(int dimension, boolean both) {
        DMatrixRMaj points = new DMatrixRMaj(both ? 2 : 1, dimension);
        points.set(0, 0, 1);
        if (both) {
            points.set(1, 0, -1);
        }
        return new SphereSubset(points);
    }

    /** A net of the sphere in dimension 1 or 2. */
    static SphereSubset net(int dimension, int count) {
        return dimension == 1 ? axis(1, true) : circle(count);
    }

    /** Together with {@code diag(signs) u} for all its u. */
    SphereSubset withFlips(double[] signs) {
        int n = points.numRows;
        DMatrixRMaj union = new DMatrixRMaj(2 * n, points.numCols);
        for (int i = 0; i < 2 * n; i++) {
            for (int k = 0; k < points.numCols; k++) {
                union.set(i, k, points.get(i % n, k) * (i < n ? 1 : signs[k]));
            }
        }
        return new SphereSubset(union);
    }

    /** {@code max <u, w z>} over u in this set and z in the other. */
    double largestForm(DMatrixRMaj w, SphereSubset other) {
        DMatrixRMaj forms = LinearAlgebra.productTransB(LinearAlgebra.product(points, w), other.points);
        return IntStream.range(0, forms.getNumElements())
                .mapToDouble(forms::get)
                .max()
                .orElseThrow();
    }
}
