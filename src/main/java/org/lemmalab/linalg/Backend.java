package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * The dense kernels that cost cubic time, on row-major matrices.
 *
 * <p>Thread safe: any number of threads may call one backend; each call runs on the calling thread alone.
 */
public interface Backend {

    /** Name as the report prints it: {@code openblas} or {@code ejml}. */
    String name();

    /**
     * The product {@code c = alpha op(a) op(b) + beta c}, where {@code op} transposes when asked.
     *
     * @param transA whether {@code op(a) = a^T}
     * @param transB whether {@code op(b) = b^T}
     * @param a not modified
     * @param b not modified
     * @param beta 0 overwrites {@code c}, whatever it holds
     * @param c modified; neither {@code a} nor {@code b}
     * @throws IllegalArgumentException when the shapes do not fit or {@code c} is {@code a} or {@code b}
     */
    void multiply(
            boolean transA, boolean transB, double alpha, DMatrixRMaj a, DMatrixRMaj b, double beta, DMatrixRMaj c);

    /**
     * The Gram matrix {@code x x^T} of the rows, exactly symmetric.
     *
     * @param x n x d, one point per row; not modified
     */
    DMatrixRMaj gram(DMatrixRMaj x);

    /**
     * The eigendecomposition of a symmetric matrix. The upper triangle is what counts.
     *
     * @param s not modified
     * @throws IllegalArgumentException when {@code s} is not square, not finite, or not symmetric within 1e-10 of its largest entry
     */
    SymmetricEigen symmetricEigen(DMatrixRMaj s);

    /**
     * The Cholesky factorisation of a symmetric positive definite matrix. The upper triangle is what counts.
     *
     * @param s not modified
     * @throws IllegalArgumentException as for {@link #symmetricEigen}
     * @throws NotPositiveDefiniteException when a pivot is not positive
     */
    Cholesky cholesky(DMatrixRMaj s);
}
