package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class ReluNetworkLossTest {
    private static final double C = 0.4;

    private final RandomStream stream = RandomStream.of(1, "ReluNetworkLossTest");
    private final QuadraticTarget target =
            new QuadraticTarget(new DMatrixRMaj(new double[][] {{1, 0.5, 0}, {0.5, -2, 0.1}, {0, 0.1, 0.3}}), 0.7);
    private final DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(4, 3, stream);
    private final double[] a = {0.7, -1.2, 0.4, 0.9};
    private final ReluNetworkLoss loss = new ReluNetworkLoss(target);

    /** 200,000 draws of the squared error; 6 standard errors, estimated from them. */
    @Test
    void agreesWithDraws() {
        DMatrixRMaj points = new DMatrixRMaj(200_000, 3);
        double[] y = target.draw(stream.part("points"), points);
        DMatrixRMaj z = LinearAlgebra.productTransB(points, weights);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            double f = C;
            for (int r = 0; r < a.length; r++) {
                f += a[r] * Math.max(z.get(i, r), 0);
            }
            double error = (y[i] - f) * (y[i] - f);
            sum += error / y.length;
            squares += error * error / y.length;
        }
        assertThat(loss.value(weights, a, C)).isCloseTo(sum, within(6 * Math.sqrt((squares - sum * sum) / y.length)));
    }

    /** Central differences of step 1e-5: an error of 1e-10 times third derivatives, and 1e-15/1e-5 from rounding. */
    @Test
    void gradientAgreesWithDifferences() {
        double h = 1e-5;
        ReluNetworkLoss.Gradient gradient = loss.gradient(weights, a, C);
        for (int k = 0; k < weights.getNumElements(); k++) {
            DMatrixRMaj up = weights.copy();
            DMatrixRMaj down = weights.copy();
            up.data[k] += h;
            down.data[k] -= h;
            assertThat(gradient.weights().data[k])
                    .isCloseTo((loss.value(up, a, C) - loss.value(down, a, C)) / (2 * h), within(1e-7));
        }
        for (int i = 0; i < a.length; i++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[i] += h;
            down[i] -= h;
            assertThat(gradient.secondLayer()[i])
                    .isCloseTo((loss.value(weights, up, C) - loss.value(weights, down, C)) / (2 * h), within(1e-7));
        }
        assertThat(gradient.offset())
                .isCloseTo((loss.value(weights, a, C + h) - loss.value(weights, a, C - h)) / (2 * h), within(1e-7));
    }

    /** In a and c the loss is a quadratic function, whose least value is that of random features with an offset. */
    @Test
    void isNowhereBelowTheBestSecondLayer() {
        double best = RandomFeatureRisk.of(target, Relu.INSTANCE, weights)
                .withOffset()
                .risk();
        for (int i = 0; i < 20; i++) {
            assertThat(loss.value(weights, stream.gaussians(4), stream.gaussian()))
                    .isGreaterThan(best);
        }
        double[] zero = new double[4];
        assertThat(loss.value(weights, zero, 0)).isCloseTo(target.normSquared(), within(1e-12));
    }

    @Test
    void refusesBadInput() {
        assertThatThrownBy(() -> loss.value(weights, Arrays.copyOf(a, 3), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loss.gradient(new DMatrixRMaj(4, 2), a, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 2");
    }
}
