package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The function {@code f(x) = k(x, X) (H^inf)^-1 y} of least norm through the labels: the limit of gradient descent for infinite width,
 * vanishing initialisation and infinite time (A19, section 5).
 */
public final class KernelInterpolant {

    private final DMatrixRMaj points;
    private final double[] coefficients;
    private final double rkhsNormSquared;

    /**
     * @param points n x d, one unit vector per row; copied
     * @param y labels, length n
     * @throws IllegalArgumentException if a row's norm differs from 1 by more than 1e-9, or {@code y} has another length or is not finite
     * @throws org.lemmalab.linalg.NotPositiveDefiniteException if the Gram matrix is singular to working precision
     */
    public KernelInterpolant(DMatrixRMaj points, double[] y) {
        DMatrixRMaj gram = ReluGramMatrix.of(points);
        Arguments.same("length of y", y.length, "rows of points", points.numRows);
        this.points = points.copy();
        this.coefficients = LinearAlgebra.cholesky(gram).solve(Arguments.finite("y", y));
        this.rkhsNormSquared = LinearAlgebra.dot(y, coefficients);
    }

    /**
     * The values of f.
     *
     * @param x q x d, one unit vector per row; not modified
     * @return length q
     * @throws IllegalArgumentException if the dimension differs or a row's norm differs from 1 by more than 1e-9
     */
    public double[] predict(DMatrixRMaj x) {
        return LinearAlgebra.product(ReluGramMatrix.cross(x, points), coefficients);
    }

    /** The squared norm of f in the reproducing kernel Hilbert space of k, {@code y^T (H^inf)^-1 y}. */
    public double rkhsNormSquared() {
        return rkhsNormSquared;
    }
}
