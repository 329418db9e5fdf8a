package org.lemmalab.data;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * Gaussian points and the labels {@code y = f*(x) = b0 + x^T B x}, {@code x ~ N(0, I_d)} (G19 section 2, the model (qf)).
 *
 * @param matrix B, symmetric d x d; kept, not copied
 * @param offset b0
 */
public record QuadraticTarget(DMatrixRMaj matrix, double offset) implements LabeledLaw {

    /** @throws IllegalArgumentException unless B is symmetric (to {@code 1e-12} of its largest entry) and all numbers are finite */
    public QuadraticTarget {
        Symmetric.require("matrix", matrix);
        Arguments.finite("offset", new double[] {offset});
    }

    /** The target without mean: {@code b0 = -tr B}. Errors as in the constructor. */
    public static QuadraticTarget centred(DMatrixRMaj matrix) {
        Symmetric.require("matrix", matrix);
        return new QuadraticTarget(matrix, -CommonOps_DDRM.trace(matrix));
    }

    /** The centred target with a diagonal B. @throws IllegalArgumentException if the diagonal is empty or not finite */
    public static QuadraticTarget diagonal(double... diagonal) {
        return centred(CommonOps_DDRM.diag(diagonal));
    }

    @Override
    public int dimension() {
        return matrix.numRows;
    }

    /** {@code tr B}. */
    public double trace() {
        return CommonOps_DDRM.trace(matrix);
    }

    /** {@code |B|_F^2}. */
    public double frobeniusSquared() {
        double norm = NormOps_DDRM.normF(matrix);
        return norm * norm;
    }

    /** {@code E f* = b0 + tr B}. */
    public double mean() {
        return offset + trace();
    }

    /** {@code |f*|^2 = E f*^2 = 2 |B|_F^2 + (b0 + tr B)^2}: the risk of the predictor 0. */
    public double normSquared() {
        return 2 * frobeniusSquared() + mean() * mean();
    }

    /** {@code t = (tr B)^2 / (d |B|_F^2)} in [0, 1]: 1 when B is a multiple of the identity, 0 when its trace is; NaN when B is 0. */
    public double traceShare() {
        return trace() * trace() / (dimension() * frobeniusSquared());
    }

    /** The eigenvalues of B, descending. */
    public double[] eigenvalues() {
        return LinearAlgebra.eigen(matrix).values();
    }

    /**
     * The values {@code f*(x_i)} at points n x d, one per row.
     *
     * @throws IllegalArgumentException unless the points have d columns
     */
    public double[] values(DMatrixRMaj points) {
        Arguments.same("columns of points", points.numCols, "rows of matrix", dimension());
        DMatrixRMaj image = LinearAlgebra.product(points, matrix);
        double[] values = new double[points.numRows];
        for (int i = 0; i < values.length; i++) {
            double sum = offset;
            for (int k = i * dimension(); k < (i + 1) * dimension(); k++) {
                sum += points.data[k] * image.data[k];
            }
            values[i] = sum;
        }
        return values;
    }

    @Override
    public double[] draw(RandomStream s, DMatrixRMaj points) {
        for (int k = 0; k < points.getNumElements(); k++) {
            points.data[k] = s.gaussian();
        }
        return values(points);
    }
}
