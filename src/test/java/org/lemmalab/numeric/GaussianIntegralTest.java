package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianIntegralTest {
    private static final double EXACT = 4e-15; // a few hundred terms of rounding 1e-16 each, of which most are tiny

    @Test
    void givesTheMomentsOfTheNormalLaw() {
        assertThat(GaussianIntegral.expectation(z -> 1)).isCloseTo(1, within(EXACT));
        assertThat(GaussianIntegral.expectation(z -> z * z * z * z)).isCloseTo(3, within(3 * EXACT));
        assertThat(GaussianIntegral.expectation(Math::exp)).isCloseTo(Math.exp(0.5), within(2 * EXACT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-20, -1.3, 0, 0.123, 2.5, 14, 30})
    void splitsAtKinks(double kink) {
        double tail = GaussianIntegral.expectation(z -> z >= kink ? 1 : 0, kink);
        double exact = new org.apache.commons.math3.distribution.NormalDistribution(0, 1).cumulativeProbability(-kink);
        assertThat(tail).isCloseTo(exact, within(EXACT));
    }

    @Test
    void rejectsAKinkThatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianIntegral.expectation(z -> z, Double.NaN))
                .withMessageContaining("kinks[0] = NaN");
    }
}
