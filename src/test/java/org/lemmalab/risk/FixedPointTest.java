package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 1, 3, 1e4})
    void oneAtomGivesAQuadraticEquation(double rho) {
        double l = 0.5 * 0.5;
        double rest = 0.09;
        double psi = new FixedPoint(0.5, rest, Spectrum.empirical(1)).psi(rho);
        // l~ l_1^2 psi^2 + (l~ + l_1^2 - rho l_1^2) psi - rho = 0, relative to the sum of moduli
        double residual = rest * l * psi * psi + (rest + l - rho * l) * psi - rho;
        assertThat(residual / (rest * l * psi * psi + (rest + l + rho * l) * psi + rho))
                .isCloseTo(0, within(1e-15));
        assertThat(psi).isPositive();
    }

    @Test
    void withoutLinearPartItIsTheRatio() {
        assertThat(new FixedPoint(0, 2, Spectrum.empirical(0.3, 5)).psi(3)).isEqualTo(1.5);
        assertThat(new FixedPoint(7, 2, Spectrum.empirical(0)).psi(3)).isEqualTo(1.5);
    }

    @Test
    void agreesWithAnIteration() {
        Spectrum spectrum = new Spectrum(new double[] {0, 0.3, 1.7}, new double[] {0.2, 0.5, 0.3});
        double psi = new FixedPoint(1, 0.5, spectrum).psi(1.2);
        double iterate = 1; // psi = rho / (l~ + int t / (1 + t psi)), averaged: a contraction
        for (int k = 0; k < 200; k++) {
            iterate = (iterate + 1.2 / (0.5 + 0.5 * 0.3 / (1 + 0.3 * iterate) + 0.3 * 1.7 / (1 + 1.7 * iterate))) / 2;
        }
        assertThat(psi).isCloseTo(iterate, within(1e-14));
        assertThat(new FixedPoint(1, 0.5, spectrum).ratio(psi)).isCloseTo(1.2, within(1e-15));
    }

    @Test
    void numbersAreChecked() {
        Spectrum one = Spectrum.empirical(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedPoint(1, 0, one))
                .withMessageContaining("nonlinearity = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedPoint(Double.NaN, 1, one))
                .withMessageContaining("hermite1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedPoint(1, 1, one).psi(0))
                .withMessageContaining("rho = 0.0");
    }
}
