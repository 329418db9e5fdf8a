package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.network.ForwardPass;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;

/** Gradient descent on both layers of a network (D19, Algorithm 1). */
public final class NetworkDescent implements StochasticTrainer {
    private final ConvexLoss loss;
    private final double eta;
    private TwoLayerNetwork network;

    /**
     * Starts at a network.
     *
     * @param initial not modified
     * @param eta learning rate, finite and {@code > 0}
     * @throws IllegalArgumentException if it is not
     */
    public NetworkDescent(TwoLayerNetwork initial, ConvexLoss loss, double eta) {
        this.network = initial;
        this.loss = loss;
        this.eta = Arguments.positive("eta", eta);
    }

    @Override
    public double[] step(DMatrixRMaj points, double[] labels) {
        ForwardPass pass = network.forward(points);
        double[] predictions = pass.predictions();
        double[] steps = BatchGradient.steps(loss, eta, predictions, labels);
        DMatrixRMaj weights = pass.weightGradient(steps);
        CommonOps_DDRM.addEquals(weights, network.weights());
        double[] outputs = pass.outputGradient(steps);
        for (int r = 0; r < outputs.length; r++) {
            outputs[r] += network.outputs()[r];
        }
        network = new TwoLayerNetwork(weights, network.biases(), outputs, network.activation());
        return predictions;
    }

    @Override
    public double[] predict(DMatrixRMaj points) {
        return network.predict(points);
    }

    /** The present network. */
    public TwoLayerNetwork network() {
        return network;
    }
}
