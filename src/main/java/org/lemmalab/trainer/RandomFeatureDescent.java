package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.numeric.Arguments;

/** Gradient descent on {@code <v, Psi(x)>} from {@code v = 0}, with a random embedding Psi (D19, Algorithm 2). */
public final class RandomFeatureDescent implements StochasticTrainer {
    private final RandomEmbedding embedding;
    private final ConvexLoss loss;
    private final double eta;
    private double[] v = new double[0];

    /** @throws IllegalArgumentException unless the learning rate is finite and {@code > 0} */
    public RandomFeatureDescent(RandomEmbedding embedding, ConvexLoss loss, double eta) {
        this.embedding = embedding;
        this.loss = loss;
        this.eta = Arguments.positive("eta", eta);
    }

    @Override
    public double[] step(DMatrixRMaj points, double[] labels) {
        DMatrixRMaj features = embedding.features(points);
        double[] predictions = predictions(features);
        double[] move = LinearAlgebra.productTransA(features, BatchGradient.steps(loss, eta, predictions, labels));
        for (int k = 0; k < move.length && v.length > 0; k++) {
            move[k] += v[k];
        }
        v = move;
        return predictions;
    }

    @Override
    public double[] predict(DMatrixRMaj points) {
        return predictions(embedding.features(points));
    }

    /** The coefficients v, length q k; empty before the first step, when they are 0. */
    public double[] coefficients() {
        return v.clone();
    }

    private double[] predictions(DMatrixRMaj features) {
        return v.length == 0 ? new double[features.numRows] : LinearAlgebra.product(features, v);
    }
}
