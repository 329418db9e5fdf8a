package org.lemmalab.network;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** A network at n points: the pre-activations, values and slopes that its predictions and their gradients share. Not for several threads. */
public final class ForwardPass {
    private final TwoLayerNetwork network;
    private final DMatrixRMaj points;
    private final DMatrixRMaj preactivations;
    private @Nullable DMatrixRMaj values;
    private @Nullable DMatrixRMaj slopes;

    ForwardPass(TwoLayerNetwork network, DMatrixRMaj points) {
        this.network = network;
        this.points = points;
        this.preactivations = network.preactivations(points);
    }

    /** The values {@code s(<w_r, x_i> + b_r)}, neurons x points; not a copy. */
    public DMatrixRMaj values() {
        if (values == null) {
            values = at(network.activation()::value);
        }
        return values;
    }

    /** The slopes {@code s'(<w_r, x_i> + b_r)}, neurons x points; not a copy. */
    public DMatrixRMaj slopes() {
        if (slopes == null) {
            slopes = at(network.activation()::derivative);
        }
        return slopes;
    }

    private DMatrixRMaj at(DoubleUnaryOperator function) {
        DMatrixRMaj result = new DMatrixRMaj(preactivations.numRows, preactivations.numCols);
        for (int k = 0; k < result.getNumElements(); k++) {
            result.data[k] = function.applyAsDouble(preactivations.data[k]);
        }
        return result;
    }

    /** The predictions {@code f(x_i)}, length n. */
    public double[] predictions() {
        return LinearAlgebra.productTransA(values(), network.outputs());
    }

    /**
     * The gradient of {@code sum_i c_i f(x_i)} in the weights: row r is {@code a_r sum_i c_i s'(<w_r, x_i> + b_r) x_i}.
     *
     * @param c one number per point
     * @return the shape of W
     * @throws IllegalArgumentException if the length of c differs
     */
    public DMatrixRMaj weightGradient(double[] c) {
        Arguments.same("length of c", c.length, "rows of points", points.numRows);
        DMatrixRMaj factors = slopes().copy();
        for (int r = 0; r < factors.numRows; r++) {
            for (int i = 0; i < c.length; i++) {
                factors.data[r * c.length + i] *= network.outputs()[r] * c[i];
            }
        }
        return LinearAlgebra.product(factors, points);
    }

    /** The gradient of {@code sum_i c_i f(x_i)} in the outputs, {@code (sum_i c_i s(<w_r, x_i> + b_r))_r}; c as in {@link #weightGradient}. */
    public double[] outputGradient(double[] c) {
        Arguments.same("length of c", c.length, "rows of points", points.numRows);
        return LinearAlgebra.product(values(), c);
    }
}
