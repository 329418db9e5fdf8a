package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaMixtureTest {
    @ParameterizedTest
    @CsvSource({"0, 10, 0.3", "7, 10, 0.3", "10, 10, 0.3", "3, 60, 0.05", "30, 60, 0.9", "2, 8, 0.5"})
    void isTheMixtureOfLikelihoodRatios(int k, int n, double p0) {
        // The integrand is a polynomial of degree n <= 60 in p: 40 Gauss nodes are exact but for rounding, amplified
        // below 1e4.
        GaussIntegrator gauss = new GaussIntegratorFactory().legendre(40, p0, 1);
        double mixture = gauss.integrate(p -> Math.pow(p / p0, k) * Math.pow((1 - p) / (1 - p0), n - k)) / (1 - p0);
        assertThat(BetaMixture.logE(k, n, p0)).isCloseTo(Math.log(mixture), within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"20, 0.05", "50, 0.3", "200, 0.01"})
    void hasExpectationOneAtTheBoundaryAndLessInside(int n, double p0) {
        double atBoundary = 0;
        double inside = 0;
        for (int k = 0; k <= n; k++) {
            double logE = BetaMixture.logE(k, n, p0);
            atBoundary += Math.exp(logE + new BinomialDistribution(null, n, p0).logProbability(k));
            inside += Math.exp(logE + new BinomialDistribution(null, n, 0.9 * p0).logProbability(k));
        }
        assertThat(atBoundary).isCloseTo(1, within(1e-10)); // n + 1 terms of relative error 1e-13
        assertThat(inside).isLessThan(1);
    }

    @Test
    void raisesFewFalseAlarmsAtTheBoundaryNull() {
        Calibration.assertRareAlarms(
                10_000,
                0.01,
                r -> Calibration.crosses(BetaMixture.above(0.1), 2_000, r, s -> s.nextDouble() < 0.1 ? 1 : 0));
        Calibration.assertRareAlarms(
                10_001,
                0.01,
                r -> Calibration.crosses(BetaMixture.below(0.1), 2_000, r, s -> s.nextDouble() < 0.1 ? 1 : 0));
    }

    @Test
    void takesOneEventForInfiniteEvidenceAgainstZero() {
        BetaMixture never = BetaMixture.above(0);
        never.add(0);
        assertThat(never.logE()).isEqualTo(-Math.log(2));
        never.add(1);
        assertThat(never.logE()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(never.samples()).isEqualTo(2);
    }

    @Test
    void staysFiniteOrEmptyFarOut() {
        assertThat(BetaMixture.logE(0, 1_000_000, 0.5)).isEqualTo(Double.NEGATIVE_INFINITY);
        // All events: E = (p0^-(n+1) - 1) p0 / ((n+1)(1-p0)), here about p0^-n / ((n+1)(1-p0)).
        double expected = 1_000_000 * Math.log(2) - Math.log(1_000_001 * 0.5);
        assertThat(BetaMixture.logE(1_000_000, 1_000_000, 0.5)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void shortcutAgreesWithTheFullComputation() {
        for (int n = 1; n <= 60; n++) {
            for (int k = 0; k <= n; k++) {
                boolean full = BetaMixture.logE(k, n, 0.2) >= Calibration.LINE;
                assertThat(BetaMixture.reaches(k, n, 0.2, Calibration.LINE)).isEqualTo(full);
            }
        }
    }

    @Test
    void intervalEndsWhereTheEvidenceCrosses() {
        for (int k : new int[] {0, 1, 17, 99, 100}) {
            Interval interval = Interval.ofProportion(k, 100, 1e-9);
            double line = -Math.log(1e-9);
            if (k > 1) {
                assertThat(BetaMixture.logE(k, 100, interval.low())).isCloseTo(line, within(1e-6));
            }
            if (k < 99) {
                assertThat(BetaMixture.logE(100 - k, 100, 1 - interval.high())).isCloseTo(line, within(1e-6));
            }
            assertThat(interval.low()).isLessThanOrEqualTo(k / 100.0);
            assertThat(interval.high()).isGreaterThanOrEqualTo(k / 100.0);
        }
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetaMixture.above(1))
                .withMessageContaining("p0 = 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetaMixture.below(0))
                .withMessageContaining("p1 = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetaMixture.above(0.5).add(0.3))
                .withMessageContaining("x = 0.3");
    }
}
