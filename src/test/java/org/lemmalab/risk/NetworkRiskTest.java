package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

class NetworkRiskTest {

    @Test
    void dropsTheEigenvaluesOfLargestModulus() {
        QuadraticTarget target = QuadraticTarget.diagonal(2, 1, -0.5, -1, -3);
        double[] expected = {30.5, 12.5, 4.5, 2.5, 0.5, 0, 0};
        for (int n = 0; n < expected.length; n++) {
            assertThat(NetworkRisk.of(target, n)).isCloseTo(expected[n], within(1e-13)); // 40 d u |B|^2
        }
    }

    @Test
    void withPositiveSignsKeepsTheNegativeEigenvalues() {
        QuadraticTarget target = QuadraticTarget.diagonal(2, 1, -0.5, -1, -3);
        assertThat(NetworkRisk.withPositiveSecondLayer(target, 0)).isCloseTo(30.5, within(1e-13));
        assertThat(NetworkRisk.withPositiveSecondLayer(target, 1)).isCloseTo(22.5, within(1e-13));
        assertThat(NetworkRisk.withPositiveSecondLayer(target, 3)).isCloseTo(20.5, within(1e-13));
        assertThat(NetworkRisk.withPositiveSecondLayer(QuadraticTarget.diagonal(-1, -1, -1, -1), 4))
                .isCloseTo(8, within(1e-13));
        assertThat(NetworkRisk.withSigns(target, 1, 2)).isCloseTo(2.5, within(1e-13));
    }

    @Test
    void isTheLeastOverTheNumbersOfSigns() {
        QuadraticTarget target = QuadraticTarget.diagonal(2, 2, 1, -1, -1.5);
        for (int n = 0; n <= 6; n++) {
            int neurons = n;
            double least = IntStream.rangeClosed(0, n)
                    .mapToDouble(negative -> NetworkRisk.withSigns(target, neurons - negative, negative))
                    .min()
                    .orElseThrow();
            assertThat(NetworkRisk.of(target, n)).isCloseTo(least, within(1e-13));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.8, 0.5, 0.2, 0",
        "0.8, 0.5, 0.2, 1",
        "0.8, 0.5, 0.2, 2",
        "0.8, -0.6, 0.3, 1",
        "0.8, -0.6, 0.3, 2",
        "0.8, -0.6, 0.3, 4",
        "0.5, 0.5, -0.5, 2",
        "-0.7, -0.4, 0, 1",
        "0.9, 0, 0, 2"
    })
    void ofAMixtureIsWhatMinimisationFindsOverAllSigns(double l1, double l2, double l3, int n) {
        int d = 3;
        RandomStream s = RandomStream.of(5, "NetworkRiskTest").part(l1 + " " + l2 + " " + n);
        GaussianMixture mixture = mixture(s, l1, l2, l3);
        double least = Double.POSITIVE_INFINITY;
        for (int negative = 0; negative <= n; negative++) {
            Objective objective = new Objective(mixture, n, negative);
            for (int start = 0; start < 6; start++) {
                double[] from = s.part("start " + negative).trial(start).gaussians(n * d + 1);
                double found = new NonLinearConjugateGradientOptimizer(
                                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                                new SimpleValueChecker(1e-14, 1e-15))
                        .optimize(
                                new MaxEval(100_000),
                                GoalType.MINIMIZE,
                                new InitialGuess(from),
                                new ObjectiveFunction(objective::value),
                                new ObjectiveFunctionGradient(objective::gradient))
                        .getValue();
                least = Math.min(least, found);
            }
        }
        // never below, up to 1e3 u; reached where steps gain less than 1e-14, at rates up to 1 - 1e-7
        assertThat(least).isBetween(NetworkRisk.of(mixture, n) - 1e-12, NetworkRisk.of(mixture, n) + 1e-6);
    }

