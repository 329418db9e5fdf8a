package org.lemmalab.concentration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lemmalab.stats.BinomialTail;

class DiscreteLawTest {
    private static final DiscreteLaw SKEWED = DiscreteLaw.of(new double[] {3, -1}, new double[] {1, 3});

    @Test
    void normalizesItsMasses() {
        assertThat(SKEWED.expectation(x -> 1)).isCloseTo(1, within(1e-15));
        assertThat(SKEWED.mean()).isCloseTo(0, within(1e-15));
        assertThat(SKEWED.expectation(x -> x * x)).isCloseTo(3, within(1e-15));
        assertThat(SKEWED.bound()).isEqualTo(3);
    }

    @Test
    void centers() {
        DiscreteLaw event = DiscreteLaw.of(new double[] {1, 0}, new double[] {1, 3});
        assertThat(event.mean()).isCloseTo(0.25, within(1e-15));
        assertThat(event.centered().values()).containsExactly(new double[] {0.75, -0.25}, within(1e-15));
    }

    @Test
    void copiesAddUpLikeTheSum() {
        DiscreteLaw sum = SKEWED.plus(SKEWED).plus(SKEWED);
        DiscreteLaw copies = SKEWED.copies(3);
        assertThat(copies.values()).containsExactly(-3, 1, 5, 9);
        for (double lambda : new double[] {-1, 0.5, 2}) {
            double exact = Math.pow((Math.exp(3 * lambda) + 3 * Math.exp(-lambda)) / 4, 3);
            assertThat(sum.expectation(x -> Math.exp(lambda * x))).isCloseTo(exact, within(1e-13 * exact));
            assertThat(copies.expectation(x -> Math.exp(lambda * x))).isCloseTo(exact, within(1e-13 * exact));
        }
    }

    @Test
    void tailsOfSumsOfSignsAreBinomial() {
        int n = 400;
        DiscreteLaw sum = DiscreteLaw.signs().copies(n);
        double[] tails = sum.logTails();
        double[] values = sum.values();
        for (int k = 0; k < n / 2; k += 7) { // |sum| >= n - 2k: at most k of either sign
            assertThat(values[k]).isEqualTo(-(double) (n - 2 * k));
            double exact = 2 * BinomialTail.atMost(k, n, 0.5);
            assertThat(Math.exp(tails[k])).isCloseTo(exact, within(1e-11 * exact)); // 400 logarithms of up to 277
        }
        assertThat(tails[n / 2]).isCloseTo(0, within(1e-12));
    }

    @Test
    void valuesOfEqualSizeShareTheirTail() {
        DiscreteLaw law = DiscreteLaw.of(new double[] {-2, 1, 2, 0}, new double[] {1, 1, 1, 1});
        double[] tails = law.logTails();
        assertThat(tails)
                .containsExactly(new double[] {Math.log(0.5), Math.log(0.75), Math.log(0.5), 0}, within(1e-15));
    }

    @Test
    void rejectsBadInput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.of(new double[] {1, 2}, new double[] {1, 0}))
                .withMessageContaining("mass = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.of(new double[] {1, Double.NaN}, new double[] {1, 1}))
                .withMessageContaining("values[1] = NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.of(new double[] {1}, new double[] {1, 1}))
                .withMessageContaining("number of masses = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.of(new double[0], new double[0]))
                .withMessageContaining("number of values = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.signs().copies(0))
                .withMessageContaining("n = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.signs().copies(2).copies(2))
                .withMessageContaining("number of values = 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteLaw.signs().map(x -> Math.sqrt(x)))
                .withMessageContaining("f(X)");
    }
}
