package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class ChiSquareTailTest {
    @Test
    void isTheDistributionFunctionWhereThatIsMoreThanRounding() {
        for (double n : new double[] {0.5, 1, 2, 3, 10, 31, 32, 33, 100, 2000}) {
            ChiSquaredDistribution law = new ChiSquaredDistribution(n);
            for (double p : new double[] {0.01, 0.2, 0.5, 0.7, 0.99}) {
                double x = law.inverseCumulativeProbability(p);
                double expected = law.cumulativeProbability(x); // commons-math: 1e-12 or so at 2000 degrees
                assertThat(Math.exp(ChiSquareTail.logLower(n, x))).isCloseTo(expected, within(1e-11));
                assertThat(Math.exp(ChiSquareTail.logUpper(n, x))).isCloseTo(1 - expected, within(1e-11));
            }
        }
    }

    @Test
    void hasClosedFormsForFewDegrees() {
        for (double x : new double[] {1e-8, 0.3, 2, 5, 80, 1300}) {
            // two degrees: e^(-x/2); four: e^(-x/2) (1 + x/2); one: erfc(sqrt(x/2))
            assertThat(ChiSquareTail.logUpper(2, x)).isCloseTo(-x / 2, within(1e-13 * (1 + x)));
            assertThat(ChiSquareTail.logUpper(4, x)).isCloseTo(-x / 2 + Math.log1p(x / 2), within(1e-13 * (1 + x)));
            assertThat(ChiSquareTail.logUpper(1, x))
                    .isCloseTo(Math.log(Erf.erfc(Math.sqrt(x / 2))), within(1e-10 * (1 + x)));
            assertThat(ChiSquareTail.logLower(2, x)).isCloseTo(Math.log(-Math.expm1(-x / 2)), within(1e-13 * (1 + x)));
        }
    }

    /** For even n the upper tail is a Poisson sum, {@code e^(-x/2) sum_(k < n/2) (x/2)^k / k!}; summed in logarithms. */
    @Test
    void isThePoissonSumFarIntoTheTails() {
        int n = 20_000;
        for (double x : new double[] {3000, 15_000, 19_000, 20_000, 20_001, 20_500, 40_000, 4e8}) {
            double largest = Double.NEGATIVE_INFINITY;
            double[] terms = new double[n / 2];
            for (int k = 0; k < n / 2; k++) {
                terms[k] = k == 0 ? -x / 2 : terms[k - 1] + Math.log(x / (2.0 * k));
                largest = Math.max(largest, terms[k]);
            }
            double sum = 0;
            for (double term : terms) {
                sum += Math.exp(term - largest);
            }
            // 10^4 additions of logarithms of size x/2 <= 2e8: 1e4 * 2e8 * 1.1e-16 at most, far less on average
            assertThat(ChiSquareTail.logUpper(n, x)).isCloseTo(largest + Math.log(sum), within(1e-12 * (1e4 + x)));
        }
    }

    @Test
    void hasTheTailsOfTheReferenceValues() {
        // mpmath: 30 digits, gammainc with regularized=True
        assertThat(ChiSquareTail.logLower(20_000, 15_000)).isCloseTo(-380.95974315565376, within(1e-13 * 400));
        assertThat(ChiSquareTail.logDeviation(10_000, 400)).isCloseTo(-5.3628326397245303, within(1e-13 * 10));
    }

    @Test
    void isCertainOrImpossibleUpToZero() {
        assertThat(ChiSquareTail.logUpper(3, 0)).isZero();
        assertThat(ChiSquareTail.logUpper(3, -1)).isZero();
        assertThat(ChiSquareTail.logLower(3, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ChiSquareTail.logDeviation(3, 5)).isEqualTo(ChiSquareTail.logUpper(3, 8));
    }

    @Test
    void rejectsWhatIsNoLaw() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChiSquareTail.logUpper(0, 1))
                .withMessageContaining("degrees = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChiSquareTail.logLower(1, Double.NaN))
                .withMessageContaining("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChiSquareTail.logDeviation(1, 0))
                .withMessageContaining("t = 0.0");
    }
}
