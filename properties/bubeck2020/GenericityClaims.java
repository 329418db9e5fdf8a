package bubeck2020;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The constants of Definition 1: how small omega can be, and both for independent points on the sphere.
 *
 * <h2>Source</h2>
 *
 * B20, Definition 1 and the sentence after it.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * max(1, d/n) <= omega <= d max |x_i|^2,      |x_i| >= 1
 * independent uniform points, n >= c d:   gamma = O(sqrt(log(n)/d)),   omega = O(1), about (1 + sqrt(d/n))^2
 * }</pre>
 *
 * <p>For {@code n < d} omega is at least {@code d/n}: the sentence needs {@code n >= c d}, the paper's regime.
 *
 * <h2>Instances</h2>
 *
 * {@link GenericPoints} up to 40, of norms 1 or in [1, 3]; the lower bound is attained by unbiased and by orthonormal bases, the upper one by copies of one
 * point. Independent points at five pairs n, d.
 *
 * <h2>How it is checked</h2>
 *
 * omega is {@code d/n} times an eigenvalue, to {@code 10 (n + d) u} of it. For independent points the proportion of data sets outside a band is decided, at
 * most 1/4 against 1/2: the median lies in the band. Outside {@code [0.75, 1.25] (1 + sqrt(d/n))^2} it is below 0.01, and
 * outside {@code [1.3, 2] sqrt(log(n)/d)} at most about 0.1 (at n = 20 and 50, above; in 20 dimensions gamma is at most 1, which keeps it below
 * {@code 1.6 sqrt(log(n)/d)}). The exponent of gamma is the mean of 50 points' own secant exponents from d = 100 to 1600, which is -0.494.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1.05 max(1, d/n)}, {@code max(1, n/d)}; omega at most 2, or 0.9 of the upper bound; {@code omega <= 4} at {@code n = d/10};
 * {@code gamma <= sqrt(log(n)/d)}; exponents -1/4 and -3/4.
 */
class GenericityClaims {
    private static final GenericPoints[] NAMED = {
        GenericPoints.unbiased(1),
        GenericPoints.orthonormal(3, 5, 1),
        GenericPoints.cluster(4, 3, 0, 1),
        GenericPoints.sphere(20, 200, 1)
    };

    @Provide
    Arbitrary<GenericPoints> sets() {
        return GenericPoints.any(40);
    }

    @Claim(
            id = "B20.def1-omega",
            statement = "\\omega \\ge 1, \\qquad \\omega \\ge \\frac{d}{\\min(n, d)}",
            hypotheses =
                    "$\\|x_i\\| \\ge 1$, $\\frac1n \\sum_i x_i x_i^\\top \\preceq \\frac{\\omega}{d} I_d$; the least"
                            + " $\\omega$ is at most $d \\max_i \\|x_i\\|^2$")
    void omegaIsAtLeastOneAndTheDimensionOverTheRank(@ForAll("sets") GenericPoints set, ClaimRun run) {
        run.covers(set.family())
                .covers(set.n() < set.d() ? "n < d" : "n >= d")
                .covers("copies of one point")
                .covers("orthonormal");
        GenericPoints[] sets = Arrays.copyOf(NAMED, NAMED.length + 1);
        sets[NAMED.length] = set;
        double[] omega = Arrays.stream(sets).mapToDouble(GenericPoints::omega).toArray();
        DoubleBinaryOperator least = (n, d) -> d / Math.min(n, d);
        run.check("lower bound", least, (bound, lab) -> {
                    double[] bounds = Arrays.stream(sets)
                            .mapToDouble(x -> bound.applyAsDouble(x.n(), x.d()))
                            .toArray();
                    return Comparison.atLeast(over(omega, omega), over(bounds, omega), 2.4e-13, "10 (n + d) u");
                })
                .falsifiedBy("1.05 d/min(n, d)", (n, d) -> 1.05 * d / Math.min(n, d))
                .falsifiedBy("max(1, n/d)", (n, d) -> Math.max(1, n / d));
        double[] largest = Arrays.stream(sets)
                .mapToDouble(x -> x.d()
                        * Arrays.stream(x.norms())
                                .map(norm -> norm * norm)
                                .max()
                                .orElseThrow())
                .toArray();
        DoubleUnaryOperator most = d -> d;
        run.check(
                        "upper bound",
                        most,
                        (bound, lab) -> Comparison.atMost(
                                omega,
                                Arrays.stream(largest).map(bound).toArray(),
                                2.4e-13 * Arrays.stream(largest).max().orElseThrow(),
                                "10 (n + d) u"))
                .falsifiedBy("2", d -> 2)
                .falsifiedBy("0.9 d max |x|^2", d -> 0.9 * d);
        run.check("eigenvalue", 1.0, (factor, lab) -> {
                    double value = factor * set.omega() * set.n() / set.d();
                    double[] x = set.points().data;
                    double[] quotients = new double[set.n()];
                    for (int i = 0; i < set.n(); i++) {
                        double[] point = Arrays.copyOfRange(x, i * set.d(), (i + 1) * set.d());
                        double[] products = LinearAlgebra.product(set.points(), point);
                        quotients[i] = LinearAlgebra.dot(products, products) / LinearAlgebra.dot(point, point) / value;
                    }
                    return Comparison.atMost(quotients, 1, 2.4e-13, "10 (n + d) u");
                })
                .falsifiedBy("0.9 omega n/d", 0.9);
    }

