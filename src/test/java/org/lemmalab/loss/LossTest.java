package org.lemmalab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LossTest {

    @Test
    void rampFallsFromOneToZeroAcrossTheMargin() {
        Loss ramp = new RampLoss(1);
        assertThat(ramp.value(-2, 1)).isEqualTo(1);
        assertThat(ramp.value(0, 1)).isEqualTo(1);
        assertThat(ramp.value(0.25, 1)).isEqualTo(0.75);
        assertThat(ramp.value(1, 1)).isEqualTo(0);
        assertThat(ramp.value(3, 1)).isEqualTo(0);
        assertThat(ramp.value(-0.25, -1)).isEqualTo(0.75);
        assertThat(new RampLoss(0.5).value(0.25, 1)).isEqualTo(0.5);
        assertThat(new RampLoss(0.5).lipschitz()).isEqualTo(2);
    }

    @Test
    void absoluteStopsAtTheCeiling() {
        assertThat(new AbsoluteLoss(1).value(0.75, -0.25)).isEqualTo(1);
        assertThat(new AbsoluteLoss(1).value(-3, 1)).isEqualTo(1);
        assertThat(new AbsoluteLoss(Double.POSITIVE_INFINITY).value(-3, 1)).isEqualTo(4);
        assertThat(new AbsoluteLoss(1).value(0.3, 0.3)).isEqualTo(0);
    }

    @Test
    void zeroIsAnErrorForBothLabels() {
        Loss loss = ZeroOneLoss.INSTANCE;
        assertThat(loss.value(0, 1)).isEqualTo(1);
        assertThat(loss.value(-0.0, -1)).isEqualTo(1);
        assertThat(loss.value(2, -1)).isEqualTo(1);
        assertThat(loss.value(-1e-300, -1)).isEqualTo(0);
        assertThat(loss.lipschitz()).isInfinite();
    }

    @Test
    void meanIsOverThePairs() {
        assertThat(new AbsoluteLoss(1).mean(new double[] {0, 1, 5}, new double[] {0.5, 1, 1}))
                .isEqualTo(0.5);
    }

    @Test
    void namesTellTheParameters() {
        assertThat(new RampLoss(1).name()).isEqualTo("ramp");
        assertThat(new RampLoss(0.5).name()).isEqualTo("ramp of margin 0.5");
        assertThat(new AbsoluteLoss(1).name()).isEqualTo("absolute up to 1.0");
        assertThat(new AbsoluteLoss(Double.POSITIVE_INFINITY).name()).isEqualTo("absolute");
        assertThat(ZeroOneLoss.INSTANCE.name()).isEqualTo("zero-one");
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RampLoss(0))
                .withMessage("margin = 0.0, allowed: finite and > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AbsoluteLoss(Double.NaN))
                .withMessage("ceiling = NaN, allowed: > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZeroOneLoss.INSTANCE.mean(new double[2], new double[1]))
                .withMessage("length of y = 1, allowed: length of u = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZeroOneLoss.INSTANCE.mean(new double[0], new double[0]))
                .withMessageContaining("length of u = 0");
    }
}
