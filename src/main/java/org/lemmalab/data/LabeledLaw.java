package org.lemmalab.data;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.random.RandomStream;

/** The law of a point {@code x} in {@code R^d} with its label {@code y}. */
public interface LabeledLaw {

    /** The dimension d of a point. */
    int dimension();

    /**
     * Independent draws.
     *
     * @param points n x d; filled with the points, one per row
     * @return their labels, length n
     * @throws IllegalArgumentException unless the points have d columns
     */
    double[] draw(RandomStream s, DMatrixRMaj points);
}
