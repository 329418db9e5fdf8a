package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvidencePathTest {
    private static final Offset<Double> ROUNDED = Offset.offset(1e-12);
    private static final Terms TERMS = new Terms(1e-6, 100_000, TrialPool.of(1));

    @Test
    void ofAProportionEndsWhereItDecides() {
        Decision decision = Proportion.atMost(0.2).decide(index -> index % 20 == 0 ? 1 : 0, TERMS);
        assertThat(decision.isSupported()).isTrue();
        assertThat(decision.path().supports()).isEqualTo(6, ROUNDED);
        assertGrowsTo(decision);
        Decision.Look last = last(decision);
        assertThat(last.log10For()).isEqualTo(decision.log10E(), ROUNDED).isGreaterThanOrEqualTo(6);
        assertThat(last.log10Against()).isLessThan(6);
    }

    @Test
    void ofAMeanEndsWhereItDecides() {
        Mean half = Mean.equalTo(0.5, 0.1, new Assumption.Bounded(0, 1));
        Decision refuted = half.decide(index -> index % 4 == 0 ? 0 : 1, TERMS);
        assertThat(refuted.isRefuted()).isTrue();
        assertThat(refuted.path().refutes()).isEqualTo(6 + Math.log10(2), ROUNDED); // two sides
        assertGrowsTo(refuted);
        assertThat(last(refuted).log10Against()).isEqualTo(refuted.log10E(), ROUNDED);
    }

    @Test
    void ofARateShowsTheExponents() {
        Decision decision = Rate.perReplicate(-0.5, 0.1, 4, 16, 64)
                .decide(index -> new double[] {1 / 2.0, 1 / 4.0, 1 / 8.0}, TERMS);
        assertGrowsTo(decision);
        assertThat(last(decision).mean()).isEqualTo(-0.5, ROUNDED);
    }

    @Test
    void ofADeterministicCheckIsEmpty() {
        assertThat(Comparison.equal(1, 1, 0, "exact").path().looks()).isEmpty();
    }

    private static void assertGrowsTo(Decision decision) {
        List<Decision.Look> looks = decision.path().looks();
        assertThat(looks).hasSizeGreaterThan(2);
        assertThat(looks.get(0).samples()).isEqualTo(8);
        assertThat(last(decision).samples()).isEqualTo(decision.samples());
        assertThat(last(decision).low()).isEqualTo(decision.low(), ROUNDED);
        assertThat(last(decision).high()).isEqualTo(decision.high(), ROUNDED);
        assertThat(looks).allMatch(look -> look.low() <= look.mean() && look.mean() <= look.high());
        for (int j = 1; j < looks.size(); j++) {
            assertThat(looks.get(j).samples()).isGreaterThan(looks.get(j - 1).samples());
        }
    }

    private static Decision.Look last(Decision decision) {
        return decision.path().looks().get(decision.path().looks().size() - 1);
    }
}
