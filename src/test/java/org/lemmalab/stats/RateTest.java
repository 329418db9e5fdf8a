package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    private static final double[] SIZES = {16, 32, 64, 128};

    /** Observables {@code size^exponent} times independent factors uniform on [1/2, 3/2]. */
    private static LadderTrial ladder(long experiment, double exponent) {
        return index -> {
            var random = Calibration.random(experiment, index);
            double[] values = new double[SIZES.length];
            Arrays.setAll(values, j -> Math.pow(SIZES[j], exponent) * random.nextDouble(0.5, 1.5));
            return values;
        };
    }

    @ParameterizedTest
    @CsvSource({"-0.5, SUPPORTED", "-1, REFUTED", "0, REFUTED", "-0.25, REFUTED"})
    void decidesTheMeanExponentOfRepetitions(double b, Outcome expected) {
        Decision decision = Rate.perReplicate(b, 0.15, SIZES).decide(ladder(31, -0.5), Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(expected);
        if (b == -0.5) {
            assertThat(decision.observed()).isCloseTo(-0.5, within(0.1));
            assertThat(decision.rungs()).extracting(Decision.Rung::size).containsExactly(16.0, 32.0, 64.0, 128.0);
            assertThat(decision.rungs()).allMatch(rung -> rung.low() < rung.mean() && rung.mean() < rung.high());
            assertThat(decision.assumptions()).singleElement().asString().contains("clipped to [-1.5, 0.5]");
            assertThat(decision.detectable()).isGreaterThanOrEqualTo(-0.35);
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.5, SUPPORTED", "-1, REFUTED", "0, REFUTED"})
    void decidesTheExponentOfMeans(double b, Outcome expected) {
        double[] his = Arrays.stream(SIZES).map(n -> 1.6 * Math.pow(n, -0.5)).toArray();
        Decision decision = Rate.ofMeans(b, 0.15, SIZES, his).decide(ladder(32, -0.5), Calibration.terms(1e-9, 20_000));
        assertThat(decision.outcome()).isEqualTo(expected);
        assertThat(decision.low()).isLessThan(-0.5);
        assertThat(decision.high()).isGreaterThan(-0.5);
        assertThat(decision.rungs()).hasSize(4).allMatch(rung -> rung.low() < rung.mean() && rung.mean() < rung.high());
    }

    @Test
    void decidesOneSidedClaims() {
        Terms terms = Calibration.terms(1e-9, 5_000);
        Rate rate = Rate.perReplicate(0, 0.2, SIZES);
        assertThat(rate.atMost().decide(ladder(33, -0.5), terms).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(rate.atMost().decide(ladder(33, 0.5), terms).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(rate.atLeast().decide(ladder(33, 0.5), terms).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(rate.atLeast().decide(ladder(33, -0.5), terms).outcome()).isEqualTo(Outcome.REFUTED);
        double[] his = {10, 20, 30, 40};
        Rate means = Rate.ofMeans(1, 0.3, SIZES, his);
        assertThat(means.atMost()
                        .decide(i -> new double[] {8, 9, 10, 11}, terms)
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(means.atLeast()
                        .decide(i -> new double[] {8, 9, 10, 11}, terms)
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void rarelyErrsAtTheEndOfTheBand() {
        Terms terms = Calibration.terms(Calibration.ALPHA, 300);
        Rate rate = Rate.perReplicate(1, 0.2, 1, Math.E);
        for (Outcome wrong : new Outcome[] {Outcome.REFUTED, Outcome.SUPPORTED}) {
            Calibration.assertRareAlarms(4_000 + wrong.ordinal(), Calibration.ALPHA, r -> {
                Trial exponent = Calibration.trial(r.nextLong(), s -> 1.2 + s.nextDouble(-0.5, 0.5));
                return rate.decide(i -> new double[] {1, Math.exp(exponent.at(i))}, terms)
                                .outcome()
                        == wrong;
            });
        }
    }

    @Test
    void invalidAndNonpositiveRepetitionsCountAtTheWorseEnd() {
        LadderTrial broken = i -> i % 3 == 0
                ? new double[] {0, 1, 1, 1}
                : i % 3 == 1 ? new double[] {1} : ladder(34, 0).at(i);
        Decision decision = Rate.perReplicate(0, 0.2, SIZES).decide(broken, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(decision.invalid()).isBetween(2 * decision.samples() / 3, 2 * decision.samples() / 3 + 2);
        assertThat(decision.detail()).contains("1 values for 4 sizes").contains("not positive");
    }

    @Test
    void aValueOutsideTheRangeOfARungIsInconclusive() {
        double[] his = {1, 1, 1, 1};
        Decision decision = Rate.ofMeans(0, 0.2, SIZES, his)
                .decide(i -> new double[] {0.5, 0.5, 1.5, 0.5}, Calibration.terms(1e-9, 5_000));
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.detail())
                .contains("trial 0 violates the assumption")
                .contains("1.5");
    }

    @Test
    void decidesExactLadders() {
        double[] values = Arrays.stream(SIZES).map(n -> 7 / n + 3 / (n * n)).toArray();
        Decision decision = Rate.exact(-1, 0.05, SIZES, values);
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.alpha()).isZero();
        assertThat(decision.rungs()).hasSize(4);
        assertThat(Rate.exact(-1.5, 0.05, SIZES, values).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Rate.exact(-1, 0.05, SIZES, new double[] {1, 1, 1, 0}).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(Rate.exact(-1, 0.05, SIZES, new double[] {Double.NaN, 1, 1, 1})
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(Rate.perReplicate(-0.5, 0.05, SIZES)
                        .atMost()
                        .decideExactly(values)
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void rejectsADesignThatCannotSupport() {
        Terms terms = Calibration.terms(1e-9, 50);
        assertThatExceptionOfType(DesignException.class)
                .isThrownBy(() -> Rate.perReplicate(-0.5, 0.1, SIZES).decide(ladder(35, -0.5), terms))
                .withMessageContaining("within 50 trials")
                .withMessageContaining("allowance 0.1");
        double[] his = {1, 1, 1, 1};
        assertThatExceptionOfType(DesignException.class)
                .isThrownBy(() -> Rate.ofMeans(-0.5, 0.1, SIZES, his).decide(ladder(35, -0.5), terms))
                .withMessageContaining("within 50 trials");
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.perReplicate(1, 0.1, 4, 2))
                .withMessageContaining("sizes[1] = 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.perReplicate(1, 0.1, 4))
                .withMessageContaining("at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.perReplicate(1, 1.5, 2, 4))
                .withMessageContaining("eta = 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.perReplicate(1, 0.1, 2, 4).clippedTo(0.95, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.ofMeans(1, 0.1, SIZES, new double[] {1}))
                .withMessageContaining("his");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.exact(1, 0.1, SIZES, new double[] {1}))
                .withMessageContaining("values");
    }
}
