package org.lemmalab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Relu;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class NormalizedNetworkTest {

    private final RandomStream stream = RandomStream.of(1, "NormalizedNetworkTest");

    @Test
    void predictionByHand() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0}, {0, 2}, {-1, 0}, {0, -1}});
        NormalizedNetwork network = new NormalizedNetwork(weights, new double[] {1, -1, 1, -1}, Relu.INSTANCE);
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0.6, 0.8}, {-1, 0}});
        assertThat(network.predict(points)).containsExactly((0.6 - 1.6) / 2, 0.5);
        assertThat(network.loss(points, new double[] {0.5, 0.5})).isEqualTo(0.5);
    }

    @Test
    void gradientAgreesWithFiniteDifferences() {
        double h = 1e-6;
        for (double kappa : new double[] {0.05, 0.7, 1}) {
            NormalizedNetwork network = Initialization.gaussian(5, 3, kappa, stream.part("w" + kappa));
            DMatrixRMaj points = PointLaw.SPHERE.rows(4, 3, stream);
            double[] y = stream.signs(4);
            for (double p : network.preactivations(points).data) {
                assertThat(Math.abs(p))
                        .isGreaterThan(2 * h); // no kink inside the difference, so the loss is quadratic there
            }
            double[] gradient = network.gradient(points, y).data;
            double[] weights = network.weights().data;
            double tolerance = 4 * 5 * 3 * 0x1p-52 * network.loss(points, y) / h; // round-off of two losses over 2 h
            for (int k = 0; k < gradient.length; k++) {
                double weight = weights[k];
                weights[k] = weight + h;
                double above = network.loss(points, y);
                weights[k] = weight - h;
                double below = network.loss(points, y);
                weights[k] = weight;
                assertThat(gradient[k]).isCloseTo((above - below) / (2 * h), within(tolerance));
            }
        }
    }

    @Test
    void initializationScalesWithKappaAndKeepsTheSigns() {
        NormalizedNetwork unit = Initialization.gaussian(50, 4, 1, stream.part("init"));
        NormalizedNetwork half = Initialization.gaussian(50, 4, 0.5, stream.part("init"));
        assertThat(half.signs()).isEqualTo(unit.signs()).containsOnly(1, -1);
        for (int k = 0; k < 200; k++) {
            assertThat(half.weights().data[k]).isEqualTo(unit.weights().data[k] / 2);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertRefused(() -> Initialization.gaussian(0, 1, 1, stream), "m = 0, allowed: >= 1");
        assertRefused(() -> Initialization.gaussian(1, 0, 1, stream), "d = 0, allowed: >= 1");
        assertRefused(() -> Initialization.gaussian(1, 1, 0, stream), "kappa = 0.0, allowed: finite and > 0");
        assertRefused(() -> Initialization.gaussian(1, 1, Double.NaN, stream), "kappa = NaN");
        NormalizedNetwork network = Initialization.gaussian(3, 2, 1, stream);
        assertRefused(
                () -> network.predict(new DMatrixRMaj(1, 3)), "columns of points = 3, allowed: columns of weights = 2");
        assertRefused(
                () -> network.loss(new DMatrixRMaj(1, 2), new double[2]),
                "length of y = 2, allowed: rows of points = 1");
        assertRefused(
                () -> new NormalizedNetwork(new DMatrixRMaj(3, 2), new double[2], Relu.INSTANCE),
                "length of signs = 2, allowed: rows of weights = 3");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
