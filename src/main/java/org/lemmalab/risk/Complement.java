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

    private static final double[] NONE = {};

    private final DMatrixRMaj basis;
    private int rank;

    Complement(int dimension) {
        basis = new DMatrixRMaj(dimension, dimension);
    }

    /** Takes row i out of the complement; the unit vector by which the span grew, or none. */
    double[] without(DMatrixRMaj rows, int i) {
        int d = basis.numCols;
        double[] direction = Arrays.copyOfRange(rows.data, i * d, (i + 1) * d);
        double norm = LinearAlgebra.norm(direction);
        if (rank == d || norm == 0) {
            return NONE;
        }
        for (int k = 0; k < d; k++) {
            direction[k] /= norm;
        }
        double[] outside = direction.clone();
        for (int r = 0; r < rank; r++) {
            double coefficient = LinearAlgebra.dot(outside, 0, basis.data, r * d, d);
            for (int k = 0; k < d; k++) {
                outside[k] -= coefficient * basis.data[r * d + k];
            }
        }
        if (!(LinearAlgebra.norm(outside) > INSIDE)) {
            return NONE;
        }
        OrthonormalBasis.orthonormalize(outside, basis.data, rank);
        System.arraycopy(outside, 0, basis.data, rank * d, d);
        rank++;
        return outside;
    }

    /** {@code P = I - Q^T Q}; exactly zero when the span is the whole space. */
    DMatrixRMaj projection() {
        int d = basis.numCols;
        if (rank == d) {
            return new DMatrixRMaj(d, d);
        }
        DMatrixRMaj rows = CommonOps_DDRM.extract(basis, 0, rank, 0, d);
        DMatrixRMaj projection = LinearAlgebra.productTransA(rows, rows);
        CommonOps_DDRM.scale(-1, projection);
        for (int i = 0; i < d; i++) {
            projection.add(i, i, 1);
        }
        return projection;
    }
}
