package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;

class LatticePointsTest {

    @Test
    void reducedSystemEqualsTheDenseOne() {
        LatticePoints lattice = new LatticePoints(-.9, -.3, .2, .6, .95);
        UnaryOperator<BigDecimal> g = LatticePoints.polynomial(0, 0, 1.69);
        double reduced = lattice.quadraticForm(g, 7);
        assertThat(reduced).isCloseTo(14.071018289898, within(5e-13)); // A19.thm6.1-lattice, to the digits printed
        DMatrixRMaj gram = ReluGramMatrix.of(lattice.points(7));
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double dense = new LabelComplexity(gram).quadraticForm(lattice.labels(g, 7));
        double relative = 35 * 0x1p-52 * eigen.largest() / eigen.smallest();
        assertThat(dense).isCloseTo(reduced, within(relative * reduced));
    }

    @Test
    void constantsOfTheTheoremAreReachedInTheLimit() {
        LatticePoints lattice = LatticePoints.chebyshev(24);
        double[] expected = {4.0000000, 6.2831853, 37.699112, 83.775781}; // A19.thm6.1-lattice, to the digits printed
        double[] digit = {5e-8, 5e-8, 5e-7, 5e-7};
        int[] powers = {1, 2, 4, 6};
        for (int k = 0; k < powers.length; k++) {
            double[] coefficients = monomial(powers[k]);
            double q = lattice.quadraticForm(LatticePoints.polynomial(coefficients), 1e32);
            assertThat(q).isCloseTo(expected[k], within(digit[k]));
            assertThat(q).isLessThanOrEqualTo(LatticePoints.limit(coefficients) * (1 + 0x1p-50));
        }
    }

    @Test
    void oddPowersGrowWithTheNumberOfCopies() {
        LatticePoints lattice = LatticePoints.chebyshev(24);
        UnaryOperator<BigDecimal> cube = LatticePoints.polynomial(monomial(3));
        double ratio = lattice.quadraticForm(cube, 1e12) / lattice.quadraticForm(cube, 1e8);
        assertThat(ratio).isCloseTo(1e4, within(1.0)); // linear in N up to a relative O(1/N^(1/2)) = 1e-4
        assertThat(LatticePoints.limit(monomial(3))).isInfinite();
    }

    private static double[] monomial(int power) {
        double[] coefficients = new double[power + 1];
        coefficients[power] = 1;
        return coefficients;
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> new LatticePoints(0.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node t = 1.0, allowed: -1 < t < 1");
        assertThatThrownBy(() -> new LatticePoints(0.5).quadraticForm(LatticePoints.polynomial(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copies = 0.0");
    }
}
