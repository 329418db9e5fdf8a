package org.lemmalab.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SignVectorsTest {

    @Test
    void enumeratesEveryVectorOnce() {
        assertThat(SignVectors.all(0)).containsExactly(new double[0]);
        assertThat(SignVectors.all(2)).containsExactlyInAnyOrder(new double[][] {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}});
    }

    @Test
    void meansAreExact() {
        // E (eps_1 + ... + eps_5)^2 = 5 and E |eps_1 + ... + eps_5| = (2*5 + 10*3 + 20*1)/32
        assertThat(SignVectors.mean(5, eps -> Math.pow(sum(eps), 2))).isEqualTo(5);
        assertThat(SignVectors.mean(5, eps -> Math.abs(sum(eps)))).isEqualTo(60.0 / 32);
    }

    @Test
    void rejectsTooMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignVectors.all(21))
                .withMessage("n = 21, allowed: 0 to 20");
    }

    private static double sum(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum;
    }
}
