package org.lemmalab.linalg;

import org.ejml.data.DMatrixRMaj;

/** What the backends require of their arguments. */
final class Requirements {
    /** Catches a wrong matrix, not round-off: products of thousands of terms are symmetric to about 1e-12. */
    private static final double ASYMMETRY = 1e-10;

    private Requirements() {}

    static void product(boolean transA, boolean transB, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        int m = transA ? a.numCols : a.numRows;
        int k = transA ? a.numRows : a.numCols;
        int l = transB ? b.numCols : b.numRows;
        int n = transB ? b.numRows : b.numCols;
        if (k != l) {
            throw new IllegalArgumentException(
                    "product of " + m + " x " + k + " and " + l + " x " + n + ": the inner sizes must be equal");
        }
        if (c.numRows != m || c.numCols != n) {
            throw new IllegalArgumentException(
                    "result is " + c.numRows + " x " + c.numCols + ", must be " + m + " x " + n);
        }
        if (c.data == a.data || c.data == b.data) {
            throw new IllegalArgumentException("the result must not be one of the factors");
        }
    }

    /** A copy of {@code s} whose lower triangle is its upper triangle mirrored. */
    static DMatrixRMaj symmetricCopy(DMatrixRMaj s) {
        int n = s.numRows;
        if (n == 0 || s.numCols != n) {
            throw new IllegalArgumentException("matrix is " + n + " x " + s.numCols + ", must be square and not empty");
        }
        DMatrixRMaj copy = s.copy();
        LinearAlgebra.mirrorUpper(copy);
        double largest = 0;
        double asymmetry = 0;
        for (int k = 0; k < n * n; k++) {
            if (!Double.isFinite(s.data[k])) {
                throw new IllegalArgumentException(
                        "matrix has " + s.data[k] + " at (" + k / n + "," + k % n + "), must be finite");
            }
            largest = Math.max(largest, Math.abs(copy.data[k]));
            asymmetry = Math.max(asymmetry, Math.abs(copy.data[k] - s.data[k]));
        }
        if (asymmetry > ASYMMETRY * largest) {
            throw new IllegalArgumentException("matrix has asymmetry " + asymmetry + " with largest entry " + largest
                    + ", must be symmetric within " + ASYMMETRY + " of it");
        }
        return copy;
    }

    static void length(String name, double[] vector, int expected) {
        if (vector.length != expected) {
            throw new IllegalArgumentException(name + " has length " + vector.length + ", must be " + expected);
        }
    }
}
