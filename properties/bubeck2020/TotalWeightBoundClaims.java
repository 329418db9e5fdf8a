package bubeck2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.activation.Shifted;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.complexity.SignVectors;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * A network that approximates labels has a total weight of order {@code sqrt n}.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 1; the second claim is its companion for balanced labels, which needs no homogeneity.
 *
 * <h2>Statement</h2>
 *
 * Let {@code |f - y|^2 <= |y|^2/2}, f a network with an L-Lipschitz activation. For some unit points and labels {@code W(f) >= sqrt n / (8 L)} for every such f, if {@code n >= 2}
 * (two points at a distance t with opposite labels already force {@code W >= 0.58/(L t)}). For ReLU this holds for any given points and the mean
 * over labels, as {@code W(f) >= (1 - 1/sqrt 2) n / max |sum y_i s(w.x_i - b)| / |(w, b)|}. For {@code sum y_i = 0} and any activation
 *
 * <pre>{@code
 * f.y <= L sqrt n |X| W(f),   hence W(f) >= (1 - 1/sqrt 2) sqrt n / (L |X|),
 * }</pre>
 *
 * |X| the largest singular value: {@code sum y_i s(-b) = 0} and {@code |s(w.x_i - b) - s(-b)| <= L |w.x_i|}.
 *
 * <h2>Instances</h2>
 *
 * Certificates for all labels of up to 6 points in one or two dimensions, and of one point. On n orthonormal points the pair
 * {@code c (max(v.x, 0) - max(-v.x, 0))}, {@code v = sum y_i x_i}, {@code c = 1 - 1/sqrt 2}, has the error exactly 1/2 and {@code W = 0.5858 sqrt n}. One point, and two points at the distance 0.1 repeated,
 * with cos, sigmoid, softplus and ReLU + 1: a constant neuron {@code w = b = 0}, of weight 0, and pairs of neurons, fitted by least squares. Balanced labels on up to 10 points, |biases| up
 * to 100, the neuron {@code w = X^T y}, and constant neurons; antipodal clusters with a linear neuron, where the bound is an equality.
 *
 * <h2>How it is checked</h2>
 *
 * The suprema of the certificate are exact ({@link org.lemmalab.complexity.NeuronSupremum}). Sums of n terms below 2 and their ratios are right to 1e-12.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code sqrt n / 4} by certificates for one point; {@code 0.6 sqrt n} and {@code sqrt n} by the pair; as printed, one point and a constant neuron. The factor 0.9, no |X|, and labels that are
 * not balanced.
 */
class TotalWeightBoundClaims {
    private static final double ROUNDING = 1e-12;
    private static final String DERIVATION = "n terms below 2, 50 roundings, divided by a number above 0.1";
    private static final DMatrixRMaj POINT = new DMatrixRMaj(new double[][] {{1}});

