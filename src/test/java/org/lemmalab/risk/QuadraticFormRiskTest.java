package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class QuadraticFormRiskTest {
    private static final GaussHermite RULE = GaussHermite.of(3); // squares of quadratic functions: degree 4

    private final RandomStream stream = RandomStream.of(1, "QuadraticFormRiskTest");
    private final GaussianMixture mixture = new GaussianMixture(
            new DMatrixRMaj(new double[][] {{1.3, 0.2}, {0.2, 0.8}}),
            new DMatrixRMaj(new double[][] {{0.5, -0.3}, {-0.3, 0.1}}));
    private final DMatrixRMaj m = new DMatrixRMaj(new double[][] {{-0.4, 0.3}, {0.3, 0.6}});

    private static double form(DMatrixRMaj m, double x, double y) {
        return m.get(0, 0) * x * x + 2 * m.get(0, 1) * x * y + m.get(1, 1) * y * y;
    }

    /** {@code E (y - c - x^T M x)^2} for {@code x = root g}, by quadrature. */
    private double byQuadrature(DoubleUnaryOperator label, DMatrixRMaj covariance, double c) {
        DMatrixRMaj root = LinearAlgebra.eigen(covariance).apply(Math::sqrt);
        DMatrixRMaj whitened = LinearAlgebra.product(LinearAlgebra.product(root, m), root);
        return RULE.expectation(x -> RULE.expectation(y -> {
            double rest = label.applyAsDouble(0) - c - form(whitened, x, y);
            return rest * rest;
        }));
    }

    @Test
    void agreesWithQuadratureOnAMixture() {
        double expected = (byQuadrature(z -> 1, mixture.covarianceOfPlus(), 0.3)
                        + byQuadrature(z -> -1, mixture.covarianceOfMinus(), 0.3))
                / 2;
        assertThat(QuadraticFormRisk.of(mixture, m, 0.3)).isCloseTo(expected, within(1e-13));
    }

    @Test
    void agreesWithTheNetworkLossOnAQuadraticTarget() {
        QuadraticTarget target = new QuadraticTarget(new DMatrixRMaj(new double[][] {{1, 0.5}, {0.5, -2}}), 0.7);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(3, 2, stream);
        DMatrixRMaj form = QuadraticFormRisk.ofNetwork(weights, new double[] {1, 1, 1});
        assertThat(QuadraticFormRisk.of(target, form, -0.2))
                .isCloseTo(new QuadraticNetworkLoss(target).value(weights, -0.2), within(1e-12));
    }

    @Test
    void takesTheFormsOfNetworkAndTangentClass() {
        DMatrixRMaj w = PointLaw.GAUSSIAN.rows(3, 2, stream);
        DMatrixRMaj b = PointLaw.GAUSSIAN.rows(3, 2, stream);
        double[] a = {1, -2, 0.5};
        double x = 0.3;
        double y = -1.1;
        double network = 0;
        double tangent = 0;
        for (int i = 0; i < 3; i++) {
            double h = w.get(i, 0) * x + w.get(i, 1) * y;
            network += a[i] * h * h;
            tangent += 2 * h * (b.get(i, 0) * x + b.get(i, 1) * y);
        }
        assertThat(form(QuadraticFormRisk.ofNetwork(w, a), x, y)).isCloseTo(network, within(1e-13));
        assertThat(form(QuadraticFormRisk.ofTangent(w, b), x, y)).isCloseTo(tangent, within(1e-13));
    }

    @Test
    void gradientIsTheDerivativeOfTheValue() {
        MixtureNetworkLoss loss = new MixtureNetworkLoss(mixture);
        DMatrixRMaj w = PointLaw.GAUSSIAN.rows(2, 2, stream);
        double[] a = {0.8, -0.6};
        MixtureNetworkLoss.Gradient gradient = loss.gradient(w, a, 0.2);
        for (int k = 0; k < 4; k++) {
            int entry = k;
            assertThat(gradient.weights().data[k])
                    .isCloseTo(derivative(s -> loss.value(moved(w, entry, s), a, 0.2)), within(1e-12));
        }
        assertThat(gradient.secondLayer()[0])
                .isCloseTo(derivative(s -> loss.value(w, new double[] {0.8 + s, -0.6}, 0.2)), within(1e-12));
        assertThat(gradient.secondLayer()[1])
                .isCloseTo(derivative(s -> loss.value(w, new double[] {0.8, -0.6 + s}, 0.2)), within(1e-12));
        assertThat(gradient.offset()).isCloseTo(derivative(s -> loss.value(w, a, 0.2 + s)), within(1e-12));
    }

    private static DMatrixRMaj moved(DMatrixRMaj w, int entry, double s) {
        DMatrixRMaj result = w.copy();
        result.data[entry] += s;
        return result;
    }

    /** Exact for polynomials of degree 4; 2^-53 of values below 100 over h remains. */
    private static double derivative(DoubleUnaryOperator f) {
        double h = 0.25;
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - f.applyAsDouble(2 * h) + f.applyAsDouble(-2 * h))
                / (12 * h);
    }

    @Test
    void refusesBadInput() {
        assertThatThrownBy(() -> QuadraticFormRisk.of(QuadraticTarget.diagonal(1, 2, 3), m, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of m = 2");
        assertThatThrownBy(() -> QuadraticFormRisk.of(GaussianMixture.isotropic(0.1, 0.1, 0.1), m, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuadraticFormRisk.ofNetwork(CommonOps_DDRM.identity(2), new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length of second layer = 3");
    }
}
