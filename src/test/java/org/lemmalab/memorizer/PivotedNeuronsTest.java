package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class PivotedNeuronsTest {
    @Test
    void picksTheOnlyIndependentCandidates() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0}, {1}, {2}});
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1}, {2}, {1}, {-1}, {1}});
        double[] biases = {1, 2, 0, -5, -1}; // (1 2 3), (2 4 6), (0 1 2), (0 0 0), (0 0 1)
        PivotedNeurons neurons = new PivotedNeurons(points, weights, biases, Relu.INSTANCE);
        TwoLayerNetwork network = neurons.fit(new double[] {3, -1, 4}, 3);
        assertThat(network.width()).isEqualTo(3);
        assertThat(network.predict(points)).containsExactly(new double[] {3, -1, 4}, within(1e-13));
        assertThat(neurons.conditioning()).isBetween(0.05, 0.5);
    }

    @Test
    void parabolasOnALineAreDependent() {
        RandomStream stream = RandomStream.of(1, "PivotedNeuronsTest");
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(4, 1, stream);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(50, 1, stream);
        double[] biases = stream.gaussians(50);
        assertThat(new PivotedNeurons(points, weights, biases, Quadratic.SQUARE).conditioning())
                .isLessThan(1e-14);
        assertThat(new PivotedNeurons(points, weights, biases, HyperbolicTangent.INSTANCE).conditioning())
                .isGreaterThan(1e-7);
    }

    @Test
    void fewerNeuronsGiveTheLeastSquaresFit() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1}, {2}});
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1}, {-1}});
        PivotedNeurons neurons = new PivotedNeurons(points, weights, new double[] {0, 1.5}, Relu.INSTANCE);
        double[] fitted = neurons.fit(new double[] {4, 3}, 1).predict(points);
        assertThat(fitted[0] * (4 - fitted[0]) + fitted[1] * (3 - fitted[1])).isCloseTo(0, within(1e-13));
        assertThat(fitted[0]).isGreaterThan(1);
    }

    @Test
    void aPointWithTwoLabelsGetsTheirMean() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1}, {2}, {1}});
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1}, {-1}, {1}});
        PivotedNeurons neurons = new PivotedNeurons(points, weights, new double[] {0, 3, -0.5}, Relu.INSTANCE);
        double[] fitted = neurons.fit(new double[] {5, 7, -1}, 3).predict(points);
        assertThat(fitted).containsExactly(new double[] {2, 7, 2}, within(1e-12));
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1}, {2}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PivotedNeurons(
                        points, new DMatrixRMaj(new double[][] {{-1}, {1}}), new double[2], Relu.INSTANCE))
                .withMessageContaining("candidates with values = 1");
        PivotedNeurons twice = new PivotedNeurons(
                new DMatrixRMaj(new double[][] {{1}, {1}}),
                new DMatrixRMaj(new double[][] {{1}, {2}}),
                new double[2],
                Relu.INSTANCE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twice.fit(new double[3], 1))
                .withMessageContaining("length of y = 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twice.fit(new double[2], 3))
                .withMessageContaining("n - count");
    }
}
