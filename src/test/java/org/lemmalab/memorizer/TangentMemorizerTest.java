package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class TangentMemorizerTest {
    private final RandomStream stream = RandomStream.of(4, "TangentMemorizerTest");

    @Test
    void memorizesTwoThousandPointsInFiftyDimensions() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(2000, 50, stream);
        double[] y = stream.part("y").signs(2000);
        TangentMemorizer memorizer =
                new TangentMemorizer(points, y, Relu.INSTANCE, TangentMemorizer.learningRate(points), stream);
        double error = 1;
        for (int k = 0; k < 20; k++) {
            memorizer.step();
            assertThat(memorizer.error()).isLessThanOrEqualTo(error); // B20 (11)
            error = memorizer.error();
        }
        TwoLayerNetwork network = memorizer.run(0.05, 10_000).network();
        double[] f = network.predict(points);
        double squares = 0;
        for (int i = 0; i < 2000; i++) {
            squares += Math.pow(f[i] - y[i], 2);
        }
        // a total weight below 1e7 times 2^-53, ten roundings
        assertThat(squares / 2000).isCloseTo(memorizer.error(), within(1e-8));
    }

    @Test
    void learningRateIsTheInverseOfTheLargestEigenvalue() {
        DMatrixRMaj tall = new DMatrixRMaj(new double[][] {{3, 0}, {0, 2}, {0, 1}});
        DMatrixRMaj wide = new DMatrixRMaj(new double[][] {{0, 4, 0}});
        assertThat(TangentMemorizer.learningRate(tall)).isCloseTo(1.0 / 9, within(1e-15));
        assertThat(TangentMemorizer.learningRate(wide)).isCloseTo(1.0 / 16, within(1e-15));
    }

    @Test
    void smoothActivationsMemorizeOrthogonalPoints() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        double[] y = {1, -2, 0.5};
        TangentMemorizer memorizer =
                new TangentMemorizer(points, y, DecentActivation.SINE, 0.5, stream).run(1e-6, 1000);
        double[] f = memorizer.network().predict(points);
        double[] missed = {f[0] - 1, f[1] + 2, f[2] - 0.5};
        // the network's rounding: total weight / delta * 2^-53
        assertThat(LinearAlgebra.dot(missed, missed) / LinearAlgebra.dot(y, y)).isLessThan(1.01e-6);
    }

    @Test
    void badInputIsRefused() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1, 0}, {1, 0}});
        assertThatThrownBy(() -> new TangentMemorizer(points, new double[1], Relu.INSTANCE, 1, stream))
                .hasMessageContaining("labels");
        assertThatThrownBy(() -> new TangentMemorizer(points, new double[] {1, Double.NaN}, Relu.INSTANCE, 1, stream))
                .hasMessageContaining("labels[1] = NaN");
        assertThatThrownBy(() -> new TangentMemorizer(points, new double[2], Relu.INSTANCE, 1, stream))
                .hasMessageContaining("norm of labels");
        assertThatThrownBy(() -> new TangentMemorizer(new DMatrixRMaj(0, 2), new double[0], Relu.INSTANCE, 1, stream))
                .hasMessageContaining("rows of points = 0");
        assertThatThrownBy(
                        () -> new TangentMemorizer(points, new double[] {1, 1}, DecentActivation.HARD_TANH, 1, stream))
                .hasMessageContaining("kink at -1");
        TangentMemorizer impossible = new TangentMemorizer(points, new double[] {1, -1}, Relu.INSTANCE, 0.5, stream);
        assertThatThrownBy(() -> impossible.run(0.5, 50)).hasMessageContaining("equal rows 0 and 1");
        TangentMemorizer slow = new TangentMemorizer(points, new double[] {1, 1}, Relu.INSTANCE, 1e-3, stream);
        assertThatThrownBy(() -> slow.run(0.5, 3))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("allow more steps");
        assertThatThrownBy(() -> slow.run(1, 50)).hasMessageContaining("eps = 1.0");
        TangentMemorizer fresh = new TangentMemorizer(points, new double[] {1, 1}, Relu.INSTANCE, 1e-3, stream);
        assertThatThrownBy(fresh::network).isInstanceOf(IllegalStateException.class);
    }
}
