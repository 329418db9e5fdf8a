package org.lemmalab.trainer;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.ParallelBlocks;

/**
 * Gradient descent of a ReLU network in sample space: the same iterates as {@link GradientDescent}, on pre-activations
 * {@code P = W X^T} and coefficients C with {@code W(k) = W(0) + C X}.
 *
 * <pre>{@code
 * C_ri += eta m^-1/2 a_r (y_i - u_i) 1{P_ri >= 0},    P = P(0) + C K,    K = X X^T,    u = m^-1/2 relu(P)^T a
 * }</pre>
 *
 * <p>A step costs one product of {@code 2 n^2 m} operations, against {@code 4 n d m} in weight space, and rounding errors of P do not
 * pile up, as P starts from P(0) each time. Neurons go in blocks of fixed size, so that the result is the same to the last bit for any
 * number of threads. A step works in buffers made at the start; it holds three m x n matrices.
 */
public final class SampleSpaceGradientDescent implements Trainer {

    /* Neurons per block: large enough that moving K to the native library costs little beside the product. */
    private static final int BLOCK = 512;

    private final NormalizedNetwork initial;
    private final DMatrixRMaj points;
    private final DMatrixRMaj gram;
    private final double[] y;
    private final double eta;
    private final int threads;
    private final NeuronBlock[] blocks;
    private final double[] residual;
    private final double[] increment;
    private final double[] movementsSquared;
    private final DMatrixRMaj coactivations;
    private final IntConsumer advance = this::advance;
    private int movementsAt;
    private int steps;

    /** As the constructor with the number of threads, on one thread. */
    public SampleSpaceGradientDescent(NormalizedNetwork initial, DMatrixRMaj points, double[] y, double eta) {
        this(initial, points, y, eta, 1);
    }

    /**
     * @param initial the ReLU network at step 0; not modified while training
     * @param points n x d, one point per row; not modified while training
     * @param y labels, length n; copied
     * @param eta step size, finite and {@code > 0}
     * @param threads at least 1
     * @throws IllegalArgumentException if an argument is empty or not finite, the shapes do not fit or the activation is not ReLU
     */
    public SampleSpaceGradientDescent(
            NormalizedNetwork initial, DMatrixRMaj points, double[] y, double eta, int threads) {
        if (initial.activation() != Relu.INSTANCE) {
            throw new IllegalArgumentException(
                    "activation = " + initial.activation().name() + ", allowed: relu");
        }
        DMatrixRMaj preactivations = initial.preactivations(points);
        Arguments.same("length of y", y.length, "rows of points", points.numRows);
        this.initial = initial;
        this.points = points;
        this.gram = LinearAlgebra.gram(points);
        this.y = Arguments.finite("y", y.clone());
        this.eta = Arguments.positive("eta", eta);
        this.threads = Arguments.atLeast("threads", threads, 1);
        this.blocks = new NeuronBlock[(initial.width() + BLOCK - 1) / BLOCK];
        for (int b = 0; b < blocks.length; b++) {
            int to = Math.min((b + 1) * BLOCK, initial.width());
            blocks[b] = new NeuronBlock(LinearAlgebra.backend(), preactivations, initial.signs(), b * BLOCK, to);
        }
        this.residual = new double[y.length];
        this.increment = new double[y.length];
        this.movementsSquared = new double[initial.width()];
        this.coactivations = new DMatrixRMaj(y.length, y.length);
        refreshResidual();
    }

    @Override
    public void step() {
        double scale = eta / Math.sqrt(initial.width());
        for (int i = 0; i < y.length; i++) {
            increment[i] = scale * residual[i];
        }
        ParallelBlocks.run(blocks.length, threads, advance);
        refreshResidual();
        steps++;
    }

    private void advance(int block) {
        blocks[block].advance(increment, gram);
    }

    private void refreshResidual() {
        Arrays.fill(residual, 0);
        for (NeuronBlock block : blocks) {
            block.addOutput(residual);
        }
        for (int i = 0; i < residual.length; i++) {
            residual[i] = y[i] - residual[i] / Math.sqrt(initial.width());
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
        return Math.sqrt(Arrays.stream(neuronMovementsSquared()).reduce(0, Double::sum));
    }

    @Override
    public double largestNeuronMovement() {
        return Math.sqrt(Arrays.stream(neuronMovementsSquared()).reduce(0, Math::max));
    }

    /** {@code |w_r(k) - w_r(0)|^2} for every neuron; kept until the next step. */
    private double[] neuronMovementsSquared() {
        if (movementsAt != steps) {
            int r = 0;
            for (NeuronBlock block : blocks) {
                for (int own = 0; own < block.neurons(); own++) {
                    movementsSquared[r++] = block.movementSquared(own);
                }
            }
            movementsAt = steps;
        }
        return movementsSquared;
    }

    /** The number of pairs (neuron, point) whose indicator {@code 1{w_r . x_i >= 0}} differs from step 0. */
    public long flips() {
        return Arrays.stream(flipsPerPoint()).sum();
    }

    /** {@code |Z(k) - Z(0)|_F^2 = (1/m) sum over flips of |x_i|^2}: flips over m for unit vectors (A19, Lemma C.2). */
    public double tangentMovementSquared() {
        long[] flips = flipsPerPoint();
        double sum = 0;
        for (int i = 0; i < flips.length; i++) {
            sum += flips[i] * gram.get(i, i);
        }
        return sum / initial.width();
    }

    private long[] flipsPerPoint() {
        long[] flips = new long[y.length];
        for (NeuronBlock block : blocks) {
            block.countFlips(flips);
        }
        return flips;
    }

    /** {@code P(k)}, m x n; a copy. */
    public DMatrixRMaj preactivations() {
        DMatrixRMaj result = new DMatrixRMaj(initial.width(), y.length);
        for (int b = 0; b < blocks.length; b++) {
            blocks[b].copyPreactivations(result.data, b * BLOCK * y.length);
        }
        return result;
    }

    /** C with {@code W(k) = W(0) + C X}, m x n; a copy. */
    public DMatrixRMaj coefficients() {
        DMatrixRMaj result = new DMatrixRMaj(initial.width(), y.length);
        for (int b = 0; b < blocks.length; b++) {
            blocks[b].copyCoefficients(result.data, b * BLOCK * y.length);
        }
        return result;
    }

    /** The Gram matrix {@code H(k)} of the network now, n x n. */
    public DMatrixRMaj empiricalGram() {
        for (NeuronBlock block : blocks) {
            block.updateCoactivations(coactivations.data);
        }
        return EmpiricalGramMatrix.ofCoactivations(gram, coactivations, initial.width());
    }

    /** The network now, {@code W(0) + C X}; a copy. */
    public NormalizedNetwork network() {
        DMatrixRMaj weights = initial.weights().copy();
        LinearAlgebra.backend().multiply(false, false, 1, coefficients(), points, 1, weights);
        return new NormalizedNetwork(weights, initial.signs().clone(), initial.activation());
    }
}
