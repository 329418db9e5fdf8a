package org.lemmalab.network;

import org.ejml.data.DMatrixRMaj;
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
    public static TwoLayerNetwork gaussian(int m, int d, double kappa, RandomStream stream) {
        Arguments.atLeast("m", m, 1);
        Arguments.atLeast("d", d, 1);
        Arguments.positive("kappa", kappa);
        double[] weights = stream.part("weights").gaussians(Math.multiplyExact(m, d));
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= kappa;
        }
        return new TwoLayerNetwork(
                DMatrixRMaj.wrap(m, d, weights), stream.part("signs").signs(m), Relu.INSTANCE);
    }
}
