package daniely2020;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;

/**
 * The middle and the last line of a neuron's squared norm are close to their means.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 11, the paragraphs on 'the last line' and 'the middle line'.
 *
 * <h2>Statement</h2>
 *
 * With {@code Q = sum_(i < m) s_i^2} and B the supremum of {@code |s'|}:
 *
 * <pre>{@code
 * middle line: given x_i(1) and y_i it is c^2 Q (chi^2_(d-1) - (d-1)), and
 *              P(|line| >= e) <= 2 exp(-min(e^2/(4 (d-1) k^2), e/(2k))),  k = (16/3) c^2 Q; the psi-1 norm of a summand is at most half of that
 * last line:   c^2 (d-1) Q with mean c^2 (d-1)(m-1) E s'(G)^2 <= ln^2 d (d-1) m B^2/(d^2 q), and
 *              P(|line - mean| >= e) <= 2 exp(-2 e^2/((m-1) (c^2 (d-1) B^2)^2))                      (Hoeffding)
 * }</pre>
 *
 * <p>These are the printed orders {@code exp(-Omega(d^3 q^2 e^2/(m^2 ln^4 d))) + exp(-Omega(d^2 q e/(m ln^2 d)))} and
 * {@code exp(-Omega(d^2 q^2 e^2/(m ln^4 d)))}. The last line is constant for {@code |z|}.
 *
 * <h2>Instances</h2>
 *
 * Degrees d - 1 from 1 to 10^4, one to 1000 others, deviations from a tenth to a hundred times the degrees. For the last line {@code min(|z|, 1)}, whose Q
 * is binomial, exactly; and samples of log cosh, cosine, {@code min(z^2, 4)} and all others of the list.
 *
 * <h2>How it is checked</h2>
 *
 * Exact tails in logarithms. Samples: the middle line of three coordinates at a quantile, as the mean over Q is not needed once the line is divided by
 * {@code c^2 Q}; the last line's bound at probability 0.05.
 *
 * <h2>Falsifiers</h2>
 *
 * No linear branch, {@code sqrt Q} for Q (the scale of a sub-Gaussian sum), k without a constant; the norm 2.1; Hoeffding's exponent times 1.5 and times 40;
 * d for d - 1; B without the square.
 */
class NormLinesClaims {
    private static final double ROUNDING = 1e-9;
    private static final int[] DEGREES = {1, 10, 100, 10_000};
    private static final double[] FACTORS = {0.1, 0.5, 1, 3, 10, 100};

    @Provide
    Arbitrary<DecentActivation> slopes() {
        return Arbitraries.of(Activations.WITH_RELU);
    }

    /** The exponent of the bound, from the deviation over {@code c^2}, the degrees and Q. */
    private interface Exponent {
        double at(double deviation, double degrees, double squares);
    }

    private static double bernstein(double deviation, double degrees, double norm) {
        return Math.min(deviation * deviation / (4 * degrees * norm * norm), deviation / (2 * norm));
    }

    @Claim(
            id = "D20.lem11.line2",
            statement =
                    "P\\Big(\\Big|\\sum_{j \\ge 2} \\Big[\\Big(c \\sum_i y_i s_i x_i(j)\\Big)^2 - c^2 \\sum_i s_i^2\\Big]\\Big| \\ge"
                            + " \\epsilon\\Big) \\le \\exp\\Big(-\\Omega\\Big(\\frac{d^3 q^2 \\epsilon^2}{m^2 \\ln^4 d}\\Big)\\Big) +"
                            + " \\exp\\Big(-\\Omega\\Big(\\frac{d^2 q \\epsilon}{m \\ln^2 d}\\Big)\\Big)",
            hypotheses =
                    "given $x_i(1)$ and $y_i$: at most $2\\exp(-\\min(\\epsilon^2/(4(d-1)k^2), \\epsilon/(2k)))$ with $k = \\tfrac{16}{3}"
                            + " c^2 \\sum_i s_i^2$")
    void theMiddleLineIsACentredChiSquare(@ForAll("slopes") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("one degree of freedom");
        Exponent claimed = (deviation, degrees, squares) -> bernstein(deviation, degrees, 16.0 / 3 * squares);
        run.check("bound, exact", claimed, (form, lab) -> {
                    double[] exponents = new double[DEGREES.length * FACTORS.length * 2];
                    double[] logs = new double[exponents.length];
                    for (int i = 0; i < exponents.length; i++) {
                        int degrees = DEGREES[i / 2 % DEGREES.length];
                        double deviation = FACTORS[i / 2 / DEGREES.length] * degrees;
                        double squares = i % 2 == 0 ? 1 : 1000;
                        exponents[i] = form.at(deviation * squares, degrees, squares);
                        logs[i] = Math.log(2) - ChiSquareTail.logDeviation(degrees, deviation);
                    }
                    return Comparison.atMost(exponents, logs, 1e-6, "1e-12 of logarithms of at most 5e5");
                })
                .falsifiedBy(
                        "no linear branch",
                        (deviation, degrees, squares) ->
                                deviation * deviation / (4 * degrees * Math.pow(16.0 / 3 * squares, 2)))
                .falsifiedBy(
                        "sqrt Q for Q",
                        (deviation, degrees, squares) -> bernstein(deviation, degrees, 16.0 / 3 * Math.sqrt(squares)))
                .falsifiedBy("k = c^2 Q", NormLinesClaims::bernstein);
        run.check(
                        "psi-1 norm of chi-square less its mean",
                        8.0 / 3,
                        (norm, lab) -> Comparison.atMost(
                                GaussianIntegral.expectation(g -> Math.exp(Math.abs(g * g - 1) / norm), -1, 1),
                                2,
                                1e-9,
                                "the integrand beyond 14 is below e^(-14^2/8)"))
                .falsifiedBy("2.1", 2.1);

        LeaveOneOut step = new LeaveOneOut(new StepSetting(s, 4, 3, 6));
        double at = 0.5;
        run.check("drawn, d = 4, m = 6", 3.0, (degrees, lab) -> {
                    double below = Math.exp(ChiSquareTail.logLower(degrees, degrees + at));
                    return lab.meanEquals(
                            below, 0.03, new Bounded(0, 1), stream -> middleOverSquares(step, stream) <= at ? 1 : 0);
                })
                .falsifiedBy("d coordinates", 4.0)
                .falsifiedBy("d - 2 coordinates", 2.0);
    }

