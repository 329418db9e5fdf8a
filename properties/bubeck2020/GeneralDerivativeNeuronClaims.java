package bubeck2020;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The derivative neuron of any Lipschitz activation: its correlation with the labels and its variance.
 *
 * <h2>Source</h2>
 *
 * B20, Theorem 6, proof, (29) and (30).
 *
 * <h2>Statement</h2>
 *
 * Let {@code v = sum_i s'(u.x_i) y_i x_i} and {@code f(x) = [s((u + delta v).x) - s(u.x)] / delta}. For a delta small enough
 *
 * <pre>{@code
 * y.f >= |v|^2 / 2,    |f|^2 <= 2 L^2 (omega n/d) y.f,
 * }</pre>
 *
 * {@code omega n/d} the largest eigenvalue of {@code sum_i x_i x_i^T}, L the Lipschitz constant. With {@code |s''| <= C} the step {@code delta = |v|^2 / (C sum_i |y_i| (v.x_i)^2)} is small enough, as
 * {@code |f(x) - s'(u.x) v.x| <= C delta (v.x)^2 / 2}; for piecewise linear s any step that crosses no kink is.
 *
 * <h2>Instances</h2>
 *
 * Generic points in all geometries and norms ({@link GenericPoints}), Gaussian labels and u; tanh, sin, erf, softplus, sigmoid, ReLU, absolute value, leaky ReLU, for the variance times a factor from 0.1 to 100. Where no neuron
 * is active, u is turned around. Fixed: {@code s = t^2/2}, one point, {@code u.x = 1} and {@code y = -1}, where the first bound is an equality; and {@code 10 |t|} with one point, where {@code |f|^2 = L^2 y.f}.
 *
 * <h2>How it is checked</h2>
 *
 * Relative to {@code |v|^2} and {@code L^2 (omega n/d) |v|^2}. A value of f has the error {@code e = 8 (d + 6) u (|s(0)| + L (|u| + delta |v|) |x|) / delta}, which changes {@code y.f} by {@code |y| sqrt n e}
 * and {@code |f|^2} by {@code 2 |f| sqrt n e + n e^2}.
 *
 * <h2>Falsifiers</h2>
 *
 * 0.6 and 1.1 for 1/2, one and a half times the step; 0.9 for 2, {@code L^1.5}, and as printed, L.
 */
class GeneralDerivativeNeuronClaims {
    /** {@code t^2 / 2} near the arguments in question. */
    private static final DecentActivation HALF_SQUARE =
            new DecentActivation("t^2 / 2", t -> t * t / 2, t -> t, t -> 1, 1, 1, List.of());

    /** Points, labels, a direction and an activation. */
    record Instance(DecentActivation activation, GenericPoints generic, double factor, long seed) {
        Pair pair(DecentActivation s) {
            RandomStream stream = RandomStream.of(seed, "GeneralDerivativeNeuronClaims");
            DMatrixRMaj points = generic.points();
            double[] u = stream.part("u").gaussians(points.numCols);
            double[] y = stream.part("labels").gaussians(points.numRows);
            Pair pair = Pair.of(s, points, u, y);
            if (pair.squaredNorm() > 0) {
                return pair;
            }
            for (int k = 0; k < u.length; k++) {
                u[k] = -u[k];
            }
            return Pair.of(s, points, u, y);
        }
    }

    /** u, v, y and the largest step that is known to be small enough. */
    private record Pair(DecentActivation s, DMatrixRMaj points, double[] u, double[] v, double[] y, double step) {
        static Pair of(DecentActivation s, DMatrixRMaj points, double[] u, double[] y) {
            double[] c = LinearAlgebra.product(points, u);
            for (int i = 0; i < y.length; i++) {
                c[i] = y[i] * s.derivative(c[i]);
            }
            double[] v = LinearAlgebra.productTransA(points, c);
            double[] t = LinearAlgebra.product(points, v);
            double curved = 0;
            for (int i = 0; i < y.length; i++) {
                curved += s.curvature() * Math.abs(y[i]) * t[i] * t[i];
            }
            double step = s.kinkList().isEmpty()
                    ? curved > 0 ? LinearAlgebra.dot(v, v) / curved : 1
                    : DerivativeNeuron.exactDelta(points, u, 0, v, 0);
            return new Pair(s, points, u, v, y, step);
        }

        double squaredNorm() {
            return LinearAlgebra.dot(v, v);
        }

        double[] values(double delta) {
            return new DerivativeNeuron(u, 0, v, 0, delta).network(s).predict(points);
        }

        /** {@code sqrt n e}. */
        double rounding(double delta) {
            double longest = 0;
            for (int i = 0; i < y.length; i++) {
                longest = Math.max(
                        longest, LinearAlgebra.dot(points.data, i * u.length, points.data, i * u.length, u.length));
            }
            double reach = (LinearAlgebra.norm(u) + delta * LinearAlgebra.norm(v)) * Math.sqrt(longest);
            double e = 8 * (u.length + 6) * 0x1p-53 * (Math.abs(s.value(0)) + s.lipschitz() * reach) / delta;
            return Math.sqrt(y.length) * e;
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.TANH,
                                DecentActivation.SINE,
                                DecentActivation.ERF,
                                DecentActivation.SOFTPLUS,
                                DecentActivation.SIGMOID,
                                DecentActivation.RELU,
                                DecentActivation.ABSOLUTE_VALUE,
                                DecentActivation.LEAKY_RELU),
                        GenericPoints.any(9),
                        Arbitraries.of(0.1, 0.5, 1.0, 10.0, 100.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    private static Pair single(DecentActivation s, double y) {
        return Pair.of(s, new DMatrixRMaj(new double[][] {{1}}), new double[] {1}, new double[] {y});
    }

    /** {@code y.f >= constant |v|^2} for a multiple of the step. */
    private record Correlation(double constant, double stretch) {}

    @Claim(
            id = "B20.eq29",
            statement = "\\sum_i y_i f(x_i) \\ge \\frac12 \\Big\\|\\sum_i \\psi'(u \\cdot x_i)\\, y_i x_i\\Big\\|^2",
            hypotheses =
                    "$f(x) = [\\psi((u + \\delta v) \\cdot x) - \\psi(u \\cdot x)]/\\delta$, $v = \\sum_i \\psi'(u \\cdot x_i) y_i x_i$, $\\delta$ small: $\\delta \\le \\|v\\|^2 / (\\sup|\\psi''| \\sum_i |y_i| (v \\cdot x_i)^2)$ does, or no kink between")
    void halfTheSquaredNormIsCorrelated(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.generic.family());
        Pair pair = drawn.pair(drawn.activation);
        Pair sharp = single(HALF_SQUARE, -1);
        run.check("largest step", new Correlation(0.5, 1), (form, lab) -> correlated(form, pair, sharp))
                .falsifiedBy("0.6", new Correlation(0.6, 1))
                .falsifiedBy("1.5 times the step", new Correlation(0.5, 1.5));
        run.check("a step 100 times smaller", new Correlation(0.5, 0.01), (form, lab) -> correlated(form, pair, sharp))
                .falsifiedBy("1.1", new Correlation(1.1, 0.01));
    }

    private static Decision correlated(Correlation form, Pair... pairs) {
        List<Decision> decisions = new ArrayList<>();
        for (Pair pair : pairs) {
            double delta = pair.step * (pair.s.kinkList().isEmpty() ? form.stretch : Math.min(1, form.stretch));
            double scale = pair.squaredNorm() + Double.MIN_NORMAL;
            double correlation = LinearAlgebra.dot(pair.y, pair.values(delta));
            double tolerance = LinearAlgebra.norm(pair.y) * pair.rounding(delta) / scale + 1e-14;
            decisions.add(Comparison.atLeast(
                    correlation / scale,
                    form.constant * pair.squaredNorm() / scale,
                    tolerance,
                    "roundings over delta"));
        }
        return worst(decisions);
    }

    private static Decision worst(List<Decision> decisions) {
        return decisions.stream().filter(Decision::isRefuted).findFirst().orElse(decisions.get(0));
    }

    /** {@code |f|^2 <= constant L^power (omega n/d) y.f}. */
    private record Variance(double constant, double power) {}

    @Claim(
            id = "B20.eq30",
            statement = "\\sum_i f(x_i)^2 \\le \\frac{2 \\omega n L}{d} \\sum_i y_i f(x_i)",
            hypotheses =
                    "$\\psi$ $L$-Lipschitz, $\\frac1n \\sum_i x_i x_i^\\top \\preceq \\frac{\\omega}{d} I$; $f$ as in (29), $\\delta$ small",
            correction = "\\sum_i f(x_i)^2 \\le \\frac{2 \\omega n L^2}{d} \\sum_i y_i f(x_i)",
            derivation =
                    "$|f(x)| \\le L\\,|v \\cdot x|$, so that $\\|f\\|^2 \\le L^2 \\frac{\\omega n}{d}\\|v\\|^2$. With $c\\psi$ in place of $\\psi$ the left side grows like $c^4$, the printed right side like $c^3$:"
                            + " $n = d = x = u = y = 1$, $\\psi = 10\\,|t|$: $f = 100$, and $10^4 \\le 2 \\cdot 10 \\cdot 100$ fails. For $L \\le 1$ the printed bound follows from the corrected one.")
    void theVarianceIsBoundedByTheSquareOfTheLipschitzConstant(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.generic.family()).covers("factor " + drawn.factor);
        Pair pair = drawn.pair(drawn.activation.times(drawn.factor));
        Pair ten = single(DecentActivation.ABSOLUTE_VALUE.times(10), 1);
        run.check("largest step", new Variance(2, 2), (form, lab) -> varied(form, pair, ten))
                .printedAs("L for L^2", new Variance(2, 1))
                .falsifiedBy("L^1.5", new Variance(2, 1.5))
                .falsifiedBy("0.9 for 2", new Variance(0.9, 2));
    }

    private static Decision varied(Variance form, Pair... pairs) {
        List<Decision> decisions = new ArrayList<>();
        for (Pair pair : pairs) {
            double lipschitz = pair.s.lipschitz();
            DMatrixRMaj moment = LinearAlgebra.gram(pair.points);
            double largest = LinearAlgebra.eigen(moment).largest();
            double unit = lipschitz * lipschitz * largest;
            double scale = unit * pair.squaredNorm() + Double.MIN_NORMAL;
            double[] f = pair.values(pair.step);
            double e = pair.rounding(pair.step);
            double norm = LinearAlgebra.norm(f);
            double tolerance = (2 * norm * e + e * e + 2 * unit * LinearAlgebra.norm(pair.y) * e) / scale + 1e-13;
            double right = form.constant * Math.pow(lipschitz, form.power) * largest * LinearAlgebra.dot(pair.y, f);
            decisions.add(Comparison.atMost(norm * norm / scale, right / scale, tolerance, "roundings over delta"));
        }
        return worst(decisions);
    }
}
