package org.lemmalab.trainer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.Backend;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * Gradient descent on the weights, literally A19 (5):
 * {@code w_r -= eta m^-1/2 a_r sum_i (u_i - y_i) s'(w_r . x_i) x_i} for all r at once.
 *
 * <p>A step costs {@code 4 n d m} operations and works in buffers made at the start. Any activation.
 */
public final class GradientDescent implements Trainer {

    private final Backend backend = LinearAlgebra.backend();
    private final DMatrixRMaj points;
    private final DMatrixRMaj initialWeights;
    private final DMatrixRMaj weights;
    private final double[] signs;
    private final Activation activation;
    private final double[] y;
    private final double eta;
    private final DMatrixRMaj preactivations;
    private final double[] residual;
    private int steps;

    /**
     * @param initial the network at step 0; not modified
     * @param points n x d, one point per row; not modified while training
     * @param y labels, length n; copied
     * @param eta step size, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is empty or not finite or the shapes do not fit
     */
    public GradientDescent(NormalizedNetwork initial, DMatrixRMaj points, double[] y, double eta) {
        this.preactivations = initial.preactivations(points);
        Arguments.same("length of y", y.length, "rows of points", points.numRows);
        this.points = points;
        this.initialWeights = initial.weights().copy();
        this.weights = initial.weights().copy();
        this.signs = initial.signs().clone();
        this.activation = initial.activation();
        this.y = Arguments.finite("y", y.clone());
        this.eta = Arguments.positive("eta", eta);
        this.residual = new double[y.length];
        refreshResidual();
    }

    @Override
    public void step() {
        int n = y.length;
        double[] slopes = preactivations.data;
        for (int r = 0; r < signs.length; r++) {
            double scale = signs[r] / Math.sqrt(signs.length);
            for (int i = 0; i < n; i++) {
                slopes[r * n + i] = scale * residual[i] * activation.derivative(slopes[r * n + i]);
            }
        }
        backend.multiply(false, false, eta, preactivations, points, 1, weights);
        backend.multiply(false, true, 1, weights, points, 0, preactivations);
        refreshResidual();
        steps++;
    }

    private void refreshResidual() {
        int n = y.length;
        Arrays.fill(residual, 0);
        for (int r = 0; r < signs.length; r++) {
            for (int i = 0; i < n; i++) {
                residual[i] += signs[r] * activation.value(preactivations.data[r * n + i]);
            }
        }
        for (int i = 0; i < n; i++) {
            residual[i] = y[i] - residual[i] / Math.sqrt(signs.length);
        }
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public double[] predictions() {
        double[] u = new double[y.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = y[i] - residual[i];
        }
        return u;
    }

    @Override
    public double[] residual() {
        return residual.clone();
    }

    @Override
    public double loss() {
        return LinearAlgebra.dot(residual, residual) / 2;
    }

    @Override
    public double movement() {
        double sum = 0;
        for (int r = 0; r < signs.length; r++) {
            sum += neuronMovementSquared(r);
        }
        return Math.sqrt(sum);
    }

    @Override
    public double largestNeuronMovement() {
        double largest = 0;
        for (int r = 0; r < signs.length; r++) {
            largest = Math.max(largest, neuronMovementSquared(r));
        }
        return Math.sqrt(largest);
    }

    private double neuronMovementSquared(int r) {
        int d = weights.numCols;
        double sum = 0;
        for (int k = r * d; k < (r + 1) * d; k++) {
            double change = weights.data[k] - initialWeights.data[k];
            sum += change * change;
        }
        return sum;
    }

    /** The network now; a copy. */
    public NormalizedNetwork network() {
        return new NormalizedNetwork(weights.copy(), signs.clone(), activation);
    }
}
