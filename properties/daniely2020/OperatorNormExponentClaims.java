package daniely2020;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Exponents in the bound on the operator norm of the gradient: the union over two nets against Bernstein's inequality for one pair.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 9 (its last display and last sentence), and the first line of the proof of Claim 12.
 *
 * <h2>Statement</h2>
 *
 * Nets of 30 degrees have at most {@code b^d} points, {@code b = 1 + 1/sin(15 deg) = 4.8637}; with {@code q <= d} the pairs are at most {@code b^(2d)}. For a fixed pair
 * the exponent is {@code min(E/4, F/2)} up to the constants of the variables, with
 *
 * <pre>{@code
 * E(m) = d^2 q / (m ln^2 d),      F = d sqrt(q) / ln d.
 * }</pre>
 *
 * For {@code m <= d q / ln^4 d} and {@code q >= ln^4 d}: {@code E >= d ln^2 d} and {@code F >= d ln d}. The quadratic branch E/4 is the smaller one from
 * {@code m = F/2} on; smaller samples are padded with zeros to m' = F, where {@code E(m') = F >= d ln d}. Padding to {@code m' = d sqrt(q)} leaves
 * {@code E = d sqrt(q)/ln^2 d}, which is d at {@code q = ln^4 d}.
 *
 * <h2>Instances</h2>
 *
 * {@code ln d} from 8.6135 (below, {@code ln^4 d > d}) to {@code 10^4}; q at {@code ln^4 d}, at d and between; m at the largest size and below. On
 * every instance also {@code ln d = 1000, q = ln^4 d} and {@code ln d = 10, q = d}.
 *
 * <h2>How it is checked</h2>
 *
 * Logarithms of all quantities, as d may exceed every double; 20 roundings of logarithms up to 1e5. At {@code q = ln^4 d} the exponent over d is {@code ln d} itself, of
 * order 1 in {@code ln d}; rounding moves the order by 1e-10, 0.05 is allowed. The union bound, per dimension, is
 * {@code 2 ln b - E/(16 K^2 d)}, {@code K = 8/3}, t = 1/2: negative at {@code ln d = 1000}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code m' = d sqrt(q)} as printed; m' with a root of the logarithm; 1.1 F; 0.45 F, where the linear branch is the smaller one.
 * {@code m = d q/ln^2 d} and {@code d q/ln^3 d}; {@code q = ln^2 d} and {@code ln^3 d}.
 */
class OperatorNormExponentClaims {
    private static final double ROUNDING = 20 * 0x1p-53 * 1e5;
    private static final double BASE = 1 + 1 / Math.sin(Math.PI / 12);

    /** By {@code L = ln d}, {@code ln q = 4 ln L + place (L - 4 ln L)}, and m a share of its largest value. */
    record Size(double logD, double place, double share) {
        /** Below, {@code ln^4 d > d}. */
        static final double LEAST = 8.6135;

        double logQ(double power) {
            return power * Math.log(logD) + place * Math.max(0, logD - power * Math.log(logD));
        }
    }

    @Provide
    Arbitrary<Size> sizes() {
        return Combinators.combine(
                        Arbitraries.of(Size.LEAST, 9.21, 13.8, 20.7, 100.0, 1e4),
                        Arbitraries.of(0.0, 0.3, 1.0),
                        Arbitraries.of(1e-3, 0.5, 1.0))
                .as(Size::new);
    }

    /** A form gives {@code ln m'} from {@code ln F} and {@code ln d}. */
    @Claim(
            id = "D20.lem9.padding",
            statement =
                    "\\text{the case } m < d\\sqrt q \\text{ can be reduced to the case } m \\ge d\\sqrt q \\text{ by adding }"
                            + " (d\\sqrt q - m) \\text{ random variables which are identically } 0",
            hypotheses =
                    "$q \\ge \\ln^4 d$; Claim 12 uses Lemma 9 and needs"
                            + " $O(d) - \\Omega\\big(\\frac{d^2 q}{m' \\ln^2 d}\\big) \\to -\\infty$ for the padded number $m'$",
            correction =
                    "\\text{the case } m < \\frac{d\\sqrt q}{\\ln d} \\text{ can be reduced to } m' = \\frac{d\\sqrt q}{\\ln d}"
                            + " \\text{ by adding } m' - m \\text{ zeros, and } \\frac{d^2 q}{m' \\ln^2 d} = \\frac{d\\sqrt q}{\\ln d} \\ge d \\ln d",
            derivation =
                    "With $m' = d\\sqrt q$ the exponent is $d\\sqrt q/\\ln^2 d$, which equals $d$ at $q = \\ln^4 d$ and does not beat $O(d)$."
                            + " The threshold $d\\sqrt q/\\ln d$ that stands before it serves.")
    void paddingToTheThresholdKeepsTheExponent(@ForAll("sizes") Size drawn, ClaimRun run) {
        run.covers(drawn.place == 0 ? "q = ln^4 d" : drawn.place == 1 ? "q = d" : "q between");
        run.note("Lemma 9 is needed with an exponent that exceeds every multiple of $d$.");
        DoubleBinaryOperator corrected = (logF, logD) -> logF;
        Size[] sizes = {drawn, new Size(1000, 0, 1), new Size(10, 1, 1)};
        double[] logs = {100, 1000, 1e4};
        run.check("exponent over d, order in ln d, q = ln^4 d", corrected, (padded, lab) -> {
                    double[] exponents = DoubleStream.of(logs)
                            .map(log -> Math.exp(logRatio(new Size(log, 0, 1), padded)))
                            .toArray();
                    return Rate.exact(1, 0.05, logs, exponents);
                })
                .printedAs("m' = d sqrt(q): order 0", (logF, logD) -> logF + Math.log(logD))
                .falsifiedBy("m' = d sqrt(q / ln d): order 1/2", (logF, logD) -> logF + Math.log(logD) / 2);
        run.check("exponent over d ln d, logarithm", corrected, (padded, lab) -> {
                    double[] gains = DoubleStream.of(0, 1, 2)
                            .map(i -> {
                                Size size = sizes[(int) i];
                                double logRatio = logRatio(size, padded);
                                return logRatio - Math.log(size.logD);
                            })
                            .toArray();
                    return Comparison.atLeast(gains, 0, ROUNDING, "20 roundings of logarithms up to 1e5");
                })
                .falsifiedBy("m' = 1.1 d sqrt(q) / ln d", (logF, logD) -> logF + Math.log(1.1));
        run.check("quadratic branch over the linear one, logarithm", corrected, (padded, lab) -> {
                    double[] branches = DoubleStream.of(0, 1, 2)
                            .map(i -> {
                                Size size = sizes[(int) i];
                                double logF = logF(size);
                                double quadratic = logRatio(size, padded) + size.logD - Math.log(4);
                                return quadratic - (logF - Math.log(2));
                            })
                            .toArray();
                    return Comparison.atMost(branches, 0, ROUNDING, "20 roundings of logarithms up to 1e5");
                })
                .falsifiedBy("m' = 0.45 d sqrt(q) / ln d", (logF, logD) -> logF + Math.log(0.45));
        run.check("union bound per dimension, ln d = 1000, q = ln^4 d", corrected, (padded, lab) -> {
                    double exponent = Math.exp(logRatio(sizes[1], padded)) / (16 * 64 / 9.0);
                    return Comparison.atMost(2 * Math.log(BASE) - exponent, 0, 1e-9, "10 roundings of e^7");
                })
                .printedAs("m' = d sqrt(q)", (logF, logD) -> logF + Math.log(logD));
    }

    private static double logF(Size size) {
        return size.logD + size.logQ(4) / 2 - Math.log(size.logD);
    }

    /** {@code ln(E(m')/d) = ln(F^2/(m' d))}. */
    private static double logRatio(Size size, DoubleBinaryOperator padded) {
        double logF = logF(size);
        return 2 * logF - padded.applyAsDouble(logF, size.logD) - size.logD;
    }

    /** Powers of {@code ln d}: in the largest m, and in the smallest q. */
    private record Regime(double examples, double neurons) {}

    @Claim(
            id = "D20.lem9.apply",
            statement = "m \\le \\frac{dq}{\\ln^4 d},\\; q \\ge \\ln^4 d \\;\\Longrightarrow\\;"
                    + " \\frac{d^2 q}{m \\ln^2 d} \\ge d \\ln^2 d,\\quad \\frac{d\\sqrt q}{\\ln d} \\ge d \\ln d")
    void exponentsExceedTheDimension(@ForAll("sizes") Size drawn, ClaimRun run) {
        run.covers(drawn.place == 0 ? "q = ln^4 d" : drawn.place == 1 ? "q = d" : "q between")
                .covers(drawn.share == 1 ? "largest m" : "fewer examples");
        run.note("With the explicit constants of Bernstein's inequality the union bound is still empty at d = 5504.");
        Size[] sizes = {drawn, new Size(1000, 0, 1), new Size(10, 1, 1)};
        Regime claimed = new Regime(4, 4);
        run.check("quadratic branch", claimed, (regime, lab) -> {
                    double[] gains = new double[sizes.length];
                    for (int i = 0; i < gains.length; i++) {
                        Size size = sizes[i];
                        double logL = Math.log(size.logD);
                        double logQ = size.logQ(regime.neurons);
                        double logM = size.logD + logQ - regime.examples * logL + Math.log(size.share);
                        gains[i] = 2 * size.logD + logQ - logM - 2 * logL - (size.logD + 2 * logL);
                    }
                    return Comparison.atLeast(gains, 0, ROUNDING, "20 roundings of logarithms up to 1e5");
                })
                .falsifiedBy("m = d q/ln^2 d", new Regime(2, 4))
                .falsifiedBy("m = d q/ln^3 d", new Regime(3, 4));
        run.check("linear branch", claimed, (regime, lab) -> {
                    double[] gains = new double[sizes.length];
                    for (int i = 0; i < gains.length; i++) {
                        gains[i] = sizes[i].logQ(regime.neurons) / 2 - 2 * Math.log(sizes[i].logD);
                    }
                    return Comparison.atLeast(gains, 0, ROUNDING, "20 roundings of logarithms up to 1e5");
                })
                .falsifiedBy("q = ln^2 d", new Regime(4, 2))
                .falsifiedBy("q = ln^3 d", new Regime(4, 3));
    }
}
