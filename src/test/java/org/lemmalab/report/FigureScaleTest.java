package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lemmalab.claim.Figure.Axis;

class FigureScaleTest {

    private static final Axis LOGARITHMIC = new Axis("m", true);
    private static final double[] NONE = {};

    @Test
    void marksTheSizesOfALadder() {
        double[] sizes = {64, 128, 256, 4096};
        assertThat(FigureScale.of(LOGARITHMIC, sizes, sizes).markLabels()).containsExactly("64", "128", "256", "4,096");
    }

    @Test
    void marksDecadesWhenThereAreMany() {
        double[] values = {1e-8, 2, 3e5};
        assertThat(FigureScale.of(LOGARITHMIC, values, NONE).markLabels())
                .containsExactly("10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1", "100", "10,000");
    }

    @Test
    void marksWhatHardlyVariesOnAFactorOfTwo() {
        FigureScale scale = FigureScale.of(LOGARITHMIC, new double[] {12.5, 12.6}, NONE);
        assertThat(scale.high() / scale.low()).isBetween(1.999, 2.001);
        assertThat(scale.markLabels()).containsExactly("10", "12", "14", "16");
    }

    @Test
    void leavesOutWhatHasNoLogarithm() {
        FigureScale scale = FigureScale.of(LOGARITHMIC, new double[] {-1, 0, Double.NaN, 5, 500}, NONE);
        assertThat(scale.low()).isEqualTo(5);
        assertThat(scale.shows(-1)).isFalse();
        assertThat(scale.position(-1)).isEqualTo(Math.log10(5));
    }
}
