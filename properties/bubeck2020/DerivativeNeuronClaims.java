package bubeck2020;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
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
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Two neurons are a derivative neuron: in the limit for a smooth activation, exactly for ReLU.
 *
 * <h2>Source</h2>
 *
 * B20, (2), (3) and (4).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * f_{delta,u,v,b}(x) = [psi((u + delta v).x - b) - psi(u.x - b)] / delta  ->  psi'(u.x - b) v.x   as delta -> 0
 * |f_{delta,u,v,b}(x) - psi'(u.x - b) v.x| <= delta/2 sup |psi''| (v.x)^2
 * ReLU, delta = 1/2 min_i |u.x_i - b| / |v.x_i|:   f_{delta,u,v,b}(x_i) = 1{u.x_i > b} v.x_i   for all i
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * 2 to 8 normal points in 1 to 6 dimensions. For (4): u and v normal with and without b and c (the perturbation of b); a point at 1e-6 from the hyperplane; a
 * point with {@code v.x = c}; {@code v = 0}; {@code b = c = 0}. In all but {@code v = 0} some point moves towards the hyperplane. For (3): tanh, softplus and sin at 8
 * points.
 *
 * <h2>How it is checked</h2>
 *
 * (3): Taylor's bound, and the exponent of the largest error over delta from 1e-5 to 1e-2, where the next term is below 1 % and the rounding
 * {@code 2^-50 / delta = 1e-10} below the error. (4): the evaluation adds d + 2 terms twice and divides by delta; each of its roundings is below
 * {@code 2^-53 (|u| |x| + |b| + delta (|v| |x| + |c|)) / delta}, {@code 4 (d + 6)} of them.
 *
 * <h2>Falsifiers</h2>
 *
 * Errors of order {@code delta^2} and {@code delta^(1/2)}; a third of Taylor's bound for sin at its top; delta 1.1 times the smallest quotient of a point that
 * moves towards the hyperplane; the derivative without the indicator.
 */
class DerivativeNeuronClaims {
    private static final double U = 0x1p-53;

    /** The ways in which a point can stand to the hyperplane and the direction. */
    enum Family {
        GENERIC,
        NEARLY_TOUCHING,
        UNMOVED_POINT,
        NO_DIRECTION,
        THROUGH_ORIGIN
    }