    /** Points in one or two dimensions, and a number of orthonormal ones. */
    record Instance(Activation activation, int n, int d, int half, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "TotalWeightBoundClaims");
        }

        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(n, d, stream().part("points"));
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        activations(),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    private static Arbitrary<Activation> activations() {
        return Arbitraries.of(
                new Cosine(1, 0), DecentActivation.SIGMOID, DecentActivation.SOFTPLUS, new Shifted(Relu.INSTANCE, -1));
    }

    @Claim(
            id = "B20.prop1",
            statement =
                    "\\exists (x_i, y_i)_{i \\le n}:\\quad \\|f - y\\|^2 \\le \\tfrac12\\|y\\|^2 \\;\\Longrightarrow\\; \\mathbf W(f) \\ge \\frac{\\sqrt n}{8 L}",
            hypotheses = "$x_i$ unit vectors, $y_i = \\pm1$, any $L$-Lipschitz activation $\\psi$",
            correction =
                    "n \\ge 2 \\text{ or } \\psi(0) = 0:\\quad \\exists (x_i, y_i)_{i \\le n}:\\quad \\|f - y\\|^2 \\le \\tfrac12\\|y\\|^2 \\;\\Longrightarrow\\; \\mathbf W(f) \\ge \\frac{\\sqrt n}{8 L}",
            derivation =
                    "$n = 1$, $\\psi = \\cos$: the neuron $f(x) = y \\cos(0 \\cdot x + 0)$ equals $y$, and its weight $|a| \\sqrt{\\|w\\|^2 + b^2}$ is $0 < 1/8$.",
            instances = 60)
    void approximationNeedsATotalWeightOfOrderRootN(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.note(
                "For n >= 2 the existence is trivial: equal or nearly equal points with opposite labels. For given points and random labels the checks"
                        + " give 0.138 sqrt(n) for ReLU; the proof's argument covers positively homogeneous activations.");
        run.covers(drawn.activation.name()).covers(drawn.n == 1 ? "n = 1" : "n > 1");
        if (drawn.d == 1) {
            run.covers("d = 1");
        }
        run.check(
                        "ReLU, given points, mean over labels",
                        0.125,
                        (constant, lab) -> Comparison.atLeast(
                                new double[] {certificate(drawn.points()), certificate(POINT)},
                                constant,
                                ROUNDING,
                                DERIVATION))
                .falsifiedBy("sqrt n / 4, by one point", 0.25);

        int n = 2 * drawn.half;
        DMatrixRMaj frame = OrthonormalRows.draw(n, n, drawn.stream().part("frame"));
        double[] y = drawn.stream().part("labels").signs(n);
        TwoLayerNetwork pair = approximation(frame, y);
        run.check("ReLU pair on orthonormal points", 0.125, (constant, lab) -> {
                    Decision error = Comparison.atMost(error(pair, frame, y), 0.5, ROUNDING, DERIVATION);
                    return error.isRefuted()
                            ? error
                            : Comparison.atLeast(pair.totalWeight() / Math.sqrt(n), constant, ROUNDING, DERIVATION);
                })
                .falsifiedBy("0.6 sqrt n", 0.6)
                .falsifiedBy("sqrt n / L", 1.0);

        run.check("a constant neuron and pairs, psi(0) not 0", n, (count, lab) -> {
                    DMatrixRMaj points = count == 1 ? new DMatrixRMaj(new double[][] {{1, 0}}) : closePoints(count);
                    double[] labels = alternating(count);
                    double bound = Math.sqrt(count) / (8 * drawn.activation.lipschitz());
                    double least = 1e6; // the pairs on close points are admissible
                    for (TwoLayerNetwork f :
                            candidates(drawn.activation, drawn.stream().part("pairs"))) {
                        TwoLayerNetwork best = fitted(f, points, labels);
                        if (error(best, points, labels) <= 0.5) {
                            least = Math.min(least, best.totalWeight());
                        }
                    }
                    return Comparison.atLeast(least, bound, ROUNDING, DERIVATION);
                })
                .printedAs("n = 1", 1);
    }

    /** {@code (1 - 1/sqrt 2) sqrt n} over the mean of the best ReLU neuron's correlation: W/sqrt n is at least this for some labels, and in the mean. */
    private static double certificate(DMatrixRMaj points) {
        int n = points.numRows;
        double mean = SignVectors.mean(n, TotalWeightCertificate.twoSided(points, 0));
        return TotalWeightCertificate.CORRELATION * Math.sqrt(n) / mean;
    }

    private static TwoLayerNetwork approximation(DMatrixRMaj points, double[] y) {
        double[] v = LinearAlgebra.productTransA(points, y);
        DMatrixRMaj weights = new DMatrixRMaj(2, v.length);
        for (int k = 0; k < v.length; k++) {
            weights.set(0, k, v[k]);
            weights.set(1, k, -v[k]);
        }
        double c = TotalWeightCertificate.CORRELATION;
        return new TwoLayerNetwork(weights, new double[] {c, -c}, Relu.INSTANCE);
    }

    /** {@code (1, 0)} and a point at the distance 0.1 in turn. */
    private static DMatrixRMaj closePoints(int n) {
        DMatrixRMaj points = new DMatrixRMaj(n, 2);
        for (int i = 0; i < n; i++) {
            double angle = i % 2 * 2 * Math.asin(0.05);
            points.set(i, 0, Math.cos(angle));
            points.set(i, 1, Math.sin(angle));
        }
        return points;
    }

    private static double[] alternating(int n) {
        double[] y = new double[n];
        Arrays.setAll(y, i -> i % 2 == 0 ? 1 : -1);
        return y;
    }

    /** A neuron with {@code w = b = 0}, random neurons, and pairs {@code s(w.x + b) - s(-w.x + b)} of several sizes along the second axis. */
    private static List<TwoLayerNetwork> candidates(Activation s, RandomStream stream) {
        List<TwoLayerNetwork> all = new ArrayList<>();
        all.add(new TwoLayerNetwork(new DMatrixRMaj(1, 2), new double[1], new double[] {1}, s));
        for (double size : new double[] {0.1, 1, 10}) {
            DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{0, -size}, {0, size}});
            double[] biases = {0.7 + 0.05 * size, 0.7 - 0.05 * size};
            all.add(new TwoLayerNetwork(weights, biases, new double[] {1, -1}, s));
            all.add(new TwoLayerNetwork(
                    PointLaw.GAUSSIAN.rows(1, 2, stream), stream.gaussians(1), new double[] {size}, s));
        }
        return all;
    }

    /** The multiple of f that fits best. */
    private static TwoLayerNetwork fitted(TwoLayerNetwork f, DMatrixRMaj points, double[] y) {
        double[] values = f.predict(points);
        double factor = LinearAlgebra.dot(values, y) / LinearAlgebra.dot(values, values);
        double[] outputs = f.outputs().clone();
        for (int l = 0; l < outputs.length; l++) {
            outputs[l] *= factor;
        }
        return new TwoLayerNetwork(f.weights(), f.biases(), outputs, f.activation());
    }

    /** {@code |f - y|^2 / |y|^2}. */
    private static double error(TwoLayerNetwork f, DMatrixRMaj points, double[] y) {
        double[] rest = f.predict(points);
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= y[i];
        }
        return LinearAlgebra.dot(rest, rest) / LinearAlgebra.dot(y, y);
    }

    /** A network and points. */
    record Balanced(Activation activation, int half, int d, int neurons, double spread, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "TotalWeightBoundClaims.Balanced");
        }

        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(2 * half, d, stream().part("points"));
        }

        /** Gaussian neurons; the first has {@code w = X^T y}, and the last {@code w = b = 0}. */
        TwoLayerNetwork network(double[] y) {
            DMatrixRMaj weights =
                    PointLaw.GAUSSIAN.rows(neurons + 1, d, stream().part("weights"));
            double[] first = LinearAlgebra.productTransA(points(), y);
            System.arraycopy(first, 0, weights.data, 0, d);
            double[] biases = stream().part("biases").gaussians(neurons + 1);
            for (int l = 0; l < neurons; l++) {
                biases[l] *= spread;
            }
            Arrays.fill(weights.data, neurons * d, (neurons + 1) * d, 0);
            biases[neurons] = 0;
            double[] outputs = stream().part("outputs").gaussians(neurons + 1);
            return new TwoLayerNetwork(weights, biases, outputs, activation);
        }
    }

    @Provide
    Arbitrary<Balanced> balanced() {
        return Combinators.combine(
                        Arbitraries.oneOf(activations(), Arbitraries.of(DecentActivation.TANH, DecentActivation.RELU)),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0.0, 1.0, 100.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Balanced::new);
    }

    /** {@code f.y <= factor L sqrt n |X|^power W} for labels that are balanced or all 1. */
    private record Form(double factor, double power, boolean balanced) {}

    @Claim(
            id = "B20.prop1-balanced",
            statement =
                    "f \\cdot y \\le L \\sqrt n\\, \\|X\\|\\, \\mathbf W(f); \\qquad \\|f - y\\|^2 \\le \\tfrac12\\|y\\|^2 \\;\\Longrightarrow\\; \\mathbf W(f) \\ge \\Big(1 - \\frac1{\\sqrt2}\\Big)\\frac{\\sqrt n}{L\\,\\|X\\|}",
            hypotheses = "$\\sum_i y_i = 0$, $y_i = \\pm1$, any $L$-Lipschitz $\\psi$")
    void balancedLabelsNeedWeightForAnyActivation(@ForAll("balanced") Balanced drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("biases times " + drawn.spread);
        if (drawn.d == 1) {
            run.covers("d = 1");
        }
        Activation raised = new Shifted(Relu.INSTANCE, -1);
        DMatrixRMaj four = PointLaw.SPHERE.rows(4, 2, drawn.stream().part("four"));
        run.check("networks", new Form(1, 1, true), (form, lab) -> {
                    double[] left = new double[2];
                    double[] right = new double[2];
                    double[] labels = labels(2 * drawn.half, form);
                    compare(drawn.network(labels), drawn.points(), labels, form, left, right, 0);
                    compare(constant(raised, 10), four, labels(4, form), form, left, right, 1);
                    return Comparison.atMost(left, right, ROUNDING, DERIVATION);
                })
                .falsifiedBy("labels all 1", new Form(1, 1, false));
        run.check("w = b = 0", new Form(1, 1, true), (form, lab) -> {
                    double[] left = new double[1];
                    double[] right = new double[1];
                    compare(constant(raised, 0), four, labels(4, form), form, left, right, 0);
                    return Comparison.atMost(left, right, ROUNDING, DERIVATION);
                })
                .falsifiedBy("labels all 1", new Form(1, 1, false));

        int n = 2 * drawn.half + 2;
        double[] y = alternating(n);
        DMatrixRMaj clusters = new DMatrixRMaj(n, 1, true, y);
        TwoLayerNetwork linear = new TwoLayerNetwork(
                new DMatrixRMaj(new double[][] {{1}}), new double[1], new double[] {1}, DecentActivation.IDENTITY);
        run.check("antipodal clusters and a linear neuron", new Form(1, 1, true), (form, lab) -> {
                    double[] left = new double[1];
                    double[] right = new double[1];
                    compare(linear, clusters, y, form, left, right, 0);
                    return Comparison.atMost(left, right, ROUNDING, DERIVATION);
                })
                .falsifiedBy("factor 0.9", new Form(0.9, 1, true))
                .falsifiedBy("no |X|", new Form(1, 0, true))
                .falsifiedBy("|X|^(3/4)", new Form(1, 0.75, true));

        DMatrixRMaj frame = OrthonormalRows.draw(n, n, drawn.stream().part("frame"));
        TwoLayerNetwork pair = approximation(frame, y);
        run.check(
                        "W of the pair on orthonormal points",
                        TotalWeightCertificate.CORRELATION,
                        (factor, lab) ->
                                Comparison.atLeast(pair.totalWeight() / Math.sqrt(n), factor, ROUNDING, DERIVATION))
                .falsifiedBy("0.6", 0.6);
    }

    /** A neuron with w = 0. */
    private static TwoLayerNetwork constant(Activation s, double bias) {
        return new TwoLayerNetwork(new DMatrixRMaj(1, 2), new double[] {bias}, new double[] {1}, s);
    }

    private static double[] labels(int n, Form form) {
        double[] y = alternating(n);
        if (!form.balanced) {
            Arrays.fill(y, 1);
        }
        return y;
    }

    private static void compare(
            TwoLayerNetwork f, DMatrixRMaj points, double[] y, Form form, double[] left, double[] right, int at) {
        double largest = LinearAlgebra.operatorNorm(points);
        double unit = f.activation().lipschitz() * Math.sqrt(y.length);
        double scale = unit * largest * (f.totalWeight() + 1);
        left[at] = Math.abs(LinearAlgebra.dot(f.predict(points), y)) / scale;
        right[at] = form.factor * unit * Math.pow(largest, form.power) * f.totalWeight() / scale;
    }
}
