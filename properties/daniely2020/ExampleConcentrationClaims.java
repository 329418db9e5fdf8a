package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Erf;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Two averages at an example: its squared norm over d, and the squared slopes over the neurons.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Claim 13, last display.
 *
 * <h2>Statement</h2>
 *
 * For standard normal x of dimension d, q orthonormal neurons, slopes {@code |s'| <= L} and m examples:
 *
 * <pre>{@code
 * P(| |x|^2 - d | >= 2 sqrt(l d) + 2 l) <= 2 e^-l
 * P(max_k | mean_j s'(<w_j, x_k>)^2 - E s'(G)^2 | >= L^2 sqrt(ln(2m/delta)/(2q))) <= delta
 * }</pre>
 *
 * <p>The first is the tail of chi-square, the second Hoeffding's inequality for squares in {@code [0, L^2]} and a union bound. With
 * {@code l = ln(2m/delta)} the first holds for m examples at once up to probability delta.
 *
 * <h2>Instances</h2>
 *
 * d from 1 to 10^6, l from 1/2 to 100. Samples at d = q = 256, m = 69. For {@code min(|z|, 1)} the squared slopes are Bernoulli variables, q to 5504; for
 * {@code |z|} they are all 1.
 *
 * <h2>How it is checked</h2>
 *
 * Exact tails of chi-square and binomial laws; samples for m examples at once, delta = 1/100. The order {@code d^(-1/2)} by the median of
 * {@code | |x|^2/d - 1 |}.
 *
 * <h2>Falsifiers</h2>
 *
 * The tail without either term or with half of one; half of the deviation of m norms; the order 1/d; the mean of {@code |s'|}; the
 * deviation of order 1/q; 0.7 of Hoeffding's deviation.
 */
class ExampleConcentrationClaims {
    private static final double DELTA = 0.01;
    private static final int Q = 256;
    private static final int M = 69;

    @Claim(
            id = "D20.claim13.xnorm",
            statement = "\\|x_m\\|^2 / d = 1 + o(1)",
            hypotheses =
                    "with constants: $P(|\\|x\\|^2/d - 1| \\ge 2\\sqrt{\\ell/d} + 2\\ell/d) \\le 2 e^{-\\ell}$ for $x \\sim N(0, I_d)$ and $\\ell"
                            + " > 0$")
    void squaredNormsConcentrate(ClaimRun run) {
        double[] dimensions = {1, 2, 5, 30, 256, 5504, 1e6};
        double[] exponents = {0.5, 1, 2, 5, 20, 100};
        run.covers("d = 1").covers("d = 10^6");
        DoubleBinaryOperator both = (l, d) -> 2 * Math.sqrt(l * d) + 2 * l;
        run.check(
                        "tail, exact",
                        both,
                        (DoubleBinaryOperator t, Lab lab) -> Comparison.atMost(
                                pairs(
                                        dimensions,
                                        exponents,
                                        (d, l) -> ChiSquareTail.logDeviation(d, t.applyAsDouble(l, d))),
                                pairs(dimensions, exponents, (d, l) -> Math.log(2) - l),
                                1e-9,
                                "1e-9: logarithms right to 1e-13 (1 + |log|)"))
                .falsifiedBy("without 2 l/d", (l, d) -> 2 * Math.sqrt(l * d))
                .falsifiedBy("l/d for 2 l/d", (l, d) -> 2 * Math.sqrt(l * d) + l)
                .falsifiedBy("1.5 sqrt(l/d)", (l, d) -> 1.5 * Math.sqrt(l * d) + 2 * l);

        double bound = both.applyAsDouble(Math.log(2 * M / DELTA), Q) / Q;
        run.check(
                        "all examples of a sample, d = 256, m = 69",
                        bound,
                        (deviation, lab) -> lab.failsAtMost(
                                DELTA,
                                0.1,
                                stream -> IntStream.range(0, M)
                                        .anyMatch(k -> Math.abs(squaredNorm(stream) / Q - 1) >= deviation)))
                .falsifiedBy("half of it", bound / 2)
                .falsifiedBy("of order 1/d: 2 l/d alone", 2 * Math.log(2 * M / DELTA) / Q);

        double[] sizes = {64, 1024, 16384, 262144};
        double[] medians = DoubleStream.of(sizes).map(d -> median(d) / d).toArray();
        run.check("order in d, exact", -0.5, (b, lab) -> Rate.exact(b, 0.01, sizes, medians))
                .falsifiedBy("1/d", -1.0)
                .falsifiedBy("d^-0.75", -0.75)
                .falsifiedBy("d^-0.25", -0.25);
    }

    private static double squaredNorm(RandomStream stream) {
        return Arrays.stream(stream.gaussians(Q)).map(z -> z * z).sum();
    }

    private static double[] pairs(double[] first, double[] second, DoubleBinaryOperator f) {
        return DoubleStream.of(first)
                .flatMap(a -> DoubleStream.of(second).map(b -> f.applyAsDouble(a, b)))
                .toArray();
    }

    /** The median of {@code |chi^2_d - d|}, by bisection. */
    private static double median(double d) {
        double low = 0;
        double high = 10 * Math.sqrt(d);
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (ChiSquareTail.logDeviation(d, middle) > Math.log(0.5)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Provide
    Arbitrary<DecentActivation> curvedOrCut() {
        return Arbitraries.of(
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.SOFTPLUS,
                BalancedActivations.TANH,
                BalancedActivations.GAUSSIAN_BUMP);
    }

    /** Centre and width of the interval that the average over the neurons is in. */
    private record Average(double centre, double width) {}

    @Claim(
            id = "D20.claim13.lln",
            statement =
                    "\\frac 1q \\sum_{j \\le q} \\sigma'(\\langle w_j, x_m \\rangle)^2 = \\mathbb E\\, \\sigma'(X)^2 + o(1)",
            hypotheses =
                    "with constants: for all of $m$ examples, with probability $1 - \\delta$, up to $\\|\\sigma'\\|_\\infty^2"
                            + " \\sqrt{\\ln(2m/\\delta)/(2q)}$",
            instances = 3)
    void squaredSlopesAverageOut(@ForAll("curvedOrCut") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("Bernoulli: min(|z|, 1)").covers("constant: |z|");
        double centre = GaussianMoments.of(s).squaredSlope();
        double square = Math.pow(s.lipschitz(), 2);
        double width = square * hoeffding(Q, M);
        run.check(
                        "all examples of a sample, q = 256, m = 69",
                        new Average(centre, width),
                        (form, lab) -> lab.failsAtMost(
                                DELTA,
                                0.1,
                                stream -> IntStream.range(0, M)
                                        .anyMatch(k -> Math.abs(average(s, stream) - form.centre) >= form.width)))
                .falsifiedBy(
                        "E |s'|",
                        new Average(GaussianIntegral.expectation(z -> Math.abs(s.derivative(z)), 0, -1, 1), width))
                .falsifiedBy("of order 1/q", new Average(centre, square * Math.log(2 * M / DELTA) / (2 * Q)));

        double p = Erf.erf(Math.sqrt(0.5));
        List<Integer> widths = List.of(Q, 1024, 5504);
        run.check(
                        "Bernoulli squares, exact",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                widths.stream()
                                        .mapToDouble(q -> someDeviates(q, q, p, factor * hoeffding(q, q)))
                                        .toArray(),
                                DELTA,
                                1e-9,
                                "1e-9: binomial probabilities by incomplete beta functions, times m"))
                .falsifiedBy("0.7 of it", 0.7);

        ToDoubleFunction<DecentActivation> largest = each -> IntStream.range(0, M)
                .mapToDouble(k -> Math.abs(average(each, run.stream().trial(k)) - 1))
                .max()
                .orElseThrow();
        run.check(
                        "always 1",
                        BalancedActivations.ABSOLUTE_VALUE,
                        (each, lab) -> Comparison.equal(largest.applyAsDouble(each), 0, 0, "sums of ones"))
                .falsifiedBy("min(|z|, 1)", BalancedActivations.CUT_ABSOLUTE_VALUE);
    }

    private static double hoeffding(int q, int m) {
        return Math.sqrt(Math.log(2 * m / DELTA) / (2.0 * q));
    }

    /** {@code mean_j s'(g_j)^2} over q = 256 standard normal pre-activations. */
    private static double average(DecentActivation s, RandomStream stream) {
        return Arrays.stream(stream.gaussians(Q))
                .map(z -> Math.pow(s.derivative(z), 2))
                .average()
                .orElseThrow();
    }

    /** {@code P(|Bin(q, p)/q - p| >= width)} for one of m independent variables or more. */
    private static double someDeviates(int q, int m, double p, double width) {
        BinomialDistribution law = new BinomialDistribution(null, q, p);
        int low = (int) Math.floor(q * (p - width));
        int high = (int) Math.ceil(q * (p + width));
        double one = law.cumulativeProbability(low) + 1 - law.cumulativeProbability(high - 1);
        return -Math.expm1(m * Math.log1p(-one));
    }
}
