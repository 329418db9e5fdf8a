package org.lemmalab.linalg;

/** Thrown when a Cholesky factorisation meets a matrix that is not positive definite to working precision. */
public final class NotPositiveDefiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    NotPositiveDefiniteException(int order) {
        super("the symmetric matrix of order " + order + " is not positive definite to working precision");
    }
}
