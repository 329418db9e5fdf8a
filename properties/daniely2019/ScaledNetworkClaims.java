package daniely2019;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A network whose output weights are multiplied by B: its gradients and its distance from the linearization.
 *
 * <h2>Source</h2>
 *
 * D19, proof of Lemma 12.
 *
 * <h2>Statement</h2>
 *
 * With outputs {@code B u} the gradient in W is multiplied by B, the one in the outputs stays. For {@code u_i = +-1}, {@code h_W = 0} and
 * {@code H = sup |s''|} the network {@code B h} satisfies
 *
 * <pre>{@code
 * |B h_(W+V)(x) - B <grad_W h_W(x), V>| <= B (H/2) |V|_F^2,   |x| = 1
 * }</pre>
 *
 * because the Hessian in W is block diagonal with blocks {@code u_i s''(<w_i, x>) x x^T}.
 *
 * <h2>Instances</h2>
 *
 * Up to 4 dimensions and 5 neurons resp. pairs, every decent activation (the smooth ones for the remainder), B from 1/100 to 1000, {@code |V|} from
 * 1/1000 to 3, V along one neuron or all of them. ReLU neurons that V leaves on their side of the kink have no remainder at all. The sine
 * at its crest and a short V attain the bound.
 *
 * <h2>How it is checked</h2>
 *
 * Gradients at one point, in units of {@code (|W|_F + 1)(|u| + 1)} and B: 20 roundings. The remainder over {@code B (H/2) |V|^2}: its two
 * terms are sums of 2q values below {@code 2 (|W| + |V| + 1) B}, each with d + 20 roundings.
 *
 * <h2>Falsifiers</h2>
 *
 * The outputs' gradient times B, the weights' gradient times {@code sqrt B} or unchanged; the remainder without B, with {@code sqrt B},
 * with H/2.2, and with {@code |V|^3} (short V).
 */
class ScaledNetworkClaims {
    /** A network, not paired, and a scale. */
    record Scaled(DecentActivation activation, int d, int neurons, double scale, long seed) {
        TwoLayerNetwork network(double factor) {
            RandomStream stream = RandomStream.of(seed, "ScaledNetworkClaims");
            double[] outputs = stream.part("outputs").gaussians(neurons);
            Arrays.setAll(outputs, i -> factor * outputs[i]);
            return new TwoLayerNetwork(PointLaw.GAUSSIAN.rows(neurons, d, stream.part("weights")), outputs, activation);
        }

        DMatrixRMaj point() {
            return PointLaw.SPHERE.rows(
                    1, d, RandomStream.of(seed, "ScaledNetworkClaims").part("point"));
        }
    }

