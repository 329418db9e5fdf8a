package ghorbani2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * The network near its initialisation is linear in its parameters, and the linear functions are limits of networks with twice as many neurons.
 *
 * <h2>Source</h2>
 *
 * G19, equation (7), and section 1, 'Inner bounds'.
 *
 * <h2>Statement</h2>
 *
 * {@code f(x; theta) = sum_i a_i s(w_i . x)}. As {@code |beta| -> 0},
 *
 * <pre>{@code
 * f(x; theta_0 + beta) = f(x; theta_0) + beta . grad f(x; theta_0) + O(|beta|^2)
 * }</pre>
 *
 * and {@code f(.; theta_0) = 0} when each neuron comes twice, with opposite {@code a_i}. As {@code eps -> 0}, in {@code L^2(N(0, I))},
 *
 * <pre>{@code
 * (1/eps) sum_i ( s((w_i + eps a_i) . x) - s(w_i . x) )  ->  sum_i s'(w_i . x) a_i . x
 * }</pre>
 *
 * The left side is a network with 2N neurons. The error is of order eps for smooth s, and of order {@code eps^(1/2)} for the rectifier, where the
 * neurons of a wedge of angle eps have the wrong side. For {@code s(z) = z^2} it is {@code eps |sum_i (a_i . x)^2|}.
 *
 * <h2>Instances</h2>
 *
 * One to four neurons in the plane, with parameters of size 1/2 to 2, for square, tanh, erf, and the rectifier; for the number of neurons, up to four in up to
 * ten dimensions.
 *
 * <h2>How it is checked</h2>
 *
 * The norm is that of the product of two Gauss-Hermite rules with 40 nodes, a norm in its own right; for the rectifier, whose functions are
 * {@code |x|} times a function of the angle, {@code E|x|^2 = 2} times its mean square, by Gauss-Legendre rules between the kinks. The exponent is the
 * slope from the first to the last of the sizes. The next order changes a remainder by a part {@code C size}, the slope by at most
 * {@code C size / ln(256)}, below the allowance of 0.1 for {@code C < 35} at a largest size of 1/64; the least is where rounding, {@code 1e-16} over
 * the square of the size, is still below {@code 1e-6}.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents off by a quarter; the gradient in the first layer alone; no doubling; twice the norm of the closed form without its trace; {@code 2N - 1}
 * neurons.
 */
class LinearizationClaims {
    private static final GaussHermite RULE = GaussHermite.of(40);
    private static final double[] SIZES = {0x1p-14, 0x1p-12, 0x1p-10, 0x1p-8, 0x1p-6};
    private static final double ALLOWANCE = 0.1;

    /** A network in the plane, and a direction for its parameters; all lengths are in [1/2, 2]. */
    record Planar(int n, Activation activation, long seed) {
        /** {@code w_i}, n x 2. */
        DMatrixRMaj weights() {
            return rows("weights");
        }

        /** The direction of the weights, n x 2. */
        DMatrixRMaj directions() {
            return rows("directions");
        }

        double[] outer() {
            return numbers("outer");
        }

        double[] outerDirections() {
            return numbers("outer directions");
        }

        private DMatrixRMaj rows(String name) {
            RandomStream s = stream().part(name);
            DMatrixRMaj rows = new DMatrixRMaj(n, 2);
            for (int i = 0; i < n; i++) {
                double length = s.uniform(0.5, 2);
                double angle = s.uniform(-Math.PI, Math.PI);
                rows.set(i, 0, length * Math.cos(angle));
                rows.set(i, 1, length * Math.sin(angle));
            }
            return rows;
        }

        private double[] numbers(String name) {
            RandomStream s = stream().part(name);
            return DoubleStream.generate(() -> s.sign() * s.uniform(0.5, 2))
                    .limit(n)
                    .toArray();
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "LinearizationClaims");
        }

