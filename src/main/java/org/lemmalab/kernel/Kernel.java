package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;

/** A positive semidefinite kernel on points of {@code R^d}. */
@FunctionalInterface
public interface Kernel {

    /**
     * The values {@code k(x_i, y_j)}.
     *
     * @param x n x d, one point per row
     * @param y m x d, one point per row
     * @return n x m
     */
    DMatrixRMaj cross(DMatrixRMaj x, DMatrixRMaj y);

    /** The Gram matrix {@code k(x_i, x_j)}, n x n. */
    default DMatrixRMaj gram(DMatrixRMaj x) {
        return cross(x, x);
    }
}
