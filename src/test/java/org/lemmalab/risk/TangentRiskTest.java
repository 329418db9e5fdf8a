package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class TangentRiskTest {
    /** Normal equations whose nonzero eigenvalues are above 1e-8 of the largest: {@code u / 1e-8}, with room for sizes. */
    private static final double ROUND_OFF = 1e-7;

    private final RandomStream stream = RandomStream.of(3, "TangentRiskTest");

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "3,1", "5,2", "6,4", "6,6", "5,7"})
    void quadraticTargetsAsByLeastSquares(int d, int n) {
        QuadraticTarget target = new QuadraticTarget(symmetric(d), 0.7);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, d, stream.part("weights"));
        assertQuadratic(target, weights);
        double[] risks = TangentRisk.ofFirst(target, weights);
        for (int i = 1; i <= n; i++) {
            assertThat(risks[i - 1])
                    .isCloseTo(
                            TangentRisk.of(target, CommonOps_DDRM.extract(weights, 0, i, 0, d)),
                            within(1e-12 * target.normSquared()));
        }
    }

    @Test
    void dependentNeuronsCountOnce() {
        QuadraticTarget target = new QuadraticTarget(symmetric(4), -1);
        DMatrixRMaj weights = new DMatrixRMaj(
                new double[][] {{1, 2, 0, -1}, {1, 2, 0, -1}, {-3, -6, 0, 3}, {0, 0, 0, 0}, {0, 1, 1, 0}, {1, 3, 1, -1}
                });
        assertQuadratic(target, weights);
        double[] risks = TangentRisk.ofFirst(target, weights);
        double roundOff = 1e-13 * target.normSquared();
        assertThat(risks[3]).isCloseTo(risks[0], within(roundOff));
        assertThat(risks[5]).isCloseTo(risks[4], within(roundOff)).isLessThan(risks[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void withoutADirectionNothingIsExplained(int d) {
        QuadraticTarget target = new QuadraticTarget(symmetric(d), 2);
        double norm = 2 * LinearAlgebra.dot(target.matrix().data, target.matrix().data);
        assertThat(TangentRisk.ofFirst(target, new DMatrixRMaj(3, d))).containsOnly(norm);
        assertThat(TangentRisk.complement(new DMatrixRMaj(3, d)).data).containsExactly(CommonOps_DDRM.identity(d).data);
    }

    @Test
    void nearlyParallelNeuronsSpanThePlane() {
        QuadraticTarget target = QuadraticTarget.diagonal(3, -2);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 1}, {1, 1 + 1e-7}});
        assertThat(TangentRisk.of(target, weights)).isLessThan(1e-25);
        assertThat(TangentRisk.complement(weights).data).containsOnly(0);
    }

    @Test
    void complementIsTheProjectionPerpendicularToTheWeights() {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(3, 5, stream);
        DMatrixRMaj p = TangentRisk.complement(weights);
        assertThat(LinearAlgebra.norm(LinearAlgebra.productTransB(p, weights).data))
                .isLessThan(1e-14);
        assertThat(CommonOps_DDRM.trace(p)).isCloseTo(2, within(1e-14));
        DMatrixRMaj squared = LinearAlgebra.product(p, p);
        for (int i = 0; i < 25; i++) {
            assertThat(squared.data[i]).isCloseTo(p.data[i], within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "2,3", "3,2", "4,1", "4,4", "5,3", "5,6"})
    void mixturesAsByLeastSquares(int d, int n) {
        GaussianMixture mixture = mixture(d);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, d, stream.part("weights"));
        assertThat(TangentRisk.of(mixture, weights)).isCloseTo(leastSquares(mixture, weights), within(ROUND_OFF));
        if (n >= d) {
            double explained = Arrays.stream(
                            LinearAlgebra.eigen(mixture.whitened()).values())
                    .map(l -> l * l / (1 + l * l))
                    .sum();
            assertThat(TangentRisk.of(mixture, weights)).isCloseTo(2 / (2 + explained), within(1e-13));
        }
    }

    @Test
    void mixturesWithDependentNeurons() {
        GaussianMixture mixture = mixture(3);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 2, 0}, {-2, -4, 0}, {0, 0, 0}});
        assertThat(TangentRisk.of(mixture, weights)).isCloseTo(leastSquares(mixture, weights), within(ROUND_OFF));
    }

    @Test
    void classesThatDoNotDifferAreNotToldApart() {
        GaussianMixture same = GaussianMixture.isotropic(0, 0);
        assertThat(TangentRisk.of(same, new DMatrixRMaj(new double[][] {{1, 1}})))
                .isEqualTo(1);
    }

    @Test
    void badInputIsNamed() {
        QuadraticTarget target = QuadraticTarget.diagonal(1, 2);
        assertThatThrownBy(() -> TangentRisk.of(target, new DMatrixRMaj(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 3, allowed: dimension of target = 2");
        DMatrixRMaj broken = new DMatrixRMaj(1, 2, true, 1, Double.NaN);
        assertThatThrownBy(() -> TangentRisk.of(target, broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
        assertThatThrownBy(() -> TangentRisk.complement(broken)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TangentRisk.of(GaussianMixture.isotropic(0.1, 0), new DMatrixRMaj(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 3, allowed: dimension of mixture = 2");
    }

    private static void assertQuadratic(QuadraticTarget target, DMatrixRMaj weights) {
        List<DMatrixRMaj> spanning = functions(weights);
        int size = spanning.size();
        DMatrixRMaj gram = new DMatrixRMaj(size + 1, size + 1);
        double[] moments = new double[size + 1];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram.set(i, j, fourth(spanning.get(i), spanning.get(j)));
            }
            double mean = CommonOps_DDRM.trace(spanning.get(i));
            gram.set(i, size, mean);
            gram.set(size, i, mean);
            moments[i] = fourth(spanning.get(i), target.matrix()) + target.offset() * mean;
        }
        gram.set(size, size, 1);
        moments[size] = target.mean();
        double scale = target.normSquared();
        assertThat(TangentRisk.of(target, weights) / scale)
                .isCloseTo(1 - explained(gram, moments) / scale, within(ROUND_OFF));
    }

    /** {@code min E (y - c - x^T M x)^2} over the class, by the classes' Gaussian moments. */
    private static double leastSquares(GaussianMixture mixture, DMatrixRMaj weights) {
        List<DMatrixRMaj> spanning = functions(weights);
        int size = spanning.size();
        DMatrixRMaj gram = new DMatrixRMaj(size + 1, size + 1);
        double[] moments = new double[size + 1];
        for (int label = -1; label <= 1; label += 2) {
            DMatrixRMaj covariance = label > 0 ? mixture.covarianceOfPlus() : mixture.covarianceOfMinus();
            List<DMatrixRMaj> seen = new ArrayList<>();
            spanning.forEach(m -> seen.add(LinearAlgebra.product(m, covariance)));
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    gram.add(i, j, fourth(seen.get(i), seen.get(j)) / 2);
                }
                double mean = CommonOps_DDRM.trace(seen.get(i)) / 2;
                gram.add(i, size, mean);
                gram.add(size, i, mean);
                moments[i] += label * mean;
            }
        }
        gram.set(size, size, 1);
        return 1 - explained(gram, moments);
    }

    /** The matrices M of the functions {@code 2 (w_i . x) x_j = x^T (w_i e_j^T + e_j w_i^T) x}. */
    private static List<DMatrixRMaj> functions(DMatrixRMaj weights) {
        int d = weights.numCols;
        List<DMatrixRMaj> functions = new ArrayList<>();
        for (int i = 0; i < weights.numRows; i++) {
            for (int j = 0; j < d; j++) {
                DMatrixRMaj m = new DMatrixRMaj(d, d);
                for (int k = 0; k < d; k++) {
                    m.add(j, k, weights.get(i, k));
                    m.add(k, j, weights.get(i, k));
                }
                functions.add(m);
            }
        }
        return functions;
    }

    /** {@code E (x^T A x) (x^T B x) = 2 tr(A B) + tr A tr B}; with {@code A S, B S} for A, B when x has covariance S. */
    private static double fourth(DMatrixRMaj a, DMatrixRMaj b) {
        return 2 * CommonOps_DDRM.trace(LinearAlgebra.product(a, b))
                + CommonOps_DDRM.trace(a) * CommonOps_DDRM.trace(b);
    }

    private static double explained(DMatrixRMaj gram, double[] moments) {
        return LinearAlgebra.dot(
                moments, LinearAlgebra.product(LinearAlgebra.eigen(gram).pseudoInverse(1e-11), moments));
    }

    private DMatrixRMaj symmetric(int d) {
        DMatrixRMaj any = new DMatrixRMaj(d, d, true, stream.part("symmetric").gaussians(d * d));
        return CommonOps_DDRM.add(any, CommonOps_DDRM.transpose(any, null), null);
    }

    /** Dense Sigma with eigenvalues in [1, 2] or so and dense indefinite Delta with {@code |Delta| < 0.8}. */
    private GaussianMixture mixture(int d) {
        DMatrixRMaj sigma = LinearAlgebra.gram(PointLaw.SPHERE.rows(d, d, stream.part("sigma")));
        CommonOps_DDRM.addEquals(sigma, CommonOps_DDRM.identity(d));
        DMatrixRMaj delta = symmetric(d);
        CommonOps_DDRM.scale(0.8 / LinearAlgebra.norm(delta.data), delta);
        return new GaussianMixture(sigma, delta);
    }
}
