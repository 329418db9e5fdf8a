package bubeck2020;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.RowSpace;

/**
 * One block of the Baum network: d points with labels, {@code X v = y} and the hyperplane {@code u.x = b} through the points (B20, section 3).
 *
 * @param x d x d, one point per row
 * @param y the labels
 * @param u the unit normal {@code X^-1 1 / |X^-1 1|}
 * @param b the distance {@code 1 / |X^-1 1|} of the hyperplane from 0
 * @param v the direction {@code X^-1 y}
 */
record BaumBlock(DMatrixRMaj x, double[] y, double[] u, double b, double[] v) {

    static BaumBlock of(DMatrixRMaj x, double[] y) {
        RowSpace rows = RowSpace.of(x);
        double[] ones = new double[x.numRows];
        Arrays.fill(ones, 1);
        double[] u = rows.minimumNormSolution(ones);
        double b = 1 / LinearAlgebra.norm(u);
        for (int k = 0; k < u.length; k++) {
            u[k] *= b;
        }
        return new BaumBlock(x, y, u, b, rows.minimumNormSolution(y));
    }

    int d() {
        return y.length;
    }

    /** The centroid of the points. */
    double[] centroid() {
        double[] weights = new double[d()];
        Arrays.fill(weights, 1.0 / d());
        return LinearAlgebra.productTransA(x, weights);
    }

    /** The largest norm of a point. */
    double radius() {
        double largest = 0;
        for (int i = 0; i < d(); i++) {
            largest = Math.max(largest, LinearAlgebra.dot(x.data, i * d(), x.data, i * d(), d()));
        }
        return Math.sqrt(largest);
    }

    /** The operator norm of X. */
    double operatorNorm() {
        return LinearAlgebra.operatorNorm(x);
    }

    /** {@code |cos(u, v)|}. */
    double cosine() {
        return Math.abs(LinearAlgebra.dot(u, v)) / LinearAlgebra.norm(v);
    }

    /** d/2 labels 1, then d/2 labels -1. */
    static double[] balanced(int d) {
        double[] y = new double[d];
        for (int i = 0; i < d; i++) {
            y[i] = 2 * i < d ? 1 : -1;
        }
        return y;
    }
}
