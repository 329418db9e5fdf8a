package bubeck2020;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A direction that tells points apart: of 50 random unit vectors the one with the widest smallest gap.
 *
 * @param direction a, a unit vector
 * @param projections {@code a.x_i}, in the order of the points
 * @param gap the smallest distance of two projections; 1 for one point
 */
record SeparatedProjection(double[] direction, double[] projections, double gap) {

    static SeparatedProjection of(DMatrixRMaj points, RandomStream stream) {
        SeparatedProjection best = along(points, stream);
        for (int trial = 1; trial < 50; trial++) {
            SeparatedProjection other = along(points, stream);
            best = other.gap > best.gap ? other : best;
        }
        return best;
    }

    private static SeparatedProjection along(DMatrixRMaj points, RandomStream stream) {
        double[] direction = PointLaw.SPHERE.rows(1, points.numCols, stream).data;
        double[] projections = LinearAlgebra.product(points, direction);
        double[] sorted = projections.clone();
        Arrays.sort(sorted);
        double gap = sorted.length == 1 ? 1 : Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            gap = Math.min(gap, sorted[i] - sorted[i - 1]);
        }
        return new SeparatedProjection(direction, projections, gap);
    }
}
