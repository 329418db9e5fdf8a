package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * {@link SingleStep} seen by a few examples of the sample, the probes, while the others pass by in blocks: from {@code W = [I_q 0]}, to which
 * rotation invariance reduces Gaussian points.
 *
 * <p>Costs {@code 2 m (d + q) K} operations for K probes and holds K(d + 2 q) numbers and a block.
 */
public final class ProbedStep {
    private static final int BLOCK = 256;

    private final DMatrixRMaj probes;
    private final double[] y;
    private final double[] a;
    private final Activation activation;
    private final StepRule rule;
    private final int examples;
    private final DMatrixRMaj shifts; // of the pre-activations of the probes by all examples so far, q x K
    private final DMatrixRMaj ownSlopes; // q x K
    private final boolean[] active;
    private int seen;

    /**
     * @param probes K x d, one point per row; kept, not modified
     * @param y their labels -1 or 1, length K; kept
     * @param a the network's outputs, length q from 1 to d; kept
     * @param rule the step
     * @param examples m, the size of the whole sample, at least K
     * @throws IllegalArgumentException if an argument is empty or not finite, the shapes do not fit or a label is neither
     */
    public ProbedStep(DMatrixRMaj probes, double[] y, double[] a, Activation activation, StepRule rule, int examples) {
        this.probes = Arguments.matrix("probes", probes);
        this.a = Arguments.finite("a", a);
        Arguments.atLeast("length of a", a.length, 1);
        Arguments.atLeast("columns of probes", probes.numCols, a.length);
        this.y = y;
        this.activation = activation;
        this.rule = rule;
        this.examples = Arguments.atLeast("examples", examples, probes.numRows);
        this.shifts = new DMatrixRMaj(a.length, probes.numRows);
        this.active = new boolean[probes.numRows];
        DMatrixRMaj slopes = add(probes, y);
        this.ownSlopes = new DMatrixRMaj(a.length, probes.numRows);
        for (int j = 0; j < a.length; j++) {
            for (int k = 0; k < probes.numRows; k++) {
                ownSlopes.set(j, k, slopes.get(k, j));
            }
        }
        for (int k = 0; k < active.length; k++) {
            active[k] = rule.uses(output(probes, k), y[k]);
        }
    }

    /**
     * A Gaussian sample with fair labels, of which the first {@code probes} points are the probes.
     *
     * @param probes K, from 1 to {@code examples}
     * @param examples m
     * @param d dimension; other arguments as in the constructor
     */
    public static ProbedStep gaussian(
            int probes, int examples, int d, double[] a, Activation activation, StepRule rule, RandomStream stream) {
        Arguments.atLeast("probes", probes, 1);
        ProbedStep step = new ProbedStep(
                PointLaw.GAUSSIAN.rows(probes, d, stream), stream.signs(probes), a, activation, rule, examples);
        while (step.seen < examples) {
            int size = Math.min(BLOCK, examples - step.seen);
            step.add(PointLaw.GAUSSIAN.rows(size, d, stream), stream.signs(size));
        }
        return step;
    }

    /**
     * Lets more examples pass by.
     *
     * @param points one point per row; not modified
     * @param labels -1 or 1
     * @return their share in the step, {@code (eta/m) y_i a_j s'(u_ij)}, 0 where an example is left out, points x q
     * @throws IllegalArgumentException if the shapes do not fit, a label is neither, or there are more than m in all
     */
    public DMatrixRMaj add(DMatrixRMaj points, double[] labels) {
        Arguments.matrix("points", points);
        SingleStep.labels(labels);
        Arguments.same("length of labels", labels.length, "rows of points", points.numRows);
        Arguments.same("columns of points", points.numCols, "columns of probes", probes.numCols);
        Arguments.atLeast("examples left", examples - seen, points.numRows);
        seen += points.numRows;
        int q = a.length;
        DMatrixRMaj slopes = new DMatrixRMaj(points.numRows, q);
        for (int i = 0; i < points.numRows; i++) {
            double strength = rule.uses(output(points, i), labels[i]) ? rule.rate() / examples * labels[i] : 0;
            for (int j = 0; strength != 0 && j < q; j++) {
                slopes.data[i * q + j] = strength * a[j] * activation.derivative(points.data[i * points.numCols + j]);
            }
        }
        DMatrixRMaj products = LinearAlgebra.productTransB(points, probes);
        LinearAlgebra.backend().multiply(true, false, 1, slopes, products, 1, shifts);
        return slopes;
    }

    private double output(DMatrixRMaj points, int i) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * activation.value(points.data[i * points.numCols + j]);
        }
        return sum;
    }

    /**
     * What the step does to the outputs at the probes.
     *
     * @throws IllegalStateException unless all m examples have passed
     */
    public StepOutputs outputs() {
        requireAll();
        DMatrixRMaj u = SingleStep.firstCoordinates(probes, a.length);
        double[] before = SingleStep.outputs(a, activation, u);
        double[] squares = SingleStep.squaredNorms(probes);
        DMatrixRMaj after = u.copy();
        DMatrixRMaj others = u.copy();
        for (int at = 0; at < u.data.length; at++) {
            after.data[at] += shifts.data[at];
            others.data[at] = after.data[at] - ownSlopes.data[at] * squares[at % squares.length];
        }
        return new StepOutputs(
                y, active, before, SingleStep.outputs(a, activation, others), SingleStep.outputs(a, activation, after));
    }

    /**
     * How far the others move the pre-activations of probe k: {@code <eta g~_j, x_k>} for every neuron j.
     *
     * @throws IllegalStateException unless all m examples have passed
     */
    public double[] shifts(int k) {
        requireAll();
        double square = SingleStep.squaredNorms(probes)[k];
        double[] result = new double[a.length];
        for (int j = 0; j < result.length; j++) {
            result[j] = shifts.get(j, k) - ownSlopes.get(j, k) * square;
        }
        return result;
    }

    /** The probes; not a copy. */
    public DMatrixRMaj probes() {
        return probes;
    }

    private void requireAll() {
        if (seen < examples) {
            throw new IllegalStateException(seen + " of " + examples + " examples have passed");
        }
    }
}
