package org.lemmalab.complexity;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * The networks near an initial one, {@code F_RB = { f_W : |w_r - w_r(0)| <= R for all r, |W - W(0)|_F <= B }} (A19, Lemma 5.4).
 *
 * <p>Its empirical Rademacher complexity is {@code R_S = 1/n E_eps sup_f sum_i eps_i f(x_i)} (A19, Definition B.1; no absolute value).
 *
 * @param center {@code f_W(0)}
 * @param neuronRadius R, finite and {@code > 0}
 * @param radius B, finite and {@code > 0}
 */
public record NetworkBall(NormalizedNetwork center, double neuronRadius, double radius) {

    /** @throws IllegalArgumentException if a radius is not allowed */
    public NetworkBall {
        Arguments.positive("neuronRadius", neuronRadius);
        Arguments.positive("radius", radius);
    }

    /**
     * The member that lies from the centre in the given direction, B away; neurons that would move by more than R stop there.
     *
     * @param direction of W, length m d, in the order of the weights' data; not modified; 0 gives the centre
     * @throws IllegalArgumentException if it has another length
     */
    public NormalizedNetwork member(double[] direction) {
        DMatrixRMaj weights = center.weights().copy();
        Arguments.same("length of direction", direction.length, "entries of weights", weights.getNumElements());
        double norm = LinearAlgebra.norm(direction);
        int d = weights.numCols;
        for (int r = 0; r < weights.numRows && norm > 0; r++) {
            double own = Math.sqrt(LinearAlgebra.dot(direction, r * d, direction, r * d, d));
            double scale = own * radius > neuronRadius * norm ? neuronRadius / own : radius / norm;
            for (int k = r * d; k < (r + 1) * d; k++) {
                weights.data[k] += scale * direction[k];
            }
        }
        return new NormalizedNetwork(weights, center.signs(), center.activation());
    }

    /**
     * A lower bound of {@code R_S}: for each eps the member in the direction {@code Z(0) eps}, which is the best one for the network
     * linearised at the centre.
     *
     * <p>{@code sum_i eps_i f_W(0)(x_i)}, whose mean is 0, is subtracted. The rounding error is below {@code (m + d + 8) 2^-52} times the
     * largest {@code sum_r |w_r.x_i| / sqrt m} of a member and a point.
     *
     * @param points n x d, n at most {@link SignVectors#MAX_LENGTH}; not modified
     * @throws IllegalArgumentException if the points are not allowed
     */
    public double tangentLowerBound(DMatrixRMaj points) {
        DMatrixRMaj features = TangentFeatures.of(points, center.weights(), center.signs());
        double[] initial = center.predict(points);
        int n = points.numRows;
        double supremum = SignVectors.mean(n, eps -> {
            double[] u = member(LinearAlgebra.product(features, eps)).predict(points);
            double gain = 0;
            for (int i = 0; i < n; i++) {
                gain += eps[i] * (u[i] - initial[i]);
            }
            return gain;
        });
        return supremum / n;
    }
}
