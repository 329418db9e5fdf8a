package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Experiment;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * How likely a neuron's squared norm is to be off its mean by {@code 1/sqrt d}.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 11, the sentences that begin with 'Furthermore'.
 *
 * <h2>Statement</h2>
 *
 * With {@code x = d q/(m ln^2 d)} the paper prints {@code exp(-Omega(x^2))} for both {@code |w + eta g|^2} and {@code |eta g|^2}. Right is
 *
 * <pre>{@code
 * |w + eta g|^2:  exp(-Omega(x))                                   for q >= ln^2 d, x >= 1
 * |eta g|^2:      exp(-Omega(min(x^2, x sqrt d, x^2 m/d)))
 * }</pre>
 *
 * <p>The cross term {@code 2 <w, eta g>} has standard deviation {@code (2/sqrt d) x^(-1/2)}: for {@code |z|} the probability tends to
 * {@code P(|G| >= (4/x + 2/x^2)^(-1/2))}, about {@code e^(-x/8)}. The chi-square law of {@code |eta g|^2} has the tail {@code e^(-x sqrt d/2)} for
 * {@code x >> sqrt d}; and {@code c^2 (d-1) sum s_i^2} is a sum of m - 1 terms, which {@code |z|} alone makes constant.
 *
 * <h2>Instances</h2>
 *
 * The exact laws for {@code |z|} at d = 64 and 10^4, for {@code |eta g|^2} up to d = 10^6. For the sum of squares {@code min(|z|, 1)}, for which {@code sum s_i^2 ~ Bin(m-1, p)},
 * {@code p = P(|G| < 1)}, at {@code q = ln^4 d}, {@code m = 10 sqrt d ln^2 d}, {@code d = 10^8 ... 10^16}, so that {@code x = sqrt d/10}. Samples at d = 64
 * and d = 1024.
 *
 * <h2>How it is checked</h2>
 *
 * The exponents by log-log slopes of the exact {@code -ln P}. Bounds {@code P <= 2 e^-r} with explicit r: {@code r <= ln 2 - ln P}. For the binomial
 * sum a lower bound of P: {@code P(Bin(n, p) = k) P(chi^2_(d-1) >= d-1)} for one k above {@code (E |eta g|^2 + 1/sqrt d)/(c^2 (d-1))}, with
 * {@code P(Bin(n, p) = k) >= e^(-n KL(k/n, p))/sqrt(8 k (1 - k/n))}. Rounding 1e-9 of the logarithms.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed {@code x^2}, also with a constant of 1/1000; exponents off by 1/4; constants off by a third or two; the limit without either term; the
 * minimum without its third entry.
 */
class NormDeviationClaims {
    private static final double ROUNDING = 1e-9;
    private static final String ROUNDINGS =
            "1e-9: exact tails, right to 1e-12 of their logarithms below 1e3, elsewhere of the numbers";
    private static final double ALLOWANCE = 0.1;
    private static final double[] FEW = {1, 2, 8, 32};
    private static final double[] MANY = {1, 16, 256, 512, 1024, 2048, 4096};
    private static final double[] FEW_LOGS = exact(10_000, FEW);
    private static final double[] MANY_LOGS = exact(10_000, MANY);
    private static final double[] SMALL_LOGS = exact(64, MANY);

    @Provide
    Arbitrary<DecentActivation> slopesUpTo1() {
        return Arbitraries.of(Activations.SLOPES_UP_TO_1);
    }

