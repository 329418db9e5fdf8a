package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BettingTest {
    private static final double STRICT = -Math.log(1e-9);

    @Test
    void raisesFewFalseAlarmsAtTheBoundaryNull() {
        assertCalibrated(5_000, Betting.above(1, 0), Calibration::chiSquare);
        assertCalibrated(5_001, Betting.above(1, 0), r -> 2 * r.nextDouble());
        assertCalibrated(5_002, Betting.below(1, 2), r -> 2 * r.nextDouble());
        assertCalibrated(5_003, Betting.above(1, 0), r -> r.nextDouble() < 0.05 ? 20 : 0);
        assertCalibrated(5_004, Betting.below(0.05, 1), r -> r.nextDouble() < 0.05 ? 1 : 0);
    }

    private static void assertCalibrated(int streams, Betting kind, ToDoubleFunction<SplittableRandom> law) {
        Calibration.assertRareAlarms(streams, 0.01, r -> Calibration.crosses(kind.fresh(), 2_000, r, law));
    }

    @Test
    void hasExpectationOneAtTheBoundary() {
        // All 2^14 paths of a two-point law with mean 1: values 0 (probability 3/4) and 4.
        double expectation = 0;
        for (int path = 0; path < 1 << 14; path++) {
            Betting betting = Betting.above(1, 0);
            double probability = 1;
            for (int i = 0; i < 14; i++) {
                boolean high = (path >> i & 1) == 1;
                betting.add(high ? 4 : 0);
                probability *= high ? 0.25 : 0.75;
            }
            expectation += probability * Math.exp(betting.logE());
        }
        assertThat(expectation).isCloseTo(1, within(1e-11)); // 2^14 terms of relative error 14 ulp
    }

    @Test
    void meanOfEvidenceIsAtMostOneByTheProjectsOwnDecision() {
        // Five bets on U[0, 2] against 'mean <= 1': every factor is at most 1.9, so E lies in [0, 1.9^5].
        Trial evidence = Calibration.trial(7, r -> {
            Betting betting = Betting.above(1, 0);
            for (int i = 0; i < 5; i++) {
                betting.add(2 * r.nextDouble());
            }
            return Math.exp(betting.logE());
        });
        Assumption range = new Assumption.Bounded(0, Math.pow(1.9, 5) * (1 + 1e-12));
        Decision decision = Mean.atMost(1, 0.2, range).decide(evidence, Calibration.terms(1e-9, 200_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    /** Medians measured apart from this code; two medians of at least 100 sizes with CV below 0.4 differ by less than 25% (4.5 sigma). */
    @ParameterizedTest
    @CsvSource({"1.25, 1832", "1.5, 637", "2, 274"})
    void refutesScaledChiSquaresAfterTheExpectedNumberOfTrials(double ratio, long expected) {
        long median = Calibration.median(101, r -> {
            Betting betting = Betting.above(1, 0);
            while (betting.logE() < STRICT) {
                betting.add(ratio * Calibration.chiSquare(r));
            }
            return betting.samples();
        });
        assertThat((double) median).isCloseTo(expected, within(0.25 * expected));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1.5", "1, 0, 1.01", "1, 0, 40", "-2, -3, 0", "0.25, 0.25, 0.5"})
    void predictsTheTrialsOfAConstantStream(double m, double lo, double x) {
        Betting betting = Betting.above(m, lo);
        while (betting.logE() < STRICT) {
            betting.add(x);
        }
        assertThat(Betting.above(m, lo).minTrials(x, STRICT)).isEqualTo(betting.samples());
        Betting mirrored = Betting.below(-m, -lo);
        assertThat(mirrored.minTrials(-x, STRICT)).isEqualTo(betting.samples());
    }

    @Test
    void neverDecidesWithoutADeviation() {
        assertThat(Betting.above(1, 0).minTrials(1, STRICT)).isEqualTo(Long.MAX_VALUE);
        Betting betting = Betting.above(1, 0);
        for (int i = 0; i < 100; i++) {
            betting.add(1);
        }
        assertThat(betting.logE()).isZero();
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Betting.above(0, 1))
                .withMessageContaining("m = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Betting.above(1, 0).add(-0.1))
                .withMessageContaining("x = -0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Betting.below(1, 2).add(2.1))
                .withMessageContaining("x = 2.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Betting.above(1, 0).add(Double.NaN));
    }
}
