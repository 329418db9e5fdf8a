package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Outcome;
import org.lemmalab.stats.Terms;
import org.lemmalab.stats.Trial;
import org.lemmalab.stats.TrialPool;

class BayesRiskTest {
    private static final RandomStream STREAM = RandomStream.of(1, "BayesRiskTest");
    private static final Terms TERMS = new Terms(1e-9, 1_000_000, TrialPool.of(1));

    @Test
    void logLikelihoodRatiosAreThoseOfTheDensities() {
        DMatrixRMaj sigma = new DMatrixRMaj(2, 2, true, 2, 0.5, 0.5, 1);
        DMatrixRMaj delta = new DMatrixRMaj(2, 2, true, 1, -0.25, -0.25, -0.5);
        GaussianMixture mixture = new GaussianMixture(sigma, delta);
        DMatrixRMaj points = new DMatrixRMaj(20, 2);
        mixture.draw(STREAM, points);
        double[] ratios = new BayesRisk(mixture).logLikelihoodRatios(points);
        MultivariateNormalDistribution plus = normal(mixture.covarianceOfPlus());
        MultivariateNormalDistribution minus = normal(mixture.covarianceOfMinus());
        for (int i = 0; i < 20; i++) {
            double[] x = {points.get(i, 0), points.get(i, 1)};
            // inverses with condition numbers below 10, |x|^2 below 100, logarithms of densities
            assertThat(ratios[i]).isCloseTo(Math.log(plus.density(x) / minus.density(x)), within(1e-11));
        }
    }

    private static MultivariateNormalDistribution normal(DMatrixRMaj c) {
        return new MultivariateNormalDistribution(new double[2], new double[][] {
            {c.get(0, 0), c.get(0, 1)}, {c.get(1, 0), c.get(1, 1)}
        });
    }

    /** Against adaptive quadrature of the definition; 120 nodes are off by 3e-7 near s = 9, where tanh is steep on the nodes' scale. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.01, 0.3, 1, 2, 4, 9, 20, 40})
    void squareLimitIsTheExpectation(double s) {
        double expected = new IterativeLegendreGaussIntegrator(32, 1e-11, 1e-13)
                .integrate(
                        1_000_000,
                        g -> Math.exp(-g * g / 2) / Math.sqrt(2 * Math.PI) * (1 - Math.tanh(s + Math.sqrt(s) * g)),
                        -12 - Math.sqrt(s),
                        12);
        assertThat(BayesRisk.squareLimit(s)).isCloseTo(expected, within(s <= 1 ? 1e-11 : 1e-6));
    }

    @Test
    void limitsAtNoSignalAndAtMuch() {
        assertThat(BayesRisk.squareLimit(0)).isEqualTo(1);
        assertThat(BayesRisk.zeroOneLimit(0)).isEqualTo(0.5);
        // near 0: 1 - s + s^2 + O(s^3)
        assertThat(BayesRisk.squareLimit(1e-3)).isCloseTo(1 - 1e-3 + 1e-6, within(1e-8));
        assertThat(BayesRisk.squareLimit(100)).isBetween(0.0, 1e-6);
        assertThat(BayesRisk.zeroOneLimit(1)).isCloseTo(0.15865525393145707, within(1e-12)); // Phi(-1)
        assertThat(BayesRisk.zeroOneLimit(100)).isBetween(0.0, 1e-22);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "1.5"})
    void pointsOfTheGaussianChannelHaveTheSquareLimit(double s) {
        decide(
                BayesRisk.squareLimit(s),
                index -> {
                    RandomStream stream = STREAM.trial(index);
                    double y = stream.sign();
                    double posterior = Math.tanh(s * y + Math.sqrt(s) * stream.gaussian());
                    return (y - posterior) * (y - posterior) / 4; // in [0, 1]
                },
                4);
        decide(
                BayesRisk.zeroOneLimit(s),
                index -> {
                    RandomStream stream = STREAM.trial(index);
                    double y = stream.sign();
                    return (s * y + Math.sqrt(s) * stream.gaussian()) * y < 0 ? 1 : 0;
                },
                1);
    }

    /** The label is fair given x up to the posterior mean: the square error is {@code 1 - tanh(L/2)^2} in mean. */
    @Test
    void posteriorMeansExplainTheLabels() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.8, -0.5, 0.3);
        BayesRisk bayes = new BayesRisk(mixture);
        decide(
                0.5,
                index -> {
                    DMatrixRMaj point = new DMatrixRMaj(1, 3);
                    double y = mixture.draw(STREAM.trial(index), point)[0];
                    double mean = Math.tanh(bayes.logLikelihoodRatios(point)[0] / 2);
                    return (1 + y * mean - mean * mean) / 2; // E y m = E m^2; in [0, 1], as m^2 - |m| >= -1
                },
                1);
    }

    private static void decide(double target, Trial trial, double scale) {
        Decision decision =
                Mean.equalTo(target / scale, 0.01, new Bounded(-0.5, 1)).decide(trial, TERMS);
        assertThat(decision.outcome()).as(decision.toString()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BayesRisk(GaussianMixture.isotropic(0, 1)))
                .withMessage("smallest eigenvalue of covariance of +1 = 0.0, allowed: > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BayesRisk(GaussianMixture.isotropic(0, -1)))
                .withMessage("smallest eigenvalue of covariance of -1 = 0.0, allowed: > 0");
        BayesRisk bayes = new BayesRisk(new GaussianMixture(CommonOps_DDRM.identity(2), new DMatrixRMaj(2, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> bayes.logLikelihoodRatios(new DMatrixRMaj(1, 3)));
        assertThat(bayes.logLikelihoodRatios(new DMatrixRMaj(1, 2, true, 3, 4))).containsExactly(0);
    }
}
