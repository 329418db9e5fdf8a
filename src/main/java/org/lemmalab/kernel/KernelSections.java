package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The function {@code f = sum_j c_j k(., x_j)} in the reproducing kernel Hilbert space of k: its norm is exact.
 *
 * @param kernel k
 * @param centres n x d, row j is {@code x_j}; kept, not copied
 * @param coefficients c, length n; kept, not copied
 */
public record KernelSections(Kernel kernel, DMatrixRMaj centres, double[] coefficients) {

    /** @throws IllegalArgumentException when there is no centre, a number is not finite, or the lengths differ */
    public KernelSections {
        Arguments.matrix("centres", centres);
        Arguments.finite("coefficients", coefficients);
        Arguments.same("length of coefficients", coefficients.length, "rows of centres", centres.numRows);
    }

    /** The values {@code f(x_i)}, length of the rows of x. */
    public double[] values(DMatrixRMaj x) {
        return LinearAlgebra.product(kernel.cross(x, centres), coefficients);
    }

    /** {@code |f|_k^2 = c^T K c}. */
    public double normSquared() {
        return LinearAlgebra.dot(coefficients, LinearAlgebra.product(kernel.gram(centres), coefficients));
    }
}
