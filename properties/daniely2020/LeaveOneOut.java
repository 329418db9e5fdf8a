package daniely2020;

import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * The step without the last example, {@code eta G~ = c sum_(i < m) y_i (a o s'(W x_i)) x_i^T} with {@code c = ln d/(d sqrt q)}, from
 * {@code W = [I_q 0]}.
 *
 * @param setting of the whole sample
 */
record LeaveOneOut(StepSetting setting) {
    /** The examples that are left. */
    int others() {
        return setting.m() - 1;
    }

    /** {@code eta G~} on a sample of this stream, q x d. */
    DMatrixRMaj draw(RandomStream stream) {
        return step(setting.network(), stream);
    }

    /** The network at {@code W + eta G~} on a sample of this stream. */
    TwoLayerNetwork moved(RandomStream stream) {
        DMatrixRMaj weights = draw(stream);
        for (int j = 0; j < setting.q(); j++) {
            weights.add(j, j, 1);
        }
        return setting.network(weights);
    }

    /** {@code eta g~_1}, drawn alone; {@code w_1 = e_1} and {@code a_1 = 1}. */
    double[] drawNeuron(RandomStream stream) {
        DMatrixRMaj w = new DMatrixRMaj(1, setting.d());
        w.set(0, 0, 1);
        return step(new TwoLayerNetwork(w, new double[] {1 / Math.sqrt(setting.q())}, setting.activation()), stream)
                .data;
    }

    private DMatrixRMaj step(TwoLayerNetwork network, RandomStream stream) {
        if (others() == 0) {
            return new DMatrixRMaj(network.width(), setting.d());
        }
        double rate = Math.log(setting.d()) / setting.d();
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(others(), setting.d(), stream);
        return network.weightGradient(
                points,
                DoubleStream.of(stream.signs(others())).map(y -> rate * y).toArray());
    }

    /** {@code c^2}. */
    double squaredRate() {
        return Math.pow(setting.exampleRate(), 2);
    }

    /** {@code E |eta g~_j|^2 = c^2 (m-1) (E s'(G)^2 G^2 + (d-1) E s'(G)^2)}. */
    double meanSquare() {
        GaussianMoments moments = GaussianMoments.of(setting.activation());
        return squaredRate() * others() * (moments.weightedSlope() + (setting.d() - 1) * moments.squaredSlope());
    }

    /** {@code x = d q/((m-1) ln^2 d)}. */
    double exponent() {
        return 1 / setting.shiftVariance();
    }

    /** {@code |e_1 + g|^2}. */
    static double shiftedSquare(double[] g) {
        return 1 + 2 * g[0] + LinearAlgebra.dot(g, g);
    }

    /** {@code E_x h(x)}, x standard normal: the pre-activations of neuron j are {@code N(0, |v_j|^2)}. */
    static double mean(TwoLayerNetwork network) {
        double sum = 0;
        for (int j = 0; j < network.width(); j++) {
            sum += network.outputs()[j] * mean(network.activation(), network.neuronNorm(j));
        }
        return sum;
    }

    /** {@code E s(r Z)}, Z standard normal. */
    static double mean(Activation s, double r) {
        double[] kinks = r == 0
                ? new double[0]
                : DoubleStream.of(s.kinks()).map(kink -> kink / r).toArray();
        return GaussianIntegral.expectation(z -> s.value(r * z), kinks);
    }
}
