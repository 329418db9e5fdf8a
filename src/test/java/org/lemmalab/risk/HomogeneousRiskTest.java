package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;

class HomogeneousRiskTest {
    /** In space the length on a line is uniform on [0, 1]. */
    private static final ProjectedLength UNIFORM = new ProjectedLength(3, 1);

    @Test
    void absoluteDeviationOfUniformLengths() {
        HomogeneousRisk risk = new HomogeneousRisk(new AbsoluteDeviation(0), 1);
        // E |a r - 1| = a/2 - 1 + 1/a for a >= 1, least at sqrt 2
        assertThat(risk.minimiser(UNIFORM)).isCloseTo(Math.sqrt(2), within(1e-10));
        assertThat(risk.least(UNIFORM)).isCloseTo(Math.sqrt(2) - 1, within(1e-12));
    }

    @Test
    void hingeOfUniformLengths() {
        HomogeneousRisk risk = new HomogeneousRisk(HingeLoss.INSTANCE, 0.75);
        // 3/4 * 1/(2a) + 1/4 (1 + a/2) for a >= 1, least at sqrt 3
        assertThat(risk.least(UNIFORM)).isCloseTo(0.25 + Math.sqrt(3) / 4, within(1e-12));
        assertThat(risk.ofConstant(1)).isEqualTo(0.5);
        HomogeneousRisk reflected = new HomogeneousRisk(HingeLoss.INSTANCE, 0.25);
        assertThat(reflected.minimiser(UNIFORM)).isCloseTo(-Math.sqrt(3), within(1e-10));
        assertThat(reflected.least(UNIFORM)).isCloseTo(risk.least(UNIFORM), within(1e-12));
    }

    @Test
    void logisticLossAgainstAGrid() {
        HomogeneousRisk risk = new HomogeneousRisk(LogisticLoss.INSTANCE, 0.7);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 400; i++) {
            double a = i / 100.0;
            double mean = 0;
            for (int j = 0; j < 1000; j++) { // midpoints: error g''/24 1e-6
                mean += risk.ofConstant(a * (j + 0.5) / 1000) / 1000;
            }
            least = Math.min(least, mean);
        }
        assertThat(risk.least(UNIFORM)).isCloseTo(least, within(1e-5)).isLessThan(least + 1e-7);
    }

    @Test
    void allDimensionsReachTheBestConstantAndSureLabelsOfTheHingeCostNothing() {
        assertThat(new HomogeneousRisk(HingeLoss.INSTANCE, 0.75).least(new ProjectedLength(4, 4)))
                .isCloseTo(0.5, within(1e-9));
        HomogeneousRisk sure = new HomogeneousRisk(HingeLoss.INSTANCE, 1);
        assertThat(sure.minimiser(UNIFORM)).isGreaterThan(1e6);
        assertThat(sure.least(UNIFORM)).isBetween(0.0, 0.5e-6);
        assertThat(new HomogeneousRisk(HingeLoss.INSTANCE, 0.5).minimiser(UNIFORM))
                .isZero();
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new HomogeneousRisk(HingeLoss.INSTANCE, 1.5))
                .hasMessage("positive = 1.5, allowed: 0 to 1");
    }
}
