package daniely2019;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.loss.Loss;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.StochasticTrainer;

/**
 * Descent on batches drawn with replacement from finitely many points, and the mean of its losses: the algorithms return the model of a random step. The loss of
 * each model on the next batch has the mean of its loss on all points.
 *
 * @param points n x d, one point per row
 * @param labels length n
 * @param batch size of a batch
 * @param steps T
 */
record SampledDescent(DMatrixRMaj points, double[] labels, int batch, int steps) {
    /** The mean over {@code t = 1, ..., T} of the loss on batch t before step t. */
    double meanLoss(StochasticTrainer trainer, Loss loss, RandomStream draws) {
        int d = points.numCols;
        double total = 0;
        for (int t = 0; t < steps; t++) {
            DMatrixRMaj sample = new DMatrixRMaj(batch, d);
            double[] sampleLabels = new double[batch];
            for (int i = 0; i < batch; i++) {
                int row = draws.integer(points.numRows);
                CommonOps_DDRM.extract(points, row, row + 1, 0, d, sample, i, 0);
                sampleLabels[i] = labels[row];
            }
            total += loss.mean(trainer.step(sample, sampleLabels), sampleLabels) / steps;
        }
        return total;
    }
}
