package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class CoherenceBoundTest {

    /** Values of {@code [(pi/2 - s(1)) - (n-1)(gamma arcsin gamma - s(gamma))] / 2 pi}, s the first terms, in 20 digits. */
    @ParameterizedTest
    @CsvSource({
        "2, 0.9, 0.0896048319079178",
        "8, 0.5, 0.0776995406522548",
        "32, 0.25, 0.0875390940348827",
        "100, 0.3, 0.0686633421498195",
        "63, 0.99, 0.00569461166037066"
    })
    void agreesWithTheClosedForm(int n, double gamma, double expected) {
        assertThat(CoherenceBound.smallestEigenvalue(n, -Math.log(gamma)))
                .isCloseTo(expected, within(1e-12)); // as documented
    }

    @Test
    void isAQuarterForOnePointAndForOrthogonalOnes() {
        assertThat(CoherenceBound.smallestEigenvalue(1, 0.5)).isEqualTo(0.25);
        assertThat(CoherenceBound.smallestEigenvalue(9, Double.POSITIVE_INFINITY))
                .isEqualTo(0.25);
    }

    @Test
    void isBelowTheSmallestEigenvalue() {
        for (long seed = 0; seed < 20; seed++) {
            var points = PointLaw.SPHERE.rows(10, 6, RandomStream.of(seed, "CoherenceBoundTest"));
            double gamma = 0;
            var cosines = LinearAlgebra.gram(points);
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < i; j++) {
                    gamma = Math.max(gamma, Math.abs(cosines.get(i, j)));
                }
            }
            assertThat(CoherenceBound.smallestEigenvalue(10, -Math.log(gamma)))
                    .isLessThan(LinearAlgebra.eigen(ReluGramMatrix.of(points)).smallest());
        }
    }

    @Test
    void staysAccurateNearOne() {
        // the closed form in 40 digits
        assertThat(CoherenceBound.smallestEigenvalue(2, 1e-5)).isCloseTo(0.0007142542270689226, within(1e-12));
        assertThat(CoherenceBound.smallestEigenvalue(63, 1e-3)).isCloseTo(0.001794345367199057, within(1e-12));
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoherenceBound.smallestEigenvalue(0, 1))
                .withMessageContaining("n = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoherenceBound.smallestEigenvalue(2, 0))
                .withMessageContaining("1.0E-5");
        assertThatIllegalArgumentException().isThrownBy(() -> CoherenceBound.smallestEigenvalue(2, Double.NaN));
    }
}
