package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LimitTest {
    private static final double[] SIZES = {8, 16, 32, 64};
    private static final Assumption.Bounded UNIT = new Assumption.Bounded(0, 1);

    /** Means {@code m(size)} with noise uniform on [-0.1, 0.1], shared by the rungs. */
    private static LadderTrial ladder(long experiment, DoubleUnaryOperator mean) {
        return index -> {
            double noise = Calibration.random(experiment, index).nextDouble(-0.1, 0.1);
            return Arrays.stream(SIZES).map(n -> mean.applyAsDouble(n) + noise).toArray();
        };
    }

    private static Decision decide(double limit, DoubleUnaryOperator mean) {
        return Limit.of(limit, 0.03, 1, UNIT, SIZES).decide(ladder(41, mean), Calibration.terms(1e-9, 50_000));
    }

    @Test
    void supportsALimitThatIsApproached() {
        Decision decision = decide(0.5, n -> 0.5 + 2 / n - 1 / (n * n));
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.observed()).isCloseTo(0.5, within(0.02));
        assertThat(decision.rungs()).hasSize(4);
        assertThat(decision.low()).isGreaterThan(0.47);
        assertThat(decision.high()).isLessThan(0.53);
    }

    @Test
    void supportsAConstant() {
        assertThat(decide(0.5, n -> 0.5).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void refutesAnotherLimit() {
        assertThat(decide(0.4, n -> 0.5 + 2 / n).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(decide(0.6, n -> 0.5 + 2 / n).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(decide(0.4, n -> 0.5).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void doesNotDecideASlowApproachEitherWay() {
        // The correction falls like size^-0.5, the design assumes size^-1: the extrapolation is off by more than tau,
        // and 3 B says so.
        Decision decision = Limit.of(0.5, 0.03, 1, UNIT, SIZES)
                .decide(ladder(42, n -> 0.5 + 0.4 * Math.pow(n, -0.5)), Calibration.terms(1e-9, 20_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.detail()).contains("budget of 20000");
    }

    @Test
    void rarelyRefutesATrueLimit() {
        // Exact order-1 correction and a last gap just above tau: only chance refutes.
        Limit claim = Limit.of(0.15, 0.08, 1, UNIT, SIZES);
        Terms terms = Calibration.terms(Calibration.ALPHA, 1_000);
        Calibration.assertRareAlarms(500, Calibration.ALPHA, r -> {
            LadderTrial trial = ladder(r.nextLong(), n -> 0.15 + 5.5 / n);
            return new Extrapolation(claim, terms).decide(trial).isRefuted();
        });
        // A limit off by tau is the nearest violation; with no bias left only chance supports it.
        Calibration.assertRareAlarms(501, Calibration.ALPHA, r -> {
            LadderTrial trial = ladder(r.nextLong(), n -> 0.23 + 5 / n);
            return new Extrapolation(claim, terms).decide(trial).isSupported();
        });
    }

    @Test
    void invalidRepetitionsWidenEverything() {
        LadderTrial good = ladder(43, n -> 0.5 + 2 / n);
        LadderTrial broken = i -> {
            if (i % 2 == 0) {
                throw new IllegalStateException("no limit");
            }
            return good.at(i);
        };
        Decision decision = Limit.of(0.5, 0.03, 1, UNIT, SIZES).decide(broken, Calibration.terms(1e-9, 20_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.invalid()).isEqualTo(10_000);
        assertThat(decision.detail()).contains("no limit");
    }

    @Test
    void rejectsADesignThatCannotSupport() {
        assertThatExceptionOfType(DesignException.class)
                .isThrownBy(() ->
                        Limit.of(0.5, 0.001, 1, UNIT, SIZES).decide(ladder(44, n -> 0.5), Calibration.terms(1e-9, 100)))
                .withMessageContaining("within 100 trials")
                .withMessageContaining("tau 0.001");
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of(0.5, 0.1, 1, UNIT, 1, 2, 5))
                .withMessageContaining("sizes[2] = 5.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of(0.5, 0.1, 1, UNIT, 1, 2))
                .withMessageContaining("at least 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of(1.5, 0.1, 1, UNIT, SIZES))
                .withMessageContaining("limit = 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of(0.5, 0.1, 0, UNIT, SIZES))
                .withMessageContaining("order = 0.0");
    }
}
