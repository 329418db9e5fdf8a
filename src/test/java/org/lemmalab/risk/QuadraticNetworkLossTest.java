package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.RandomStream;

class QuadraticNetworkLossTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 3, 1", "2, 1, 0", "2, 3, 2", "3, 2, 1", "3, 4, 0"})
    void isTheMeanSquareUnderTensorQuadrature(int d, int n, int negative) {
        RandomStream s = stream(d, n);
        QuadraticTarget target = new QuadraticTarget(symmetric(d, s), s.gaussian());
        DMatrixRMaj weights = gaussian(n, d, s);
        double c = s.gaussian();
        GaussHermite rule = GaussHermite.of(3); // exact to degree 5 in each variable, 4 is needed
        double mean = 0;
        for (int node = 0; node < Math.pow(3, d); node++) {
            DMatrixRMaj x = new DMatrixRMaj(1, d);
            double mass = 1;
            for (int k = 0, rest = node; k < d; k++, rest /= 3) {
                x.data[k] = rule.nodes()[rest % 3];
                mass *= rule.weights()[rest % 3];
            }
            double r = target.values(x)[0] - c;
            for (int i = 0; i < n; i++) {
                double u = 0;
                for (int k = 0; k < d; k++) {
                    u += weights.get(i, k) * x.data[k];
                }
                r += (i < negative ? 1 : -1) * u * u;
            }
            mean += mass * r * r;
        }
        // terms of r below |x|^2 (|B| + |W|^2) < 9 * 30, 60 u of their square
        assertThat(new QuadraticNetworkLoss(target, negative).value(weights, c)).isCloseTo(mean, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 2, 1", "3, 2, 0", "2, 4, 3", "4, 4, 2"})
    void derivativesAreThoseOfFiniteDifferences(int d, int n, int negative) {
        RandomStream s = stream(d, n);
        QuadraticNetworkLoss loss =
                new QuadraticNetworkLoss(new QuadraticTarget(symmetric(d, s), s.gaussian()), negative);
        double[] at = s.gaussians(n * d + 1);
        double[] gradient = gradient(loss, at, d);
        DMatrixRMaj hessian = loss.hessian(weights(at, d), at[n * d]);
        assertThat(hessian.numRows).isEqualTo(n * d + 1);
        double h = 0x1p-13;
        // central differences: h^2/6 times third derivatives below 1e3, and rounding 1e-16 * 1e3 / h: below 1e-5
        for (int k = 0; k < at.length; k++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[k] += h;
            below[k] -= h;
            assertThat((value(loss, above, d) - value(loss, below, d)) / (2 * h))
                    .isCloseTo(gradient[k], within(1e-5));
            double[] gradientAbove = gradient(loss, above, d);
            double[] gradientBelow = gradient(loss, below, d);
            for (int l = 0; l < at.length; l++) {
                assertThat((gradientAbove[l] - gradientBelow[l]) / (2 * h)).isCloseTo(hessian.get(k, l), within(1e-5));
                assertThat(hessian.get(k, l)).isCloseTo(hessian.get(l, k), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.5, 1, 0",
        "2, 1, 0.5, 2, 0",
        "2, 1, 0.5, 4, 0",
        "2, 2, 1, 1, 0",
        "2, 2, 1, 2, 0",
        "1, 1, 1, 2, 0",
        "2, 0, 0, 1, 0",
        "2, -1, -3, 1, 0",
        "2, -1, -3, 3, 0",
        "2, -1, -3, 1, 1",
        "2, -1, -3, 2, 1",
        "2, -1, -3, 3, 2",
        "-1, -1, -2, 3, 0"
    })
    void infimumIsWhatMinimisationFinds(double l1, double l2, double l3, int n, int negative) {
        int d = 3;
        QuadraticNetworkLoss loss =
                new QuadraticNetworkLoss(new QuadraticTarget(CommonOps_DDRM.diag(l1, l2, l3), 0.3), negative);
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < 8; start++) {
            double[] from = stream(d, n).trial(start).gaussians(n * d + 1);
            double found = new NonLinearConjugateGradientOptimizer(
                            NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                            new SimpleValueChecker(1e-14, 1e-15))
                    .optimize(
                            new MaxEval(100_000),
                            GoalType.MINIMIZE,
                            new InitialGuess(from),
                            new ObjectiveFunction(at -> value(loss, at, d)),
                            new ObjectiveFunctionGradient(at -> gradient(loss, at, d)))
                    .getValue();
            least = Math.min(least, found);
        }
        // never below, up to 40 u of 2 |B|^2; reached where steps gain less than 1e-14, at rates up to 1 - 1e-7
        assertThat(least).isBetween(loss.infimum(n) - 1e-12, loss.infimum(n) + 1e-6);
    }

    @Test
    void worksWithoutNeuronsAndWithTheBestOffset() {
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(QuadraticTarget.diagonal(1, 2));
        assertThat(loss.infimum(0)).isEqualTo(10);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0}});
        assertThat(loss.bestOffset(weights)).isEqualTo(-1); // M = diag(0, 2), b0 = -3
        assertThat(loss.offsetDerivative(weights, -1)).isZero();
        assertThat(loss.value(weights, -1)).isEqualTo(8);
    }

    @Test
    void rejectsBadArguments() {
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(QuadraticTarget.diagonal(1, 2), 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuadraticNetworkLoss(QuadraticTarget.diagonal(1), -1))
                .withMessageContaining("negative = -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.value(new DMatrixRMaj(1, 3), 0))
                .withMessageContaining("columns of weights = 3");
        assertThatIllegalArgumentException().isThrownBy(() -> loss.infimum(1)).withMessageContaining("n = 1");
    }

    private static RandomStream stream(int d, int n) {
        return RandomStream.of(11, "QuadraticNetworkLossTest").part(d + " " + n);
    }

    private static DMatrixRMaj gaussian(int n, int d, RandomStream s) {
        return new DMatrixRMaj(n, d, true, s.gaussians(n * d));
    }

    private static DMatrixRMaj symmetric(int d, RandomStream s) {
        DMatrixRMaj g = gaussian(d, d, s);
        return CommonOps_DDRM.add(g, CommonOps_DDRM.transpose(g, null), null);
    }

    private static DMatrixRMaj weights(double[] at, int d) {
        return new DMatrixRMaj((at.length - 1) / d, d, true, Arrays.copyOf(at, at.length - 1));
    }

    private static double value(QuadraticNetworkLoss loss, double[] at, int d) {
        return loss.value(weights(at, d), at[at.length - 1]);
    }

    private static double[] gradient(QuadraticNetworkLoss loss, double[] at, int d) {
        double[] gradient = Arrays.copyOf(loss.weightGradient(weights(at, d), at[at.length - 1]).data, at.length);
        gradient[at.length - 1] = loss.offsetDerivative(weights(at, d), at[at.length - 1]);
        return gradient;
    }
}
