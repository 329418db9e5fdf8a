package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lemmalab.numeric.PiecewisePolynomial;

class SmoothCutoffTest {
    private static final PiecewisePolynomial CUTOFF = SmoothCutoff.of(3);

    @Test
    void itIsOneInsideAndZeroOutside() {
        for (double t : new double[] {-3, -1, 0, 2.9}) {
            // -3 belongs to the piece on its left: six coefficients below 32
            assertThat(CUTOFF.value(t)).isCloseTo(1, within(1e-14));
        }
        assertThat(CUTOFF.value(6.1)).isZero();
    }

    @Test
    void valueAndDerivativesBetweenAreThoseOfTheQuintic() {
        PiecewisePolynomial slope = CUTOFF.derivative();
        PiecewisePolynomial curvature = slope.derivative();
        for (double t : new double[] {3, 3.4, 4.5, 5.9, 6}) {
            double s = (t - 3) / 3;
            double value = 1 - s * s * s * (10 - 15 * s + 6 * s * s);
            // coefficients below 200 with ten roundings each
            assertThat(CUTOFF.value(t)).isCloseTo(value, within(1e-13));
            assertThat(CUTOFF.value(-t)).isCloseTo(value, within(1e-13));
            double first = -30 * s * s * (1 - s) * (1 - s) / 3;
            assertThat(slope.value(-t)).isCloseTo(-first, within(1e-13));
            assertThat(slope.value(t)).isCloseTo(first, within(1e-13));
            double second = -60 * s * (1 - s) * (1 - 2 * s) / 9;
            assertThat(curvature.value(t)).isCloseTo(second, within(1e-13));
        }
    }

    @Test
    void theRadiusIsPositive() {
        assertThatThrownBy(() -> SmoothCutoff.of(0)).hasMessageContaining("radius = 0.0");
    }
}
