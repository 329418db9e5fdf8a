package daniely2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Means of variables that are bounded but for a small probability.
 *
 * <h2>Source</h2>
 *
 * D19, Lemma 17 and its proof.
 *
 * <h2>Statement</h2>
 *
 * Let {@code P(|X| > B) = p <= delta < 1}. Then
 *
 * <pre>{@code
 * E[X | |X| <= B] = (E X - E X 1{|X| > B}) / (1 - p)
 * |E[X | |X| <= B] - E X| <= sqrt(p / (1 - p)) sd(X) <= 2 sqrt(delta E X^2) / (1 - delta)
 * |E X - (X_1 + ... + X_m)/m| <= B sqrt(2 log(2/delta') / m) + 2 sqrt(delta E X^2) / (1 - delta)
 * }</pre>
 *
 * the last with probability at least {@code 1 - m delta - delta'}: but for {@code m delta} all m variables are at most B, and Hoeffding's inequality on
 * {@code [-B, B]} is used on the conditional law.
 *
 * <h2>Instances</h2>
 *
 * Three values: -1 and 1, with any bias, and one from 3 to 1000 of probability {@code delta}; signs, {@code delta = 0}; {@code {0, 1000}}, where all of the mean
 * lies beyond B; normal and exponential variables; discrete laws on up to 9 values; m = 10 and 50.
 *
 * <h2>How it is checked</h2>
 *
 * For three values, by the multinomial law of the counts: exact to {@code 1e-12}, with deviations on the edge of the radius counted inside. For normal and
 * exponential variables by drawing. The conditional mean of the exponential by Simpson's rule with 2000 panels on [0, 3], error
 * {@code 3/180 (3/2000)^4 4 < 1e-12}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed {@code log(delta'/2)}, whose root is no number; a factor 2 less under the root (signs), half the bias and no bias, {@code delta + delta'} for
 * {@code m delta + delta'} ({@code {0, 1000}}); in the proof, the plus sign, {@code delta} for p, and bias bounds a quarter of the size.
 */
class TruncatedMeanClaims {
    private static final double ROUNDING = 1e-12;

    /** -1 and 1 (the first with probability {@code bias}), or far with probability {@code delta}; {@code B = bound}. */
    record ThreeValues(double low, double high, double bias, double far, double delta, double bound) {
        double mean() {
            return (1 - delta) * (bias * low + (1 - bias) * high) + delta * far;
        }

        double secondMoment() {
            return (1 - delta) * (bias * low * low + (1 - bias) * high * high) + delta * far * far;
        }

        /** {@code P(|E X - mean of m| > radius)}; 1 when the radius is not a number. */
        double failure(int m, double radius) {
            double sum = 0;
            double[] fars = binomial(m, delta);
            for (int j = 0; j <= m; j++) {
                double[] lows = binomial(m - j, bias);
                for (int k = 0; k <= m - j; k++) {
                    double average = (k * low + (m - j - k) * high + j * far) / m;
                    if (!(Math.abs(average - mean()) <= radius + ROUNDING * Math.abs(far))) {
                        sum += fars[j] * lows[k];
                    }
                }
            }
            return sum;
        }

        private static double[] binomial(int n, double p) {
            double[] law = new double[n + 1];
            law[0] = 1;
            for (int i = 1; i <= n; i++) {
                for (int k = i; k >= 0; k--) {
                    law[k] = (1 - p) * law[k] + (k > 0 ? p * law[k - 1] : 0);
                }
            }
            return law;
        }
    }

    /** The logarithm under the root, the factors of the two terms, and how often delta counts. */
    private record Form(DoubleUnaryOperator log, double hoeffding, double bias, boolean union) {
        static final Form CLAIMED = new Form(d -> Math.log(2 / d), 2, 2, true);
        static final Form PRINTED = new Form(d -> Math.log(d / 2), 2, 2, true);

        double radius(double bound, int m, double delta, double slack, double secondMoment) {
            return bound * Math.sqrt(hoeffding * log.applyAsDouble(slack) / m)
                    + bias * Math.sqrt(delta * secondMoment) / (1 - delta);
        }

        double allowed(int m, double delta, double slack) {
            return (union ? m : 1) * delta + slack;
        }
    }

    private static final double[] SLACKS = {0.2, 0.05, 0.01};
    private static final int[] SIZES = {10, 50};

    @Provide
    Arbitrary<ThreeValues> threeValues() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.05, 0.95),
                        Arbitraries.of(3.0, 30.0, -100.0, 1000.0),
                        Arbitraries.of(1e-4, 1e-3, 0.005))
                .as((bias, far, delta) -> new ThreeValues(-1, 1, bias, far, delta, 1));
    }

    @Claim(
            id = "D19.lem17",
            statement =
                    "P\\Big(\\big|\\mathbb E X - \\tfrac1m \\textstyle\\sum_i X_i\\big| \\le B\\sqrt{\\tfrac{2 \\ln(\\delta'/2)}{m}}"
                            + " + \\tfrac{2\\sqrt{\\delta\\, \\mathbb E X^2}}{1-\\delta}\\Big) \\ge 1 - m\\delta - \\delta'",
            hypotheses =
                    "$X$ is $(\\delta, B)$-bounded, $\\delta < 1$, $0 < \\delta' \\le 1$, independent copies $X_i$",
            correction =
                    "P\\Big(\\big|\\mathbb E X - \\tfrac1m \\textstyle\\sum_i X_i\\big| \\le B\\sqrt{\\tfrac{2 \\ln(2/\\delta')}{m}}"
                            + " + \\tfrac{2\\sqrt{\\delta\\, \\mathbb E X^2}}{1-\\delta}\\Big) \\ge 1 - m\\delta - \\delta'",
            derivation =
                    "$\\ln(\\delta'/2) < 0$ for $\\delta' \\le 1$. Hoeffding's inequality on $[-B, B]$ is $2 \\exp(-m t^2/(2B^2)) = \\delta'$, so"
                            + " $t = B\\sqrt{2 \\ln(2/\\delta')/m}$. At $\\delta' = 0.05$ the printed root is that of $-3.689 \\cdot 2/m$; fair signs with"
                            + " $m = 50$ leave the corrected interval with probability $0.0066$.")
    void hoeffdingHoldsForVariablesThatAreBoundedButForDelta(@ForAll("threeValues") ThreeValues drawn, ClaimRun run) {
        run.covers("far value " + drawn.far).covers("fair signs").covers("delta = 0");
        run.check("three values", Form.CLAIMED, (form, lab) -> exact(drawn, form))
                .printedAs("log(delta'/2)", Form.PRINTED);
        ThreeValues signs = new ThreeValues(-1, 1, 0.5, 2, 0, 1);
        run.check("signs", Form.CLAIMED, (form, lab) -> exact(signs, form))
                .printedAs("log(delta'/2)", Form.PRINTED)
                .falsifiedBy("log(2/delta') in place of 2 log(2/delta')", new Form(d -> Math.log(2 / d), 1, 2, true));
        ThreeValues lottery = new ThreeValues(0, 0, 0.5, 1000, 1e-3, 0.01);
        run.check("{0, 1000}", Form.CLAIMED, (form, lab) -> exact(lottery, form))
                .printedAs("log(delta'/2)", Form.PRINTED)
                .falsifiedBy("no bias", new Form(d -> Math.log(2 / d), 2, 0, true))
                .falsifiedBy("a quarter of the bias", new Form(d -> Math.log(2 / d), 2, 0.5, true))
                .falsifiedBy("delta in place of m delta", new Form(d -> Math.log(2 / d), 2, 2, false));
        double normalTail = 0.012419330651552265; // P(|N(0,1)| > 2.5)
        run.check(
                        "normal, drawn",
                        Form.CLAIMED,
                        (form, lab) -> lab.failsAtMost(
                                form.allowed(10, normalTail, 0.05),
                                stream -> outside(stream, true, 10, form.radius(2.5, 10, normalTail, 0.05, 1))))
                .printedAs("log(delta'/2)", Form.PRINTED);
        double exponentialTail = Math.exp(-5);
        run.check(
                        "exponential, drawn",
                        Form.CLAIMED,
                        (form, lab) -> lab.failsAtMost(
                                form.allowed(10, exponentialTail, 0.05),
                                stream -> outside(stream, false, 10, form.radius(5, 10, exponentialTail, 0.05, 2))))
                .printedAs("log(delta'/2)", Form.PRINTED);
    }

    private static Decision exact(ThreeValues law, Form form) {
        double[] failures = new double[SIZES.length * SLACKS.length];
        double[] allowed = new double[failures.length];
        int n = 0;
        for (int m : SIZES) {
            for (double slack : SLACKS) {
                failures[n] = law.failure(m, form.radius(law.bound, m, law.delta, slack, law.secondMoment()));
                allowed[n++] = form.allowed(m, law.delta, slack);
            }
        }
        return Comparison.atMost(failures, allowed, ROUNDING, "sums of at most 1326 probabilities, each to 100 2^-53");
    }

    private static boolean outside(RandomStream stream, boolean normal, int m, double radius) {
        double sum = 0;
        for (int i = 0; i < m; i++) {
            sum += normal ? stream.gaussian() : -Math.log1p(-stream.uniform());
        }
        return !(Math.abs(sum / m - (normal ? 0 : 1)) <= radius);
    }

    /** A discrete law: values within [-0.3, 1], where B = 1, and values beyond it with probability p. */
    record Discrete(int inside, int beyond, double p, long seed) {
        double far() {
            return 20;
        }

        double[] values(boolean spread) {
            RandomStream stream = RandomStream.of(seed, "TruncatedMeanClaims").part("values");
            double[] values = new double[inside + beyond];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < inside ? stream.uniform(-0.3, 1) : spread ? stream.uniform(1.1, 5) : far();
            }
            return values;
        }

        double[] masses() {
            RandomStream stream = RandomStream.of(seed, "TruncatedMeanClaims").part("masses");
            double[] masses = new double[inside + beyond];
            double[] sums = new double[2];
            for (int i = 0; i < masses.length; i++) {
                masses[i] = stream.uniform(0.1, 1);
                sums[i < inside ? 0 : 1] += masses[i];
            }
            for (int i = 0; i < masses.length; i++) {
                masses[i] *= i < inside ? (1 - p) / sums[0] : p / sums[1];
            }
            return masses;
        }
    }

    @Provide
    Arbitrary<Discrete> laws() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.doubles().between(0.05, 0.4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Discrete::new);
    }

    /** {@code (E X + sign E X 1{|X| > B}) / (1 - q)}. */
    private record Conditional(double sign, double q) {
        double mean(double mean, double tail) {
            return (mean + sign * tail) / (1 - q);
        }
    }

    @Claim(
            id = "D19.lem17-cond",
            statement =
                    "\\mathbb E\\big[X \\mid |X| \\le B\\big] = \\frac{\\mathbb E X - \\mathbb E X 1_{|X| > B}}{1 - p}, \\qquad p = P(|X| > B)",
            hypotheses = "$p < 1$")
    void theConditionalMeanSubtractsTheTail(@ForAll("laws") Discrete drawn, ClaimRun run) {
        run.covers(drawn.inside == 1 ? "one value within B" : "several values within B");
        run.note(
                "The proof's display adds the tail and divides by 1 - delta; the bias bound drawn from it is the same.");
        double[] x = drawn.values(true);
        double[] mass = drawn.masses();
        double mean = 0;
        double tail = 0;
        double within = 0;
        double weight = 0;
        for (int i = 0; i < x.length; i++) {
            mean += mass[i] * x[i];
            tail += Math.abs(x[i]) > 1 ? mass[i] * x[i] : 0;
            within += Math.abs(x[i]) > 1 ? 0 : mass[i] * x[i];
            weight += Math.abs(x[i]) > 1 ? 0 : mass[i];
        }
        double conditional = within / weight;
        double all = mean;
        double beyond = tail;
        run.check(
                        "discrete law",
                        new Conditional(-1, drawn.p),
                        (form, lab) -> Comparison.equal(
                                form.mean(all, beyond),
                                conditional,
                                1e-13,
                                "9 terms below 5, divided by 0.6: 500 2^-53"))
                .falsifiedBy("plus the tail", new Conditional(1, drawn.p))
                .falsifiedBy("the tail left out", new Conditional(0, drawn.p));
        double simpson = simpson(t -> t * Math.exp(-t), 3, 2000) / simpson(t -> Math.exp(-t), 3, 2000);
        double p = Math.exp(-3);
        run.check(
                        "exponential, B = 3",
                        new Conditional(-1, p),
                        (form, lab) -> Comparison.equal(form.mean(1, 4 * p), simpson, 1e-11, "Simpson's rule to 1e-12"))
                .falsifiedBy("plus the tail", new Conditional(1, p))
                .falsifiedBy("delta = 2 p in place of p", new Conditional(-1, 2 * p));
    }

    private static double simpson(DoubleUnaryOperator f, double end, int panels) {
        double h = end / panels;
        double sum = f.applyAsDouble(0) + f.applyAsDouble(end);
        for (int i = 1; i < panels; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * f.applyAsDouble(i * h);
        }
        return sum * h / 3;
    }

    @Claim(
            id = "D19.lem17-bias",
            statement =
                    "\\big|\\mathbb E[X \\mid |X| \\le B] - \\mathbb E X\\big| \\le \\frac{2\\sqrt{\\delta\\, \\mathbb E X^2}}{1 - \\delta}",
            hypotheses = "$P(|X| > B) \\le \\delta < 1$; $\\sqrt{p/(1-p)}\\,\\mathrm{sd}(X)$ already suffices")
    void truncationMovesTheMeanLittle(@ForAll("laws") Discrete drawn, ClaimRun run) {
        run.covers(drawn.inside == 1 ? "one value within B" : "several values within B");
        double[] x = drawn.values(false);
        double[] mass = drawn.masses();
        double mean = 0;
        double within = 0;
        double square = 0;
        for (int i = 0; i < x.length; i++) {
            mean += mass[i] * x[i];
            square += mass[i] * x[i] * x[i];
            within += i < drawn.inside ? mass[i] * x[i] / (1 - drawn.p) : 0;
        }
        double p = drawn.p;
        double bias = Math.abs(within - mean);
        double second = square;
        double deviation = Math.sqrt(square - mean * mean);
        String rounding = "9 terms below 400 and a root of a number above 18: 1e4 2^-53";
        run.check(
                        "value 20 with probability p",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {bias, bias},
                                new double[] {
                                    factor * Math.sqrt(p * second) / (1 - p),
                                    factor * Math.sqrt(2 * p * second) / (1 - 2 * p)
                                },
                                1e-11,
                                rounding))
                .falsifiedBy("a quarter", 0.5);
        run.check(
                        "by the standard deviation",
                        Math.sqrt(p / (1 - p)),
                        (factor, lab) -> Comparison.atMost(bias, factor * deviation, 1e-11, rounding))
                .falsifiedBy("0.9 sqrt(p / (1 - p))", 0.9 * Math.sqrt(p / (1 - p)));
        run.check(
                        "{0, K} with delta = 0.01",
                        0.5,
                        (exponent, lab) -> Comparison.atMost(
                                0.01 * 10,
                                2 * Math.pow(0.01, exponent) * Math.sqrt(0.01 * 100) / 0.99,
                                1e-12,
                                "plug-in"))
                .falsifiedBy("delta in place of sqrt(delta)", 1.0);
    }
}
