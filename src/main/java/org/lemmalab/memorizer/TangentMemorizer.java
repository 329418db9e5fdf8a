package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * Memorizes by boosting derivative neurons in the directions of the tangent kernel (B20 Theorems 2 and 6): each step draws {@code u ~ N(0, I)}, takes
 * {@code v = sum_i s'(u . x_i) r_i x_i} and subtracts eta times the derivative neuron of (u, v), two neurons a step. The neuron's correlation with
 * the residual r is {@code |v|^2} for a positively homogeneous s.
 */
public final class TangentMemorizer {
    /** How far a smooth activation's arguments move, {@code delta max_i |v . x_i|}. */
    private static final double SMALL = 1e-4;

    private final DMatrixRMaj points;
    private final Activation activation;
    private final double learningRate;
    private final RandomStream stream;
    private final double[] labels;
    private final double[] residual;
    private final double norm;
    private final List<DerivativeNeuron> pairs = new ArrayList<>();
    private int steps;

    /**
     * Starts at the zero network.
     *
     * @param points n x d, n at least 1
     * @param labels y, length n, not all 0
     * @param activation smooth, or piecewise linear with its only kink at 0
     * @param learningRate eta, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is not allowed
     */
    public TangentMemorizer(
            DMatrixRMaj points, double[] labels, Activation activation, double learningRate, RandomStream stream) {
        Arguments.matrix("points", points);
        Arguments.finite("labels", labels);
        Arguments.same("length of labels", labels.length, "rows of points", points.numRows);
        for (double kink : activation.kinks()) {
            if (kink != 0) {
                throw new IllegalArgumentException(
                        activation.name() + " has a kink at " + kink + ", allowed: no kink but 0");
            }
        }
        this.points = points;
        this.activation = activation;
        this.learningRate = Arguments.positive("learningRate", learningRate);
        this.stream = stream;
        this.labels = labels;
        residual = labels.clone();
        norm = Arguments.positive("norm of labels", LinearAlgebra.norm(labels));
    }

    /** The learning rate {@code d/(omega n) = 1/lambda_max(X^T X)} at which no ReLU step increases the residual (B20 (11)). */
    public static double learningRate(DMatrixRMaj points) {
        boolean wide = points.numCols > points.numRows;
        DMatrixRMaj gram = wide ? LinearAlgebra.gram(points) : LinearAlgebra.productTransA(points, points);
        return 1 / LinearAlgebra.eigen(gram).largest();
    }

    /**
     * Steps until {@code |f - y|^2 <= eps |y|^2}.
     *
     * @param eps in (0, 1)
     * @param maxSteps at least 1
     * @throws IllegalArgumentException if an argument is not allowed, or equal points have different labels
     * @throws ArithmeticException if that many steps do not suffice; the message gives the error reached
     */
    public TangentMemorizer run(double eps, int maxSteps) {
        if (!(eps > 0 && eps < 1)) {
            throw new IllegalArgumentException("eps = " + eps + ", allowed: in (0, 1)");
        }
        Arguments.atLeast("maxSteps", maxSteps, 1);
        LabeledPoints.distinct(points, labels);
        for (int t = 0; error() > eps; t++) {
            if (t == maxSteps) {
                throw new ArithmeticException(
                        maxSteps + " steps reach the error " + error() + ", not " + eps + "; allow more steps");
            }
            step();
        }
        return this;
    }

    /** Draws one pair of neurons and subtracts it; a pair that vanishes on all points is not kept. */
    public void step() {
        double[] u = stream.trial(steps++).gaussians(points.numCols);
        double[] arguments = LinearAlgebra.product(points, u);
        double[] v = LinearAlgebra.productTransA(points, DerivativeNeuron.limit(activation, arguments, residual));
        double[] slopes = LinearAlgebra.product(points, v);
        double furthest = 0;
        for (double slope : slopes) {
            furthest = Math.max(furthest, Math.abs(slope));
        }
        if (furthest == 0) {
            return;
        }
        boolean smooth = activation.kinks().length == 0;
        double delta = smooth ? SMALL / furthest : DerivativeNeuron.exactDelta(arguments, slopes);
        DerivativeNeuron pair = new DerivativeNeuron(u, 0, v, 0, delta);
        double[] f = smooth
                ? pair.network(activation).predict(points)
                : DerivativeNeuron.limit(activation, arguments, slopes);
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= learningRate * f[i];
        }
        pairs.add(pair);
    }

    /** {@code |f - y|^2 / |y|^2}. */
    public double error() {
        return Math.pow(LinearAlgebra.norm(residual) / norm, 2);
    }

    /** The residual {@code y - f}, length n; a copy. */
    public double[] residual() {
        return residual.clone();
    }

    /** The number of neurons so far, two for each pair. */
    public int size() {
        return 2 * pairs.size();
    }

    /** The network f of {@link #size()} neurons. @throws IllegalStateException if there is none yet */
    public TwoLayerNetwork network() {
        if (pairs.isEmpty()) {
            throw new IllegalStateException("no neuron yet: take a step first");
        }
        double[] coefficients = new double[pairs.size()];
        java.util.Arrays.fill(coefficients, learningRate);
        return DerivativeNeuron.sum(pairs, coefficients, activation);
    }
}
