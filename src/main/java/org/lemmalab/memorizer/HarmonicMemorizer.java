package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * Memorizes incoherent unit vectors with ReLU neurons of small total weight (B20 Theorems 4 and 5). Each step draws a complex neuron that correlates
 * with the residual on the index set A, replaces it by its best rectified ridge and subtracts that with an exact line search, so that the residual
 * on A never grows. A point whose squared residual exceeds {@code n gamma^2} leaves A for good; at least {@code n - 1/gamma^2} points stay.
 */
public final class HarmonicMemorizer {
    private static final int REDRAWS = 1000;

    private final DMatrixRMaj points;
    private final double norm;
    private final double threshold;
    private final int degree;
    private final int draws;
    private final RidgeNeuron.Selection selection;
    private final RandomStream stream;
    private final double[] residual;
    private final boolean[] kept;
    private final List<double[]> weights = new ArrayList<>();
    private final List<Double> biases = new ArrayList<>();
    private final List<Double> outputs = new ArrayList<>();
    private int attempts;

    /**
     * Starts at the zero network; labels are scaled to {@code |y|^2 = n} inside.
     *
     * @param points n x d, unit rows, n at least 1, {@code |x_i . x_j| <= gamma} for i != j
     * @param labels y, length n, not all 0
     * @param gamma the coherence allowed, in (1/(2n), 1); labels that all have modulus 1 are safe from {@code 2/sqrt n} on
     * @param draws complex neurons tried in each step, at least 1
     * @param selection which ridge a step takes
     * @throws IllegalArgumentException if an argument is not allowed; the message names two points that are too coherent
     */
    public HarmonicMemorizer(
            DMatrixRMaj points,
            double[] labels,
            double gamma,
            int draws,
            RidgeNeuron.Selection selection,
            RandomStream stream) {
        Arguments.unitRows("points", points);
        Arguments.finite("labels", labels);
        int n = points.numRows;
        Arguments.same("length of labels", labels.length, "rows of points", n);
        norm = LinearAlgebra.norm(labels) / Math.sqrt(n);
        Arguments.positive("norm of labels", norm);
        if (!(gamma > 0.5 / n && gamma < 1)) {
            throw new IllegalArgumentException("gamma = " + gamma + ", allowed: in (1/(2n), 1), n = " + n);
        }
        requireIncoherent(points, gamma);
        Arguments.atLeast("draws", draws, 1);
        this.points = points;
        this.draws = draws;
        this.selection = selection;
        this.stream = stream;
        threshold = n * gamma * gamma;
        degree = degree(n, gamma);
        residual = new double[n];
        kept = new boolean[n];
        for (int i = 0; i < n; i++) {
            residual[i] = labels[i] / norm;
            kept[i] = true;
        }
        discard();
    }

    /** The least m of at least 3 with {@code n gamma^(m-2) <= 1/2} (B20 (19)). */
    public static int degree(int n, double gamma) {
        return Math.max(3, 2 + (int) Math.ceil(Math.log(2.0 * n) / Math.log(1 / gamma) - 1e-12));
    }

