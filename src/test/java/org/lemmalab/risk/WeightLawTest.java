package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

class WeightLawTest {
    private static final DMatrixRMaj GAMMA = new DMatrixRMaj(2, 2, true, 0.7, 0.2, 0.2, 0.3);

    @Test
    void drawsHaveTheCovariance() {
        int n = 40_000;
        DMatrixRMaj weights = new WeightLaw(GAMMA).draw(n, RandomStream.of(1, "WeightLawTest"));
        DMatrixRMaj moments = LinearAlgebra.productTransA(weights, weights);
        for (int k = 0; k < 4; k++) {
            // six standard errors: Var w_i w_j <= 2 Gamma_ii Gamma_jj <= 0.98
            assertThat(moments.data[k] / n).isCloseTo(GAMMA.data[k], within(6 * Math.sqrt(0.98 / n)));
        }
    }

    @Test
    void degenerateLawsStayInTheirRange() {
        DMatrixRMaj weights = WeightLaw.diagonal(0, 1).draw(5, RandomStream.of(2, "WeightLawTest"));
        for (int i = 0; i < 5; i++) {
            assertThat(weights.get(i, 0)).isEqualTo(0);
        }
    }

    @Test
    void summaries() {
        WeightLaw law = new WeightLaw(GAMMA);
        assertThat(law.size()).isCloseTo(2 * (0.49 + 0.08 + 0.09), within(1e-15));
        DMatrixRMaj b = new DMatrixRMaj(2, 2, true, 1, 2, 2, -1);
        assertThat(law.alignment(b)).isCloseTo(2 * Math.pow(0.7 + 0.8 - 0.3, 2), within(1e-14));
        assertThat(law.spectrum().mean(t -> t)).isCloseTo(1, within(1e-14));
        assertThat(law.spectrum().mean(t -> t * t)).isCloseTo(law.size(), within(1e-14));
        assertThat(WeightLaw.isotropic(3).spectrum().atoms()).containsExactly(1, 1, 1);
        assertThat(WeightLaw.isotropic(3).size()).isCloseTo(1, within(1e-15));
    }

    @Test
    void spectrumUnderAMixtureIsThatOfTheProduct() {
        DMatrixRMaj sigma = new DMatrixRMaj(2, 2, true, 2, 0.5, 0.5, 1);
        GaussianMixture mixture = new GaussianMixture(sigma, new DMatrixRMaj(2, 2));
        Spectrum spectrum = new WeightLaw(GAMMA).spectrum(mixture);
        DMatrixRMaj product = LinearAlgebra.product(sigma, GAMMA);
        double trace = product.get(0, 0) + product.get(1, 1);
        double determinant = 1.75 * 0.17;
        assertThat(spectrum.atoms()[0] + spectrum.atoms()[1]).isCloseTo(2 * trace, within(1e-13));
        assertThat(spectrum.atoms()[0] * spectrum.atoms()[1]).isCloseTo(4 * determinant, within(1e-13));
    }

    @Test
    void covarianceIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightLaw.diagonal(1, -0.1))
                .withMessageContaining("smallest eigenvalue of gamma");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightLaw.isotropic(0))
                .withMessageContaining("d = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightLaw.isotropic(2).draw(0, RandomStream.of(1, "WeightLawTest")))
                .withMessageContaining("n = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightLaw.isotropic(2).alignment(new DMatrixRMaj(3, 3)))
                .withMessageContaining("rows of b = 3");
    }
}
