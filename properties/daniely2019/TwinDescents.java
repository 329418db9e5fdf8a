package daniely2019;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.LinearizedDescent;
import org.lemmalab.trainer.NetworkDescent;
import org.lemmalab.trainer.StochasticTrainer;

/**
 * Algorithms 1 and 3 on the same data, start and batches: 8 random unit points with random labels, 15 steps.
 *
 * @param batch examples per step, drawn with replacement
 * @param eta the learning rate of Algorithm 3
 */
record TwinDescents(DecentActivation activation, ConvexLoss loss, int d, int q, int batch, double eta) {
    static final int POINTS = 8;
    static final int STEPS = 15;

    /** One draw of the data, the start and the batches. */
    final class Draw {
        private final DMatrixRMaj points;
        private final double[] labels;
        private final int[][] batches = new int[STEPS][batch];
        private final DMatrixRMaj weights;
        private final double[][] linearized;

        /** @param clearance the least {@code |<w_i, x_j>|} at the start; other starts are drawn again */
        Draw(double clearance, RandomStream stream) {
            points = PointLaw.SPHERE.rows(POINTS, d, stream.part("points"));
            labels = stream.part("labels").signs(POINTS);
            RandomStream order = stream.part("batches");
            for (int[] indices : batches) {
                Arrays.setAll(indices, i -> order.integer(POINTS));
            }
            int attempt = 0;
            TwoLayerNetwork start = start(1, stream.trial(attempt));
            while (Arrays.stream(start.preactivations(points).data).anyMatch(z -> Math.abs(z) < clearance)) {
                start = start(1, stream.trial(++attempt));
            }
            weights = start.weights();
            linearized = run(new LinearizedDescent(start, loss, eta));
        }

        /** {@code sup |h_1 - h_2|} over the steps and points, Algorithm 1 at scale B with the learning rate {@code eta / B^power}. */
        double largestGap(double scale, double power) {
            double[][] trained = network(scale, power);
            double largest = 0;
            for (int t = 0; t < STEPS; t++) {
                for (int i = 0; i < POINTS; i++) {
                    largest = Math.max(largest, Math.abs(trained[t][i] - linearized[t][i]));
                }
            }
            return largest;
        }

        /** The difference of the losses on the uniform law of the points, averaged over the steps. */
        double lossGap(double scale, double power) {
            double[][] trained = network(scale, power);
            double gap = 0;
            for (int t = 0; t < STEPS; t++) {
                gap += (loss.mean(trained[t], labels) - loss.mean(linearized[t], labels)) / STEPS;
            }
            return gap;
        }

        private double[][] network(double scale, double power) {
            double[] outputs = new double[2 * q];
            Arrays.fill(outputs, 0, q, scale);
            Arrays.fill(outputs, q, 2 * q, -scale);
            return run(new NetworkDescent(
                    new TwoLayerNetwork(weights, outputs, activation), loss, eta / Math.pow(scale, power)));
        }

        /** The predictions before each step. */
        private double[][] run(StochasticTrainer trainer) {
            double[][] predictions = new double[STEPS][];
            for (int t = 0; t < STEPS; t++) {
                predictions[t] = trainer.predict(points);
                DMatrixRMaj examples = new DMatrixRMaj(batch, d);
                double[] y = new double[batch];
                for (int i = 0; i < batch; i++) {
                    System.arraycopy(points.data, batches[t][i] * d, examples.data, i * d, d);
                    y[i] = labels[batches[t][i]];
                }
                trainer.step(examples, y);
            }
            return predictions;
        }
    }

    private TwoLayerNetwork start(double scale, RandomStream stream) {
        return Initialization.paired(q, d, scale, activation, stream);
    }
}
