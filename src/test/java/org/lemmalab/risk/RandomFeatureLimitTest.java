package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;

class RandomFeatureLimitTest {
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    @Test
    void squaresAndIsotropicWeights() {
        QuadraticTarget target = QuadraticTarget.diagonal(1, 2, -0.5, 0);
        WeightLaw law = WeightLaw.isotropic(4);
        for (double rho : new double[] {0.25, 1, 6}) {
            double expected = 1 - target.traceShare() * rho / (1 + rho); // psi = rho/2, l_2 = 2
            assertThat(RandomFeatureLimit.risk(target, SQUARE, law, rho)).isCloseTo(expected, within(1e-14));
        }
    }

    @Test
    void isCloseToTheExactRiskInManyDimensions() {
        int d = 100;
        double[] diagonal = new double[d];
        double[] variances = new double[d];
        for (int i = 0; i < d; i++) {
            diagonal[i] = i % 2 == 0 ? 2 : 0.5;
            variances[i] = (i % 2 == 0 ? 1.5 : 0.5) / d;
        }
        QuadraticTarget target = QuadraticTarget.diagonal(diagonal);
        WeightLaw law = WeightLaw.diagonal(variances);
        ClosedFormActivation relu = Relu.INSTANCE.centred();
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            sum += RandomFeatureRisk.of(target, relu, law.draw(d, RandomStream.of(k, "RandomFeatureLimitTest")))
                    .risk();
        }
        // a bias of order 1/d and eight draws that spread by 0.02
        assertThat(sum / 8 / target.normSquared())
                .isCloseTo(RandomFeatureLimit.risk(target, relu, law, 1), within(0.04));
    }

    @Test
    void mixtures() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.3, 0.2, -0.1, 0.4);
        WeightLaw law = WeightLaw.diagonal(0.4, 0.3, 0.2, 0.1);
        double zeta1 = 4 * (0.16 + 0.09 + 0.04 + 0.01) / 2;
        double zeta2 = 4 * Math.pow(0.12 + 0.06 - 0.02 + 0.04, 2) / 4;
        assertThat(RandomFeatureLimit.zeta1(mixture, law)).isCloseTo(zeta1, within(1e-15));
        assertThat(RandomFeatureLimit.zeta2(mixture, law)).isCloseTo(zeta2, within(1e-15));
        double strength = 0.5 / 2 * 4; // psi l_2^2 at rho = 1/2
        assertThat(RandomFeatureLimit.risk(mixture, SQUARE, law, 0.5))
                .isCloseTo((1 + strength * zeta1) / (1 + strength * (zeta1 + zeta2)), within(1e-15));
    }

    @Test
    void affineActivationsHaveNoLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureLimit.risk(
                        QuadraticTarget.diagonal(1, 2), new Quadratic(1, 0), WeightLaw.isotropic(2), 1))
                .withMessageContaining("nonlinearity = 0.0");
    }
}
