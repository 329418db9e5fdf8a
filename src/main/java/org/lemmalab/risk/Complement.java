package org.lemmalab.risk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.OrthonormalBasis;

/** The orthogonal complement of a growing span. */
final class Complement {
    /** A vector of which less than this part lies outside the span counts as inside. */
    private static final double INSIDE = 1e-10;

    private final DMatrixRMaj basis;
    private int rank;

    Complement(int dimension) {
        basis = new DMatrixRMaj(dimension, dimension);
    }

    /** Takes row i out of the complement. @return the dimension of the span so far */
    int without(DMatrixRMaj rows, int i) {
        int d = basis.numCols;
        double[] direction = Arrays.copyOfRange(rows.data, i * d, (i + 1) * d);
        double norm = LinearAlgebra.norm(direction);
        if (rank < d && norm > 0) {
            for (int k = 0; k < d; k++) {
                direction[k] /= norm;
            }
            if (OrthonormalBasis.orthonormalize(direction, basis.data, rank) > INSIDE) {
                System.arraycopy(direction, 0, basis.data, rank * d, d);
                rank++;
            }
        }
        return rank;
    }

    /** An orthonormal basis Q of the span, one direction per row, in the order in which they came. */
    DMatrixRMaj span() {
        int d = basis.numCols;
        return new DMatrixRMaj(rank, d, true, Arrays.copyOf(basis.data, rank * d));
    }

    /** {@code P = I - Q^T Q}; exactly zero when the span is the whole space. */
    DMatrixRMaj projection() {
        int d = basis.numCols;
        DMatrixRMaj projection = new DMatrixRMaj(d, d);
        if (rank < d) {
            DMatrixRMaj span = span();
            CommonOps_DDRM.subtract(CommonOps_DDRM.identity(d), LinearAlgebra.productTransA(span, span), projection);
        }
        return projection;
    }
}