    /** The middle line over {@code c^2 Q} on a sample, given that some slope is not 0. */
    private static double middleOverSquares(LeaveOneOut step, RandomStream stream) {
        Activation s = step.setting().activation();
        int d = step.setting().d();
        double[] sum = new double[d];
        double squares = 0;
        for (int attempt = 0; squares == 0; attempt++) {
            RandomStream draws = stream.part("sample " + attempt);
            sum = new double[d];
            for (int i = 0; i < step.others(); i++) {
                double[] x = draws.gaussians(d);
                double slope = s.derivative(x[0]);
                double signed = draws.sign() * slope;
                squares += slope * slope;
                for (int k = 0; k < d; k++) {
                    sum[k] += signed * x[k];
                }
            }
        }
        double line = 0;
        for (int k = 1; k < d; k++) {
            line += sum[k] * sum[k] / squares - 1;
        }
        return line;
    }

    @Claim(
            id = "D20.lem11.line3",
            statement = "P\\Big(\\Big|c^2 (d-1) \\sum_i (s_i^2 - \\mathbb E s_i^2)\\Big| \\ge \\epsilon\\Big) \\le"
                    + " \\exp\\Big(-\\Omega\\Big(\\frac{d^2 q^2 \\epsilon^2}{m \\ln^4 d}\\Big)\\Big), \\quad 0 \\le c^2 (d-1) \\sum_i \\mathbb E"
                    + " s_i^2 \\le \\frac{\\ln^2 d\\, (d-1) m \\|\\sigma'\\|_\\infty^2}{d^2 q}",
            hypotheses = "at most $2 \\exp(-2 \\epsilon^2/((m-1) (c^2 (d-1) \\|\\sigma'\\|_\\infty^2)^2))$")
    void theLastLineIsASumOfBoundedTerms(@ForAll("slopes") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("binomial").covers("one term").covers("constant: the absolute value");
        run.note("At e = 1/(3 sqrt d) the exponent is of order x^2 m/d with x = d q/(m ln^2 d).");
        double p = GaussianMoments.of(BalancedActivations.CUT_ABSOLUTE_VALUE).squaredSlope();
        double[] terms = {1, 10, 100, 1000, 100_000};
        double[] deviations = {0.5, 1, 2, 4, 6, 10}; // times sqrt(n)/2
        run.check("binomial sum, exact", 2.0, (factor, lab) -> {
                    double[] bounds = new double[terms.length * deviations.length];
                    double[] tails = new double[bounds.length];
                    for (int i = 0; i < bounds.length; i++) {
                        long n = (long) terms[i / deviations.length];
                        double radius = deviations[i % deviations.length] / (2 * Math.sqrt(n));
                        bounds[i] = Math.exp(-factor * n * radius * radius) * 2;
                        tails[i] = BinomialTail.farFromMean(radius, n, p);
                    }
                    return Comparison.atLeast(relative(bounds, tails), 1, 1e-9, "tails right to 1e-11 of themselves");
                })
                .falsifiedBy("exponent times 1.5", 3.0)
                .falsifiedBy("exponent times 40", 80.0);

        int n = 40;
        run.check(
                        "drawn with a binomial sum, probability 0.05 each",
                        Math.sqrt(n * Math.log(2 / 0.05) / 2),
                        (radius, lab) -> lab.failsAtMost(
                                0.1,
                                stream -> deviation(s, n, stream) >= radius * s.lipschitz() * s.lipschitz()
                                        || deviation(BalancedActivations.CUT_ABSOLUTE_VALUE, n, stream) >= radius))
                .falsifiedBy("a standard deviation of the binomial sum", Math.sqrt(n * p * (1 - p)));
        double mean = GaussianMoments.of(s).squaredSlope();
        DoubleUnaryOperator square = b -> b * b;
        run.check(
                        "bound of the mean",
                        square,
                        (form, lab) -> Comparison.atMost(
                                DoubleStream.of(mean, 4).map(v -> 40 * v).toArray(),
                                DoubleStream.of(s.lipschitz(), 2)
                                        .map(b -> 41 * form.applyAsDouble(b))
                                        .toArray(),
                                ROUNDING,
                                "1e-13 from the quadrature"))
                .falsifiedBy("without the square", b -> b)
                .falsifiedBy("0.9 of it", b -> 0.9 * b * b);
    }

    /** {@code |sum (s_i^2 - E s_i^2)|} on a sample of n. */
    private static double deviation(DecentActivation s, int n, RandomStream stream) {
        double sum = -n * GaussianIntegral.expectation(z -> Math.pow(s.derivative(z), 2), s.kinks());
        for (double u : stream.gaussians(n)) {
            sum += Math.pow(s.derivative(u), 2);
        }
        return Math.abs(sum);
    }

    private static double[] relative(double[] bounds, double[] values) {
        double[] ratios = new double[bounds.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] == 0 ? 2 : bounds[i] / values[i];
        }
        return ratios;
    }
}
