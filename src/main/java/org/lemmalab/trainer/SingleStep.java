package org.lemmalab.trainer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * One gradient step on the hidden weights under the scaled hinge loss, followed at every example (D20, section 1):
 * {@code W+ = W + (eta/m) sum_i 1[y_i h_W(x_i) < threshold] y_i (a o s'(W x_i)) x_i^T}.
 *
 * <p>Costs {@code 2 m^2 (d + q)} operations through the points' Gram matrix or {@code 4 m q d} through the new weights, whichever is less,
 * and 2 m q d for the pre-activations unless W = [I 0]. Holds two q x m matrices.
 */
public final class SingleStep {
    private final TwoLayerNetwork initial;
    private final DMatrixRMaj points;
    private final DMatrixRMaj start; // pre-activations before, q x m
    private final DMatrixRMaj moved; // and after
    private final double[] strength; // (eta/m) y_i, 0 when left out
    private final double[] squares; // |x_i|^2
    private final StepOutputs outputs;

    /**
     * @param initial the network before; kept, not modified
     * @param points m x d, one point per row; kept, not modified
     * @param y labels -1 or 1, length m; kept
     * @throws IllegalArgumentException if an argument is empty or not finite, the shapes do not fit or a label is neither
     */
    public SingleStep(TwoLayerNetwork initial, DMatrixRMaj points, double[] y, StepRule rule) {
        Arguments.matrix("points", points);
        labels(y);
        Arguments.same("length of y", y.length, "rows of points", points.numRows);
        Arguments.same("columns of points", points.numCols, "dimension", initial.dimension());
        this.initial = initial;
        this.points = points;
        this.start = coordinates(initial) ? firstCoordinates(points, initial.width()) : initial.preactivations(points);
        this.squares = squaredNorms(points);
        double[] before = outputs(initial.outputs(), initial.activation(), start);
        boolean[] active = new boolean[y.length];
        this.strength = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            active[i] = rule.uses(before[i], y[i]);
            strength[i] = active[i] ? rule.rate() / y.length * y[i] : 0;
        }
        DMatrixRMaj slopes = slopes();
        this.moved = moved(slopes);
        double[] after = outputs(initial.outputs(), initial.activation(), moved);
        withoutOwn(slopes);
        double[] leaveOneOut = outputs(initial.outputs(), initial.activation(), slopes);
        this.outputs = new StepOutputs(y, active, before, leaveOneOut, after);
    }

    /** Requires labels -1 or 1. */
    static void labels(double[] y) {
        for (int i = 0; i < y.length; i++) {
            if (Math.abs(y[i]) != 1) {
                throw new IllegalArgumentException("y[" + i + "] = " + y[i] + ", allowed: -1 or 1");
            }
        }
    }

    /** Whether W = [I 0] without biases. */
    private static boolean coordinates(TwoLayerNetwork network) {
        DMatrixRMaj w = network.weights();
        for (int j = 0; j < w.numRows; j++) {
            for (int k = 0; k < w.numCols; k++) {
                if (w.get(j, k) != (j == k ? 1 : 0) || network.biases()[j] != 0) {
                    return false;
                }
            }
        }
        return w.numRows <= w.numCols;
    }

    /** The first q coordinates of the points, q x m. */
    static DMatrixRMaj firstCoordinates(DMatrixRMaj points, int q) {
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(points, null);
        return DMatrixRMaj.wrap(q, points.numRows, Arrays.copyOf(transposed.data, q * points.numRows));
    }

    /** The squared norms of the rows. */
    static double[] squaredNorms(DMatrixRMaj points) {
        double[] squares = new double[points.numRows];
        for (int i = 0; i < squares.length; i++) {
            int row = i * points.numCols;
            squares[i] = LinearAlgebra.dot(points.data, row, points.data, row, points.numCols);
        }
        return squares;
    }

    /** {@code sum_j a_j s(u_ji)} for every example i. */
    static double[] outputs(double[] a, Activation s, DMatrixRMaj u) {
        double[] sums = new double[u.numCols];
        for (int j = 0, at = 0; j < u.numRows; j++) {
            for (int i = 0; i < u.numCols; i++, at++) {
                sums[i] += a[j] * s.value(u.data[at]);
            }
        }
        return sums;
    }

    /** {@code strength_i a_j s'(u_ji)}, q x m: the step's matrix is this times the points. */
    private DMatrixRMaj slopes() {
        int m = strength.length;
        Activation s = initial.activation();
        DMatrixRMaj slopes = new DMatrixRMaj(start.numRows, m);
        for (int j = 0, at = 0; j < start.numRows; j++) {
            for (int i = 0; i < m; i++, at++) {
                slopes.data[at] =
                        strength[i] == 0 ? 0 : strength[i] * initial.outputs()[j] * s.derivative(start.data[at]);
            }
        }
        return slopes;
    }

    private DMatrixRMaj moved(DMatrixRMaj slopes) {
        DMatrixRMaj result = start.copy();
        double m = points.numRows;
        double d = points.numCols;
        double q = start.numRows;
        if (m * (d + q) <= 2 * q * d) {
            LinearAlgebra.backend().multiply(false, false, 1, slopes, LinearAlgebra.gram(points), 1, result);
        } else {
            DMatrixRMaj step = LinearAlgebra.product(slopes, points);
            LinearAlgebra.backend().multiply(false, true, 1, step, points, 1, result);
        }
        return result;
    }

    /** Turns the slopes into the pre-activations after the step of all others. */
    private void withoutOwn(DMatrixRMaj slopes) {
        for (int j = 0, at = 0; j < slopes.numRows; j++) {
            for (int i = 0; i < squares.length; i++, at++) {
                slopes.data[at] = moved.data[at] - slopes.data[at] * squares[i];
            }
        }
    }

    /** What the step did to the outputs at all m examples. */
    public StepOutputs outputs() {
        return outputs;
    }

    /** The step {@code W+ - W}, q x d: {@code eta G} when all examples take part. */
    public DMatrixRMaj step() {
        return LinearAlgebra.product(slopes(), points);
    }

    /** The network after the step. */
    public TwoLayerNetwork network() {
        return shifted(step());
    }

    /** The step without example k, {@code eta G~} with k in the role of m, q x d; k from 0 to m - 1. */
    public DMatrixRMaj leaveOneOutStep(int k) {
        DMatrixRMaj slopes = slopes();
        for (int j = 0; j < slopes.numRows; j++) {
            slopes.set(j, k, 0);
        }
        return LinearAlgebra.product(slopes, points);
    }

    /** The network after the step without example k. */
    public TwoLayerNetwork leaveOneOutNetwork(int k) {
        return shifted(leaveOneOutStep(k));
    }

    private TwoLayerNetwork shifted(DMatrixRMaj step) {
        for (int k = 0; k < step.data.length; k++) {
            step.data[k] += initial.weights().data[k];
        }
        return new TwoLayerNetwork(step, initial.biases(), initial.outputs(), initial.activation());
    }

    /** How far the others move the pre-activations of example k: {@code <eta g~_j, x_k>} for every neuron j; k from 0 to m - 1. */
    public double[] shifts(int k) {
        double[] shifts = new double[start.numRows];
        for (int j = 0; j < shifts.length; j++) {
            double slope =
                    strength[k] * initial.outputs()[j] * initial.activation().derivative(start.get(j, k));
            shifts[j] = moved.get(j, k) - start.get(j, k) - slope * squares[k];
        }
        return shifts;
    }

    /** The pre-activations of example k before the step, {@code <w_j, x_k>} for every neuron j; k from 0 to m - 1. */
    public double[] preactivations(int k) {
        double[] column = new double[start.numRows];
        for (int j = 0; j < column.length; j++) {
            column[j] = start.get(j, k);
        }
        return column;
    }

    /** The squared norms {@code |x_k|^2}; a copy. */
    public double[] squaredNorms() {
        return squares.clone();
    }
}