    /** Points with u, b, v and c. */
    record Pair(Family family, int n, int d, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "DerivativeNeuronClaims");
        }

        DMatrixRMaj points() {
            return PointLaw.GAUSSIAN.rows(n, d, stream().part("points"));
        }

        /** The neuron; the sign of v is chosen so that point 1 moves towards the hyperplane. */
        DerivativeNeuron exact() {
            DMatrixRMaj points = points();
            double[] u = stream().part("u").gaussians(d);
            double[] v = family == Family.NO_DIRECTION
                    ? new double[d]
                    : stream().part("v").gaussians(d);
            double[] base = LinearAlgebra.product(points, u);
            double b = family == Family.THROUGH_ORIGIN
                    ? 0
                    : family == Family.NEARLY_TOUCHING
                            ? base[0] + 1e-6
                            : stream().part("b").gaussian();
            double[] change = LinearAlgebra.product(points, v);
            double c = family == Family.UNMOVED_POINT
                    ? change[0]
                    : family == Family.GENERIC ? stream().part("c").gaussian() : 0;
            if ((change[1] - c) * (base[1] - b) > 0) {
                c = -c;
                for (int k = 0; k < d; k++) {
                    v[k] = -v[k];
                }
            }
            return DerivativeNeuron.exact(points, u, b, v, c);
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(
                        Arbitraries.of(Family.class),
                        Arbitraries.integers().between(2, 8),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Pair::new);
    }

    /** What is compared: which delta, and whether the limit has its indicator. */
    private record Variant(double timesSmallestTowards, boolean indicator) {}

    @Claim(
            id = "B20.eq4",
            statement =
                    "\\delta = \\tfrac12 \\min_i \\frac{|u\\cdot x_i - b|}{|v\\cdot x_i|} \\;\\Longrightarrow\\; f_{\\delta, u, v, b}(x_i) = 1\\{u\\cdot x_i > b\\}\\,"
                            + " v\\cdot x_i \\text{ for all } i",
            hypotheses =
                    "ReLU, $u\\cdot x_i \\ne b$; the minimum over $v\\cdot x_i \\ne 0$, $\\delta = 1$ if there is none; also with $b + \\delta c$ and $v\\cdot x_i - c$")
    void twoReluNeuronsAreADerivativeNeuron(@ForAll("pairs") Pair pair, ClaimRun run) {
        run.covers(pair.family.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        DMatrixRMaj points = pair.points();
        DerivativeNeuron exact = pair.exact();
        double[] base = LinearAlgebra.product(points, exact.u());
        double[] change = LinearAlgebra.product(points, exact.v());
        run.check("values", new Variant(0, true), (variant, lab) -> {
                    double delta = variant.timesSmallestTowards == 0
                            ? exact.delta()
                            : variant.timesSmallestTowards * smallestTowards(exact, base, change);
                    DerivativeNeuron f = new DerivativeNeuron(exact.u(), exact.b(), exact.v(), exact.c(), delta);
                    double[] expected = IntStream.range(0, pair.n)
                            .mapToDouble(i -> base[i] > exact.b() || !variant.indicator ? change[i] - exact.c() : 0)
                            .toArray();
                    return Comparison.equal(
                            f.network(Relu.INSTANCE).predict(points),
                            expected,
                            4 * (pair.d + 6) * U * size(f, points) / delta,
                            "4 (d + 6) 2^-53 (|u| |x| + |b| + delta (|v| |x| + |c|)) / delta");
                })
                .falsifiedBy("delta 1.1 times the smallest quotient towards the hyperplane", new Variant(1.1, true))
                .falsifiedBy("without the indicator", new Variant(0, false));
    }

    /** {@code min |u.x_i - b| / |v.x_i - c|} over the points that move towards the hyperplane; 1 if there is none. */
    private static double smallestTowards(DerivativeNeuron f, double[] base, double[] change) {
        return IntStream.range(0, base.length)
                .filter(i -> (base[i] - f.b()) * (change[i] - f.c()) < 0)
                .mapToDouble(i -> Math.abs(base[i] - f.b()) / Math.abs(change[i] - f.c()))
                .min()
                .orElse(1);
    }

    private static double size(DerivativeNeuron f, DMatrixRMaj points) {
        double radius = 0;
        for (int i = 0; i < points.numRows; i++) {
            radius = Math.max(
                    radius,
                    LinearAlgebra.norm(Arrays.copyOfRange(points.data, i * points.numCols, (i + 1) * points.numCols)));
        }
        return LinearAlgebra.norm(f.u()) * radius
                + Math.abs(f.b())
                + f.delta() * (LinearAlgebra.norm(f.v()) * radius + Math.abs(f.c()));
    }

    @Claim(
            id = "B20.eq3",
            statement =
                    "\\frac{\\psi((u + \\delta v)\\cdot x - b) - \\psi(u\\cdot x - b)}{\\delta} \\to \\psi'(u\\cdot x - b)\\, v\\cdot x \\quad (\\delta \\to 0)",
            hypotheses = "$\\psi$ differentiable at $u\\cdot x - b$; error $O(\\delta)$ for bounded $\\psi''$")
    void differenceQuotientsTendToTheDerivative(ClaimRun run) {
        RandomStream stream = run.stream();
        DMatrixRMaj points = PointLaw.SPHERE.rows(8, 4, stream.part("points"));
        double[] u = stream.part("u").gaussians(4);
        double[] v = stream.part("v").gaussians(4);
        double b = stream.part("b").gaussian();
        double[] deltas = {1e-5, 1e-4, 1e-3, 1e-2};
        for (DecentActivation activation :
                new DecentActivation[] {DecentActivation.TANH, DecentActivation.SOFTPLUS, DecentActivation.SINE}) {
            run.check(
                            "exponent, " + activation.name(),
                            1.0,
                            (exponent, lab) -> Rate.exact(
                                    exponent,
                                    0.1,
                                    deltas,
                                    Arrays.stream(deltas)
                                            .map(delta -> largest(errors(activation, points, u, b, v, delta)))
                                            .toArray()))
                    .falsifiedBy("delta^2", 2.0)
                    .falsifiedBy("delta^(3/4)", 0.75);
        }
        DMatrixRMaj axis = new DMatrixRMaj(new double[][] {{1}});
        run.check(
                        "Taylor's bound, sin at its top",
                        0.5,
                        (factor, lab) -> Comparison.atMost(
                                Arrays.stream(deltas)
                                        .map(delta -> largest(errors(
                                                        DecentActivation.SINE,
                                                        axis,
                                                        new double[] {1},
                                                        1 - Math.PI / 2,
                                                        new double[] {1},
                                                        delta))
                                                / delta)
                                        .toArray(),
                                factor,
                                4 * U / 1e-10,
                                "four roundings of numbers below 1, divided by delta^2 >= 1e-10"))
                .falsifiedBy("a third of delta in place of a half", 1 / 3.0);
    }

    private static double[] errors(
            DecentActivation activation, DMatrixRMaj points, double[] u, double b, double[] v, double delta) {
        DerivativeNeuron f = new DerivativeNeuron(u, b, v, 0, delta);
        double[] errors = f.network(activation).predict(points);
        double[] limits = f.limit(activation, points);
        for (int i = 0; i < errors.length; i++) {
            errors[i] = Math.abs(errors[i] - limits[i]);
        }
        return errors;
    }

    private static double largest(double[] errors) {
        return Arrays.stream(errors).max().orElseThrow();
    }
}
