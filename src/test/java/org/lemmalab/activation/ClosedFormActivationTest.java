package org.lemmalab.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closed forms against Gauss-Legendre quadrature of [-10, 10], split at the kink: 16 nodes on each of 20 intervals, errors below 1e-12. */
class ClosedFormActivationTest {
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16);
    private static final double[] VARIANCES = {0.3, 1, 1.7};

    static Stream<ClosedFormActivation> activations() {
        return Stream.of(
                Relu.INSTANCE,
                AbsoluteValue.INSTANCE,
                ErrorFunction.INSTANCE,
                new Quadratic(-0.8, 0.6),
                new Exponential(0.7),
                new Cosine(1.1, 0.4),
                new Shifted(Relu.INSTANCE, 0.3),
                new Exponential(-0.5).centred());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void meansAreThoseOfQuadrature(ClosedFormActivation s) {
        for (double v : VARIANCES) {
            double root = Math.sqrt(v);
            assertThat(s.mean(v)).isCloseTo(expectation(z -> s.value(root * z), 0), within(1e-11));
            assertThat(s.meanDerivative(v)).isCloseTo(expectation(z -> s.derivative(root * z), 0), within(1e-11));
            // by parts twice: v E s''(sqrt(v) G) = E s(sqrt(v) G) (G^2 - 1)
            assertThat(2 * v * s.meanSlope(v))
                    .isCloseTo(expectation(z -> s.value(root * z) * (z * z - 1), 0), within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void productMomentsAreThoseOfQuadrature(ClosedFormActivation s) {
        for (double v : VARIANCES) {
            double a = Math.sqrt(VARIANCES[0]);
            double b = Math.sqrt(v);
            for (double t : new double[] {-0.9, -0.4, 0, 0.3, 0.8}) {
                double rest = Math.sqrt(1 - t * t);
                double expected = expectation(
                        z -> s.value(a * z) * expectation(y -> s.value(b * (t * z + rest * y)), -t * z / rest), 0);
                assertThat(s.productMoment(a * a, v, t * a * b)).isCloseTo(expected, within(1e-10));
            }
            for (double t : new double[] {-1, 1}) {
                double expected = expectation(z -> s.value(a * z) * s.value(b * t * z), 0);
                assertThat(s.productMoment(a * a, v, t * a * b)).isCloseTo(expected, within(1e-11));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void productMomentsAreContinuousAtTheEnds(ClosedFormActivation s) {
        double slope = expectation(z -> s.derivative(z) * s.derivative(z), 0);
        for (double t : new double[] {-1, 1}) {
            double end = s.productMoment(1, 1, t);
            // d/dt of the moment is E s'(U) s'(V) (Price), of modulus at most E s'^2
            assertThat(s.productMoment(1, 1, t * (1 - 1e-9))).isCloseTo(end, within(1e-9 * slope + 1e-14));
            assertThat(s.productMoment(1, 1, Math.nextDown(1.0) * t)).isCloseTo(end, within(1e-14));
        }
    }

    @Test
    void roundingBeyondTheEndsIsCutOff() {
        double beyond = Math.nextUp(1.0);
        assertThat(Relu.INSTANCE.productMoment(1, 1, beyond)).isEqualTo(0.5);
        assertThat(Relu.INSTANCE.productMoment(1, 1, -beyond)).isCloseTo(0, within(1e-16));
        assertThat(AbsoluteValue.INSTANCE.productMoment(1, 1, -beyond)).isCloseTo(1, within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void hermiteCoefficientsAreThoseOfTheCentredActivationToo(ClosedFormActivation s) {
        ClosedFormActivation centred = s.centred();
        assertThat(centred.hermite0()).isCloseTo(0, within(1e-15));
        assertThat(centred.hermite1()).isEqualTo(s.hermite1());
        assertThat(centred.hermite2()).isEqualTo(s.hermite2());
        assertThat(centred.nonlinearity()).isCloseTo(s.nonlinearity(), within(1e-14));
    }

    @Test
    void knownCoefficients() {
        ClosedFormActivation square = Quadratic.SQUARE.centred();
        assertThat(new double[] {square.hermite1(), square.hermite2(), square.nonlinearity()})
                .containsExactly(0, 2, 2);
        assertThat(Relu.INSTANCE.nonlinearity()).isCloseTo(0.25 - 1 / (2 * Math.PI), within(1e-15));
        assertThat(ErrorFunction.INSTANCE.secondMoment()).isCloseTo(2 / Math.PI * Math.asin(2 / 3.0), within(1e-15));
        assertThat(new Quadratic(2, 0).nonlinearity()).isEqualTo(0);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void derivativesAreSlopesWithinTheLipschitzConstant(ClosedFormActivation s) {
        for (double z : new double[] {-2.3, -0.4, 0.7, 1.9}) {
            double h = 1e-5;
            assertThat(s.derivative(z)).isCloseTo((s.value(z + h) - s.value(z - h)) / (2 * h), within(1e-8));
            assertThat(Math.abs(s.derivative(z))).isLessThanOrEqualTo(s.lipschitz());
        }
    }

    @Test
    void hyperbolicTangent() {
        double h = 1e-5;
        HyperbolicTangent s = HyperbolicTangent.INSTANCE;
        assertThat(s.derivative(0.7)).isCloseTo((s.value(0.7 + h) - s.value(0.7 - h)) / (2 * h), within(1e-9));
        assertThat(s.derivative(0)).isEqualTo(s.lipschitz());
        assertThat(s.derivative(800)).isEqualTo(0);
    }

    @Test
    void namesTellWhatIsShifted() {
        assertThat(Relu.INSTANCE.centred().name()).isEqualTo("centred relu");
        assertThat(new Shifted(Relu.INSTANCE, -0.5).name()).isEqualTo("relu + 0.5");
        assertThat(Quadratic.SQUARE.name()).isEqualTo("square");
        assertThat(new Quadratic(1, 0.7).name()).isEqualTo("1.0 z + 0.7 z^2");
    }

    /** {@code E f(G)} of a function that is smooth but for one point. */
    private static double expectation(DoubleUnaryOperator f, double kink) {
        double split = Math.max(-10, Math.min(10, kink));
        double sum = 0;
        for (int i = 0; i < 20; i++) {
            double low = i < 10 ? -10 + (split + 10) * i / 10 : split + (10 - split) * (i - 10) / 10;
            double half = (i < 10 ? split + 10 : 10 - split) / 20;
            for (int k = 0; k < 16; k++) {
                double z = low + half + half * RULE.getPoint(k);
                sum += half * RULE.getWeight(k) * f.applyAsDouble(z) * Math.exp(-z * z / 2);
            }
        }
        return sum / Math.sqrt(2 * Math.PI);
    }
}
