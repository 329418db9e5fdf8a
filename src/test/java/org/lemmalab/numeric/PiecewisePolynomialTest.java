package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.junit.jupiter.api.Test;

class PiecewisePolynomialTest {
    /** {@code (t - 1)(t - 2)(t - 3)} on [0, 4]. */
    private static final PiecewisePolynomial CUBIC =
            PiecewisePolynomial.restriction(new PolynomialFunction(new double[] {-6, 11, -6, 1}), 0, 4);

    /** The hat {@code 1 - |t|}. */
    private static final PiecewisePolynomial HAT = PiecewisePolynomial.of(
            new double[] {-1, 0, 1},
            new PolynomialFunction(new double[] {0.5, 0.5}),
            new PolynomialFunction(new double[] {0.5, -0.5}));

    // values below 100 with some ten roundings each
    private static final double ROUNDING = 1e-13;

    @Test
    void valuesAreThoseOfThePolynomialInsideAndZeroOutside() {
        assertThat(CUBIC.value(0.5)).isCloseTo(-1.875, within(ROUNDING));
        assertThat(CUBIC.value(4)).isCloseTo(6, within(ROUNDING));
        assertThat(CUBIC.value(4.1)).isZero();
        assertThat(HAT.value(-0.25)).isCloseTo(0.75, within(ROUNDING));
        assertThat(HAT.value(0.25)).isCloseTo(0.75, within(ROUNDING));
        assertThat(HAT.ends()).containsExactly(-1, 0, 1);
    }

    @Test
    void derivativesAreThoseOfThePieces() {
        assertThat(CUBIC.derivative().value(3.5)).isCloseTo(3 * 12.25 - 12 * 3.5 + 11, within(ROUNDING));
        assertThat(HAT.derivative().value(0.5)).isCloseTo(-1, within(ROUNDING));
        assertThat(HAT.derivative().value(-0.5)).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void integralsOfTheCubicAreKnown() {
        assertThat(CUBIC.integral(1, 3)).isCloseTo(0, within(ROUNDING));
        assertThat(CUBIC.integral(1, 2)).isCloseTo(0.25, within(ROUNDING));
        // 9/4 + 1/4 + 1/4 + 9/4
        assertThat(CUBIC.absoluteIntegral(-7, 7)).isCloseTo(5, within(ROUNDING));
        assertThat(CUBIC.absoluteIntegral(1, 3)).isCloseTo(0.5, within(ROUNDING));
        assertThat(CUBIC.integral(3, 1)).isZero();
        assertThat(HAT.integral(-0.5, 9)).isCloseTo(0.875, within(ROUNDING));
    }

    @Test
    void multipliesByAPolynomial() {
        PiecewisePolynomial product = HAT.times(new PolynomialFunction(new double[] {1, 2}));
        assertThat(product.value(0.25)).isCloseTo(0.75 * 1.5, within(ROUNDING));
        assertThat(product.integral(-1, 1)).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void endsIncreaseAndMatchThePieces() {
        PolynomialFunction one = new PolynomialFunction(new double[] {1});
        assertThatThrownBy(() -> PiecewisePolynomial.of(new double[] {1, 0}, one))
                .hasMessageContaining("ends[1] = 0.0");
        assertThatThrownBy(() -> PiecewisePolynomial.of(new double[] {0, 1, 2}, one))
                .hasMessageContaining("ends");
        assertThatThrownBy(() -> PiecewisePolynomial.restriction(one, 0, Double.NaN))
                .hasMessageContaining("ends");
    }
}
