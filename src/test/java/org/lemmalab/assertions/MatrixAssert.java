package org.lemmalab.assertions;

import org.assertj.core.api.AbstractAssert;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.lemmalab.linalg.LinearAlgebra;

/** Assertions on matrices; messages say actual, relation, bound and the measured gap. */
public final class MatrixAssert extends AbstractAssert<MatrixAssert, DMatrixRMaj> {
    MatrixAssert(DMatrixRMaj actual) {
        super(actual, MatrixAssert.class);
    }

    /** The symmetric matrix is at least {@code other} in the order of positive semidefinite matrices, up to {@code tolerance}. */
    public MatrixAssert dominates(DMatrixRMaj other, double tolerance) {
        isNotNull();
        double gap = LinearAlgebra.eigen(CommonOps_DDRM.subtract(actual, other, null))
                .smallest();
        if (!(gap >= -tolerance)) {
            failWithMessage(
                    "%nExpecting%n  %s%nto dominate%n  %s%nup to %s, but the smallest eigenvalue of the difference is %s",
                    actual, other, tolerance, gap);
        }
        return this;
    }

    /** Every entry is within {@code tolerance} of {@code other}'s. */
    public MatrixAssert isCloseTo(DMatrixRMaj other, double tolerance) {
        isNotNull();
        if (!MatrixFeatures_DDRM.isIdentical(actual, other, tolerance)) {
            failWithMessage("%nExpecting%n  %s%nto be within %s of%n  %s", actual, tolerance, other);
        }
        return this;
    }
}
