package org.lemmalab.trainer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.numeric.Arguments;

/**
 * One-pass stochastic gradient descent on the square error of {@code f = c + sum_i a_i (w_i . x)^2} (G19 section 2.3).
 *
 * <p>With {@code h = W x} and {@code r = y - f(x)}, averaged over a batch of fresh samples, for all parameters at once:
 *
 * <pre>{@code
 * w_i += 4 eps r a_i h_i x,   a_i += 2 eps r h_i^2,   c += 2 eps r
 * }</pre>
 *
 * The paper has batches of one and {@code a_i = 1} that stay. Where training diverges, parameters end up infinite or NaN.
 */
public final class QuadraticNetworkDescent {
    private final DMatrixRMaj weights;
    private final double[] secondLayer;
    private final boolean joint;
    private final SampleBatch batch;
    private final DMatrixRMaj hidden;
    private final double[] squares;
    private double offset;
    private int steps;

    private QuadraticNetworkDescent(
            DMatrixRMaj weights, double[] secondLayer, boolean joint, double offset, int batch, SampleSource samples) {
        this.batch = new SampleBatch(batch, weights, samples);
        Arguments.same("length of second layer", secondLayer.length, "rows of weights", weights.numRows);
        Arguments.finite("second layer", secondLayer);
        this.weights = weights.copy();
        this.secondLayer = secondLayer;
        this.joint = joint;
        this.offset = Arguments.finite("offset", new double[] {offset})[0];
        hidden = new DMatrixRMaj(batch, weights.numRows);
        squares = new double[weights.numRows];
    }

    /**
     * Training of W and c, with {@code a_i = 1}.
     *
     * @param weights W(0), N x d, one neuron per row; copied
     * @param offset c(0)
     * @param batch samples per step, at least 1
     * @throws IllegalArgumentException if an argument is empty or not finite
     */
    public static QuadraticNetworkDescent withFixedSecondLayer(
            DMatrixRMaj weights, double offset, int batch, SampleSource samples) {
        double[] ones = new double[weights.numRows];
        Arrays.fill(ones, 1);
        return new QuadraticNetworkDescent(weights, ones, false, offset, batch, samples);
    }

    /**
     * Training of a, W and c.
     *
     * @param secondLayer a(0), length N; copied
     * @throws IllegalArgumentException if an argument is empty or not finite or the lengths differ
     */
    public static QuadraticNetworkDescent ofBothLayers(
            DMatrixRMaj weights, double[] secondLayer, double offset, int batch, SampleSource samples) {
        return new QuadraticNetworkDescent(weights, secondLayer.clone(), true, offset, batch, samples);
    }

    /** One step of size eps with a fresh batch. @throws IllegalArgumentException unless eps is finite and positive */
    public void step(double eps) {
        double scale = Arguments.positive("eps", eps) / batch.size();
        batch.draw();
        batch.preactivations(weights, hidden);
        Arrays.fill(squares, 0);
        double sum = 0;
        for (int i = 0; i < batch.size(); i++) {
            sum += residual(i);
        }
        batch.move(weights, 4 * scale, hidden);
        if (joint) {
            for (int j = 0; j < squares.length; j++) {
                secondLayer[j] += 2 * scale * squares[j];
            }
        }
        offset += 2 * scale * sum;
        steps++;
    }

    /** The residual r of sample i; its h becomes {@code r a h}, and {@code r h^2} is added up. */
    private double residual(int i) {
        int n = squares.length;
        double[] h = hidden.data;
        double residual = batch.label(i) - offset;
        for (int j = 0; j < n; j++) {
            residual -= secondLayer[j] * h[i * n + j] * h[i * n + j];
        }
        for (int j = 0; j < n; j++) {
            double slope = residual * h[i * n + j];
            squares[j] += slope * h[i * n + j];
            h[i * n + j] = slope * secondLayer[j];
        }
        return residual;
    }

    /** So many steps of one size. */
    public void steps(int count, double eps) {
        for (int k = 0; k < count; k++) {
            step(eps);
        }
    }

    /** The number of steps done; the number of samples seen is this times the batch. */
    public int steps() {
        return steps;
    }

    /** W now, N x d; a copy. */
    public DMatrixRMaj weights() {
        return weights.copy();
    }

    /** a now, length N; a copy. */
    public double[] secondLayer() {
        return secondLayer.clone();
    }

    /** c now. */
    public double offset() {
        return offset;
    }
}
