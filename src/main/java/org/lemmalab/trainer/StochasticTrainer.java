package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;

/** Stochastic gradient descent on the mean loss of a batch, one step at a time (D19, Algorithms 1 to 3). */
public interface StochasticTrainer {

    /**
     * Moves the parameters by one step of the mean loss's gradient.
     *
     * @param points the batch, b x d, one point per row
     * @param labels length b
     * @return the predictions at these points before the step, length b
     */
    double[] step(DMatrixRMaj points, double[] labels);

    /** The predictions of the present model at points n x d, length n. */
    double[] predict(DMatrixRMaj points);
}