    @Claim(
            id = "D20.lem11.dev1",
            statement =
                    "P\\Big(\\big|\\|w_j + \\eta \\tilde g_j\\|^2 - \\mathbb E \\|w_j + \\eta \\tilde g_j\\|^2\\big| \\ge"
                            + " \\tfrac{1}{\\sqrt d}\\Big) \\le \\exp\\Big(-\\Omega\\Big(\\frac{d^2 q^2}{m^2 \\ln^4 d}\\Big)\\Big)",
            correction =
                    "P\\Big(\\big|\\|w_j + \\eta \\tilde g_j\\|^2 - \\mathbb E \\|w_j + \\eta \\tilde g_j\\|^2\\big| \\ge"
                            + " \\tfrac{1}{\\sqrt d}\\Big) \\le \\exp\\Big(-\\Omega\\Big(\\frac{dq}{m \\ln^2 d}\\Big)\\Big), \\quad q \\ge \\ln^2 d",
            hypotheses =
                    "$m \\le dq/\\ln^2 d$; with constants: $P \\le 2 e^{-x/12}$, $x = dq/((m-1) \\ln^2 d)$, for the activations drawn,"
                            + " whose slopes are at most 1",
            derivation =
                    "The cross term $2 \\langle w, \\eta \\tilde g \\rangle$ has standard deviation $(2/\\sqrt d) x^{-1/2}$ with $x ="
                            + " dq/(m \\ln^2 d)$, so for $\\sigma = |\\cdot|$ the probability is $e^{-x/8 + O(\\ln x)}$; the proof's own first"
                            + " line, $\\exp(-\\Omega(d^2 q \\epsilon^2/(m \\ln^2 d)))$ at $\\epsilon = 1/(3 \\sqrt d)$, is $\\exp(-\\Omega(x))$.")
    void theSquaredNormDeviatesLikeItsCrossTerm(@ForAll("slopesUpTo1") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("exact law of the absolute value");
        run.note("Theorem 1 is not touched: in its regime x is at least ln^2 d, and e^(-Omega(ln^2 d)) is o(1/(m q)).");
        double[] large = Arrays.copyOfRange(MANY, 2, MANY.length);
        double[] logs = Arrays.copyOfRange(MANY_LOGS, 2, MANY.length);
        run.check("exponent of x, exact, d = 10^4", 1.0, (b, lab) -> Rate.exact(b, ALLOWANCE, large, logs))
                .printedAs("x^2", 2.0)
                .falsifiedBy("x^1.25", 1.25)
                .falsifiedBy("x^0.75", 0.75);

        DoubleUnaryOperator twelfth = x -> x / 12;
        run.check("bound, exact, d = 64 and 10^4", twelfth, (DoubleUnaryOperator r, Lab lab) -> {
                    double[] bounds = DoubleStream.of(MANY).map(r).toArray();
                    return Comparison.atMost(
                            concat(bounds, bounds), plusLog2(concat(SMALL_LOGS, MANY_LOGS)), ROUNDING, ROUNDINGS);
                })
                .printedAs("x^2/12", x -> x * x / 12)
                .printedAs("x^2/1000", x -> x * x / 1000)
                .falsifiedBy("x/7", x -> x / 7);

        run.check(
                        "limit, d = 10^4",
                        new double[] {4, 2},
                        (terms, lab) -> Comparison.equal(
                                DoubleStream.of(FEW)
                                        .map(x -> ShiftedNorm.limit(x, terms[0], terms[1]))
                                        .toArray(),
                                DoubleStream.of(FEW_LOGS).map(v -> Math.exp(-v)).toArray(),
                                1e-4,
                                "1/d: both tails together have no correction of order 1/sqrt d"))
                .falsifiedBy("no cross term", new double[] {0, 2})
                .falsifiedBy("no chi-square", new double[] {4, 0})
                .falsifiedBy("half the cross term's variance", new double[] {2, 2});

        LeaveOneOut absolute = new LeaveOneOut(new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 64, 64, 30));
        DoubleUnaryOperator law = x -> Math.exp(new ShiftedNorm(64, x).logDeviation());
        run.check(
                        "absolute value, drawn, d = q = 64, m = 30",
                        law,
                        (DoubleUnaryOperator p, Lab lab) -> lab.meanEquals(
                                p.applyAsDouble(absolute.exponent()),
                                0.05,
                                new Bounded(0, 1),
                                stream -> deviates(
                                                absolute,
                                                LeaveOneOut.shiftedSquare(absolute.drawNeuron(stream)),
                                                1 + absolute.meanSquare())
                                        ? 1
                                        : 0))
                .printedAs("2 exp(-x^2/12)", x -> 2 * Math.exp(-x * x / 12))
                .falsifiedBy("without the cross term", x -> Math.exp(ChiSquareTail.logDeviation(64, x * 8)))
                .falsifiedBy("x 1.3 times as large", x -> law.applyAsDouble(1.3 * x));

