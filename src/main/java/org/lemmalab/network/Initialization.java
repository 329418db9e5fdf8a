package org.lemmalab.network;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Relu;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/** Random initialisations of a network. */
public final class Initialization {

    private Initialization() {}

    /**
     * A ReLU network with {@code w_r ~ N(0, kappa^2 I)} and fair signs {@code a_r}, all independent (A19 (1)).
     *
     * @param m width, at least 1
     * @param d dimension, at least 1
     * @param kappa standard deviation of a weight, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is not allowed
     */
    public static NormalizedNetwork gaussian(int m, int d, double kappa, RandomStream stream) {
        Arguments.atLeast("m", m, 1);
        Arguments.atLeast("d", d, 1);
        Arguments.positive("kappa", kappa);
        double[] weights = stream.part("weights").gaussians(Math.multiplyExact(m, d));
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= kappa;
        }
        return new NormalizedNetwork(
                DMatrixRMaj.wrap(m, d, weights), stream.part("signs").signs(m), Relu.INSTANCE);
    }

    /**
     * Xavier initialization with zero outputs, {@code I(d, q, B)} (D19 section 2.3): {@code W = [W'; W']} with q rows {@code N(0, I)},
     * {@code u = (B, ..., B, -B, ..., -B)}, so that {@code h = 0}.
     *
     * @param q half the number of neurons, at least 1
     * @param d dimension, at least 1
     * @param scale B, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is not allowed
     */
    public static TwoLayerNetwork paired(int q, int d, double scale, Activation activation, RandomStream stream) {
        Arguments.atLeast("q", q, 1);
        Arguments.atLeast("d", d, 1);
        Arguments.positive("scale", scale);
        int half = Math.multiplyExact(q, d);
        double[] weights = Arrays.copyOf(stream.gaussians(half), Math.multiplyExact(2, half));
        System.arraycopy(weights, 0, weights, half, half);
        double[] outputs = new double[2 * q];
        Arrays.fill(outputs, 0, q, scale);
        Arrays.fill(outputs, q, 2 * q, -scale);
        return new TwoLayerNetwork(DMatrixRMaj.wrap(2 * q, d, weights), outputs, activation);
    }
}
