package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.numeric.PiecewisePolynomial;

class ReluMixtureTest {

    @Test
    void theMassesOfTheHermitePolynomialsAreKnown() {
        // mpmath, 10 to 13 digits
        assertThat(ReluMixture.ofHermite(2, 1).mass()).isCloseTo(8.1623076760119, Percentage.withPercentage(1e-9));
        assertThat(ReluMixture.ofHermite(3, 1).mass()).isCloseTo(5.8539287323357, Percentage.withPercentage(1e-9));
        assertThat(ReluMixture.ofHermite(3, 10).mass()).isCloseTo(785.28691161227, Percentage.withPercentage(1e-9));
        assertThat(ReluMixture.ofHermite(5, 10).mass()).isCloseTo(32029.75450707, Percentage.withPercentage(1e-9));
        assertThat(ReluMixture.ofHermite(6, 10).mass()).isCloseTo(188411.50310312, Percentage.withPercentage(1e-9));
    }

    @Test
    void theMeanOfABumpIsKnown() {
        // (1 - (x/2)^2)^4
        PolynomialFunction parabola = new PolynomialFunction(new double[] {1, 0, -0.25});
        PolynomialFunction square = parabola.multiply(parabola);
        ReluMixture mixture = ReluMixture.of(PiecewisePolynomial.restriction(square.multiply(square), -2, 2));
        // nine coefficients of g times 4 / mass: below 100, 20 roundings each
        assertThat(mixture.expectation(0)).isCloseTo(0.26258469319882943, within(1e-12));
        assertThat(mixture.expectation(0.7)).isCloseTo(0.15568899198551528, within(1e-12));
        assertThat(mixture.expectation(-1.3)).isCloseTo(0.029206355053330475, within(1e-12));
        assertThat(mixture.expectation(5)).isCloseTo(0, within(1e-12));
        assertThat(mixture.expectation(-5)).isZero();
        assertThat(mixture.probabilityBeyond(2)).isZero();
        assertThat(mixture.probabilityBeyond(0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void mostKnotsOfAHermitePolynomialLieBeyondTheRadius() {
        // two digits in the catalogue
        assertThat(ReluMixture.ofHermite(2, 7).probabilityBeyond(7)).isCloseTo(0.82, within(0.006));
        assertThat(ReluMixture.ofHermite(6, 7).probabilityBeyond(7)).isCloseTo(0.92, within(0.006));
    }

    @Test
    void theScaledHermitePolynomialHasTheValuesOfItsRecurrence() {
        for (int m : new int[] {1, 2, 7}) {
            assertThat(ReluMixture.hermite(m).value(1.3))
                    .isCloseTo(HermitePolynomial.orthonormal(m, 1.3) / Math.sqrt(m), within(1e-13));
        }
    }

    @Test
    void linearFunctionsHaveNoMixture() {
        assertThatThrownBy(() -> ReluMixture.of(
                        PiecewisePolynomial.restriction(new PolynomialFunction(new double[] {1, 2}), 0, 1)))
                .hasMessageContaining("integral of |g|");
        assertThatThrownBy(() -> ReluMixture.ofHermite(0, 1)).hasMessageContaining("m = 0");
        assertThatThrownBy(() -> ReluMixture.ofHermite(2, -1)).hasMessageContaining("radius");
    }
}
