package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleBiFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Outcome;
import org.lemmalab.stats.Terms;
import org.lemmalab.stats.TrialPool;

class GaussianMixtureTest {
    private static final RandomStream STREAM = RandomStream.of(1, "GaussianMixtureTest");
    private static final DMatrixRMaj SIGMA = new DMatrixRMaj(2, 2, true, 2, 0.5, 0.5, 1);
    private static final DMatrixRMaj DELTA = new DMatrixRMaj(2, 2, true, 1, 0.25, 0.25, 0.5);

    /** Each class has the characteristic function of its covariance, at error rate 1e-9 per decision. */
    @Test
    void drawsHaveTheCovarianceOfTheirClass() {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        for (double[] t : new double[][] {{1, 0}, {0, 1}, {0.7, 0.7}, {0.7, -0.7}}) {
            for (double sign : new double[] {1, -1}) {
                DMatrixRMaj covariance = sign > 0 ? mixture.covarianceOfPlus() : mixture.covarianceOfMinus();
                double variance = LinearAlgebra.dot(t, LinearAlgebra.product(covariance, t));
                // the class has probability 1/2, and draws of the other count as 0
                mean(
                        mixture,
                        Math.exp(-variance / 2) / 2,
                        (x, y) -> y == sign ? Math.cos(t[0] * x[0] + t[1] * x[1]) : 0);
            }
        }
        mean(mixture, 0, (x, y) -> y);
        mean(mixture, 0, (x, y) -> Math.sin(x[0] + x[1]));
    }

    private static void mean(GaussianMixture mixture, double target, ToDoubleBiFunction<double[], Double> statistic) {
        Decision decision = Mean.equalTo(target, 0.03, new Bounded(-1, 1))
                .decide(
                        index -> {
                            DMatrixRMaj point = new DMatrixRMaj(1, 2);
                            double label = mixture.draw(STREAM.trial(index), point)[0];
                            return statistic.applyAsDouble(point.data, label);
                        },
                        new Terms(1e-9, 1_000_000, TrialPool.of(1)));
        assertThat(decision.outcome()).as(decision.toString()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void whitenedMatrixAndRoots() {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        // eigenvalues of Sigma between 0.79 and 2.21; 100 d u for two products with the inverse root
        double tolerance = 200 * 0x1p-53;
        assertThat(LinearAlgebra.product(mixture.root(), mixture.root()).data)
                .containsExactly(SIGMA.data, within(tolerance));
        DMatrixRMaj back =
                LinearAlgebra.product(LinearAlgebra.product(mixture.root(), mixture.whitened()), mixture.root());
        assertThat(back.data).containsExactly(DELTA.data, within(tolerance));
        assertThat(mixture.whitened().get(0, 1)).isEqualTo(mixture.whitened().get(1, 0));
        assertThat(mixture.covarianceOfPlus().data).containsExactly(1, 0.25, 0.25, 0.5);
        assertThat(mixture.covarianceOfMinus().data).containsExactly(3, 0.75, 0.75, 1.5);
    }

    @Test
    void allowsAClassOnASubspace() {
        GaussianMixture mixture = GaussianMixture.isotropic(1, -1);
        DMatrixRMaj points = new DMatrixRMaj(50, 2);
        double[] labels = mixture.draw(STREAM, points);
        for (int i = 0; i < 50; i++) {
            assertThat(points.get(i, labels[i] > 0 ? 0 : 1)).isEqualTo(0);
            assertThat(points.get(i, labels[i] > 0 ? 1 : 0)).isNotEqualTo(0);
        }
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.isotropic(0.5, 1.1))
                .withMessageMatching("smallest eigenvalue of sigma - delta = -0\\.1\\d*, allowed: >= 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.isotropic(0.5, -1.1))
                .withMessageMatching("smallest eigenvalue of sigma \\+ delta = -0\\.1\\d*, allowed: >= 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianMixture(CommonOps_DDRM.diag(1, 0), CommonOps_DDRM.diag(0, 0)))
                .withMessage("smallest eigenvalue of sigma = 0.0, allowed: finite and > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianMixture(new DMatrixRMaj(2, 2, true, 1, 0, 0.1, 1), DELTA))
                .withMessageStartingWith("sigma[1][0] = 0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianMixture(SIGMA, CommonOps_DDRM.identity(3)))
                .withMessage("rows of delta = 3, allowed: rows of sigma = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianMixture(SIGMA, DELTA).draw(STREAM, new DMatrixRMaj(1, 3)))
                .withMessage("columns of points = 3, allowed: rows of sigma = 2");
    }
}
