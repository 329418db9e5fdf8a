package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The Gram matrix {@code H(W)} of a two-layer ReLU network of finite width: {@code H_ij = (x_i.x_j / m) sum_r I_ri I_rj} (A19 sec. 3.4). */
public final class EmpiricalGramMatrix {

    private EmpiricalGramMatrix() {}

    /**
     * {@code H(W) = Z^T Z}.
     *
     * @param points n x d, one point per row; not modified
     * @param weights m x d, one neuron per row; not modified
     * @return n x n, exactly symmetric
     * @throws IllegalArgumentException if a matrix is empty or not finite or the dimensions differ
     */
    public static DMatrixRMaj of(DMatrixRMaj points, DMatrixRMaj weights) {
        Arguments.matrix("points", points);
        Arguments.matrix("weights", weights);
        Arguments.same("columns of weights", weights.numCols, "columns of points", points.numCols);
        return ofPreactivations(LinearAlgebra.gram(points), LinearAlgebra.productTransB(weights, points));
    }

    /**
     * {@code H(W)} from the pre-activations {@code P = W X^T}.
     *
     * @param gram {@code X X^T}, n x n; not modified
     * @param preactivations m x n; not modified
     * @return n x n, exactly symmetric when {@code gram} is
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static DMatrixRMaj ofPreactivations(DMatrixRMaj gram, DMatrixRMaj preactivations) {
        return ofCoactivations(gram, coactivations(preactivations), preactivations.numRows);
    }

    private static DMatrixRMaj coactivations(DMatrixRMaj preactivations) {
        int n = preactivations.numCols;
        int m = Arguments.atLeast("rows of preactivations", preactivations.numRows, 1);
        DMatrixRMaj indicators = new DMatrixRMaj(m, n);
        for (int k = 0; k < m * n; k++) {
            long negative = Double.doubleToRawLongBits(preactivations.data[k] + 0.0) >> 63; // + 0.0: -0.0 is active
            indicators.data[k] = 1 + negative;
        }
        return LinearAlgebra.productTransA(indicators, indicators); // counts: exact integers
    }

    /**
     * {@code H(W)} from the numbers of neurons that are active at both of two points.
     *
     * @param gram {@code X X^T}, n x n; not modified
     * @param coactivations these numbers, n x n; not modified
     * @param m the number of neurons
     * @return n x n, exactly symmetric when {@code gram} is
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static DMatrixRMaj ofCoactivations(DMatrixRMaj gram, DMatrixRMaj coactivations, int m) {
        Arguments.same("rows of gram", gram.numRows, "number of points", coactivations.numCols);
        Arguments.same("columns of gram", gram.numCols, "number of points", coactivations.numCols);
        DMatrixRMaj result = coactivations.copy();
        for (int k = 0; k < result.getNumElements(); k++) {
            result.data[k] *= gram.data[k] / m;
        }
        return result;
    }
}