    @Test
    void limitOfAMixtureLeavesOutTheFourthOrder() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.1, -0.2, 0.05);
        assertThat(NetworkRisk.limit(mixture, 1)).isCloseTo(2 / 2.04, within(1e-15));
        assertThat(NetworkRisk.limit(mixture, 5)).isCloseTo(2 / 2.0525, within(1e-15));
        assertThat(NetworkRisk.of(mixture, 0)).isEqualTo(1);
        assertThat(NetworkRisk.of(mixture, 1)).isCloseTo(2 / (2 + 0.04 / 1.04), within(1e-15));
    }

    @Test
    void rejectsNegativeNumbersOfNeurons() {
        QuadraticTarget target = QuadraticTarget.diagonal(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkRisk.of(target, -1))
                .withMessageContaining("= -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkRisk.withSigns(target, 1, -1))
                .withMessageContaining("= -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkRisk.limit(GaussianMixture.isotropic(0.5), -1))
                .withMessageContaining("n = -1");
    }

    /** A mixture whose whitened difference has these eigenvalues, with a Sigma that does not commute with it. */
    private static GaussianMixture mixture(RandomStream s, double... values) {
        int d = values.length;
        DMatrixRMaj g = OrthonormalRows.draw(d, d, s);
        double[] variances = {0.7, 1, 1.6};
        DMatrixRMaj root = LinearAlgebra.productTransA(g, LinearAlgebra.product(CommonOps_DDRM.diag(variances), g));
        DMatrixRMaj basis = OrthonormalRows.draw(d, d, s);
        DMatrixRMaj whitened =
                LinearAlgebra.productTransA(basis, LinearAlgebra.product(CommonOps_DDRM.diag(values), basis));
        return new GaussianMixture(
                LinearAlgebra.product(root, root), LinearAlgebra.product(LinearAlgebra.product(root, whitened), root));
    }

    /**
     * {@code E (y - c - x^T S x)^2}, {@code S = sum_i a_i w_i w_i^T}: the mean over the classes of {@code r^2 + 2 tr (S Sigma_y S Sigma_y)}, with
     * {@code r = y - c - tr (S Sigma_y)}.
     */
    private record Objective(GaussianMixture mixture, int n, int negative) {
        double value(double[] at) {
            double sum = 0;
            for (int y = -1; y <= 1; y += 2) {
                DMatrixRMaj product = LinearAlgebra.product(form(at), covariance(y));
                double r = y - at[at.length - 1] - CommonOps_DDRM.trace(product);
                sum += r * r + 2 * CommonOps_DDRM.trace(LinearAlgebra.product(product, product));
            }
            return sum / 2;
        }

        double[] gradient(double[] at) {
            int d = mixture.dimension();
            double[] gradient = new double[at.length];
            DMatrixRMaj w = weights(at);
            for (int y = -1; y <= 1; y += 2) {
                DMatrixRMaj sigma = covariance(y);
                DMatrixRMaj product = LinearAlgebra.product(form(at), sigma);
                double r = y - at[at.length - 1] - CommonOps_DDRM.trace(product);
                DMatrixRMaj slope = LinearAlgebra.product(sigma, product);
                CommonOps_DDRM.scale(2, slope);
                CommonOps_DDRM.addEquals(slope, -r, sigma);
                DMatrixRMaj images = LinearAlgebra.product(w, slope);
                for (int k = 0; k < n * d; k++) {
                    gradient[k] += (k / d < negative ? -2 : 2) * images.data[k];
                }
                gradient[at.length - 1] -= r;
            }
            return gradient;
        }

        private DMatrixRMaj form(double[] at) {
            DMatrixRMaj w = weights(at);
            DMatrixRMaj signed = w.copy();
            for (int k = 0; k < negative * w.numCols; k++) {
                signed.data[k] = -signed.data[k];
            }
            return LinearAlgebra.productTransA(signed, w);
        }

        private DMatrixRMaj weights(double[] at) {
            return new DMatrixRMaj(n, mixture.dimension(), true, Arrays.copyOf(at, at.length - 1));
        }

        private DMatrixRMaj covariance(int y) {
            return y > 0 ? mixture.covarianceOfPlus() : mixture.covarianceOfMinus();
        }
    }
}
