package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.numeric.Arguments;

/**
 * Gradient descent on {@code <v, Psi(x)>} from {@code v = 0}, followed through the predictions p on the sample alone: a step adds {@code -eta K c} to p, c the
 * mean loss's derivative and {@code K = <Psi(x_i), Psi(x_j)>} (D19, Algorithm 2, in the kernel form of {@link RandomFeatureDescent}).
 */
public final class KernelDescent {
    private final DMatrixRMaj gram;
    private final double[] labels;
    private final ConvexLoss loss;
    private final double eta;
    private final double[] predictions;

    /**
     * Starts at {@code v = 0}.
     *
     * @param gram K, n x n; kept, not copied
     * @param labels length n; kept, not copied
     * @param eta learning rate, finite and {@code > 0}
     * @throws IllegalArgumentException if it is not, or the lengths differ
     */
    public KernelDescent(DMatrixRMaj gram, double[] labels, ConvexLoss loss, double eta) {
        Arguments.matrix("gram", gram);
        Arguments.same("rows of gram", gram.numRows, "columns of gram", gram.numCols);
        Arguments.same("length of labels", labels.length, "rows of gram", gram.numRows);
        this.gram = gram;
        this.labels = labels;
        this.loss = loss;
        this.eta = Arguments.positive("eta", eta);
        this.predictions = new double[labels.length];
    }

    /** A step with the whole sample as batch. */
    public void step() {
        double[] move = LinearAlgebra.product(gram, BatchGradient.steps(loss, eta, predictions, labels));
        for (int i = 0; i < move.length; i++) {
            predictions[i] += move[i];
        }
    }

    /** A step with example i as batch. @throws IndexOutOfBoundsException if there is no such example */
    public void step(int i) {
        double factor = -eta * loss.derivative(predictions[i], labels[i]);
        if (factor != 0) {
            for (int j = 0; j < labels.length; j++) {
                predictions[j] += factor * gram.data[i * labels.length + j];
            }
        }
    }

    /** Whether the loss's derivative vanishes at every example: no step moves any more. */
    public boolean atRest() {
        for (int i = 0; i < labels.length; i++) {
            if (loss.derivative(predictions[i], labels[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The present prediction at example i. @throws IndexOutOfBoundsException if there is no such example */
    public double prediction(int i) {
        return predictions[i];
    }

    /** The present predictions on the sample. */
    public double[] predictions() {
        return predictions.clone();
    }
}
