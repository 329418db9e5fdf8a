package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeanTest {
    private static final Assumption UNIT = new Assumption.Bounded(0, 1);
    private static final Assumption CHI_SQUARE = new Assumption.SecondMoment(3);

    private static Decision decide(Mean claim, ToDoubleFunction<SplittableRandom> law) {
        return claim.decide(Calibration.trial(21, law), Calibration.terms(1e-9, 50_000));
    }

    @ParameterizedTest
    @CsvSource({"0.4, REFUTED", "0.45, REFUTED", "0.5, SUPPORTED", "0.55, SUPPORTED", "0.9, SUPPORTED"})
    void decidesUpperBoundsOfBoundedMeans(double bound, Outcome expected) {
        Decision decision = decide(Mean.atMost(bound, 0.03, UNIT), SplittableRandom::nextDouble);
        assertThat(decision.outcome()).isEqualTo(expected);
        assertThat(decision.log10E()).isGreaterThanOrEqualTo(9 - 1e-12);
        assertThat(decision.low()).isLessThan(0.5);
        assertThat(decision.high()).isGreaterThan(0.5);
        assertThat(decision.slack()).isEqualTo(bound / decision.observed());
        assertThat(decision.detectable()).isGreaterThanOrEqualTo(bound + 0.03);
        assertThat(decision.assumptions()).containsExactly("bounded in [0.0, 1.0]");
    }

    @ParameterizedTest
    @CsvSource({"0.6, REFUTED", "0.55, REFUTED", "0.5, SUPPORTED", "0.45, SUPPORTED", "0.1, SUPPORTED"})
    void decidesLowerBoundsOfBoundedMeans(double bound, Outcome expected) {
        Decision decision = decide(Mean.atLeast(bound, 0.03, UNIT), SplittableRandom::nextDouble);
        assertThat(decision.outcome()).isEqualTo(expected);
        assertThat(decision.slack()).isEqualTo(decision.observed() / bound);
        assertThat(decision.detectable()).isLessThanOrEqualTo(bound - 0.03);
    }

    @ParameterizedTest
    @CsvSource({"0.46, REFUTED", "0.5, SUPPORTED", "0.54, REFUTED"})
    void decidesEqualityOfBoundedMeans(double target, Outcome expected) {
        Decision decision = decide(Mean.equalTo(target, 0.02, UNIT), SplittableRandom::nextDouble);
        assertThat(decision.outcome()).isEqualTo(expected);
        if (decision.isSupported()) {
            assertThat(decision.slack()).isGreaterThan(1);
            assertThat(decision.detectable()).isBetween(target + 0.02, target + 0.04);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.44, REFUTED", "0.48, SUPPORTED", "0.5, SUPPORTED", "0.52, SUPPORTED", "0.56, REFUTED"})
    void decidesNearnessOfBoundedMeans(double target, Outcome expected) {
        Decision decision = decide(Mean.near(target, 0.03, 0.02, UNIT), SplittableRandom::nextDouble);
        assertThat(decision.outcome()).isEqualTo(expected);
        if (decision.isSupported()) {
            assertThat(decision.slack()).isGreaterThan(1);
            assertThat(decision.detectable()).isBetween(target + 0.05, target + 0.06);
            assertThat(decision.tolerance()).startsWith("tolerance 0.03").endsWith("margin 0.02");
        }
    }

    @Test
    void decidesUnboundedMeansByTheirSecondMoment() {
        assertThat(decide(Mean.atMost(1, 0.3, CHI_SQUARE), Calibration::chiSquare)
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(decide(Mean.atMost(0.8, 0.3, CHI_SQUARE), Calibration::chiSquare)
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThat(decide(Mean.atLeast(1, 0.3, CHI_SQUARE), Calibration::chiSquare)
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(decide(Mean.atLeast(1.5, 0.3, CHI_SQUARE), Calibration::chiSquare)
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
        Decision equal = decide(Mean.equalTo(1, 0.2, CHI_SQUARE), Calibration::chiSquare);
        assertThat(equal.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(equal.low()).isLessThan(1);
        assertThat(equal.high()).isGreaterThan(1);
        assertThat(equal.assumptions()).containsExactly("nonnegative with second moment at most 3.0");
    }

    @Test
    void rarelyRefutesATrueEqualityAndRarelySupportsAViolationByTheMargin() {
        ToDoubleFunction<SplittableRandom> skewed = r -> r.nextDouble() < 0.1 ? 1 : 0;
        assertCalibrated(4_000, Mean.equalTo(0.1, 0.05, UNIT), skewed, Outcome.REFUTED);
        assertCalibrated(4_001, Mean.equalTo(0.15, 0.05, UNIT), skewed, Outcome.SUPPORTED);
        assertCalibrated(4_002, Mean.equalTo(0.05, 0.05, UNIT), skewed, Outcome.SUPPORTED);
        assertCalibrated(4_003, Mean.equalTo(1, 0.3, CHI_SQUARE), Calibration::chiSquare, Outcome.REFUTED);
        assertCalibrated(4_004, Mean.atMost(0.7, 0.3, CHI_SQUARE), Calibration::chiSquare, Outcome.SUPPORTED);
        assertCalibrated(4_005, Mean.atLeast(1.3, 0.3, CHI_SQUARE), Calibration::chiSquare, Outcome.SUPPORTED);
    }

    private static void assertCalibrated(
            int streams, Mean claim, ToDoubleFunction<SplittableRandom> law, Outcome wrong) {
        Terms terms = Calibration.terms(Calibration.ALPHA, 500);
        Calibration.assertRareAlarms(streams, Calibration.ALPHA, r -> {
            long seed = r.nextLong();
            return claim.decide(Calibration.trial(seed, law), terms).outcome() == wrong;
        });
    }

    @Test
    void invalidTrialsCountAtTheWorstEnd() {
        Trial half = i -> i % 4 == 0 ? Double.NaN : 0.5;
        Terms terms = Calibration.terms(1e-9, 5_000);
        Decision high = Mean.atMost(0.55, 0.05, UNIT).decide(half, terms);
        assertThat(high.outcome()).isEqualTo(Outcome.REFUTED); // as if the mean were 0.75 * 0.5 + 0.25 = 0.625
        assertThat(high.observed()).isEqualTo(0.5);
        assertThat(high.invalid()).isEqualTo((high.samples() + 3) / 4);
        assertThat(high.detail()).contains("first trial 0: NaN");
        assertThat(Mean.atLeast(0.45, 0.05, UNIT).decide(half, terms).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Mean.equalTo(0.5, 0.05, UNIT).decide(half, terms).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Mean.atMost(0.7, 0.05, UNIT).decide(half, terms).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void anInvalidTrialWithoutAnUpperEndIsInconclusive() {
        Trial broken = i -> {
            if (i == 9) {
                throw new IllegalStateException("diverged");
            }
            return 1;
        };
        Decision decision = Mean.atMost(1, 0.5, CHI_SQUARE).decide(broken, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.samples()).isEqualTo(10);
        assertThat(decision.detail()).contains("without an upper end").contains("diverged");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0000001, -1e-12, 1e308})
    void aValueOutsideTheAssumptionIsInconclusive(double value) {
        Decision decision =
                Mean.atMost(0.9, 0.05, UNIT).decide(i -> i == 5 ? value : 0.9, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.detail()).isEqualTo("trial 5: value " + value + " violates the assumption");
        Decision negative = Mean.atMost(1, 0.5, CHI_SQUARE).decide(i -> -0.5, Calibration.terms(1e-9, 5_000));
        assertThat(negative.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(negative.samples()).isEqualTo(1);
    }

    @Test
    void hugeValuesRefuteWithoutOverflow() {
        Decision decision = Mean.atMost(1, 0.5, CHI_SQUARE).decide(i -> 1e300, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(decision.samples()).isEqualTo(2); // no bet on the first
    }

    @Test
    void constantStreamsNeedTheStatedNumberOfTrials() {
        assertNeeds(Mean.equalTo(0.5, 0.05, UNIT), 0.5);
        assertNeeds(Mean.atMost(0.5, 0.05, UNIT), 0);
        assertNeeds(Mean.atLeast(0.5, 0.05, UNIT), 1);
        assertNeeds(Mean.equalTo(1, 0.1, CHI_SQUARE), 1);
    }

    private static void assertNeeds(Mean claim, double constant) {
        Decision decision = claim.decide(i -> constant, Calibration.terms(1e-9, 100_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.samples()).isEqualTo(claim.minTrials(1e-9));
    }

    @Test
    void aTargetNearTheEndOfTheRangeNeedsOneSideOnly() {
        Decision decision = Mean.equalTo(0.99, 0.05, UNIT).decide(i -> 0.99, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void rejectsADesignThatCannotSupport() {
        Mean claim = Mean.equalTo(0.5, 0.01, UNIT);
        assertThatExceptionOfType(DesignException.class)
                .isThrownBy(() -> claim.decide(i -> 0.5, Calibration.terms(1e-9, 100)))
                .withMessageContaining("within 100 trials: a stream constant at 0.5 needs " + claim.minTrials(1e-9))
                .withMessageContaining("claimed 0.5, margin 0.01, alpha 1.0E-9");
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mean.atMost(0.5, 0, UNIT))
                .withMessageContaining("margin = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mean.atMost(0.9, 0.2, UNIT))
                .withMessageContaining("bound + margin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mean.atLeast(0.1, 0.2, UNIT))
                .withMessageContaining("bound - margin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mean.equalTo(1.5, 0.2, UNIT))
                .withMessageContaining("target = 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mean.equalTo(0.5, 0.6, UNIT))
                .withMessageContaining("within = 0.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Assumption.SecondMoment(0))
                .withMessageContaining("v = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Assumption.Bounded(2, 1))
                .withMessageContaining("hi = 1.0");
    }

    @Test
    void rareEventsDoNotRuinTheBetsOfATrueMean() {
        double p = 0.02275;
        Decision decision = Mean.equalTo(p, 0.02, new Assumption.Bounded(0, 1))
                .decide(
                        i -> new java.util.SplittableRandom(i).nextDouble() < p ? 1 : 0,
                        Calibration.terms(1e-9, 50_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
    }
}
