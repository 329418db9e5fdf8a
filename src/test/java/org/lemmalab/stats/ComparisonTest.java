package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    @Test
    void decidesIdentities() {
        Decision decision = Comparison.equal(new double[] {1, 2, 3}, new double[] {1, 2.5, 3.25}, 1, "exact halves");
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.observed()).isEqualTo(2);
        assertThat(decision.claimed()).isEqualTo(2.5);
        assertThat(decision.slack()).isEqualTo(2);
        assertThat(decision.samples()).isEqualTo(3);
        assertThat(decision.detail()).isEqualTo("worst at index 1");
        assertThat(decision.tolerance()).isEqualTo("exact halves");
        assertThat(decision.alpha()).isZero();
        assertThat(decision.log10E()).isNaN();
        assertThat(Comparison.equal(1, 1, 0, "").slack()).isNaN();
        assertThat(Comparison.equal(1, Math.nextUp(1.0), 0, "").outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Comparison.equal(1, 1.5, 0.5, "").outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void decidesBounds() {
        Decision decision = Comparison.atMost(new double[] {1, 4, 2}, 5, 0, "");
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(decision.slack()).isEqualTo(1.25);
        assertThat(decision.detail()).isEqualTo("worst at index 1");
        assertThat(Comparison.atMost(6, 5, 0.5, "").outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Comparison.atMost(5.5, 5, 0.5, "").outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(Comparison.atMost(-1, 5, 0, "").slack()).isNaN();
        assertThat(Comparison.atLeast(new double[] {8, 6}, 4, 0, "").slack()).isEqualTo(1.5);
        assertThat(Comparison.atLeast(3, 4, 0.5, "").outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Comparison.atLeast(new double[] {3, 1}, new double[] {4, 0}, 1, "")
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatAreNotFiniteRefuteAndSupportNothing(double bad) {
        Decision decision = Comparison.atMost(new double[] {1, bad}, 5, 0, "");
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.invalid()).isEqualTo(1);
        assertThat(decision.detail()).isEqualTo(bad + " against 5.0 at index 1");
        assertThat(Comparison.equal(1, bad, 1, "").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        Decision refuted = Comparison.atMost(new double[] {7, bad}, 5, 0, "");
        assertThat(refuted.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(refuted.invalid()).isEqualTo(1);
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.equal(new double[1], new double[2], 0, ""))
                .withMessageContaining("lengths 1 and 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.atMost(new double[0], 1, 0, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.atMost(1, 1, -1, ""))
                .withMessageContaining("tolerance = -1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.atMost(1, 1, Double.NaN, ""));
    }
}
