package bubeck2020;

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
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * A neuron with a random small outer weight {@code 1/a}, {@code a = +-delta}, is in the mean a linear model over the features {@code Phi_w(x) = s'(w.x) x}.
 *
 * <h2>Source</h2>
 *
 * B20, section 5.1, (17) and (18).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * E_a s((w + a v).x) / a = [s((w + delta v).x) - s((w - delta v).x)] / (2 delta) = Phi_w(x).v + O(delta),
 * E_a sum_i y_i s((w + a v_0).x_i) / a = eta |sum_i y_i Phi_w(x_i)|^2 + O(delta),    v_0 = eta sum_i y_i Phi_w(x_i).
 * }</pre>
 *
 * With {@code |s''| <= C} the term {@code O(delta)} is at most {@code C delta (v.x)^2 / 2}; it is of order {@code delta^2} for {@code s} in {@code C^3}, and 0 for piecewise linear s while
 * {@code delta < min |w.x_i| / |v.x_i|}.
 *
 * <h2>Instances</h2>
 *
 * Up to 6 points of the sphere in up to 5 dimensions, Gaussian w, v and y; smooth activations, and ReLU, absolute value, leaky ReLU; eta 0.3, 2 and 5. {@code s(t) = t |t| / 2}, where the bound is an
 * equality at {@code w.x = 0}. For the orders {@code w.x = 0.4} and {@code v.x = 1}, where no third derivative vanishes.
 *
 * <h2>How it is checked</h2>
 *
 * The mean over a is the network of the neurons {@code w + delta v} and {@code w - delta v} with the outer weights {@code +-1/(2 delta)}. Its error is {@code (d + 6) u (|s| + L (|w| + delta |v|)) / delta} for points of
 * length 1, four times which is allowed; derivatives are right to 4 u L.
 *
 * <h2>Falsifiers</h2>
 *
 * One sign only, and signs with probabilities 0.6 and 0.4; the constant 0.4 for 1/2; the orders 1.5 for 1 and 1.5 for 2; delta twice and ten times the limit, and a point on the kink's hyperplane. Printed in (18):
 * {@code |eta sum|^2}.
 */
class RandomSignClaims {
    private static final String ROUNDING = "4 (d + 6) u of the arguments over delta";
    private static final DecentActivation SIGNED_SQUARE =
            new DecentActivation("t |t| / 2", t -> t * Math.abs(t) / 2, Math::abs, Math::signum, 10, 1, List.of(0.0));

    /** Points, labels and weights. */
    record Instance(DecentActivation activation, int n, int d, double eta, long seed) {
        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(n, d, stream().part("points"));
        }

        double[] y() {
            return stream().part("labels").gaussians(n);
        }

        double[] w() {
            return stream().part("w").gaussians(d);
        }

        double[] v() {
            return stream().part("v").gaussians(d);
        }