    /** The largest {@code |x_i . x_j|}, i != j, of unit rows; 0 for one row. */
    public static double coherence(DMatrixRMaj points) {
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        double largest = 0;
        for (int i = 0; i < gram.numRows; i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(gram.get(i, j)));
            }
        }
        return largest;
    }

    /**
     * Steps until {@code sum_A (f(x_i) - y_i)^2 <= eps |y|^2}.
     *
     * @param eps in (0, 1)
     * @param maxNeurons at least 1
     * @throws IllegalArgumentException if an argument is not allowed
     * @throws ArithmeticException if that many neurons do not suffice; the message gives the error reached
     */
    public HarmonicMemorizer run(double eps, int maxNeurons) {
        if (!(eps > 0 && eps < 1)) {
            throw new IllegalArgumentException("eps = " + eps + ", allowed: in (0, 1)");
        }
        Arguments.atLeast("maxNeurons", maxNeurons, 1);
        while (error() > eps) {
            if (size() >= maxNeurons) {
                throw new ArithmeticException(
                        maxNeurons + " neurons reach the error " + error() + ", not " + eps + "; allow more neurons");
            }
            step();
        }
        return this;
    }

    /** Adds one neuron and updates the index set. @throws IllegalStateException if the residual on A is zero */
    public void step() {
        if (error() == 0) {
            throw new IllegalStateException("the residual on the index set is zero: there is nothing to fit");
        }
        double[] target = onKept();
        RidgeNeuron best = null;
        for (int draw = 0; draw < draws; draw++) {
            RidgeNeuron found = RidgeNeuron.best(drawn(target), points, target, selection);
            if (found != null && (best == null || found.score() > best.score())) {
                best = found;
            }
        }
        if (best != null) {
            subtract(best);
            discard();
        }
    }

    /** A complex neuron for the residual on A with {@code |v|^2 >= |r_A|^2 / (4 n gamma^2)}, which holds with probability bounded below (B20 Lemma 4). */
    private ComplexNeuron drawn(double[] target) {
        double enough = LinearAlgebra.dot(target, target) / 4 / Math.sqrt(threshold);
        for (int redraw = 0; redraw < REDRAWS; redraw++) {
            ComplexNeuron neuron = ComplexNeuron.draw(
                    points, target, degree, threshold, stream.part("draw").trial(attempts++));
            if (LinearAlgebra.dot(target, neuron.values(points)) >= enough) {
                return neuron;
            }
        }
        throw new ArithmeticException("no complex neuron with the expected correlation in " + REDRAWS + " draws");
    }

    private void subtract(RidgeNeuron neuron) {
        double[] f = LinearAlgebra.product(points, neuron.weights());
        double product = 0;
        double squares = 0;
        for (int i = 0; i < f.length; i++) {
            f[i] = Math.max(f[i] - neuron.knot(), 0);
            if (kept[i]) {
                product += residual[i] * f[i];
                squares += f[i] * f[i];
            }
        }
        double eta = product / squares;
        for (int i = 0; i < f.length; i++) {
            residual[i] -= eta * f[i];
        }
        weights.add(neuron.weights());
        biases.add(-neuron.knot());
        outputs.add(norm * eta);
    }

    private void discard() {
        for (int i = 0; i < residual.length; i++) {
            kept[i] &= residual[i] * residual[i] <= threshold;
        }
    }

    private double[] onKept() {
        double[] target = new double[residual.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = kept[i] ? residual[i] : 0;
        }
        return target;
    }

    /** The number of neurons so far. */
    public int size() {
        return outputs.size();
    }

    /** The degree m of the complex neurons. */
    public int degree() {
        return degree;
    }

    /** {@code sum_A (f(x_i) - y_i)^2 / |y|^2}. */
    public double error() {
        double[] target = onKept();
        return LinearAlgebra.dot(target, target) / target.length;
    }

    /** The residual {@code y - f}, length n, in the scale of the labels. */
    public double[] residual() {
        double[] r = residual.clone();
        for (int i = 0; i < r.length; i++) {
            r[i] *= norm;
        }
        return r;
    }

    /** Which points are in the index set A; a copy. */
    public boolean[] kept() {
        return kept.clone();
    }

    /** The network f. @throws IllegalStateException before the first step */
    public TwoLayerNetwork network() {
        if (outputs.isEmpty()) {
            throw new IllegalStateException("no neuron yet: take a step first");
        }
        DMatrixRMaj w = new DMatrixRMaj(size(), points.numCols);
        for (int l = 0; l < size(); l++) {
            System.arraycopy(weights.get(l), 0, w.data, l * w.numCols, w.numCols);
        }
        return new TwoLayerNetwork(
                w,
                biases.stream().mapToDouble(b -> b).toArray(),
                outputs.stream().mapToDouble(a -> a).toArray(),
                Relu.INSTANCE);
    }

    private static void requireIncoherent(DMatrixRMaj points, double gamma) {
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        for (int i = 0; i < gram.numRows; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(gram.get(i, j)) > gamma + Arguments.UNIT_TOLERANCE) {
                    throw new IllegalArgumentException("points " + j + " and " + i + " have inner product "
                            + gram.get(i, j) + "; gamma allows at most " + gamma + " in modulus");
                }
            }
        }
    }
}
