package org.lemmalab.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;

class NetworkBallTest {
    private static final RandomStream STREAM = RandomStream.of(1, "NetworkBallTest");

    @Test
    void memberStopsAtBothRadii() {
        NormalizedNetwork center = Initialization.gaussian(3, 2, 1, STREAM.part("member"));
        NetworkBall ball = new NetworkBall(center, 1, 5);
        double[] w = ball.member(new double[] {0.3, 0.4, 0, 0.05, 0, 0}).weights().data;
        double[] w0 = center.weights().data;
        // norms 0.5 and 0.05 become 1 instead of 4.97, and 0.497
        assertThat(Math.hypot(w[0] - w0[0], w[1] - w0[1])).isEqualTo(1, within(1e-15));
        assertThat(w[3] - w0[3]).isEqualTo(5 * 0.05 / Math.sqrt(0.2525), within(1e-15));
        assertThat(w[4]).isEqualTo(w0[4]);
        assertThat(ball.member(new double[6]).weights().data).containsExactly(w0);
    }

    @Test
    void activeNeuronsAndOnePointAttainTheLinearBound() {
        // all neurons active: R_S = B |Z| / n = B sqrt(n/n) / n for n = 1
        NormalizedNetwork center =
                new NormalizedNetwork(new DMatrixRMaj(2, 1, true, 3, 4), new double[] {1, -1}, Relu.INSTANCE);
        DMatrixRMaj point = new DMatrixRMaj(1, 1, true, 1);
        assertThat(new NetworkBall(center, 1, 0.5).tangentLowerBound(point)).isEqualTo(0.5, within(1e-15));
        assertThat(new NetworkBall(center, 0.1, 0.5).tangentLowerBound(point))
                .as("each neuron moves by 0.1")
                .isEqualTo(0.2 / Math.sqrt(2), within(1e-15));
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        NormalizedNetwork center = Initialization.gaussian(3, 2, 1, STREAM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkBall(center, 0, 1))
                .withMessage("neuronRadius = 0.0, allowed: finite and > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkBall(center, 1, Double.NaN))
                .withMessageContaining("radius = NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkBall(center, 1, 1).member(new double[5]))
                .withMessage("length of direction = 5, allowed: entries of weights = 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkBall(center, 1, 1).tangentLowerBound(new DMatrixRMaj(21, 2)))
                .withMessage("n = 21, allowed: 0 to 20");
    }
}