    private static double[] over(double[] values, double[] scale) {
        double[] result = new double[values.length];
        Arrays.setAll(result, i -> values[i] / scale[i]);
        return result;
    }

    /** A band for a statistic of the points. */
    private record Band(double low, double high) {
        boolean misses(double value) {
            return !(low <= value && value <= high);
        }
    }

    @Claim(
            id = "B20.def1-sphere",
            statement = "(x_i)_{i \\in [n]} \\text{ i.i.d. uniform on the sphere are }"
                    + " \\Big(O\\Big(\\sqrt{\\tfrac{\\log n}{d}}\\Big), O(1)\\Big)\\text{-generic}",
            hypotheses = "$n \\ge c d$ (for $n < d$, $\\omega \\ge d/n$); the median $\\gamma$ is in"
                    + " $[1.3, 2] \\sqrt{\\log(n)/d}$, the median $\\omega$ in $[.75, 1.25]\\, (1 + \\sqrt{d/n})^2$")
    void independentPointsOnTheSphereAreGeneric(ClaimRun run) {
        run.note("The sentence takes $n \\ge c d$ for granted, the paper's regime: $\\omega$ is at least $d/n$.");
        int[][] sizes = {{20, 200}, {50, 200}, {100, 100}, {200, 50}, {200, 20}};
        for (int[] size : sizes) {
            int n = size[0];
            int d = size[1];
            String name = "n = " + n + ", d = " + d;
            run.covers(name);
            double root = Math.sqrt(Math.log(n) / d);
            run.check(
                            "gamma, " + name,
                            new Band(1.3, 2),
                            (band, lab) -> median(lab, n, d, set -> set.gamma() / root, band))
                    .falsifiedBy("at most sqrt(log(n)/d)", new Band(0, 1));
            double square = Math.pow(1 + Math.sqrt((double) d / n), 2);
            run.check(
                            "omega, " + name,
                            new Band(0.75 * square, 1.25 * square),
                            (band, lab) -> median(lab, n, d, GenericPoints::omega, band))
                    .falsifiedBy(
                            n < d ? "at most 4" : "1.3 times as large",
                            n < d ? new Band(0, 4) : new Band(1.3 * 0.8 * square, 1.3 * 1.25 * square));
        }
        double[] dimensions = {100, 400, 1600};
        run.check(
                        "exponent of gamma",
                        -0.5,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.1, dimensions)
                                .decide(
                                        index -> {
                                            RandomStream stream = lab.stream().trial(index);
                                            return Arrays.stream(dimensions)
                                                    .map(d -> draw(50, (int) d, stream)
                                                            .gamma())
                                                    .toArray();
                                        },
                                        lab.terms()))
                .falsifiedBy("-1/4", -0.25)
                .falsifiedBy("-3/4", -0.75);
    }

    private static Decision median(Lab lab, int n, int d, ToDoubleFunction<GenericPoints> statistic, Band band) {
        return lab.failsAtMost(0.25, 0.5, stream -> band.misses(statistic.applyAsDouble(draw(n, d, stream))));
    }

    private static GenericPoints draw(int n, int d, RandomStream stream) {
        return new GenericPoints("sphere", "", PointLaw.SPHERE.rows(n, d, stream));
    }
}
