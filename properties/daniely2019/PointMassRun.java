package daniely2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.RandomFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.RandomFeatureDescent;

/**
 * The instance for which the bound on stochastic gradient descent is sharp: {@code psi(omega, x) = C x}, the distribution a point {@code (x0, M C)}, the loss
 * {@code L |u - y|}, {@code f*(x) = M C <x0, x>} of norm M and loss 0. The prediction climbs by {@code eta L C^2} a step.
 *
 * @param lipschitz L
 * @param features C
 * @param norm M
 */
record PointMassRun(double lipschitz, double features, double norm) {
    /** {@code psi(omega, x) = C x}. */
    private record Scheme(double size) implements RandomFeatureScheme {
        @Override
        public DMatrixRMaj draw(int q, RandomStream stream) {
            return new DMatrixRMaj(q, 1);
        }

        @Override
        public DMatrixRMaj features(DMatrixRMaj omegas, int row, DMatrixRMaj points) {
            DMatrixRMaj features = points.copy();
            for (int k = 0; k < features.getNumElements(); k++) {
                features.data[k] *= size;
            }
            return features;
        }
    }

    /** What a run showed: the mean loss of {@code v_1, ..., v_T}, and the largest gradient. */
    record Outcome(double meanLoss, double largestGradient) {}

    /** {@code eta = M / (sqrt(T) L C)}. */
    double tunedRate(int steps) {
        return norm / (Math.sqrt(steps) * lipschitz * features);
    }

    /** {@code L C M}. */
    double scale() {
        return lipschitz * features * norm;
    }

    /** T steps at a rate. */
    Outcome run(int steps, double eta) {
        DMatrixRMaj x = DMatrixRMaj.wrap(1, 2, new double[] {0.6, 0.8});
        double[] y = {norm * features};
        RandomFeatureDescent trainer = new RandomFeatureDescent(
                new RandomEmbedding(new Scheme(features), new DMatrixRMaj(1, 1)),
                new AbsoluteDeviation(0).times(lipschitz),
                eta);
        double loss = 0;
        double gradient = 0;
        double[] last = new double[2];
        for (int t = 0; t < steps; t++) {
            loss += lipschitz * Math.abs(trainer.step(x, y)[0] - y[0]) / steps;
            double[] next = trainer.coefficients();
            gradient =
                    Math.max(gradient, LinearAlgebra.norm(new double[] {next[0] - last[0], next[1] - last[1]}) / eta);
            last = next;
        }
        return new Outcome(loss, gradient);
    }
}
