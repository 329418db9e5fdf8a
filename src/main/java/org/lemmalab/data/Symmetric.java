package org.lemmalab.data;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.numeric.Arguments;

/** The check that a matrix is symmetric. */
final class Symmetric {
    private Symmetric() {}

    /** Throws an {@link IllegalArgumentException} that names the argument and the first two entries that differ. */
    static void require(String name, DMatrixRMaj matrix) {
        Arguments.matrix(name, matrix);
        Arguments.same("columns of " + name, matrix.numCols, "rows of " + name, matrix.numRows);
        double tolerance = 1e-12 * CommonOps_DDRM.elementMaxAbs(matrix);
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(matrix.get(i, j) - matrix.get(j, i)) > tolerance) {
                    throw new IllegalArgumentException(name + "[" + i + "][" + j + "] = " + matrix.get(i, j)
                            + ", allowed: " + name + "[" + j + "][" + i + "] = " + matrix.get(j, i));
                }
            }
        }
    }
}
