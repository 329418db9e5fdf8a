package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    @ParameterizedTest
    @CsvSource({"0.1, 0.2, 107", "0.05, 0.1, 227", "0.01, 0.02, 1183"})
    void supportsAStreamWithoutFailuresAfterExactlyTheKnownNumberOfTrials(double delta, double tau, long n) {
        Proportion claim = Proportion.atMost(delta).margin(tau);
        Decision decision = claim.decide(i -> 0, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.samples()).isEqualTo(n).isEqualTo(claim.minTrials(1e-9));
        assertThat(decision.observed()).isZero();
        assertThat(decision.low()).isZero();
        assertThat(decision.high()).isBetween(0.97 * tau, tau);
        assertThat(decision.slack()).isEqualTo(delta * decision.samples());
        assertThat(decision.log10E()).isBetween(9.0, 9.1);
    }

    /** Medians measured apart from this code with 60 repetitions; 25% is more than four standard errors of the two medians. */
    @ParameterizedTest
    @CsvSource({"0.05, 0.0125, 314", "0.05, 0.2, 142", "0.05, 0.5, 28", "0.1, 0.05, 240", "0.1, 0.4, 67"})
    void decidesAfterTheExpectedNumberOfTrials(double delta, double p, long expected) {
        long median = Calibration.median(101, r -> {
            long seed = r.nextLong();
            Trial trial = Calibration.trial(seed, s -> s.nextDouble() < p ? 1 : 0);
            Decision decision = Proportion.atMost(delta).decide(trial, Calibration.terms(1e-9, 100_000));
            assertThat(decision.isRefuted()).isEqualTo(p > delta);
            assertThat(decision.isSupported()).isEqualTo(p < delta);
            return decision.samples();
        });
        assertThat((double) median).isCloseTo(expected, within(0.25 * expected));
    }

    @Test
    void refutesOrSupportsWhereTheIntervalLeavesTheClaimOrTheMargin() {
        for (double p : new double[] {0.02, 0.05, 0.1, 0.3}) {
            Trial trial = Calibration.trial(11, s -> s.nextDouble() < p ? 1 : 0);
            Decision decision = Proportion.atMost(0.05).decide(trial, Calibration.terms(0.01, 300));
            assertThat(decision.low() >= 0.05 * (1 - 1e-12)).isEqualTo(decision.isRefuted());
            assertThat(decision.high() <= 0.1 * (1 + 1e-12)).isEqualTo(decision.isSupported());
        }
    }

    @Test
    void statesTheDetectableViolation() {
        Proportion claim = Proportion.atMost(0.05);
        double p = claim.detectable(0.01, 400);
        assertThat(p).isBetween(0.1, 0.2);
        // By simulation: what is not refuted at p has probability at most 0.001 + 0.01 P(support first) at p >= tau.
        Calibration.assertRareAlarms(5_000, 0.001 + 0.01, r -> {
            Trial trial = Calibration.trial(r.nextLong(), s -> s.nextDouble() < p ? 1 : 0);
            return !claim.decide(trial, Calibration.terms(0.01, 400)).isRefuted();
        });
        // By the exact law at the last trial: 0.999 is met at p and not at a slightly smaller one.
        int least = 1;
        while (BetaMixture.logE(least, 400, 0.05) < Calibration.LINE) {
            least++;
        }
        assertThat(1 - new BinomialDistribution(null, 400, p).cumulativeProbability(least - 1))
                .isGreaterThanOrEqualTo(0.999 - 1e-12);
        assertThat(1 - new BinomialDistribution(null, 400, p - 1e-6).cumulativeProbability(least - 1))
                .isLessThan(0.999);
    }

    @Test
    void neverStatesLessThanTheMarginAsDetectable() {
        assertThat(Proportion.atMost(0.05).detectable(1e-9, 10_000_000)).isEqualTo(0.1);
        assertThat(Proportion.atMost(0.9).margin(0.95).detectable(1e-9, 10)).isNaN();
    }

    @Test
    void anEventThatMustNeverHappenIsRefutedByOne() {
        Proportion never = Proportion.atMost(0).margin(0.05);
        Decision refuted = never.decide(i -> i == 40 ? 1 : 0, Calibration.terms(1e-9, 1_000));
        assertThat(refuted.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(refuted.samples()).isEqualTo(41);
        Decision supported = never.decide(i -> 0, Calibration.terms(1e-9, 1_000));
        assertThat(supported.outcome()).isEqualTo(Outcome.SUPPORTED);
        // Refuted by one event: 1 - (1 - p)^n >= 0.999.
        assertThat(never.detectable(1e-9, 1_000)).isEqualTo(0.05);
        assertThat(never.detectable(1e-9, 50)).isCloseTo(1 - Math.pow(0.001, 1.0 / 50), within(1e-9));
    }

    @Test
    void countsInvalidTrialsAsFailures() {
        Trial broken = i -> {
            if (i % 4 == 3) {
                throw new IllegalStateException("no convergence");
            }
            return i % 4 == 2 ? Double.NaN : 0;
        };
        Decision decision = Proportion.atMost(0.1).decide(broken, Calibration.terms(1e-9, 1_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(decision.invalid()).isEqualTo(Math.round(decision.observed() * decision.samples()));
        assertThat(decision.detail()).contains("trial 2: value NaN is neither 0 nor 1");
        Decision strange = Proportion.atMost(0.1).decide(i -> 0.5, Calibration.terms(1e-9, 1_000));
        assertThat(strange.invalid()).isEqualTo(strange.samples());
        assertThat(strange.detail()).contains("trial 0: value 0.5");
    }

    @Test
    void isInconclusiveWhenTheBudgetEnds() {
        Decision decision = Proportion.atMost(0.1).decide(i -> i % 7 == 0 ? 1 : 0, Calibration.terms(1e-9, 200));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.samples()).isEqualTo(200);
        assertThat(decision.detail()).isEqualTo("budget of 200 trials spent");
    }

    @Test
    void rejectsADesignThatCannotSupport() {
        assertThatExceptionOfType(DesignException.class)
                .isThrownBy(() -> Proportion.atMost(0.01).decide(i -> 0, Calibration.terms(1e-9, 1_000)))
                .withMessage("cannot be supported within 1000 trials: a stream without failures needs 1183"
                        + " (delta 0.01, margin 0.02, alpha 1.0E-9)");
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proportion.atMost(-0.1))
                .withMessageContaining("delta = -0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.atMost(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proportion.atMost(0.1).margin(0.1))
                .withMessageContaining("margin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proportion.atMost(0).minTrials(1e-9))
                .withMessageContaining("margin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.terms(0, 10))
                .withMessageContaining("alpha = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.terms(0.1, 0))
                .withMessageContaining("maxTrials = 0");
    }
}
