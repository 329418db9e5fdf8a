package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.concentration.OrliczNorm;
import org.lemmalab.stats.Comparison;

/**
 * A sum of independent centered sub-exponential variables has a Gaussian tail near its mean and an exponential one far out.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 4 (Bernstein).
 *
 * <h2>Statement</h2>
 *
 * With {@code K_i = |X_i|_1}:
 *
 * <pre>{@code
 * P(|S| >= t) <= 2 exp(-min(t^2 / (4 sum K_i^2), t / (2 max K_i)))      so that c = 1/4
 * }</pre>
 *
 * From {@code sum_(k >= 1) E|X|^k / (k! K^k) <= 1} follows {@code E exp(l X) <= 1 + l^2 K^2} for {@code |l| <= 1/K}; take
 * {@code l = min(t / (2 sum K_i^2), 1 / max K_i)}.
 *
 * <h2>Instances</h2>
 *
 * Sums of 1 to 200 normal variables, of {@code Exp(1) - 1}, of two-sided exponential variables; one two-sided exponential variable among normal ones of another
 * scale; sums of events with two scales. On every instance also 200 normal variables, one {@code Exp(1) - 1} and one sign.
 *
 * <h2>How it is checked</h2>
 *
 * Exact tails: erfc; gamma laws; {@code |S|} of n two-sided exponentials is a mixture of gamma laws with k + 1 degrees and weights
 * {@code C(2n-2-k, n-1) 2^-(2n-2-k)}; a two-sided exponential plus a normal variable by completing the square; binomial laws. At t from a quarter to 14 standard
 * deviations and beyond, the ratio of {@code ln 2 - ln P} to the exponent is at least 1. Logarithms are exact to 1e-9 (incomplete gamma functions with up
 * to 200 degrees to 1e-12, products of exponentials up to e^200).
 *
 * <h2>Falsifiers</h2>
 *
 * c = 1 and c = 2; no linear branch; t / (max K_i / 2) for t / (2 max K_i); no factor 2.
 */
class BernsteinClaims {
    /** A sum: {@code sum K_i^2}, {@code max K_i}, and {@code ln P(|S| >= t)} at positive points t. */
    private record Sum(double squares, double largest, double[] t, double[] logTails) {
        static Sum of(double squares, double largest, double deviation, DoubleUnaryOperator logTail) {
            double[] t = DoubleStream.concat(
                            DoubleStream.of(0.25, 0.5, 1, 1.5, 20, 30),
                            DoubleStream.iterate(2, s -> s <= 14, s -> s + 1))
                    .map(s -> s * deviation)
                    .toArray();
            return new Sum(squares, largest, t, DoubleStream.of(t).map(logTail).toArray());
        }
    }

    enum Family {
        NORMAL {
            @Override
            Sum sum(int n, double scale) {
                double k = ContinuousLaw.NORMAL.psi1();
                return Sum.of(n * k * k, k, Math.sqrt(n), t -> ContinuousLaw.NORMAL.logTail(t / Math.sqrt(n)));
            }
        },
        CENTERED_EXPONENTIAL {
            @Override
            Sum sum(int n, double scale) {
                double k = ContinuousLaw.CENTERED_EXPONENTIAL.psi1();
                return Sum.of(n * k * k, k, Math.sqrt(n), t -> {
                    double below = t < n ? Gamma.regularizedGammaP(n, n - t) : 0;
                    return Math.log(Gamma.regularizedGammaQ(n, n + t) + below);
                });
            }
        },
        TWO_SIDED_EXPONENTIAL {
            @Override
            Sum sum(int n, double scale) {
                double k = ContinuousLaw.EXPONENTIAL.psi1();
                return Sum.of(n * k * k, k, Math.sqrt(2.0 * n), t -> {
                    double tail = 0;
                    for (int j = 0; j < n; j++) {
                        int trials = 2 * n - 2 - j;
                        double weight = Math.exp(
                                CombinatoricsUtils.binomialCoefficientLog(trials, n - 1) - trials * Math.log(2));
                        tail += weight * Gamma.regularizedGammaQ(j + 1.0, t);
                    }
                    return Math.log(tail);
                });
            }
        },
        /** One two-sided exponential variable and n normal ones of standard deviation {@code scale}. */
        MIXED {
            @Override
            Sum sum(int n, double scale) {
                double k = ContinuousLaw.EXPONENTIAL.psi1();
                double g = scale * ContinuousLaw.NORMAL.psi1();
                double s = scale * Math.sqrt(n);
                return Sum.of(k * k + n * g * g, Math.max(k, g), Math.sqrt(2 + s * s), t -> {
                    double right = Math.exp(s * s / 2 - t) * ContinuousLaw.cumulative(t / s - s);
                    double left = Math.exp(s * s / 2 + t) * ContinuousLaw.cumulative(-t / s - s);
                    return Math.log(Erf.erfc(t / (s * Math.sqrt(2))) + right - left);
                });
            }
        };