        @Override
        public String toString() {
            return "Planar[n=" + n + ", activation=" + activation.name() + ", seed=" + seed + "]";
        }
    }

    private static Arbitrary<Planar> planar(int neurons, Activation... activations) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, neurons),
                        Arbitraries.of(activations),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Planar::new);
    }

    @Provide
    Arbitrary<Planar> smooth() {
        return planar(4, Quadratic.SQUARE, HyperbolicTangent.INSTANCE, ErrorFunction.INSTANCE);
    }

    @Provide
    Arbitrary<Planar> rectified() {
        return planar(4, Relu.INSTANCE);
    }

    /** A form of the expansion: the exponent of its remainder, whether all of the gradient is there, whether neurons come twice. */
    private record Expansion(double exponent, boolean outerGradient, boolean doubled) {}

    @Claim(
            id = "G19.eq7",
            statement =
                    "f(x; \\theta_0 + \\beta) = f(x; \\theta_0) + \\beta^\\top \\nabla_\\theta f(x; \\theta_0) + O(\\|\\beta\\|^2),"
                            + " \\qquad f(\\cdot\\,; \\theta_0) = 0 \\text{ for } (a_i, w_i), (-a_i, w_i)",
            hypotheses =
                    "$f(x; \\theta) = \\sum_i a_i \\sigma(\\langle w_i, x \\rangle)$ with smooth $\\sigma$; norm of $L^2(N(0, I))$",
            instances = 20)
    void networkIsLinearNearItsInitialization(@ForAll("smooth") Planar network, ClaimRun run) {
        run.covers(network.activation.name()).covers(network.n == 1 ? "one neuron" : "more neurons");
        run.note(
                "That $f(\\cdot\\,; \\theta_0) \\approx 0$ is a property of the initialisation; here it is that of doubled neurons.");
        run.check(
                        "remainder",
                        new Expansion(2, true, false),
                        (form, lab) -> Rate.exact(form.exponent, ALLOWANCE, SIZES, remainders(network, form, true)))
                .falsifiedBy("exponent 7/4", new Expansion(1.75, true, false))
                .falsifiedBy("exponent 9/4", new Expansion(2.25, true, false))
                .falsifiedBy("gradient in the first layer alone", new Expansion(2, false, false));
        run.check(
                        "remainder without the initial function",
                        new Expansion(2, true, true),
                        (form, lab) -> Rate.exact(form.exponent, ALLOWANCE, SIZES, remainders(network, form, false)))
                .falsifiedBy("neurons not doubled", new Expansion(2, true, false));
    }

    /** The norms of {@code f(x; theta_0 + size beta) - f(x; theta_0) - size beta . grad f}, for every size. */
    private static double[] remainders(Planar network, Expansion form, boolean initial) {
        DMatrixRMaj w = network.weights();
        DMatrixRMaj dw = network.directions();
        double[] a = network.outer();
        double[] da = network.outerDirections();
        Activation s = network.activation;
        return Arrays.stream(SIZES)
                .map(size -> norm(x -> {
                    double sum = 0;
                    for (int i = 0; i < a.length; i++) {
                        double u = dot(w, i, x);
                        double du = dot(dw, i, x);
                        sum += (a[i] + size * da[i]) * s.value(u + size * du)
                                - (initial || form.doubled ? a[i] * s.value(u) : 0);
                        sum -= size * ((form.outerGradient ? da[i] * s.value(u) : 0) + a[i] * s.derivative(u) * du);
                    }
                    return sum;
                }))
                .toArray();
    }

    @Claim(
            id = "G19.nt-closure",
            statement =
                    "\\frac{1}{\\varepsilon} \\sum_i \\big[\\sigma(\\langle w_i + \\varepsilon a_i, x \\rangle) - \\sigma(\\langle w_i, x \\rangle)\\big]"
                            + " \\xrightarrow{L^2} \\sum_i \\langle a_i, x \\rangle \\sigma'(\\langle w_i, x \\rangle),"
                            + " \\qquad \\mathcal{F}_{\\mathrm{NT}}(W) \\subseteq \\operatorname{cl}(\\mathcal{F}_{\\mathrm{NN},2N})",
            hypotheses =
                    "$x \\sim N(0, I)$, $\\varepsilon \\to 0$; here with rates, $\\varepsilon$ for smooth $\\sigma$ and $\\varepsilon^{1/2}$ for relu",
            instances = 20)
    void tangentFunctionsAreLimitsOfNetworks(
            @ForAll("smooth") Planar network, @ForAll("rectified") Planar rectified, ClaimRun run) {
        run.covers(network.activation.name()).covers(network.n == 1 ? "one neuron" : "more neurons");
        run.check(
                        "smooth activations",
                        1.0,
                        (exponent, lab) -> Rate.exact(
                                exponent,
                                ALLOWANCE,
                                SIZES,
                                Arrays.stream(SIZES)
                                        .map(eps -> norm(error(network, eps)))
                                        .toArray()))
                .falsifiedBy("exponent 3/4", 0.75)
                .falsifiedBy("exponent 5/4", 1.25);
        run.check(
                        "rectifier",
                        0.5,
                        (exponent, lab) -> Rate.exact(
                                exponent,
                                ALLOWANCE,
                                SIZES,
                                Arrays.stream(SIZES)
                                        .map(eps -> angularNorm(rectified, eps))
                                        .toArray()))
                .falsifiedBy("exponent 1/4", 0.25)
                .falsifiedBy("exponent 3/4", 0.75);
        Planar square = new Planar(network.n, Quadratic.SQUARE, network.seed);
        DMatrixRMaj gram = LinearAlgebra.productTransA(square.directions(), square.directions());
        double normSquared = LinearAlgebra.dot(gram.data, gram.data);
        double trace = CommonOps_DDRM.trace(gram);
        run.check(
                        "square, error over eps",
                        1.0,
                        (share, lab) -> Comparison.equal(
                                Arrays.stream(SIZES)
                                        .map(eps -> norm(error(square, eps)) / eps)
                                        .toArray(),
                                DoubleStream.generate(() -> Math.sqrt(2 * normSquared + share * trace * trace))
                                        .limit(SIZES.length)
                                        .toArray(),
                                1e-4 * (1 + trace),
                                "rounding u N |w|^2 |x|^2 / eps^2 < 2^-53 2^28 1e3 = 3e-5"))
                .falsifiedBy("no trace", 0.0)
                .falsifiedBy("0.9 of the trace's square", 0.9);
        int d = 2 * network.n + (int) (network.seed % 3);
        run.check("neurons that the closure needs", 0, (fewer, lab) -> {
                    QuadraticTarget target =
                            tangentFunction(network.n, d, network.stream().part("tangent function"));
                    return Comparison.atMost(
                            NetworkRisk.of(target, 2 * network.n - fewer) / target.normSquared(),
                            0,
                            1e-24,
                            "the square of d u, d <= 10");
                })
                .falsifiedBy("2N - 1 neurons", 1);
    }

    /** The function {@code x^T M x - tr M}, {@code M = sum_i (w_i a_i^T + a_i w_i^T)}, of the tangent class of the square, at normal parameters. */
    private static QuadraticTarget tangentFunction(int n, int d, RandomStream stream) {
        DMatrixRMaj w = new DMatrixRMaj(n, d, true, stream.part("weights").gaussians(n * d));
        DMatrixRMaj a = new DMatrixRMaj(n, d, true, stream.part("directions").gaussians(n * d));
        DMatrixRMaj product = LinearAlgebra.productTransA(w, a);
        return QuadraticTarget.centred(CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null));
    }

    /** The network with twice as many neurons less the tangent function. */
    private static ToDoubleFunction<double[]> error(Planar network, double eps) {
        DMatrixRMaj w = network.weights();
        DMatrixRMaj a = network.directions();
        Activation s = network.activation;
        return x -> {
            double sum = 0;
            for (int i = 0; i < w.numRows; i++) {
                double u = dot(w, i, x);
                double du = dot(a, i, x);
                sum += (s.value(u + eps * du) - s.value(u)) / eps - s.derivative(u) * du;
            }
            return sum;
        };
    }

    private static double dot(DMatrixRMaj rows, int i, double[] x) {
        return rows.data[2 * i] * x[0] + rows.data[2 * i + 1] * x[1];
    }

    /** The norm under the product of two Gauss-Hermite rules. */
    private static double norm(ToDoubleFunction<double[]> f) {
        double[] nodes = RULE.nodes();
        double[] masses = RULE.weights();
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            for (int j = 0; j < nodes.length; j++) {
                double value = f.applyAsDouble(new double[] {nodes[i], nodes[j]});
                sum += masses[i] * masses[j] * value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /** The norm of the error, {@code |x|} times a function of the angle that is smooth between the zeros of all pre-activations. */
    private static double angularNorm(Planar network, double eps) {
        DMatrixRMaj w = network.weights();
        DMatrixRMaj moved = CommonOps_DDRM.add(w, eps, network.directions(), null);
        double[] kinks = DoubleStream.concat(
                        DoubleStream.of(-Math.PI, Math.PI),
                        List.of(w, moved).stream().flatMapToDouble(LinearizationClaims::kinks))
                .sorted()
                .toArray();
        ToDoubleFunction<double[]> error = error(network, eps);
        double sum = 0;
        for (int k = 1; k < kinks.length; k++) {
            GaussIntegrator rule = new GaussIntegratorFactory().legendre(20, kinks[k - 1], kinks[k]);
            sum += rule.integrate(angle -> {
                double value = error.applyAsDouble(new double[] {Math.cos(angle), Math.sin(angle)});
                return value * value;
            });
        }
        return Math.sqrt(sum / Math.PI); // E|x|^2 / (2 pi)
    }

    /** The angles in [-pi, pi] at which {@code w_i . x} changes its sign. */
    private static DoubleStream kinks(DMatrixRMaj rows) {
        return IntStream.range(0, rows.numRows).boxed().flatMapToDouble(i -> {
            double angle = Math.atan2(-rows.get(i, 0), rows.get(i, 1));
            return DoubleStream.of(angle, angle > 0 ? angle - Math.PI : angle + Math.PI);
        });
    }
}
