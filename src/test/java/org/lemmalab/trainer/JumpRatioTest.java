package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.numeric.GaussianIntegral;

class JumpRatioTest {
    @Test
    void agreesWithTheOneDimensionalFormulaForTheAbsoluteValue() {
        for (double rho : new double[] {0.02, 0.1161, 0.5, 1.5}) {
            for (double t : new double[] {0.01, 0.1161, 0.276, 1}) {
                double scale = Math.sqrt(1 + rho * rho);
                double knee = t / scale;
                double inner = 5 * rho;
                double expected = GaussianIntegral.expectation(
                                z -> Math.min(scale * Math.abs(z), t) * Erf.erf(Math.abs(z) / (rho * Math.sqrt(2))),
                                0,
                                knee,
                                -knee,
                                inner,
                                -inner,
                                rho,
                                -rho)
                        / t;
                assertThat(JumpRatio.of(AbsoluteValue.INSTANCE, rho * rho, t))
                        .as("rho = %s, t = %s", rho, t)
                        .isCloseTo(expected, within(1e-9));
            }
        }
    }

    @Test
    void agreesWithKnownValues() {
        double rho = Math.sqrt(5503) * Math.log(5504) / 5504;
        double t = Math.log(5504) / Math.sqrt(5504);
        assertThat(JumpRatio.of(AbsoluteValue.INSTANCE, rho * rho, t)).isCloseTo(0.914852, within(1e-6));
        assertThat(JumpRatio.of(AbsoluteValue.INSTANCE, 0, 0.25)).isCloseTo(0.900780657422821, within(1e-12));
        double cut = Math.pow(Math.log(512) / 512, 2) * 172 * 2.954143;
        assertThat(JumpRatio.of(BalancedActivations.CUT_SQUARE, cut, Math.log(512) / Math.sqrt(512)))
                .isCloseTo(2.29679961, within(1e-8));
        assertThat(JumpRatio.of(DecentActivation.IDENTITY, 0.3, 0.7)).isCloseTo(1, within(1e-12));
        assertThat(JumpRatio.of(Quadratic.SQUARE, 0.3, 0.7)).isCloseTo(4, within(1e-11));
    }

    @Test
    void agreesWithTheOneDimensionalFormulaForTheCosine() {
        double expected =
                Math.exp(-0.15) * GaussianIntegral.expectation(u -> Math.sin(u) * Math.sin(0.7 * Math.sin(u))) / 0.7;
        assertThat(JumpRatio.of(BalancedActivations.COSINE, 0.3, 0.7)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void reluHasHalfTheJumpOfTheIdentityAndHalfOfTheAbsoluteValueSquared() {
        // relu = (z + |z|)/2; for U < 0 it does not move, for U > 0 like |z|/2 + z/2
        double relu = JumpRatio.of(DecentActivation.RELU, 0.09, 0.2);
        double absolute = JumpRatio.of(AbsoluteValue.INSTANCE, 0.09, 0.2);
        assertThat(relu).isCloseTo((1 + absolute) / 4, within(1e-10));
    }

    @Test
    void tendsToTheMeanSquaredSlope() {
        for (DecentActivation s : BalancedActivations.KINKED) {
            assertThat(JumpRatio.of(s, 1e-8, 1e-4))
                    .as(s.name())
                    .isCloseTo(GaussianMoments.of(s).squaredSlope(), within(0.002));
        }
    }

    @Test
    void rejectsBadInput() {
        assertThatIllegalArgumentException().isThrownBy(() -> JumpRatio.of(AbsoluteValue.INSTANCE, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> JumpRatio.of(AbsoluteValue.INSTANCE, 1, 0));
    }
}
