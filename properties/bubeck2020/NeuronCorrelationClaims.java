package bubeck2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.complexity.NeuronSupremum;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A network that approximates labels correlates with them, and so does one of its neurons, relative to its weight and up to its sign.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 1, proof, first and third displays.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |f - y|^2 <= |y|^2 / 2   implies   f.y >= (1 - 1/sqrt 2) |y|^2 >= |y|^2 / 4,
 * max over (w, b) != 0 of |sum_i y_i s(w.x_i - b)| / sqrt(|w|^2 + b^2) >= f.y / W(f).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code f = y + t |y| u / sqrt 2}, u random of unit length or {@code u = -y/|y|}, t from 0 to 1, one to 8 Gaussian labels. Networks of up to five neurons with
 * ReLU, absolute value, tanh, sin, softplus, sigmoid, on up to 8 points and labels of both signs, whose own neurons are among the (w, b); and one of them alone, where the
 * bound is an equality. ReLU networks {@code f = -sum_l max(w_l.x + b_l, 0)} with labels -1: no neuron has a positive correlation.
 *
 * <h2>How it is checked</h2>
 *
 * The first bound relative to {@code |y|^2}, to rounding. The maximum over the network's own neurons is a lower bound of the one over all (w, b), and already suffices;
 * 4 (n + d + k) roundings of terms below {@code sum |y_i s|} per weight. For the last networks the maximum over all (w, b) is computed exactly ({@link NeuronSupremum}).
 *
 * <h2>Falsifiers</h2>
 *
 * The constant 0.3; 1.1 times {@code f.y / W}; the maximum without the absolute value, as printed.
 */
class NeuronCorrelationClaims {
    /** Labels and the direction and length of the error. */
    record Approximation(int n, double length, long seed) {}