        abstract Sum sum(int n, double scale);
    }

    /** A family, how many summands, and the scale of the normal ones in {@link Family#MIXED}. */
    record Summands(Family family, int n, double scale) {
        Sum sum() {
            return family.sum(n, scale);
        }
    }

    @Provide
    Arbitrary<Summands> summands() {
        return Combinators.combine(
                        Arbitraries.of(Family.values()),
                        Arbitraries.of(1, 2, 5, 20, 200),
                        Arbitraries.of(0.1, 0.5, 1.0))
                .as(Summands::new);
    }

    @Provide
    Arbitrary<TwoPointSums> events() {
        return TwoPointSums.any();
    }

    private static Sum events(TwoPointSums sums) {
        DiscreteLaw law = sums.sum(true);
        double squares = sums.squares(OrliczNorm.PSI_1, true);
        double[] values = law.values();
        double[] tails = law.logTails();
        double[] t = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > 1e-9 * Math.sqrt(squares)) {
                tails[count] = tails[i];
                t[count++] = Math.abs(values[i]);
            }
        }
        return new Sum(squares, sums.largest(OrliczNorm.PSI_1), Arrays.copyOf(t, count), Arrays.copyOf(tails, count));
    }

    /** {@code P <= factor exp(-min(quadratic t^2 / sum K_i^2, linear t / max K_i))}. */
    private record Form(double factor, double quadratic, double linear) {}

    @Claim(
            id = "D20.thm4",
            statement =
                    "P\\Big(\\Big|\\sum_{i=1}^N X_i\\Big| \\ge t\\Big) \\le 2 \\exp\\Big(-c \\min\\Big("
                            + "\\frac{t^2}{\\sum_{i=1}^N \\|X_i\\|_{\\Psi_1}^2}, \\frac{t}{\\max_i \\|X_i\\|_{\\Psi_1}}\\Big)\\Big)",
            hypotheses = "$X_i$ independent and centered; here $c = 1/4$, and $1/2$ in the linear branch",
            instances = 40)
    void sumsHaveAGaussianAndAnExponentialBranch(
            @ForAll("summands") Summands drawn, @ForAll("events") TwoPointSums events, ClaimRun run) {
        run.covers(drawn.family.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .covers("events, " + events.label());
        List<Sum> sums = List.of(
                drawn.sum(),
                events(events),
                Family.NORMAL.sum(200, 1),
                Family.CENTERED_EXPONENTIAL.sum(1, 1),
                events(TwoPointSums.signs(1)));
        run.check("logarithm of the tail over the exponent", new Form(2, 0.25, 0.5), (form, lab) -> {
                    double[] ratios = sums.stream()
                            .flatMapToDouble(sum -> ratios(sum, form))
                            .toArray();
                    return Comparison.atLeast(ratios, 1, 1e-9, "logarithms of tails to 1e-9");
                })
                .falsifiedBy("c = 1", new Form(2, 1, 1))
                .falsifiedBy("c = 2", new Form(2, 2, 2))
                .falsifiedBy("no linear branch", new Form(2, 0.25, Double.POSITIVE_INFINITY))
                .falsifiedBy("twice t over the largest norm", new Form(2, 0.25, 2))
                .falsifiedBy("without the factor 2", new Form(1, 0.25, 0.5));
    }

    private static DoubleStream ratios(Sum sum, Form form) {
        double[] ratios = new double[sum.t.length];
        for (int i = 0; i < ratios.length; i++) {
            double t = sum.t[i];
            double exponent = Math.min(form.quadratic * t * t / sum.squares, form.linear * t / sum.largest);
            ratios[i] = (Math.log(form.factor) - sum.logTails[i]) / exponent;
        }
        return DoubleStream.of(ratios);
    }
}
