package arora2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;

/**
 * The part of {@code Q(y) = y^T (H^inf)^+ y} on eigenvalues above 1e-6, for points whose matrix may be singular.
 *
 * <p>Numerical error cannot lift it above {@code (1 + 2e-6) Q(y)}, so it refutes no true upper bound on Q. The matrix in use is {@code H + E},
 * {@code |E| <= e = 10 n u |H| <= 2e-12} for {@code n <= 60}, {@code u = 1.1e-16}. On its eigenvalues above {@code c = 1e-6},
 * {@code 1/l <= (1 + e/c) / (l + e)}; and {@code H + E + e I >= H}, so that its inverse is below {@code H^+} on the range of H.
 */
final class ResolvedComplexity {
    /** What numerical error can add to the computed value, relative. */
    static final double TOLERANCE = 2e-6;

    /** Where that comes from. */
    static final String DERIVATION = "10 n u |H| / 1e-6 for n <= 60, on eigenvalues above 1e-6";

    private static final double LEAST_EIGENVALUE = 1e-6;

    private final SymmetricEigen eigen;

    /** @param points n x d, unit vectors, at most 60 */
    ResolvedComplexity(DMatrixRMaj points) {
        eigen = LinearAlgebra.eigen(ReluGramMatrix.of(points));
    }

    /** The complexity of labels y in the range of H. */
    double quadraticForm(double[] y) {
        double[] coefficients = eigen.project(y);
        double sum = 0;
        for (int i = 0; i < y.length && eigen.values()[i] > LEAST_EIGENVALUE; i++) {
            sum += coefficients[i] * coefficients[i] / eigen.values()[i];
        }
        return sum;
    }
}
