package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VanishingGapTest {
    private static final double[] SIZES = {50, 100, 200};
    private static final VanishingGap CLAIM = new VanishingGap(1, 0.01, 0.01, 0.2, SIZES);

    /** Gaps {@code g(size)} with noise uniform on [-0.05, 0.05], shared by the rungs. */
    private static Decision decide(DoubleUnaryOperator gap) {
        LadderTrial trial = index -> {
            double noise = Calibration.random(43, index).nextDouble(-0.05, 0.05);
            return Arrays.stream(SIZES).map(d -> gap.applyAsDouble(d) + noise).toArray();
        };
        return CLAIM.decide(trial, Calibration.terms(1e-9, 50_000));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, SUPPORTED", "0, -5, SUPPORTED", "0, 5, SUPPORTED", "0.025, 0, REFUTED", "-0.025, 0, REFUTED"})
    void cancelsWhatFallsLikeOneOverSizeAndNothingElse(double shift, double slope, Outcome expected) {
        assertThat(decide(d -> shift + slope / d).outcome()).isEqualTo(expected);
    }

    @Test
    void refutesAGapThatFallsTooSlowly() {
        assertThat(decide(d -> 0.5 / Math.sqrt(d)).outcome()).isEqualTo(Outcome.REFUTED); // R = 0.024
    }

    @Test
    void refutesAGapBeyondTheClip() {
        assertThat(decide(d -> 0.7).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void showsTheLadder() {
        Decision decision = decide(d -> 5 / d);
        assertThat(decision.rungs()).extracting(Decision.Rung::size).containsExactly(50.0, 100.0, 200.0);
        for (Decision.Rung rung : decision.rungs()) {
            assertThat(rung.low()).isLessThan(5 / rung.size());
            assertThat(rung.high()).isGreaterThan(5 / rung.size());
        }
    }

    @Test
    void leavesTheClaimUndecidedWhenTrialsFail() {
        LadderTrial failing = index -> new double[] {Double.NaN, Double.NaN, Double.NaN};
        Decision decision = CLAIM.decide(failing, Calibration.terms(1e-9, 2_000));
        assertThat(decision.isSupported()).isFalse();
        assertThat(decision.invalid()).isEqualTo(decision.samples());
    }

    @Test
    void rejectsAClipBelowTheMargin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VanishingGap(1, 0.01, 0.01, 0.02, SIZES))
                .withMessage("clip = 0.02: must be above 0.02");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VanishingGap(0, 0.01, 0.01, 0.2, SIZES))
                .withMessageContaining("order = 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new VanishingGap(1, 0.01, 0.01, 0.2, 50));
    }
}
