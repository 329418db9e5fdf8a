package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

class TangentLimitTest {
    private final RandomStream stream = RandomStream.of(3, "TangentLimitTest");

    @ParameterizedTest
    @CsvSource({"2,1", "4,1", "5,3", "8,4"})
    void meanIsThatOfDrawnWeights(int d, int n) {
        double[] diagonal = new double[d];
        for (int i = 0; i < d; i++) {
            diagonal[i] = i % 2 == 0 ? 2 : -0.5 * i;
        }
        QuadraticTarget target = QuadraticTarget.diagonal(diagonal);
        WeightLaw law = WeightLaw.isotropic(d);
        int draws = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double risk = TangentRisk.of(target, law.draw(n, stream.trial(i))) / target.normSquared();
            sum += risk;
            squares += risk * risk;
        }
        double mean = sum / draws;
        double error = Math.sqrt((squares / draws - mean * mean) / draws);
        // one failure in 10^9 draws of the seed, were it not fixed
        assertThat(mean).isCloseTo(TangentLimit.mean(target, n), within(6.1 * error));
    }

    @Test
    void meanAtTheEnds() {
        assertThat(TangentLimit.mean(7, 0, 0.3)).isCloseTo(1, within(1e-15));
        assertThat(TangentLimit.mean(7, 7, 0.3)).isZero();
        assertThat(TangentLimit.mean(7, 9, 0.3)).isZero();
        assertThat(TangentLimit.mean(7, 2, 1)).isCloseTo(5 / 7.0, within(1e-15));
        // E (1 - (e . q)^2)^2 for a uniform q on the circle
        assertThat(TangentLimit.mean(2, 1, 0.5)).isCloseTo(3 / 8.0, within(1e-15));
    }

    @Test
    void limitsAtTheEnds() {
        assertThat(TangentLimit.quadratic(0, 0.4)).isEqualTo(1);
        assertThat(TangentLimit.quadratic(1.5, 0.4)).isZero();
        assertThat(TangentLimit.quadratic(0.25, 1)).isEqualTo(0.75);
        assertThat(TangentLimit.quadratic(0.25, 0)).isEqualTo(0.5625);
        assertThat(TangentLimit.isotropicMixture(2, 0.4, 3)).isEqualTo(0.4);
        assertThat(TangentLimit.isotropicMixture(0.25, 1, 4)).isEqualTo(2 / 3.0);
    }

    @Test
    void mixtureIsByTheTwoProductsOfProjections() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.3, -0.2, 0.1);
        // q = (1, 1, 0)/sqrt 2: P D P has the entry (q' . D q')^2 = 0.05^2 and 0.1^2, off-diagonal 0
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{3, 3, 0}});
        double explained = 0.09 + 0.04 + 0.01 - 0.05 * 0.05 - 0.01;
        assertThat(TangentLimit.mixture(mixture, weights)).isCloseTo(2 / (2 + explained), within(1e-15));
    }

    @Test
    void mixtureIsWhatIsLeftToSecondOrderOfTheExactRisk() {
        GaussianMixture small = GaussianMixture.isotropic(0.03, -0.02, 0.01);
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 2, -1}});
        double square = LinearAlgebra.dot(small.delta().data, small.delta().data);
        // X = Pi(D) - Pi(D X D): q differs by at most |D|^4
        assertThat(TangentRisk.of(small, weights))
                .isCloseTo(TangentLimit.mixture(small, weights), within(square * square));
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> TangentLimit.mean(1, 1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("d = 1");
        assertThatThrownBy(() -> TangentLimit.mean(QuadraticTarget.diagonal(1, 2), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n = -1");
        assertThatThrownBy(() -> TangentLimit.mixture(GaussianMixture.isotropic(0.1), new DMatrixRMaj(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights");
    }
}
