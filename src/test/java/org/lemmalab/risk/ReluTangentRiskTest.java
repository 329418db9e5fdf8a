package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class ReluTangentRiskTest {
    private final RandomStream stream = RandomStream.of(1, "ReluTangentRiskTest");

    /**
     * In the plane, with {@code x = r (cos p, sin p)}: {@code r^2} has mean 2, {@code r} times it the mean {@code 3 sqrt(pi/2)}, {@code r^4} 8,
     * and what is left is a mean over p of functions that jump at the weights' normals: the midpoint rule errs by at most 1/n of the jumps.
     */
    @Test
    void agreesWithLeastSquaresOnACircle() {
        QuadraticTarget target = new QuadraticTarget(new DMatrixRMaj(new double[][] {{1, 0.4}, {0.4, -0.5}}), 0.3);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0.2}, {-0.7, 1}, {0.1, -2}});
        double[] expected = {
            leastSquares(target, weights, 1), leastSquares(target, weights, 2), leastSquares(target, weights, 3)
        };
        assertThat(ReluTangentRisk.ofFirst(target, weights)).containsExactly(expected, within(1e-3));
    }

    private static double leastSquares(QuadraticTarget target, DMatrixRMaj weights, int neurons) {
        int features = 1 + 2 * neurons;
        DMatrixRMaj gram = new DMatrixRMaj(features, features);
        double[] moments = new double[features];
        double square = 0;
        int n = 100_000;
        double meanOfR = Math.sqrt(Math.PI / 2);
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * (i + 0.5) / n;
            double x = Math.cos(angle);
            double y = Math.sin(angle);
            double form = target.matrix().get(0, 0) * x * x
                    + 2 * target.matrix().get(0, 1) * x * y
                    + target.matrix().get(1, 1) * y * y;
            double b0 = target.offset();
            square += (8 * form * form + 4 * b0 * form + b0 * b0) / n;
            double[] linear = new double[features]; // entry 0 is the offset, the others are proportional to r
            for (int j = 0; j < neurons; j++) {
                boolean active = weights.get(j, 0) * x + weights.get(j, 1) * y >= 0;
                linear[1 + 2 * j] = active ? x : 0;
                linear[2 + 2 * j] = active ? y : 0;
            }
            gram.add(0, 0, 1.0 / n);
            moments[0] += (2 * form + b0) / n;
            for (int k = 1; k < features; k++) {
                gram.add(0, k, meanOfR * linear[k] / n);
                gram.add(k, 0, meanOfR * linear[k] / n);
                moments[k] += (3 * form + b0) * meanOfR * linear[k] / n;
                for (int l = 1; l < features; l++) {
                    gram.add(k, l, 2 * linear[k] * linear[l] / n);
                }
            }
        }
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double[] solution = LinearAlgebra.product(eigen.pseudoInverse(1e-10), moments);
        return square - LinearAlgebra.dot(moments, solution);
    }

    /**
     * Neurons along the first eigenvector of {@code B = diag(3, 2, 1)} reach only the square of {@code g = x_1}: of {@code 9 Var g^2} a multiple of
     * {@code max(g, 0)} explains {@code 9 (1/(2 pi)) / (1/2 - 1/(2 pi))}, a second neuron in the same direction nothing, and one in the
     * opposite direction makes it {@code |g|}, which explains {@code 9 (2/pi) / (1 - 2/pi)}.
     */
    @Test
    void agreesWithTheHandFormulaForCollinearNeurons() {
        double one = 28 - 9 / (Math.PI - 1);
        double opposite = 28 - 9 * 2 / (Math.PI - 2);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{5, 0, 0}, {1, 0, 0}, {-1, 0, 0}});
        assertThat(ReluTangentRisk.ofFirst(QuadraticTarget.diagonal(3, 2, 1), weights))
                .containsExactly(new double[] {one, one, opposite}, within(1e-12));
    }

    @Test
    void neverExceedsTheRiskOfRandomFeatures() {
        QuadraticTarget target = QuadraticTarget.diagonal(1, 0.5, 2, 0.1);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(6, 4, stream);
        double[] tangent = ReluTangentRisk.ofFirst(target, weights);
        double[] features = RandomFeatureRisk.of(target, Relu.INSTANCE, weights)
                .withOffset()
                .risks();
        for (int i = 0; i < tangent.length; i++) {
            assertThat(tangent[i]).isLessThanOrEqualTo(features[i] + 1e-12);
        }
    }

    @Test
    void refusesBadInput() {
        QuadraticTarget target = QuadraticTarget.diagonal(1, 2);
        assertThatThrownBy(() -> ReluTangentRisk.ofFirst(target, new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("norm of row 1 of weights = 0.0");
        assertThatThrownBy(() -> ReluTangentRisk.ofFirst(target, new DMatrixRMaj(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 3");
    }
}
