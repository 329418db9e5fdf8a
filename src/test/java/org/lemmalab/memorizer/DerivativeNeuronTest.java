package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.TwoLayerNetwork;

class DerivativeNeuronTest {
    private static final DMatrixRMaj POINTS = new DMatrixRMaj(new double[][] {{2, 0}, {-1, 4}, {0.5, 1}, {3, -2}});
    private static final double[] U = {1, 0};
    private static final double[] V = {1, 1};

    @Test
    void theStepIsHalfTheSmallestQuotient() {
        // distances |x - 1/4| = 7/4, 5/4, 1/4, 11/4; changes |x + y - 1/2| = 3/2, 5/2, 1, 1/2
        assertThat(DerivativeNeuron.exactDelta(POINTS, U, 0.25, V, 0.5)).isEqualTo(0.125);
    }

    @Test
    void withTheExactStepReluGivesTheLimit() {
        DerivativeNeuron f = DerivativeNeuron.exact(POINTS, U, 0.25, V, 0.5);
        double[] expected = {1.5, 0, 1, 0.5};
        assertThat(f.network(Relu.INSTANCE).predict(POINTS))
                .containsExactly(expected, within(1e-14)); // 4 roundings / delta
        assertThat(f.limit(Relu.INSTANCE, POINTS)).containsExactly(expected);
    }

    @Test
    void pointsThatDoNotMoveDoNotLimitTheStep() {
        assertThat(DerivativeNeuron.exactDelta(POINTS, U, 2, new double[] {0, 1}, 0))
                .isEqualTo(0.25); // row 3, not row 0
        assertThat(DerivativeNeuron.exactDelta(POINTS, U, 2, new double[2], 0)).isEqualTo(1);
    }

    @Test
    void aSumHasTwoNeuronsPerTerm() {
        DerivativeNeuron f = new DerivativeNeuron(U, 0.25, V, 0.5, 0.5);
        DerivativeNeuron g = new DerivativeNeuron(V, -1, U, 0, 0.25);
        TwoLayerNetwork sum = DerivativeNeuron.sum(List.of(f, g), new double[] {2, -3}, HyperbolicTangent.INSTANCE);
        assertThat(sum.width()).isEqualTo(4);
        assertThat(sum.outputs()).containsExactly(4, -4, -12, 12);
        double first = (Math.tanh(1.5 * 2 - 0.5) - Math.tanh(2 - 0.25)) / 0.5; // at (2, 0)
        double second = (Math.tanh(1.25 * 2 + 1) - Math.tanh(2 + 1)) / 0.25;
        assertThat(sum.predict(POINTS)[0]).isCloseTo(2 * first - 3 * second, within(1e-14));
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> DerivativeNeuron.exactDelta(POINTS, U, 0.5, V, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> DerivativeNeuron.exactDelta(POINTS, new double[1], 0, V, 0))
                .hasMessageContaining("length of u");
        assertThatThrownBy(() -> new DerivativeNeuron(U, 0, V, 0, 0)).hasMessageContaining("delta");
        assertThatThrownBy(() -> new DerivativeNeuron(U, Double.NaN, V, 0, 1)).hasMessageContaining("b and c");
        assertThatThrownBy(() -> DerivativeNeuron.sum(List.of(), new double[0], Relu.INSTANCE))
                .hasMessageContaining("number of neurons");
    }
}
