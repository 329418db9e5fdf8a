package org.lemmalab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class TwoLayerNetworkTest {
    private static final double STEP = 1e-5;
    /** {@code STEP^2/6} times a third derivative below 50, and {@code 2^-53 / STEP} times values below 50. */
    private static final double DIFFERENCES = 3e-9;

    private final RandomStream stream = RandomStream.of(1, "TwoLayerNetworkTest");
    private final DMatrixRMaj points = PointLaw.SPHERE.rows(6, 4, stream);
    private final TwoLayerNetwork network = new TwoLayerNetwork(
            PointLaw.GAUSSIAN.rows(3, 4, stream), new double[] {0.7, -2, 1.3}, DecentActivation.TANH);

    @Test
    void predictsTheSumOverItsNeurons() {
        double[] predictions = network.predict(points);
        for (int i = 0; i < points.numRows; i++) {
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                double z = 0;
                for (int k = 0; k < 4; k++) {
                    z += network.weights().get(r, k) * points.get(i, k);
                }
                sum += network.outputs()[r] * Math.tanh(z);
            }
            assertThat(predictions[i]).isCloseTo(sum, within(1e-14)); // 15 roundings of numbers below 4
        }
    }

    @Test
    void gradientsAreThoseOfTheWeightedSumOfPredictions() {
        double[] c = stream.gaussians(points.numRows);
        ToDoubleFunction<TwoLayerNetwork> sum = net -> LinearAlgebra.dot(c, net.predict(points));
        DMatrixRMaj weights = network.weightGradient(points, c);
        for (int k = 0; k < weights.getNumElements(); k++) {
            double slope = (sum.applyAsDouble(moved(k, STEP)) - sum.applyAsDouble(moved(k, -STEP))) / (2 * STEP);
            assertThat(weights.data[k]).isCloseTo(slope, within(DIFFERENCES));
        }
        double[] outputs = network.outputGradient(points, c);
        for (int r = 0; r < outputs.length; r++) {
            double[] unit = new double[outputs.length];
            unit[r] = 1; // the sum is linear in the outputs
            TwoLayerNetwork neuron = new TwoLayerNetwork(network.weights(), unit, network.activation());
            assertThat(outputs[r]).isCloseTo(sum.applyAsDouble(neuron), within(1e-13));
        }
    }

    @Test
    void biasesShiftThePreactivationsAndCountInTheTotalWeight() {
        double[] biases = {0.5, 0, -3};
        TwoLayerNetwork shifted =
                new TwoLayerNetwork(network.weights(), biases, network.outputs(), network.activation());
        double weight = 0;
        for (int r = 0; r < 3; r++) {
            double squares = biases[r] * biases[r];
            for (int k = 0; k < 4; k++) {
                squares += Math.pow(network.weights().get(r, k), 2);
            }
            weight += Math.abs(network.outputs()[r]) * Math.sqrt(squares);
            for (int i = 0; i < points.numRows; i++) {
                assertThat(shifted.preactivations(points).get(r, i))
                        .isEqualTo(network.preactivations(points).get(r, i) + biases[r]);
            }
        }
        assertThat(shifted.totalWeight()).isCloseTo(weight, within(1e-14)); // three terms below 10
    }

    @Test
    void pairedNetworksStartAtZero() {
        TwoLayerNetwork paired = Initialization.paired(5, 4, 1000, DecentActivation.SOFTPLUS, stream.part("paired"));
        assertThat(paired.width()).isEqualTo(10);
        assertThat(paired.dimension()).isEqualTo(4);
        for (int r = 0; r < 5; r++) {
            assertThat(paired.outputs()[r]).isEqualTo(1000);
            assertThat(paired.outputs()[r + 5]).isEqualTo(-1000);
            for (int k = 0; k < 4; k++) {
                assertThat(paired.weights().get(r + 5, k))
                        .isEqualTo(paired.weights().get(r, k));
            }
        }
        assertThat(paired.weights().data).hasSize(40);
        for (double value : paired.predict(points)) {
            assertThat(value).isCloseTo(0, within(1e-10)); // 10 terms below 1000 * 4, each exact to 2^-52
        }
    }

    @Test
    void pairedWeightsAreStandardNormal() {
        double[] half = Arrays.copyOf(
                Initialization.paired(500, 20, 1, DecentActivation.RELU, stream.part("normal"))
                        .weights()
                        .data,
                10_000);
        double mean = 0;
        double square = 0;
        for (double w : half) {
            mean += w / half.length;
            square += w * w / half.length;
        }
        assertThat(mean).isCloseTo(0, within(0.06)); // six standard errors
        assertThat(square).isCloseTo(1, within(0.085));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new TwoLayerNetwork(new DMatrixRMaj(3, 2), new double[2], DecentActivation.RELU))
                .hasMessage("length of outputs = 2, allowed: rows of weights = 3");
        assertThatThrownBy(() -> new TwoLayerNetwork(new DMatrixRMaj(0, 2), new double[0], DecentActivation.RELU))
                .hasMessage("rows of weights = 0, allowed: >= 1");
        assertThatThrownBy(() -> network.predict(new DMatrixRMaj(2, 3)))
                .hasMessage("columns of points = 3, allowed: columns of weights = 4");
        assertThatThrownBy(() -> network.weightGradient(points, new double[5]))
                .hasMessage("length of c = 5, allowed: rows of points = 6");
        assertThatThrownBy(() -> network.outputGradient(points, new double[7]))
                .hasMessage("length of c = 7, allowed: rows of points = 6");
        assertThatThrownBy(() -> Initialization.paired(0, 4, 1, DecentActivation.RELU, stream))
                .hasMessage("q = 0, allowed: >= 1");
        assertThatThrownBy(() -> Initialization.paired(1, 0, 1, DecentActivation.RELU, stream))
                .hasMessage("d = 0, allowed: >= 1");
        assertThatThrownBy(() -> Initialization.paired(1, 1, 0, DecentActivation.RELU, stream))
                .hasMessage("scale = 0.0, allowed: finite and > 0");
    }

    private TwoLayerNetwork moved(int k, double by) {
        DMatrixRMaj weights = network.weights().copy();
        weights.data[k] += by;
        return new TwoLayerNetwork(weights, network.outputs(), network.activation());
    }
}
