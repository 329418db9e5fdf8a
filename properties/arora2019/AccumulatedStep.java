package arora2019;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;

/**
 * The matrix {@code T = eta sum_{k<K} (I - eta H)^k} by Horner's rule, {@code S <- I + (I - eta H) S}.
 *
 * <p>A step has a relative error of {@code (n + 4) sqrt(n) max(1, eta lambda_max) u}; none of the K powers exceeds {@code g^K},
 * {@code g = max(1, eta lambda_max - 1)}. So {@code 4 K (n + 4) sqrt(n) max(1, eta lambda_max) u} of {@code eta K g^K} covers the error of T,
 * and that of a function of H's eigenvalues in its place.
 */
final class AccumulatedStep {
    /** What {@link #rounding} is. */
    static final String ROUNDING =
            "4 K (n + 4) sqrt(n) max(1, eta lambda_max) u eta K g^K, g = max(1, eta lambda_max - 1)";

    private AccumulatedStep() {}

    /** T for the matrix H. */
    static DMatrixRMaj of(DMatrixRMaj gram, double eta, int steps) {
        DMatrixRMaj sum = new DMatrixRMaj(gram.numRows, gram.numRows);
        for (int k = 0; k < steps; k++) {
            DMatrixRMaj product = LinearAlgebra.product(gram, sum);
            CommonOps_DDRM.addEquals(sum, -eta, product);
            for (int i = 0; i < gram.numRows; i++) {
                sum.add(i, i, 1);
            }
        }
        CommonOps_DDRM.scale(eta, sum);
        return sum;
    }

    /** The error of T for the H of these eigenvalues. */
    static double rounding(SymmetricEigen eigen, double eta, int steps) {
        int n = eigen.values().length;
        double product = eta * eigen.largest();
        double growth = Math.max(1, product) * Math.pow(Math.max(1, product - 1), steps);
        return 4 * steps * (n + 4) * Math.sqrt(n) * 0x1p-53 * growth * eta * steps;
    }
}
