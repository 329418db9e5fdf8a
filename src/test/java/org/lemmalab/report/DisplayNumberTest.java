package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayNumberTest {

    @Test
    void numbersHaveFourDigits() {
        assertThat(DisplayNumber.of(0.93214)).isEqualTo("0.9321");
        assertThat(DisplayNumber.of(1.0)).isEqualTo("1");
        assertThat(DisplayNumber.of(-1169.0)).isEqualTo("-1,169");
        assertThat(DisplayNumber.of(3.2e-14)).isEqualTo("3.2e-14");
        assertThat(DisplayNumber.of(1.23456e9)).isEqualTo("1.235e9");
        assertThat(DisplayNumber.of(0.0)).isEqualTo("0");
        assertThat(DisplayNumber.of(16_098.4)).isEqualTo("16,100");
    }

    @Test
    void smallDifferencesAreShown() {
        assertThat(DisplayNumber.beside(1.0, 1 + 3e-14)).isEqualTo("1 + 3e-14");
        assertThat(DisplayNumber.beside(1.0, 1 - 3e-14)).isEqualTo("1 − 3e-14");
        assertThat(DisplayNumber.beside(1.0, 1.0)).isEqualTo("1");
        assertThat(DisplayNumber.beside(1.0, 2.0)).isEqualTo("2");
        assertThat(DisplayNumber.beside(null, 2.0)).isEqualTo("2");
    }

    @Test
    void whatIsMissingIsADash() {
        assertThat(DisplayNumber.of(null)).isEqualTo("–");
        assertThat(DisplayNumber.of(Double.NaN)).isEqualTo("–");
        assertThat(DisplayNumber.interval(null, Double.NaN)).isEqualTo("–");
        assertThat(DisplayNumber.exponent(null)).isEqualTo("–");
    }

    @Test
    void aProbabilityIsNeverZero() {
        assertThat(DisplayNumber.probability(0.0)).isEqualTo("< 1e-300");
        assertThat(DisplayNumber.probability(1e-9)).isEqualTo("1e-9");
        assertThat(DisplayNumber.probability(1e-9 / 3)).isEqualTo("3.4e-10");
        assertThat(DisplayNumber.probability(4e-9 * 3)).isEqualTo("1.2e-8");
        assertThat(DisplayNumber.errorRate(0)).isEqualTo("none");
    }
}