        /** {@code v_0 / eta}. */
        double[] sum() {
            double[] c = LinearAlgebra.product(points(), w());
            double[] y = y();
            for (int i = 0; i < n; i++) {
                c[i] = y[i] * activation.derivative(c[i]);
            }
            return LinearAlgebra.productTransA(points(), c);
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "RandomSignClaims");
        }

        Instance cover(ClaimRun run) {
            run.covers(activation.name());
            if (d == 1) {
                run.covers("d = 1");
            }
            if (n == 1) {
                run.covers("one point");
            }
            return this;
        }
    }

    @Provide
    Arbitrary<Instance> smooth() {
        return instances(List.of(
                DecentActivation.TANH,
                DecentActivation.SINE,
                DecentActivation.ERF,
                DecentActivation.SOFTPLUS,
                DecentActivation.SIGMOID,
                DecentActivation.GELU));
    }

    @Provide
    Arbitrary<Instance> homogeneous() {
        return instances(List.of(DecentActivation.RELU, DecentActivation.ABSOLUTE_VALUE, DecentActivation.LEAKY_RELU));
    }

    private static Arbitrary<Instance> instances(List<DecentActivation> activations) {
        return Combinators.combine(
                        Arbitraries.of(activations),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0.3, 2.0, 5.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** {@code E_a s((w + a v).x) / a} at points, a = delta with this probability and -delta else. */
    private static double[] mean(
            DecentActivation s, DMatrixRMaj points, double[] w, double[] v, double delta, double probability) {
        DMatrixRMaj weights = new DMatrixRMaj(2, w.length);
        for (int k = 0; k < w.length; k++) {
            weights.set(0, k, w[k] + delta * v[k]);
            weights.set(1, k, w[k] - delta * v[k]);
        }
        double[] outputs = {probability / delta, -(1 - probability) / delta};
        return new TwoLayerNetwork(weights, outputs, s).predict(points);
    }

    /** {@code Phi_w(x_i).v}. */
    private static double[] limit(DecentActivation s, DMatrixRMaj points, double[] w, double[] v) {
        double[] z = LinearAlgebra.product(points, w);
        double[] values = LinearAlgebra.product(points, v);
        for (int i = 0; i < z.length; i++) {
            values[i] *= s.derivative(z[i]);
        }
        return values;
    }

    /** Rounding of a value of {@link #mean}, for points of length 1. */
    private static double rounding(DecentActivation s, double[] w, double[] v, double delta) {
        double reach = LinearAlgebra.norm(w) + delta * LinearAlgebra.norm(v);
        return 4 * (w.length + 6) * 0x1p-53 * (Math.abs(s.value(0)) + 2 * s.lipschitz() * reach) / delta;
    }

    /** Probability of the positive sign, and the constant in {@code C delta (v.x)^2} times 1. */
    private record Form(double probability, double constant) {}

    @Claim(
            id = "B20.eq17",
            statement =
                    "\\mathbb E_{a \\sim \\{-\\delta, \\delta\\}}\\, a^{-1} \\psi\\big((w + a v) \\cdot x\\big) = \\psi'(w \\cdot x)\\, x \\cdot v + O(\\delta)",
            hypotheses =
                    "$\\psi$ twice differentiable: the last term is at most $\\frac12 \\sup|\\psi''|\\, (v \\cdot x)^2\\, \\delta$, and $O(\\delta^2)$ if $\\psi$ has three derivatives",
            instances = 40)
    void theRandomSignCancelsTheConstantTerm(@ForAll("smooth") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        double[] sizes = {10, 100, 1000};
        run.check("at most C delta (v.x)^2 / 2", new Form(0.5, 0.5), (form, lab) -> {
                    Decision last = gap(drawn, form, 0.1);
                    for (double size : sizes) {
                        Decision next = gap(drawn, form, 1 / size);
                        last = next.isRefuted() ? next : last;
                    }
                    return last;
                })
                .falsifiedBy("one sign", new Form(1, 0.5))
                .falsifiedBy("probabilities 0.6 and 0.4", new Form(0.6, 0.5));
        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{1}});
        run.check("t |t| / 2 at w.x = 0", 0.5, (constant, lab) -> {
                    double[] errors = new double[sizes.length];
                    for (int j = 0; j < sizes.length; j++) {
                        errors[j] = Math.abs(mean(
                                        SIGNED_SQUARE, point, new double[1], new double[] {1}, 1 / sizes[j], 0.5)[0])
                                * sizes[j];
                    }
                    return Comparison.atMost(errors, constant, 1e-14, "4 roundings");
                })
                .falsifiedBy("0.4", 0.4);
        run.check(
                        "order for three derivatives",
                        -2.0,
                        (order, lab) -> Rate.exact(order, 0.1, sizes, errors(drawn.activation, 0.4, sizes)))
                .falsifiedBy("1.5", -1.5);
        run.check(
                        "order for t |t| / 2",
                        -1.0,
                        (order, lab) -> Rate.exact(order, 0.1, sizes, errors(SIGNED_SQUARE, 0, sizes)))
                .falsifiedBy("1.5", -1.5);
    }

    private static Decision gap(Instance drawn, Form form, double delta) {
        DecentActivation s = drawn.activation;
        double[] observed = mean(s, drawn.points(), drawn.w(), drawn.v(), delta, form.probability);
        double[] limit = limit(s, drawn.points(), drawn.w(), drawn.v());
        double[] slopes = LinearAlgebra.product(drawn.points(), drawn.v());
        double[] bounds = new double[drawn.n];
        for (int i = 0; i < drawn.n; i++) {
            observed[i] = Math.abs(observed[i] - limit[i]);
            bounds[i] = form.constant * s.curvature() * delta * slopes[i] * slopes[i];
        }
        return Comparison.atMost(observed, bounds, rounding(s, drawn.w(), drawn.v(), delta), ROUNDING);
    }

    private static double[] errors(DecentActivation s, double z, double[] sizes) {
        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{1}});
        double[] w = {z};
        double[] v = {1};
        double[] errors = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            errors[j] = Math.abs(mean(s, point, w, v, 1 / sizes[j], 0.5)[0] - s.derivative(z));
        }
        return errors;
    }

    @Claim(
            id = "B20.eq17-relu",
            statement =
                    "\\mathbb E_{a \\sim \\{-\\delta, \\delta\\}}\\, a^{-1} \\psi\\big((w + a v) \\cdot x_i\\big) = \\psi'(w \\cdot x_i)\\, x_i \\cdot v",
            hypotheses =
                    "$\\psi = \\mathrm{ReLU}$, $\\delta < \\min_i |w \\cdot x_i| / |v \\cdot x_i|$; also leaky ReLU and $|t|$")
    void theMeanIsExactForSmallSteps(@ForAll("homogeneous") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        run.check("delta as a part of the limit", 0.999, (part, lab) -> {
                    double delta = part * limitOfDelta(drawn.points(), drawn.w(), drawn.v());
                    return exact(drawn.activation, drawn.points(), drawn.w(), drawn.v(), delta);
                })
                .falsifiedBy("1.5 times the limit", 1.5)
                .falsifiedBy("ten times the limit", 10.0);
        DMatrixRMaj axes = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        run.check(
                        "w.x_1 = 1, w.x_2 = 0.5",
                        0.5,
                        (base, lab) -> exact(drawn.activation, axes, new double[] {1, base}, new double[] {1, 1}, 0.25))
                .falsifiedBy("a point on the kink's hyperplane", 0.0);
    }

    /** {@code min |w.x_i| / |v.x_i|}. */
    private static double limitOfDelta(DMatrixRMaj points, double[] w, double[] v) {
        double[] z = LinearAlgebra.product(points, w);
        double[] t = LinearAlgebra.product(points, v);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < z.length; i++) {
            least = t[i] == 0 ? least : Math.min(least, Math.abs(z[i] / t[i]));
        }
        return least < Double.POSITIVE_INFINITY ? least : 1;
    }

    private static Decision exact(DecentActivation s, DMatrixRMaj points, double[] w, double[] v, double delta) {
        double[] observed = mean(s, points, w, v, delta, 0.5);
        return Comparison.equal(observed, limit(s, points, w, v), rounding(s, w, v, delta), ROUNDING);
    }

    @Claim(
            id = "B20.eq18",
            statement =
                    "\\mathbb E_{a \\sim \\{-\\delta, \\delta\\}} \\sum_i y_i a^{-1} \\psi\\big((w + a v_0) \\cdot x_i\\big) = \\Big\\|\\eta \\sum_i y_i \\Phi_w(x_i)\\Big\\|^2 + O(\\delta) = \\eta\\, y^\\top H(w)\\, y + O(\\delta)",
            hypotheses =
                    "$v_0 = \\eta \\sum_i y_i \\Phi_w(x_i)$, $\\Phi_w(x) = \\psi'(w \\cdot x) x$, $H(w)_{ij} = \\Phi_w(x_i) \\cdot \\Phi_w(x_j)$",
            correction =
                    "\\mathbb E_{a \\sim \\{-\\delta, \\delta\\}} \\sum_i y_i a^{-1} \\psi\\big((w + a v_0) \\cdot x_i\\big) = \\eta \\Big\\|\\sum_i y_i \\Phi_w(x_i)\\Big\\|^2 + O(\\delta) = \\eta\\, y^\\top H(w)\\, y + O(\\delta)",
            derivation =
                    "One factor $\\eta$ comes from $v_0$: $\\sum_i y_i \\Phi_w(x_i) \\cdot v_0 = \\eta \\|\\sum_i y_i \\Phi_w(x_i)\\|^2$. The printed middle term has $\\eta^2$ and differs from"
                            + " the right side: $n = 1$, $x = w = y = 1$, ReLU, $\\eta = 2$: the mean is 2 for $\\delta < 1/2$, the middle term 4.")
    void theCorrelationIsAQuadraticFormOfTheLabels(@ForAll("homogeneous") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        run.covers("eta = " + drawn.eta);
        run.check("piecewise linear, delta half the limit", 1.0, (power, lab) -> {
                    double[] v = scaled(drawn.sum(), drawn.eta);
                    double delta = limitOfDelta(drawn.points(), drawn.w(), v) / 2;
                    return correlation(drawn, v, delta, power, 0);
                })
                .printedAs("|eta sum|^2", 2.0);
        Instance smooth = new Instance(DecentActivation.TANH, drawn.n, drawn.d, drawn.eta, drawn.seed);
        run.check("tanh, delta = 1e-6", 1.0, (power, lab) -> {
                    double[] v = scaled(smooth.sum(), smooth.eta);
                    double allowed = 0;
                    double[] t = LinearAlgebra.product(smooth.points(), v);
                    for (int i = 0; i < t.length; i++) {
                        allowed += 0.5 * 1e-6 * smooth.activation.curvature() * Math.abs(smooth.y()[i]) * t[i] * t[i];
                    }
                    return correlation(smooth, v, 1e-6, power, allowed);
                })
                .printedAs("|eta sum|^2", 2.0);
        run.check("y^T H(w) y", 1.0, (factor, lab) -> {
                    double[] v = drawn.sum();
                    double form = quadraticForm(drawn);
                    double tolerance = 8 * (drawn.n + drawn.d) * 0x1p-53 * Math.pow(drawn.n, 2) * 25;
                    return Comparison.equal(
                            factor * form, LinearAlgebra.dot(v, v), tolerance, "(n + d) u of n^2 terms below 25");
                })
                .falsifiedBy("1.1", 1.1);
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = v.clone();
        for (int k = 0; k < v.length; k++) {
            result[k] *= factor;
        }
        return result;
    }

    private static Decision correlation(Instance drawn, double[] v, double delta, double power, double allowed) {
        double[] values = mean(drawn.activation, drawn.points(), drawn.w(), v, delta, 0.5);
        double size = 0;
        for (double label : drawn.y()) {
            size += Math.abs(label);
        }
        double rounding = rounding(drawn.activation, drawn.w(), v, delta) * size;
        double square = LinearAlgebra.dot(drawn.sum(), drawn.sum());
        return Comparison.equal(
                LinearAlgebra.dot(values, drawn.y()),
                Math.pow(drawn.eta, power) * square,
                rounding + allowed,
                ROUNDING + (allowed > 0 ? ", and C delta sum |y_i| (v.x_i)^2 / 2" : ""));
    }

    private static double quadraticForm(Instance drawn) {
        double[] z = LinearAlgebra.product(drawn.points(), drawn.w());
        DMatrixRMaj gram = LinearAlgebra.gram(drawn.points());
        double[] y = drawn.y();
        double sum = 0;
        for (int i = 0; i < drawn.n; i++) {
            for (int j = 0; j < drawn.n; j++) {
                double slopes = drawn.activation.derivative(z[i]) * drawn.activation.derivative(z[j]);
                sum += y[i] * y[j] * slopes * gram.get(i, j);
            }
        }
        return sum;
    }
}
