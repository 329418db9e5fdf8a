package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;

/** Fresh samples for a one-pass method: every draw gives points that were not seen before. */
@FunctionalInterface
public interface SampleSource {

    /**
     * Draws as many points as the matrix has rows.
     *
     * @param points n x d; filled with the points, one per row
     * @return their labels, length n; valid until the next draw
     */
    double[] draw(DMatrixRMaj points);
}
