package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussHermiteTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 12})
    void momentsBelowTwiceTheNodesAreExactAndTheNextIsNot(int count) {
        GaussHermite rule = GaussHermite.of(count);
        double moment = 1; // (2 k - 1)!!
        for (int k = 0; k <= count; k++) {
            int degree = 2 * k;
            double relative = rule.expectation(z -> Math.pow(z, degree)) / moment;
            // what the rule misses of degree 2 n is E He_n^2 = n!
            double missed = 1;
            for (int i = 1; i <= count; i++) {
                missed *= i;
            }
            assertThat(relative).isCloseTo(k < count ? 1 : 1 - missed / moment, within(1e-12));
            moment *= degree + 1;
        }
        assertThat(rule.expectation(z -> z * z * z)).isCloseTo(0, within(1e-13));
    }

    @Test
    void nodesAscendAndWeightsAreProbabilities() {
        GaussHermite rule = GaussHermite.of(200);
        assertThat(rule.nodes()).hasSize(200).isSorted();
        assertThat(rule.expectation(z -> 1)).isCloseTo(1, within(1e-13));
        for (double weight : rule.weights()) {
            assertThat(weight).isPositive();
        }
        assertThat(rule.expectation(Math::exp)).isCloseTo(Math.exp(0.5), within(1e-12));
    }

    @Test
    void arraysAreCopies() {
        GaussHermite rule = GaussHermite.of(2);
        rule.weights()[0] = 7;
        rule.nodes()[0] = 7;
        assertThat(rule.expectation(z -> z * z)).isCloseTo(1, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 201})
    void numberOfNodesIsChecked(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussHermite.of(count))
                .withMessage("count = " + count + ", allowed: 1 to 200");
    }
}
