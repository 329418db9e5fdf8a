package org.lemmalab.feature;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.random.RandomStream;

/**
 * A random feature scheme {@code (psi, mu)}: a map {@code psi(omega, x)} in {@code R^k} and a law mu of omega; its kernel is {@code k(x, y) = E <psi(omega, x),
 * psi(omega, y)>} (D19 (3)).
 */
public interface RandomFeatureScheme {

    /** Independent draws of omega, one per row. @throws IllegalArgumentException if {@code q < 1} */
    DMatrixRMaj draw(int q, RandomStream stream);

    /**
     * The features {@code psi(omega, x_i)} of one omega.
     *
     * @param omegas rows from {@link #draw}
     * @param row which of them
     * @param points n x d, one point per row
     * @return n x k
     */
    DMatrixRMaj features(DMatrixRMaj omegas, int row, DMatrixRMaj points);
}
