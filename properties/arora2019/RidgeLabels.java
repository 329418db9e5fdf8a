package arora2019;

import instances.PointSet;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;

/**
 * Labels {@code y_i = phi(beta.x_i)}.
 *
 * <p>Directions of beta: in general position, along the first point, and along the points' least principal direction, which is orthogonal
 * to all of them when {@code n < d}.
 *
 * @param set the points
 * @param norm {@code |beta|}
 */
record RidgeLabels(PointSet set, double norm) {
    /** The unit vectors along beta. */
    double[][] directions() {
        DMatrixRMaj points = set.points();
        DMatrixRMaj principal =
                LinearAlgebra.eigen(LinearAlgebra.productTransA(points, points)).vectors();
        int d = set.d();
        return new double[][] {
            PointLaw.SPHERE.rows(1, d, set.stream()).data,
            Arrays.copyOf(points.data, d),
            Arrays.copyOfRange(principal.data, (d - 1) * d, d * d)
        };
    }

    /** The complexity of the labels for every direction of beta; phi a sum of the kernel's powers, so that H takes these labels. */
    double[] complexities(DoubleUnaryOperator phi) {
        return complexities(set.points(), phi);
    }

    /** The same for other points of this dimension. */
    double[] complexities(DMatrixRMaj points, DoubleUnaryOperator phi) {
        ResolvedComplexity complexity = new ResolvedComplexity(points);
        return Arrays.stream(directions())
                .mapToDouble(
                        direction -> complexity.quadraticForm(Arrays.stream(LinearAlgebra.product(points, direction))
                                .map(t -> phi.applyAsDouble(norm * t))
                                .toArray()))
                .toArray();
    }
}
