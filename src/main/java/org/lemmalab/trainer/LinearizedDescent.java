package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.network.ForwardPass;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * Gradient descent on the network's linearization in the hidden layer, {@code <V, Psi_W(x)>} with {@code Psi_W(x) = (u_i s'(<w_i, x>) x)_i}, from
 * {@code V = 0} (D19, Algorithm 3).
 */
public final class LinearizedDescent implements StochasticTrainer {
    private final TwoLayerNetwork network;
    private final ConvexLoss loss;
    private final double eta;
    private final DMatrixRMaj v;

    /**
     * Linearizes at a network.
     *
     * @param network where; kept, not modified
     * @param eta learning rate, finite and {@code > 0}
     * @throws IllegalArgumentException if it is not
     */
    public LinearizedDescent(TwoLayerNetwork network, ConvexLoss loss, double eta) {
        this.network = network;
        this.loss = loss;
        this.eta = Arguments.positive("eta", eta);
        this.v = new DMatrixRMaj(network.width(), network.dimension());
    }

    @Override
    public double[] step(DMatrixRMaj points, double[] labels) {
        ForwardPass pass = network.forward(points);
        double[] predictions = predictions(pass, points);
        CommonOps_DDRM.addEquals(v, pass.weightGradient(BatchGradient.steps(loss, eta, predictions, labels)));
        return predictions;
    }

    @Override
    public double[] predict(DMatrixRMaj points) {
        return predictions(network.forward(points), points);
    }

    private double[] predictions(ForwardPass pass, DMatrixRMaj points) {
        DMatrixRMaj slopes = pass.slopes();
        DMatrixRMaj inner = LinearAlgebra.productTransB(v, points);
        int n = points.numRows;
        double[] predictions = new double[n];
        for (int r = 0; r < network.width(); r++) {
            for (int i = 0; i < n; i++) {
                predictions[i] += network.outputs()[r] * slopes.data[r * n + i] * inner.data[r * n + i];
            }
        }
        return predictions;
    }

    /** V, the shape of W; not a copy. */
    public DMatrixRMaj direction() {
        return v;
    }
}
