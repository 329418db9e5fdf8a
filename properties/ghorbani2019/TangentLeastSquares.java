package ghorbani2019;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;

/**
 * The least squares that define the risk of the tangent class: {@code min_(A, c) E (f*(x) - c - sum_i s'(w_i . x) a_i . x)^2}, with the
 * mean over
 * {@code x ~ N(0, I)} taken by a product of Gauss-Hermite rules, exact up to degree {@code 2 k - 1} with k nodes a dimension.
 */
final class TangentLeastSquares {
    private final int features;
    private final double leastRemainder;
    private final double risk;

    /** Solves it for {@code s(z) = z^2} and a quadratic target: squares have degree 4. Makes {@code 3^d} points. */
    TangentLeastSquares(QuadraticTarget target, DMatrixRMaj weights, boolean offset) {
        this(3, x -> target.values(new DMatrixRMaj(1, x.length, true, x))[0], z -> 2 * z, weights, offset);
    }

    /**
     * Solves it.
     *
     * @param perDimension nodes of the rule k; {@code k^d} points are made
     * @param slope {@code s'}
     * @param weights N x d, one neuron per row
     * @param offset whether the class has the constant c
     */
    TangentLeastSquares(
            int perDimension,
            ToDoubleFunction<double[]> target,
            DoubleUnaryOperator slope,
            DMatrixRMaj weights,
            boolean offset) {
        int d = weights.numCols;
        int nodes = (int) Math.round(Math.pow(perDimension, d));
        DMatrixRMaj points = new DMatrixRMaj(nodes, d);
        double[] root = new double[nodes];
        GaussHermite rule = GaussHermite.of(perDimension);
        for (int k = 0; k < nodes; k++) {
            root[k] = 1;
            for (int j = 0, rest = k; j < d; j++, rest /= perDimension) {
                points.set(k, j, rule.nodes()[rest % perDimension]);
                root[k] *= Math.sqrt(rule.weights()[rest % perDimension]);
            }
        }
        features = weights.numRows * d + 1;
        Span span = new Span(features, nodes);
        if (offset) {
            span.with(root);
        }
        DMatrixRMaj preactivations = LinearAlgebra.productTransB(points, weights);
        double[] y = new double[nodes];
        for (int i = 0; i < weights.numRows; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < nodes; k++) {
                    y[k] = root[k] * slope.applyAsDouble(preactivations.get(k, i)) * points.get(k, j);
                }
                span.with(y);
            }
        }
        for (int k = 0; k < nodes; k++) {
            y[k] = root[k] * target.applyAsDouble(CommonOps_DDRM.extract(points, k, k + 1, 0, d).data);
        }
        leastRemainder = span.leastRemainder();
        risk = span.distanceSquared(y);
    }

    /** The least mean square. */
    double risk() {
        return risk;
    }

    /** The number of features over the smallest part that an independent one has outside the span of those before it. */
    double conditioning() {
        return features / leastRemainder;
    }
}
