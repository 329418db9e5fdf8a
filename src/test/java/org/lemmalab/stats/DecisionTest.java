package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final Decision WIDE = Comparison.atMost(1, 10, 0, "wide");
    private static final Decision NARROW = Comparison.atMost(9, 10, 0, "narrow");
    private static final Decision UNKNOWN = Comparison.atMost(Double.NaN, 10, 0, "unknown");
    private static final Decision WRONG = Comparison.atMost(11, 10, 0, "wrong");

    @Test
    void theWorstOfSeveralDecides() {
        Decision worst = Decision.worst(List.of(WIDE, NARROW, UNKNOWN, WRONG));
        assertThat(worst.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(worst.tolerance()).isEqualTo("wrong");
        assertThat(worst.samples()).isEqualTo(4);
        assertThat(worst.invalid()).isEqualTo(1);
        assertThat(worst.detail()).isEqualTo("worst of 4: number 4");
        assertThat(Decision.worst(List.of(WIDE, UNKNOWN)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(Decision.worst(List.of(WIDE, NARROW)).tolerance()).isEqualTo("narrow");
        assertThat(Decision.worst(List.of(WIDE))).isEqualTo(WIDE);
        assertThatIllegalArgumentException().isThrownBy(() -> Decision.worst(List.of()));
    }

    @Test
    void errorRatesAddUp() {
        Terms terms = Calibration.terms(1e-9, 1_000);
        Decision one = Proportion.atMost(0.1).decide(i -> 0, terms);
        assertThat(Decision.worst(List.of(one, WIDE, one)).alpha()).isEqualTo(2e-9);
    }

    @Test
    void anUndecidedDecisionKeepsItsNumbers() {
        Decision undecided = WRONG.undecided("rests on invalid trials");
        assertThat(undecided.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(undecided.observed()).isEqualTo(11);
        assertThat(undecided.detail()).contains("rests on invalid trials");
    }
}
