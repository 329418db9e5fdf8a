package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BinomialTailTest {
    private static final Offset<Double> ROUNDING =
            within(1e-14); // a few hundred units in the last place of values below 1

    @Test
    void matchesCountingSubsets() {
        assertThat(BinomialTail.atLeast(8, 10, 0.5)).isCloseTo(56 / 1024.0, ROUNDING);
        assertThat(BinomialTail.atMost(2, 10, 0.5)).isCloseTo(56 / 1024.0, ROUNDING);
        assertThat(BinomialTail.atLeast(1, 3, 0.25)).isCloseTo(1 - 27 / 64.0, ROUNDING);
    }

    @Test
    void keepsRelativeAccuracyInTheTail() {
        assertThat(BinomialTail.atLeast(60, 60, 0.5) / Math.pow(2, -60)).isCloseTo(1, within(1e-12));
        assertThat(BinomialTail.atMost(0, 60, 0.5) / Math.pow(2, -60)).isCloseTo(1, within(1e-12));
    }

    @Test
    void countsTheTwoSidesOfTheMeanStrictly() {
        assertThat(BinomialTail.farFromMean(0.25, 4, 0.5)).isCloseTo(2 / 16.0, ROUNDING);
        assertThat(BinomialTail.farFromMean(0.5, 4, 0.5)).isZero();
        assertThat(BinomialTail.farFromMean(0.1, 3, 0.0)).isZero();
        assertThat(BinomialTail.farFromMean(0.3, 2, 0.25)).isCloseTo(1 / 16.0, ROUNDING);
    }

    @Test
    void isCertainOrImpossibleOutsideTheRange() {
        assertThat(BinomialTail.atLeast(0, 5, 0.3)).isEqualTo(1);
        assertThat(BinomialTail.atLeast(6, 5, 0.3)).isZero();
        assertThat(BinomialTail.atMost(-1, 5, 0.3)).isZero();
    }

    @Test
    void namesABadArgument() {
        assertThatThrownBy(() -> BinomialTail.atLeast(1, 0, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n = 0");
        assertThatThrownBy(() -> BinomialTail.atLeast(1, 2, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p = 1.5");
    }
}
