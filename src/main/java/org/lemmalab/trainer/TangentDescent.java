package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.numeric.Arguments;

/**
 * One-pass stochastic gradient descent on the square error of the neural tangent class with {@code s(z) = z^2},
 * {@code f = c + 2 sum_i (w_i . x)(a_i . x)} (G19 (3)), from {@code A = 0}: the weights W stay.
 *
 * <p>With {@code h = W x} and {@code r = y - f(x)}, averaged over a batch of fresh samples, for both at once:
 * {@code a_i += 4 eps r h_i x}, {@code c += 2 eps r}.
 */
public final class TangentDescent {
    private final DMatrixRMaj weights;
    private final DMatrixRMaj coefficients;
    private final SampleBatch batch;
    private final DMatrixRMaj hidden;
    private final DMatrixRMaj forms;
    private double offset;
    private int steps;

    /**
     * At {@code A = 0}.
     *
     * @param weights W, N x d, one neuron per row; copied
     * @param offset c(0)
     * @param batch samples per step, at least 1
     * @throws IllegalArgumentException if an argument is empty or not finite
     */
    public TangentDescent(DMatrixRMaj weights, double offset, int batch, SampleSource samples) {
        this.batch = new SampleBatch(batch, weights, samples);
        this.weights = weights.copy();
        this.offset = Arguments.finite("offset", new double[] {offset})[0];
        coefficients = new DMatrixRMaj(weights.numRows, weights.numCols);
        hidden = new DMatrixRMaj(batch, weights.numRows);
        forms = new DMatrixRMaj(batch, weights.numRows);
    }

    /** One step of size eps with a fresh batch. @throws IllegalArgumentException unless eps is finite and positive */
    public void step(double eps) {
        double scale = Arguments.positive("eps", eps) / batch.size();
        batch.draw();
        batch.preactivations(weights, hidden);
        batch.preactivations(coefficients, forms);
        int n = weights.numRows;
        double sum = 0;
        for (int i = 0; i < batch.size(); i++) {
            double residual = batch.label(i) - offset;
            for (int j = i * n; j < (i + 1) * n; j++) {
                residual -= 2 * hidden.data[j] * forms.data[j];
            }
            for (int j = i * n; j < (i + 1) * n; j++) {
                hidden.data[j] *= residual;
            }
            sum += residual;
        }
        batch.move(coefficients, 4 * scale, hidden);
        offset += 2 * scale * sum;
        steps++;
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

    /** W, N x d; a copy. */
    public DMatrixRMaj weights() {
        return weights.copy();
    }

    /** A now, N x d, one {@code a_i} per row; a copy. */
    public DMatrixRMaj coefficients() {
        return coefficients.copy();
    }

    /** c now. */
    public double offset() {
        return offset;
    }
}
