package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HermitePolynomialTest {

    @Test
    void firstPolynomials() {
        double z = 1.5;
        assertThat(HermitePolynomial.probabilists(0, z)).isEqualTo(1);
        assertThat(HermitePolynomial.probabilists(1, z)).isEqualTo(z);
        assertThat(HermitePolynomial.probabilists(2, z)).isEqualTo(z * z - 1);
        assertThat(HermitePolynomial.probabilists(3, z)).isEqualTo(z * z * z - 3 * z);
        assertThat(HermitePolynomial.probabilists(4, z)).isCloseTo(Math.pow(z, 4) - 6 * z * z + 3, within(1e-14));
    }

    @Test
    void areOrthogonalWithNormsOfFactorials() {
        GaussHermite rule = GaussHermite.of(10);
        double factorial = 1;
        for (int j = 0; j < 8; j++) {
            factorial *= Math.max(1, j);
            for (int k = 0; k <= j; k++) {
                int a = j;
                int b = k;
                double product = rule.expectation(
                        z -> HermitePolynomial.probabilists(a, z) * HermitePolynomial.probabilists(b, z));
                assertThat(product / factorial).isCloseTo(j == k ? 1 : 0, within(1e-11));
            }
        }
    }

    @Test
    void degreeIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HermitePolynomial.probabilists(-1, 0))
                .withMessage("k = -1, allowed: >= 0");
    }
}
