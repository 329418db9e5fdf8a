package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The matrix {@code U_ij = E s(g_i) s(g_j)} of a Gaussian vector {@code g ~ N(0, C)}: the Gram matrix of random features (G19). */
public final class ActivationGramMatrix {
    private ActivationGramMatrix() {}

    /**
     * U, exactly symmetric.
     *
     * @param covariance C, symmetric n x n with a positive diagonal; its upper triangle is read
     * @throws IllegalArgumentException if C is not square and finite or a diagonal entry is not positive
     */
    public static DMatrixRMaj of(ClosedFormActivation activation, DMatrixRMaj covariance) {
        Arguments.matrix("covariance", covariance);
        int n = covariance.numRows;
        Arguments.same("columns of covariance", covariance.numCols, "rows of covariance", n);
        double[] variances = new double[n];
        for (int i = 0; i < n; i++) {
            variances[i] = Arguments.positive("covariance[" + i + "][" + i + "]", covariance.get(i, i));
        }
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                result.set(i, j, activation.productMoment(variances[i], variances[j], covariance.get(i, j)));
            }
        }
        LinearAlgebra.mirrorUpper(result);
        return result;
    }
}
