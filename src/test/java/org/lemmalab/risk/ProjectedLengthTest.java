package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectedLengthTest {
    private static final double ROUNDING = 1e-12; // 288 terms of modulus at most 1, and their exponents' 1e-14

    @Test
    void aLineInSpaceHasUniformLengthAndInThePlaneTheArcSineLaw() {
        ProjectedLength space = new ProjectedLength(3, 1);
        assertThat(space.expectation(r -> r < 0.3 ? 1 : 0, 0.3)).isCloseTo(0.3, within(ROUNDING));
        assertThat(space.expectation(Math::exp)).isCloseTo(Math.E - 1, within(ROUNDING));
        ProjectedLength plane = new ProjectedLength(2, 1);
        assertThat(plane.expectation(r -> r < 0.6 ? 1 : 0, 0.6))
                .isCloseTo(2 * Math.asin(0.6) / Math.PI, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"2,1", "3,2", "4,2", "10,1", "10,9", "10,4", "1000,1", "1000,999", "1000,30", "100000,1000"})
    void probabilitiesAreThoseOfTheBetaLaw(int d, int k) {
        BetaDistribution square = new BetaDistribution(k / 2.0, (d - k) / 2.0);
        double median = Math.sqrt(square.inverseCumulativeProbability(0.5));
        for (double end : new double[] {0.9 * median, median, Math.min(1, 1.05 * median)}) {
            // that class is exact to 1e-14 times the size of its logarithms, at most d
            assertThat(new ProjectedLength(d, k).expectation(r -> r < end ? 1 : 0, end))
                    .isCloseTo(square.cumulativeProbability(end * end), within(1e-12 + 1e-14 * d));
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000,2", "1000000000000,1000000", "1000000000000,500000000000", "10000000000000000,3"})
    void secondMomentIsRankOverDimensionInHighDimension(long d, long k) {
        double expected = (double) k / d;
        assertThat(new ProjectedLength(d, k).expectation(r -> r * r) / expected).isCloseTo(1, within(1e-8));
    }

    @Test
    void fullRankHasLengthOne() {
        assertThat(new ProjectedLength(5, 5).expectation(r -> 7 * r)).isEqualTo(7);
        assertThat(new ProjectedLength(1, 1).expectation(r -> r)).isEqualTo(1);
    }

    @Test
    void refusesRanksThatDoNotExist() {
        assertThatThrownBy(() -> new ProjectedLength(3, 4)).hasMessage("rank = 4, allowed: 1 to dimension = 3");
        assertThatThrownBy(() -> new ProjectedLength(3, 0)).hasMessage("rank = 0, allowed: 1 to dimension = 3");
        assertThatThrownBy(() -> new ProjectedLength(3, 1).expectation(r -> r, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kinks[0] = NaN");
    }
}