    @Provide
    Arbitrary<Scaled> scaled() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.RELU,
                                DecentActivation.HARD_TANH,
                                DecentActivation.TANH,
                                DecentActivation.SOFTPLUS,
                                DecentActivation.SINE),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0.01, 0.3, 7.0, 1000.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Scaled::new);
    }

    @Claim(
            id = "D19.lem12-outgrad",
            statement = "\\nabla_W h_{W,Bu} = B\\,\\nabla_W h_{W,u}, \\qquad \\nabla_u h_{W,Bu} = \\nabla_u h_{W,u}")
    void scaledOutputsScaleTheHiddenGradientOnly(@ForAll("scaled") Scaled drawn, ClaimRun run) {
        run.covers(drawn.activation().name()).covers(drawn.neurons() == 1 ? "one neuron" : "several neurons");
        DMatrixRMaj point = drawn.point();
        double[] one = {1};
        TwoLayerNetwork plain = drawn.network(1);
        TwoLayerNetwork scaled = drawn.network(drawn.scale());
        double size = (1 + NormOps_DDRM.normF(plain.weights())) * (1 + LinearAlgebra.norm(plain.outputs()));
        run.check("hidden layer", 1.0, (power, lab) -> {
                    double[] expected = plain.weightGradient(point, one).data.clone();
                    Arrays.setAll(expected, k -> expected[k] * Math.pow(drawn.scale(), power - 1));
                    double[] actual = scaled.weightGradient(point, one).data.clone();
                    Arrays.setAll(actual, k -> actual[k] / drawn.scale());
                    return Comparison.equal(actual, expected, 20 * size * 0x1p-53, "20 roundings");
                })
                .falsifiedBy("sqrt(B)", 0.5)
                .falsifiedBy("unchanged", 0.0);
        run.check("output layer", 0.0, (power, lab) -> {
                    double[] expected = plain.outputGradient(point, one);
                    Arrays.setAll(expected, r -> expected[r] * Math.pow(drawn.scale(), power));
                    return Comparison.equal(
                            scaled.outputGradient(point, one), expected, 20 * size * 0x1p-53, "20 roundings");
                })
                .falsifiedBy("times B", 1.0)
                .falsifiedBy("times sqrt(B)", 0.5);
    }

    /**
     * A paired network and a movement V of its weights.
     *
     * @param length {@code |V|_F}
     * @param oneNeuron whether V moves the first neuron only
     */
    record Moved(DecentActivation activation, int d, int q, double scale, double length, boolean oneNeuron, long seed) {
        DMatrixRMaj movement() {
            RandomStream stream = RandomStream.of(seed, "ScaledNetworkClaims").part("movement");
            DMatrixRMaj v = PointLaw.GAUSSIAN.rows(2 * q, d, stream);
            if (oneNeuron) {
                Arrays.fill(v.data, d, v.data.length, 0);
            }
            CommonOps_DDRM.scale(length / NormOps_DDRM.normF(v), v);
            return v;
        }

        TwoLayerNetwork network() {
            RandomStream stream = RandomStream.of(seed, "ScaledNetworkClaims");
            return Initialization.paired(q, d, 1, activation, stream.part("paired"));
        }

        DMatrixRMaj point() {
            return PointLaw.SPHERE.rows(
                    1, d, RandomStream.of(seed, "ScaledNetworkClaims").part("point"));
        }
    }

    @Provide
    Arbitrary<Moved> moved() {
        return Combinators.combine(
                        Arbitraries.of(DecentActivation.SMOOTH),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0.1, 1.0, 10.0, 1000.0),
                        Arbitraries.of(0.001, 0.1, 1.0, 3.0),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Moved::new);
    }

    /** The bound {@code factor B^scale (H/2) |V|^power}. */
    private record Form(double factor, double scale, double power) {}

    /** The remainder over B and what its rounding may be, for a network, a movement and a point. */
    private record Remainder(double scale, double curvature, double length, double value, double rounding) {
        static Remainder of(double scale, TwoLayerNetwork network, DMatrixRMaj v, DMatrixRMaj point, double curvature) {
            double[] outputs = network.outputs().clone();
            Arrays.setAll(outputs, r -> scale * outputs[r]);
            DMatrixRMaj weights = network.weights().copy();
            CommonOps_DDRM.addEquals(weights, v);
            double moved = new TwoLayerNetwork(weights, outputs, network.activation()).predict(point)[0];
            DMatrixRMaj gradient = network.weightGradient(point, new double[] {1});
            double linear = scale * LinearAlgebra.dot(gradient.data, v.data);
            double length = NormOps_DDRM.normF(v);
            double terms = 2 * network.width() * (NormOps_DDRM.normF(network.weights()) + length + 1);
            return new Remainder(
                    scale,
                    curvature,
                    length,
                    Math.abs(moved - linear) / scale,
                    terms * (network.dimension() + 20) * 0x1p-53);
        }

        double ratio(Form form) {
            double bound = form.factor * Math.pow(scale, form.scale - 1) * curvature / 2 * Math.pow(length, form.power);
            return Math.max(0, value - rounding) / bound;
        }
    }

    @Claim(
            id = "D19.lem12-remainder",
            statement =
                    "\\big|B\\,h_{W+V}(x) - B\\langle\\nabla_W h_W(x), V\\rangle\\big| \\le B\\,\\frac H2\\,\\|V\\|_F^2",
            hypotheses = "$h_W = 0$, $|u_i| = 1$, $\\|x\\| = 1$, $H = \\sup|\\sigma''|$")
    void remainderIsQuadraticAndProportionalToTheScale(@ForAll("moved") Moved drawn, ClaimRun run) {
        run.covers(drawn.activation().name())
                .covers(drawn.oneNeuron() ? "one neuron moves" : "all neurons move")
                .covers(drawn.d() == 1 && drawn.q() == 1 ? "d = q = 1" : "more");
        run.note(
                "The proof's display has $\\frac H2 \\|V\\|^2$ for the network $\\tilde h = B h$, without the factor $B$. With"
                        + " $\\|V\\| = O(1/B)$ the remainder still vanishes.");
        List<Remainder> remainders = List.of(
                Remainder.of(
                        drawn.scale(),
                        drawn.network(),
                        drawn.movement(),
                        drawn.point(),
                        drawn.activation().curvature()),
                crest(drawn.scale()),
                crest(100));
        run.check(
                        "smooth activation",
                        new Form(1, 1, 2),
                        (form, lab) -> Comparison.atMost(
                                remainders.stream()
                                        .mapToDouble(r -> r.ratio(form))
                                        .toArray(),
                                1,
                                0,
                                "the rounding of 2q terms is taken off beforehand"))
                .falsifiedBy("without B", new Form(1, 0, 2))
                .falsifiedBy("sqrt(B)", new Form(1, 0.5, 2))
                .falsifiedBy("H/2.2", new Form(1 / 1.1, 1, 2))
                .falsifiedBy("|V|^3", new Form(1, 1, 3));
        Moved linear = new Moved(DecentActivation.RELU, drawn.d, drawn.q, drawn.scale, 0, drawn.oneNeuron, drawn.seed);
        run.check("ReLU on one side of its kink", 0.5, (part, lab) -> {
                    TwoLayerNetwork network = linear.network();
                    DMatrixRMaj point = linear.point();
                    double nearest = Arrays.stream(network.preactivations(point).data)
                            .map(Math::abs)
                            .min()
                            .orElseThrow();
                    DMatrixRMaj v = new DMatrixRMaj(2 * linear.q, linear.d);
                    for (int r = 0; r < linear.q; r++) { // towards the kink, one neuron of each pair
                        double z = LinearAlgebra.dot(network.weights().data, r * linear.d, point.data, 0, linear.d);
                        for (int k = 0; k < linear.d; k++) {
                            v.set(r, k, -Math.signum(z) * part * nearest * point.get(0, k));
                        }
                    }
                    Remainder remainder = Remainder.of(linear.scale, network, v, point, 0);
                    return Comparison.atMost(
                            remainder.value / nearest,
                            0,
                            remainder.rounding / nearest,
                            "the rounding of 2q terms below 2 (|W| + |V| + 1)");
                })
                .falsifiedBy("across the kink", 1.5);
    }

    /** The sine at its crest, where {@code s'' = -1}, moved by 0.01: {@code 1 - cos 0.01}. */
    private static Remainder crest(double scale) {
        TwoLayerNetwork network = new TwoLayerNetwork(
                DMatrixRMaj.wrap(2, 1, new double[] {Math.PI / 2, Math.PI / 2}),
                new double[] {1, -1},
                DecentActivation.SINE);
        return Remainder.of(
                scale,
                network,
                DMatrixRMaj.wrap(2, 1, new double[] {0.01, 0}),
                DMatrixRMaj.wrap(1, 1, new double[] {1}),
                1);
    }
}
