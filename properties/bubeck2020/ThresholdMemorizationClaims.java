package bubeck2020;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Threshold;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.Memorization;
import org.lemmalab.memorizer.Slab;
import org.lemmalab.memorizer.ThresholdMemorizer;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Baum's network of thresholds memorizes labels 0 and 1.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 3 with its proof, and section 3 (ii).
 *
 * <h2>Statement</h2>
 *
 * With {@code psi(t) = 1{t >= 0}} and a hyperplane {@code u.x = b} through at most d points that is at least {@code 2 tau} away from all others,
 *
 * <pre>{@code
 * psi(u.x - (b - tau)) - psi(u.x - (b + tau)) = 1{b - tau <= u.x < b + tau}:   1 on these points, 0 on all others
 * 1 - f = psi(0) - f:   one neuron more
 * n points in general position, y in {0, 1}:   f = y for some f with at most n/d + 3 neurons
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * 1 to 40 points in 1 to 8 dimensions: normal, spherical, on the line, one block or less, d + 1 and k d + 1 points, with the origin, two points on a ray, a
 * repeated point. Labels random, balanced, alternating, all equal. Once per run 2,000 points of the sphere in 50 dimensions.
 *
 * <h2>How it is checked</h2>
 *
 * Outputs are sums of at most 100 integers: exact. A threshold is never close: the points' distances from the two hyperplanes are at least tau up to rounding,
 * which {@link Slab} keeps below tau/20. The slab's half-open interval is checked on dyadic numbers, its ends included. That n - 1 thresholds are needed for
 * alternating labels on the line is counting: each neuron is one jump.
 *
 * <h2>Falsifiers</h2>
 *
 * An interval closed on both sides; a slab 1.1 times as wide as the distance of the nearest other point; the last neuron left out; counts n/d, and n/2 + 3 and
 * n/d - 2 on the line; {@code 1{t > 0}} and a bias -1 for the constant 1.
 */
class ThresholdMemorizationClaims {
    private static final String EXACT = "none: sums of integers";

    @Provide
    Arbitrary<BlockData> data() {
        return BlockData.any(40, 8);
    }

    @Claim(
            id = "B20.prop3-slab",
            statement =
                    "\\psi(u\\cdot x - (b - \\tau)) - \\psi(u\\cdot x - (b + \\tau)) = 1\\{b - \\tau \\le u\\cdot x < b + \\tau\\} = \\begin{cases} 1 & x = x_1,"
                            + " \\dots, x_d\\\\ 0 & x = x_i,\\ i > d \\end{cases}",
            hypotheses =
                    "$\\psi(t) = 1\\{t \\ge 0\\}$, $u\\cdot x = b$ holds exactly $x_1, \\dots, x_d$, $\\tau$ small; here half the smallest $|u\\cdot x_i - b|$")
    void twoThresholdsAreASlab(@ForAll("data") BlockData data, ClaimRun run) {
        run.covers(data.position().label());
        DMatrixRMaj points = data.points();
        RandomStream stream = data.stream();
        double b = (stream.integer(33) - 16) / 8.0;
        double tau = (1 + stream.integer(8)) / 8.0;
        double[] heights =
                IntStream.rangeClosed(-40, 40).mapToDouble(k -> k / 8.0).toArray();
        run.check(
                        "interval, ends included",
                        false,
                        (closed, lab) -> Comparison.equal(
                                slab(b, tau, heights),
                                indicator(heights, b - tau, b + tau, closed),
                                0,
                                "none: eighths below 10"))
                .falsifiedBy("closed on both sides", true);

        int[] block = IntStream.range(0, Math.min(data.d(), data.distinct())).toArray();
        DMatrixRMaj different = new DMatrixRMaj(data.distinct(), data.d(), true, points.data);
        Slab around = Slab.around(different, block, stream.part("slab"));
        double[] products = LinearAlgebra.product(different, around.u());
        double[] expected = new double[products.length];
        for (int i : block) {
            expected[i] = 1;
        }
        run.check(
                        "on the points",
                        1.0,
                        (width, lab) ->
                                Comparison.equal(slab(around.b(), width * around.tau(), products), expected, 0, EXACT))
                .falsifiedBy("tau = 1.1 times the smallest distance", 2.2)
                .falsifiedBy("tau = 0", 0.0);
        run.check(
                        "the block is on the hyperplane",
                        0.0,
                        (shift, lab) -> Comparison.atMost(
                                IntStream.of(block)
                                        .mapToDouble(i -> Math.abs(products[i] - around.b() - shift * around.tau()))
                                        .toArray(),
                                around.tau() / 10,
                                0,
                                "none: rounding is what is bounded"))
                .falsifiedBy("offset moved by tau/5", 0.2);
    }

    /** The network {@code psi(t - (b - tau)) - psi(t - (b + tau))} of a number t. */
    private static double[] slab(double b, double tau, double[] heights) {
        TwoLayerNetwork network = new TwoLayerNetwork(
                new DMatrixRMaj(new double[][] {{1}, {1}}),
                new double[] {-(b - tau), -(b + tau)},
                new double[] {1, -1},
                Threshold.INSTANCE);
        return network.predict(new DMatrixRMaj(heights.length, 1, true, heights));
    }

    private static double[] indicator(double[] heights, double low, double high, boolean closed) {
        return IntStream.range(0, heights.length)
                .mapToDouble(i -> heights[i] >= low && (heights[i] < high || closed && heights[i] == high) ? 1 : 0)
                .toArray();
    }

    @Claim(
            id = "B20.prop3",
            statement = "\\exists f \\in \\mathcal F_{n/d + 3}(\\psi):\\ f(x_i) = y_i \\text{ for all } i",
            hypotheses =
                    "$\\psi(t) = 1\\{t \\ge 0\\}$, $y_i \\in \\{0, 1\\}$, general position: every set of at most $d + 1$ points affinely independent")
    void thresholdsMemorizeBits(@ForAll("data") BlockData data, @ForAll BlockData.Bits bits, ClaimRun run) {
        run.covers(data.position().label())
                .covers(bits.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        run.note(
                "The display of Proposition 3 reads n/2 + 3 in our copy; section 3 (ii) and the proof have n/d + 3, which is tested.");
        run.note(
                "For n <= d every set of points satisfies 'any hyperplane contains at most d points'; affine independence is meant.");
        DMatrixRMaj points = data.points();
        double[] y = data.bits(bits);
        TwoLayerNetwork f = ThresholdMemorizer.memorize(points, y, data.stream());
        run.check(
                        "labels",
                        true,
                        (whole, lab) -> Comparison.equal(
                                (whole ? f : LargeSample.withoutLastNeuron(f)).predict(points), y, 0, EXACT))
                .falsifiedBy("without the last neuron", false);
        run.check(
                        "neurons",
                        3.0,
                        (more, lab) ->
                                Comparison.atMost(f.width(), (double) data.n() / data.d() + more, 0, "none: a count"))
                .falsifiedBy("n/d", 0.0);
        run.check("alternating labels on the line", (DoubleUnaryOperator) n -> n + 3, (bound, lab) -> {
                    double[] jumps = IntStream.rangeClosed(10, 30)
                            .mapToDouble(n -> n - 1)
                            .toArray();
                    double[] neurons = IntStream.rangeClosed(10, 30)
                            .mapToDouble(n -> bound.applyAsDouble(n))
                            .toArray();
                    return Comparison.atMost(jumps, neurons, 0, "none: the n - 1 jumps that are needed");
                })
                .falsifiedBy("n/2 + 3", n -> n / 2 + 3)
                .falsifiedBy("n/d - 2", n -> n - 2);
        LargeSample large = LargeSample.of(LargeSample.Memorizer.THRESHOLD, run);
        run.check("a large sample", true, (whole, lab) -> {
                    Memorization result = large.result(whole);
                    return Comparison.equal(result.error(), 0, 0, EXACT);
                })
                .falsifiedBy("without the last neuron", false);
    }

    /** A threshold network with integer outputs on normal points. */
    record ThresholdNetwork(int neurons, int n, int d, long seed) {
        DMatrixRMaj points() {
            return PointLaw.GAUSSIAN.rows(n, d, stream().part("points"));
        }

        /** {@code f}, or {@code 1 - f} with this constant neuron. */
        TwoLayerNetwork network(boolean complement, Constant constant) {
            int width = neurons + (complement ? 1 : 0);
            DMatrixRMaj weights = new DMatrixRMaj(width, d);
            double[] biases = new double[width];
            double[] outputs = new double[width];
            for (int l = 0; l < neurons; l++) {
                RandomStream draws = stream().trial(l);
                System.arraycopy(draws.gaussians(d), 0, weights.data, l * d, d);
                biases[l] = draws.gaussian();
                outputs[l] = (draws.integer(9) - 4) * (complement ? -1 : 1);
            }
            if (complement) {
                biases[neurons] = constant.bias;
                outputs[neurons] = 1;
            }
            return new TwoLayerNetwork(weights, biases, outputs, constant.activation);
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "ThresholdMemorizationClaims");
        }
    }

    /** A neuron with weight 0. */
    private record Constant(double bias, Activation activation) {}

    private static final Activation STRICT = new Jump("strict threshold", z -> z > 0);

    @Provide
    Arbitrary<ThresholdNetwork> networks() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(ThresholdNetwork::new);
    }

    @Claim(
            id = "B20.prop3-complement",
            statement =
                    "f \\in \\mathcal F_k(\\psi) \\;\\Longrightarrow\\; 1 - f \\in \\mathcal F_{k + 1}(\\psi),\\qquad 1 = \\psi(0\\cdot x + 0)",
            hypotheses = "$\\psi(t) = 1\\{t \\ge 0\\}$; $k = 0$: $f = 0$")
    void theComplementNeedsOneNeuron(@ForAll("networks") ThresholdNetwork drawn, ClaimRun run) {
        run.covers(drawn.neurons == 0 ? "f = 0" : "f with neurons");
        DMatrixRMaj points = drawn.points();
        Constant one = new Constant(0, Threshold.INSTANCE);
        double[] complement = new double[drawn.n];
        double[] values =
                drawn.neurons == 0 ? complement : drawn.network(false, one).predict(points);
        for (int i = 0; i < drawn.n; i++) {
            complement[i] = 1 - values[i];
        }
        run.check(
                        "1 - f",
                        one,
                        (constant, lab) ->
                                Comparison.equal(drawn.network(true, constant).predict(points), complement, 0, EXACT))
                .falsifiedBy("1{t > 0}", new Constant(0, STRICT))
                .falsifiedBy("bias -1", new Constant(-1, Threshold.INSTANCE));
        run.check(
                        "neurons",
                        1,
                        (more, lab) -> Comparison.equal(
                                drawn.network(true, one).width(), drawn.neurons + more, 0, "none: a count"))
                .falsifiedBy("no neuron more", 0);
    }
}
