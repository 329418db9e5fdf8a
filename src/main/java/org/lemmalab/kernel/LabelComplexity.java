package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The complexity {@code Q(y) = y^T H^-1 y} of labels with respect to a Gram matrix (A19 (10)). */
public final class LabelComplexity {

    private final int n;
    private final Cholesky factor;

    /**
     * @param gram H, n x n, symmetric positive definite; not modified
     * @throws IllegalArgumentException if it is empty, not finite or not symmetric
     * @throws org.lemmalab.linalg.NotPositiveDefiniteException if it is singular to working precision
     */
    public LabelComplexity(DMatrixRMaj gram) {
        Arguments.matrix("gram", gram);
        this.n = gram.numRows;
        this.factor = LinearAlgebra.cholesky(gram);
    }

    /**
     * {@code Q(y)}.
     *
     * @throws IllegalArgumentException if {@code y} has not length n or is not finite
     */
    public double quadraticForm(double[] y) {
        Arguments.same("length of y", y.length, "rows of gram", n);
        return factor.quadraticForm(Arguments.finite("y", y));
    }

    /** The data-dependent measure {@code sqrt(2 Q(y) / n)} (A19 (10)). */
    public double measure(double[] y) {
        return Math.sqrt(2 * quadraticForm(y) / n);
    }

    /** The trace of {@code H^-1}: the mean of Q over independent fair signs. */
    public double traceOfInverse() {
        DMatrixRMaj inverse = factor.inverse();
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += inverse.get(i, i);
        }
        return trace;
    }
}
