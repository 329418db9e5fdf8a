package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.complex.Complex;
import org.junit.jupiter.api.Test;

class RidgeDecompositionTest {

    @Test
    void theLagrangePolynomialsOfTheCubicAtIAreKnown() {
        Complex[] expected = {
            new Complex(0, -5.0 / 3), new Complex(2.5, 2.5), new Complex(-2, -1), new Complex(0.5, 1.0 / 6)
        };
        Complex[] actual = RidgeDecomposition.lagrangeAtI(3);
        for (int j = 0; j <= 3; j++) {
            // three products and quotients of numbers below 4
            assertThat(actual[j].subtract(expected[j]).abs()).isLessThan(1e-14);
        }
    }

    @Test
    void aComplexPowerIsASumOfRidges() {
        Complex z = new Complex(0.6, -0.8);
        double s = 0.7;
        double t = -1.9;
        double[] a = RidgeDecomposition.coefficients(5, z);
        double sum = 0;
        for (int j = 0; j <= 5; j++) {
            sum += a[j] * Math.pow(s + j * t, 5);
        }
        Complex power = new Complex(s, t).pow(5);
        assertThat(sum).isCloseTo(z.multiply(power).getReal(), within(1e-9)); // terms below 1e6, 20 roundings each
    }

    @Test
    void theDegreeIsPositive() {
        assertThatThrownBy(() -> RidgeDecomposition.lagrangeAtI(0)).hasMessageContaining("m");
    }
}