        LeaveOneOut other = new LeaveOneOut(new StepSetting(s, 64, 64, 11)); // x = 23.7
        double mean = 1 + other.meanSquare();
        run.check(
                        "bound, drawn, d = q = 64, m = 11",
                        twelfth,
                        (DoubleUnaryOperator r, Lab lab) -> failsAtMost(
                                2 * Math.exp(-r.applyAsDouble(other.exponent())),
                                lab,
                                stream -> deviates(other, LeaveOneOut.shiftedSquare(other.drawNeuron(stream)), mean)))
                .printedAs("x^2/12", x -> x * x / 12)
                .falsifiedBy("x/2", x -> x / 2);
    }

    /** {@code -ln P} for these x. */
    private static double[] exact(int d, double[] xs) {
        return DoubleStream.of(xs)
                .map(x -> -new ShiftedNorm(d, x).logDeviation())
                .toArray();
    }

    private static double[] concat(double[] a, double[] b) {
        return DoubleStream.concat(DoubleStream.of(a), DoubleStream.of(b)).toArray();
    }

    /** Decides {@code P <= delta}, by excluding twice as much, or 0.002 when delta is less. */
    private static Decision failsAtMost(double delta, Lab lab, Predicate<RandomStream> event) {
        return lab.failsAtMost(delta, Math.max(2 * delta, 0.002), event);
    }

    private static boolean deviates(LeaveOneOut change, double square, double mean) {
        return Math.abs(square - mean) >= 1 / Math.sqrt(change.setting().d());
    }

    private static double[] plusLog2(double[] values) {
        return DoubleStream.of(values).map(v -> v + Math.log(2)).toArray();
    }

    /** An exponent r of {@code P <= 2 e^-r} for {@code |eta g|^2}, from x, d and {@code x^2 m/d}. */
    private interface Exponent {
        double at(double x, double d, double third);
    }

    @Claim(
            id = "D20.lem11.dev2",
            statement =
                    "P\\Big(\\big|\\|\\eta \\tilde g_j\\|^2 - \\mathbb E \\|\\eta \\tilde g_j\\|^2\\big| \\ge \\tfrac{1}{\\sqrt d}\\Big)"
                            + " \\le \\exp\\Big(-\\Omega\\Big(\\frac{d^2 q^2}{m^2 \\ln^4 d}\\Big)\\Big)",
            correction =
                    "P\\Big(\\big|\\|\\eta \\tilde g_j\\|^2 - \\mathbb E \\|\\eta \\tilde g_j\\|^2\\big| \\ge \\tfrac{1}{\\sqrt d}\\Big)"
                            + " \\le \\exp\\Big(-\\Omega\\Big(\\min\\Big(x^2, x \\sqrt d, x^2 \\frac md\\Big)\\Big)\\Big), \\quad x = \\frac{dq}{m"
                            + " \\ln^2 d}",
            hypotheses =
                    "$m \\le dq$; with constants: $P \\le 2 \\exp(-\\min(x^2, x \\sqrt d)/8)$ for $\\sigma = |\\cdot|$ and $x ="
                            + " dq/((m-1) \\ln^2 d)$",
            derivation =
                    "For $\\sigma = |\\cdot|$, $P = P(|\\chi^2_d - d| \\ge x \\sqrt d)$, which is $e^{-(1/2 + o(1)) x \\sqrt d}$ for $x"
                            + " \\gg \\sqrt d$. For $\\min(|z|, 1)$ and $m = o(d)$ the sum $\\sum_i \\sigma'(\\langle w, x_i \\rangle)^2$ of $m - 1$"
                            + " terms alone deviates with probability $e^{-O(x^2 m/d)}$.")
    void theSquaredChangeDeviatesLikeItsSlowestLine(@ForAll("sizes") int d, ClaimRun run) {
        run.covers("chi-square, d = " + d).covers("binomial sum of squares");
        run.note("Theorem 1 is not touched: in its regime all three exponents are at least of order ln^2 d.");
        double[] large = {1e4, 1e5, 1e6};
        double[] logs =
                DoubleStream.of(large).map(x -> -logDeviation(10_000, x)).toArray();
        run.check(
                        "exponent of x beyond sqrt d, exact, d = 10^4",
                        1.0,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, large, logs))
                .printedAs("x^2", 2.0)
                .falsifiedBy("x^1.25", 1.25)
                .falsifiedBy("x^0.75", 0.75);
        double[] small = {16, 32, 64};
        double[] squares =
                DoubleStream.of(small).map(x -> -logDeviation(1_000_000, x)).toArray();
        run.check(
                        "exponent of x below sqrt d, exact, d = 10^6",
                        2.0,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, small, squares))
                .falsifiedBy("x^1.75", 1.75)
                .falsifiedBy("x^2.25", 2.25);

        Exponent two = (x, n, third) -> Math.min(x * x, x * Math.sqrt(n)) / 8;
        run.check("bound, chi-square, exact", two, chiSquareBound(d))
                .printedAs("x^2/8", (x, n, third) -> x * x / 8)
                .falsifiedBy("min(x^2, x sqrt d)/6", (x, n, third) -> two.at(x, n, third) * 8 / 6)
                .falsifiedBy("min(x^2, x d^(3/4))/8", (x, n, third) -> Math.min(x * x, x * Math.pow(n, 0.75)) / 8);

        double[] ladder = {1e8, 1e10, 1e12, 1e14, 1e16};
        double[] bounds =
                DoubleStream.of(ladder).map(NormDeviationClaims::binomialLog).toArray();
        Exponent three = (x, n, third) -> Math.min(two.at(x, n, third), third / 8);
        run.check(
                        "binomial sum of squares, x = sqrt(d)/10",
                        three,
                        (form, lab) -> Comparison.atMost(
                                DoubleStream.of(ladder)
                                        .map(n -> form.at(Math.sqrt(n) / 10, n, others(n) / 100))
                                        .toArray(),
                                plusLog2(bounds),
                                ROUNDING,
                                ROUNDINGS))
                .printedAs("x^2/8", (x, n, third) -> x * x / 8)
                .printedAs("x^2/1000", (x, n, third) -> x * x / 1000)
                .falsifiedBy("min(x^2, x sqrt d)/8", two)
                .falsifiedBy("x^2 (m/d)^(1/2)", (x, n, third) -> x * Math.sqrt(third) / 8);

        LeaveOneOut cut = new LeaveOneOut(new StepSetting(BalancedActivations.CUT_ABSOLUTE_VALUE, 1024, 8, 15));
        double cutMean = cut.meanSquare();
        Exponent drawn = (x, n, third) -> Math.min(two.at(x, n, third), third);
        run.check(
                        "min(|z|, 1), drawn, d = 1024, q = 8, m = 15",
                        drawn,
                        (form, lab) -> failsAtMost(
                                2
                                        * Math.exp(-form.at(
                                                cut.exponent(),
                                                1024,
                                                Math.pow(cut.exponent(), 2) * cut.others() / 1024)),
                                lab,
                                stream -> {
                                    double[] g = cut.drawNeuron(stream);
                                    return deviates(cut, LinearAlgebra.dot(g, g), cutMean);
                                }))
                .printedAs("x^2/8", (x, n, third) -> x * x / 8)
                .falsifiedBy("min(x^2, x sqrt d)/8", two);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(2, 64, 1024, 10_000, 100_000);
    }

    /** Bounds for the drawn dimension and for 10^4, where x reaches what two examples and d neurons have. */
    private static Experiment<Exponent> chiSquareBound(int drawn) {
        double[] factors = {0.01, 0.1, 0.3, 1, 3, 10, 100};
        return (form, lab) -> {
            List<Integer> dimensions = List.of(drawn, 10_000);
            double[] claimed = new double[2 * factors.length];
            double[] exact = new double[claimed.length];
            for (int i = 0; i < claimed.length; i++) {
                int d = dimensions.get(i / factors.length);
                double x = factors[i % factors.length] * Math.sqrt(d);
                claimed[i] = form.at(x, d, Double.NaN);
                exact[i] = -logDeviation(d, x);
            }
            return Comparison.atMost(claimed, plusLog2(exact), 1e-5, "1e-12 of logarithms of at most 5e6");
        };
    }

    /** {@code ln P(|chi^2_d - d| >= x sqrt d)}. */
    private static double logDeviation(int d, double x) {
        return ChiSquareTail.logDeviation(d, x * Math.sqrt(d));
    }

    /** {@code m - 1 = 10 sqrt d ln^2 d}, up to rounding. */
    private static double others(double d) {
        return Math.floor(10 * Math.sqrt(d) * Math.pow(Math.log(d), 2));
    }

    /** An upper bound of {@code -ln P(|eta g|^2 >= E + 1/sqrt d)} for {@code min(|z|, 1)} with {@code q = ln^4 d}. */
    private static double binomialLog(double d) {
        double n = others(d);
        double p = GaussianMoments.of(BalancedActivations.CUT_ABSOLUTE_VALUE).squaredSlope();
        double squaredRate = 1 / (d * d * Math.pow(Math.log(d), 2));
        double mean = squaredRate * n * d * p; // at least the mean, as E s'^2 G^2 <= E s'^2
        double k = Math.ceil((mean + 1 / Math.sqrt(d)) / (squaredRate * (d - 1)));
        double share = k / n;
        double divergence = share * Math.log(share / p) + (1 - share) * Math.log((1 - share) / (1 - p));
        return n * divergence + Math.log(8 * k * (1 - share)) / 2 - ChiSquareTail.logUpper(1, 1);
    }
}