    @Provide
    Arbitrary<Approximation> approximations() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(0.0, 0.3, 0.9, 1.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Approximation::new);
    }

    @Claim(
            id = "B20.prop1-corr",
            statement =
                    "\\|f - y\\|^2 \\le \\tfrac12\\|y\\|^2 \\;\\Longrightarrow\\; f \\cdot y \\ge \\tfrac14\\|y\\|^2",
            hypotheses = "the best constant is $1 - 1/\\sqrt2$")
    void approximationForcesCorrelation(@ForAll("approximations") Approximation drawn, ClaimRun run) {
        run.covers(drawn.n == 1 ? "one label" : "labels").covers("length " + drawn.length);
        RandomStream stream = RandomStream.of(drawn.seed, "NeuronCorrelationClaims");
        double[] y = stream.part("labels").gaussians(drawn.n);
        double[] u = stream.part("error").gaussians(drawn.n);
        double[] observed = {
            correlation(y, u, drawn.length / LinearAlgebra.norm(u)), correlation(y, y, -1 / LinearAlgebra.norm(y))
        };
        run.check(
                        "a random and the worst error",
                        0.25,
                        (constant, lab) -> Comparison.atLeast(observed, constant, 40 * 0x1p-53, "n + 4 roundings"))
                .falsifiedBy("0.3", 0.3);
        run.check(
                        "best constant",
                        1 - Math.sqrt(0.5),
                        (constant, lab) -> Comparison.equal(observed[1], constant, 40 * 0x1p-53, "n + 4 roundings"))
                .falsifiedBy("1/4", 0.25);
    }

    /** {@code f.y / |y|^2} for {@code f = y + factor |y| u / sqrt 2}. */
    private static double correlation(double[] y, double[] u, double factor) {
        return 1 + factor * Math.sqrt(0.5) * LinearAlgebra.dot(u, y) / LinearAlgebra.norm(y);
    }

    /** A network, points and labels. */
    record Instance(DecentActivation activation, int n, int d, int neurons, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "NeuronCorrelationClaims.Instance");
        }

        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(n, d, stream().part("points"));
        }

        double[] labels() {
            return stream().part("labels").signs(n);
        }

        TwoLayerNetwork network() {
            return new TwoLayerNetwork(
                    PointLaw.GAUSSIAN.rows(neurons, d, stream().part("weights")),
                    stream().part("biases").gaussians(neurons),
                    stream().part("outputs").gaussians(neurons),
                    activation);
        }

        /** Its first neuron, with the outer sign that makes the correlation positive. */
        TwoLayerNetwork single() {
            TwoLayerNetwork all = network();
            TwoLayerNetwork one = only(all, 0, 1);
            return only(all, 0, Math.copySign(1, LinearAlgebra.dot(one.predict(points()), labels())));
        }

        /** {@code -sum_l max(w_l.x + b_l, 0)} in the plane with {@code b_l = 5}: the first neuron is active. */
        TwoLayerNetwork negative() {
            DMatrixRMaj weights = PointLaw.SPHERE.rows(neurons, 2, stream().part("plane weights"));
            double[] biases = stream().part("biases").gaussians(neurons);
            biases[0] = 5;
            double[] outputs = new double[neurons];
            Arrays.fill(outputs, -1);
            return new TwoLayerNetwork(weights, biases, outputs, Relu.INSTANCE);
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.RELU,
                                DecentActivation.ABSOLUTE_VALUE,
                                DecentActivation.TANH,
                                DecentActivation.SINE,
                                DecentActivation.SOFTPLUS,
                                DecentActivation.SIGMOID),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** With or without the absolute value. */
    private enum Side {
        BOTH,
        POSITIVE
    }

    @Claim(
            id = "B20.prop1-max",
            statement =
                    "\\max_{w, b}\\, \\sum_{i=1}^n y_i \\frac{\\psi(w \\cdot x_i - b)}{\\sqrt{\\|w\\|^2 + b^2}} \\ge \\frac{n}{4\\,\\mathbf W(f)}",
            hypotheses = "$\\|f - y\\|^2 \\le \\frac12\\|y\\|^2$, labels $\\pm1$, no neuron with $w = b = 0$",
            correction =
                    "\\max_{w, b}\\, \\Big|\\sum_{i=1}^n y_i \\frac{\\psi(w \\cdot x_i - b)}{\\sqrt{\\|w\\|^2 + b^2}}\\Big| \\ge \\frac{f \\cdot y}{\\mathbf W(f)} \\ge \\frac{n}{4\\,\\mathbf W(f)}",
            derivation =
                    "An output weight $a_\\ell$ may be negative. $n = 1$, $x = 1$, $y = -1$, $f(x) = -\\mathrm{ReLU}(x)$: $f = y$ and $\\mathbf W(f) = 1$, but"
                            + " $y\\,\\mathrm{ReLU}(w x - b) \\le 0$ for every neuron, so that the printed maximum is $0 < 1/4$.")
    void aNeuronOfTheNetworkCorrelatesUpToItsSign(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.covers(drawn.activation.name());
        if (drawn.d == 1) {
            run.covers("d = 1");
        }
        if (drawn.n == 1) {
            run.covers("one point");
        }
        TwoLayerNetwork[] networks = {drawn.network(), drawn.single()};
        double tolerance = 8 * (drawn.n + drawn.d + drawn.neurons) * 0x1p-53;
        run.check("the network's own neurons", 1.0, (factor, lab) -> {
                    double[] left = new double[2];
                    double[] right = new double[2];
                    for (int j = 0; j < 2; j++) {
                        double scale = largestNeuron(networks[j], drawn.points());
                        left[j] = best(networks[j], drawn.points(), drawn.labels()) / scale;
                        right[j] = factor
                                * LinearAlgebra.dot(networks[j].predict(drawn.points()), drawn.labels())
                                / networks[j].totalWeight()
                                / scale;
                    }
                    return Comparison.atLeast(left, right, tolerance, "8 (n + d + k) u of the largest sum");
                })
                .falsifiedBy("1.1 f.y / W", 1.1);

        double[] minus = new double[Math.min(drawn.n, 5)];
        Arrays.fill(minus, -1);
        DMatrixRMaj plane = PointLaw.SPHERE.rows(minus.length, 2, drawn.stream().part("plane"));
        TwoLayerNetwork negative = drawn.negative();
        run.check("labels -1, all output weights negative", Side.BOTH, (side, lab) -> {
                    double one = NeuronSupremum.of(plane, minus, 0, 1);
                    double[] plus = new double[minus.length];
                    Arrays.fill(plus, 1);
                    double other = side == Side.BOTH ? NeuronSupremum.of(plane, plus, 0, 1) : one;
                    double bound = LinearAlgebra.dot(negative.predict(plane), minus) / negative.totalWeight();
                    return Comparison.atLeast(Math.max(one, other), bound, 1e-13, "n terms below 2, 50 roundings");
                })
                .printedAs("without the absolute value", Side.POSITIVE);

        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{1}});
        run.check("n = 1, x = 1, y = -1, f = -ReLU", Side.BOTH, (side, lab) -> {
                    double one = NeuronSupremum.of(point, new double[] {-1}, 0, 1);
                    double other = side == Side.BOTH ? NeuronSupremum.of(point, new double[] {1}, 0, 1) : one;
                    return Comparison.atLeast(Math.max(one, other), 0.25, 1e-15, "4 roundings");
                })
                .printedAs("without the absolute value", Side.POSITIVE);
    }

    private static TwoLayerNetwork only(TwoLayerNetwork network, int l, double output) {
        int d = network.dimension();
        double[] w = Arrays.copyOfRange(network.weights().data, l * d, (l + 1) * d);
        return new TwoLayerNetwork(
                DMatrixRMaj.wrap(1, d, w),
                new double[] {network.biases()[l]},
                new double[] {output},
                network.activation());
    }

    /** The largest {@code |sum_i y_i s(w_l.x_i + b_l)| / sqrt(|w_l|^2 + b_l^2)}. */
    private static double best(TwoLayerNetwork network, DMatrixRMaj points, double[] y) {
        double best = 0;
        for (int l = 0; l < network.width(); l++) {
            double correlation = LinearAlgebra.dot(only(network, l, 1).predict(points), y);
            best = Math.max(best, Math.abs(correlation) / network.neuronNorm(l));
        }
        return best;
    }

    /** The largest {@code sum_i (|s(z_i)| / norm + 1)}: the size of the terms, and of what their arguments' roundings change. */
    private static double largestNeuron(TwoLayerNetwork network, DMatrixRMaj points) {
        double largest = 0;
        for (int l = 0; l < network.width(); l++) {
            double sum = 0;
            for (double value : only(network, l, 1).predict(points)) {
                sum += Math.abs(value);
            }
            largest = Math.max(largest, sum / network.neuronNorm(l) + points.numRows);
        }
        return largest;
    }
}
