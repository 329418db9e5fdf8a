package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The risk of the tangent class in the limit.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 2, the remarks after it, and equation (13), second line.
 *
 * <h2>Statement</h2>
 *
 * {@code s(z) = z^2}, {@code w_i ~ N(0, I/d)}, {@code N/d -> rho}, {@code t = (tr B)^2 / (d |B|_F^2)}:
 *
 * <pre>{@code
 * E R_NT / |f*|^2 = (1 - rho)_+^2 (1 - t) + (1 - rho)_+ t + o(1) = (1 - rho)_+^2 + rho (1 - rho)_+ t + o(1)
 * }</pre>
 *
 * so two targets with the same t have the same limit; for random features with isotropic weights too.
 *
 * <h2>Instances</h2>
 *
 * Targets with t of at least 1/2 and of at most 1/2: either sign, rank one and trace zero among them; {@code rho = 1/4, 1/2}, and 3/2, where
 * every draw has risk 0. Pairs of targets
 * with other spectra and the same t, at d from 8 to 20.
 *
 * <h2>How it is checked</h2>
 *
 * The exact mean ({@link TangentMeanClaims}) less the limit is {@code (1 - t) rho (1 - rho) (d - 2) / ((d - 1) (d + 2))}: compared as a
 * formula, and
 * its exponent read off a ladder of d up to 6400. The risks of drawn weights approach the limit on a ladder of their own
 * ({@link RiskLadder}), all numbers of
 * neurons in one draw. The mean risk of isotropic weights, tangent or random features, is a quadratic form in B that no rotation changes: a
 * combination of {@code |B|_F^2} and {@code (tr B)^2}. So equal t means equal mean risks at every d, decided for both targets with the
 * same weights.
 *
 * <h2>Falsifiers</h2>
 *
 * Other powers of {@code 1 - rho} in either term; no positive part; half a power more or less in the rate; t larger by 1/5; weights that
 * are not isotropic; for (13) the other reading, and a power more.
 */
class TangentLimitClaims {
    private static final double[] RATIOS = {0.25, 0.5};
    private static final int[] DIMENSIONS = {100, 400, 1600, 6400};

    /** One target of large and one of small t. */
    record Pair(TargetFamily large, TargetFamily small) {}

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(
                        Arbitraries.of(
                                TargetFamily.IDENTITY,
                                TargetFamily.EXPONENTIAL,
                                TargetFamily.NEGATIVE,
                                TargetFamily.TWO_LEVELS),
                        Arbitraries.of(
                                TargetFamily.EXPONENTIAL,
                                TargetFamily.ALTERNATING,
                                TargetFamily.HARMONIC,
                                TargetFamily.RANK_ONE))
                .as(Pair::new);
    }

    /** {@code (1 - rho)^p (1 - t) + (1 - rho)^q t}. */
    private record Powers(double p, double q, boolean positivePart) {
        double risk(double rho, double t) {
            double rest = positivePart ? Math.max(1 - rho, 0) : 1 - rho;
            return Math.pow(rest, p) * (1 - t) + Math.pow(rest, q) * t;
        }
    }

    private static final Powers CLAIMED = new Powers(2, 1, true);

    @Claim(
            id = "G19.thm2",
            statement =
                    "\\frac{\\mathbb E\\,R_{\\mathrm{NT}}}{\\|f_*\\|^2} = (1 - \\rho)_+^2 (1 - t) + (1 - \\rho)_+\\, t + o(1),"
                            + "\\quad t = \\frac{\\operatorname{tr}(B)^2}{d \\|B\\|_F^2}",
            hypotheses =
                    "$\\sigma(z) = z^2$, $x \\sim N(0, I_d)$, $f_*(x) = x^\\top B x - \\operatorname{tr} B$,"
                            + " $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$; here the gap is $(1 - t) \\rho (1 - \\rho)_+ / d$ up to $O(1/d^2)$",
            instances = 2)
    void riskTendsToTheSquareAndTheTrace(@ForAll("pairs") Pair pair, ClaimRun run) {
        run.covers("target " + pair.large).covers("target " + pair.small);
        RiskLadder large = ladder(run, "t at least 1/2", pair.large);
        RiskLadder small = ladder(run, "t at most 1/2", pair.small);
        for (int k = 0; k < RATIOS.length; k++) {
            check(run, "t at least 1/2", k, large, pair.large)
                    .falsifiedBy("(1 - rho)^2 t", new Powers(2, 2, true))
                    .falsifiedBy("(1 - rho)^(3/2) t", new Powers(2, 1.5, true));
            check(run, "t at most 1/2", k, small, pair.small)
                    .falsifiedBy("(1 - rho) (1 - t)", new Powers(1, 1, true))
                    .falsifiedBy("(1 - rho)^(3/2) (1 - t)", new Powers(1.5, 1, true));
        }
        run.check("rho = 3/2, every draw", CLAIMED, (form, lab) -> beyond(form::risk, pair.large, lab.stream()))
                .falsifiedBy("no positive part", new Powers(2, 1, false));

        run.check("gap of the exact mean", 2.0, (shift, lab) -> {
                    double[] gaps = gaps(pair.large, pair.small);
                    double[] formula = new double[gaps.length];
                    for (int j = 0; j < gaps.length; j++) {
                        int d = DIMENSIONS[j % DIMENSIONS.length];
                        double t = (j < DIMENSIONS.length ? pair.large : pair.small).traceShare(d);
                        formula[j] = (1 - t) / 4 * (d - shift) / ((d - 1.0) * (d + 2.0));
                    }
                    return Comparison.equal(gaps, formula, 32 * 0x1p-53, "32 u: differences of numbers up to 1");
                })
                .falsifiedBy("d - 1 for d - 2", 1.0);
        double[] sizes = Arrays.stream(DIMENSIONS).asDoubleStream().toArray();
        run.check("rate of the exact mean", -1.0, (exponent, lab) -> Rate.exact(exponent, 0.1, sizes, gaps(pair.small)))
                .falsifiedBy("d^(-3/4)", -0.75)
                .falsifiedBy("d^(-3/2)", -1.5);
    }

    /** The exact mean less the limit at {@code rho = 1/2}. */
    private static double[] gaps(TargetFamily... families) {
        return Arrays.stream(families)
                .flatMapToDouble(family -> Arrays.stream(DIMENSIONS).mapToDouble(d -> {
                    double t = family.traceShare(d);
                    return TangentLimit.mean(d, d / 2, t) - TangentLimit.quadratic(0.5, t);
                }))
                .toArray();
    }

    /** Decides that the risk with {@code N = 3 d / 2} is the formula, for one draw in each dimension. */
    private static Decision beyond(DoubleBinaryOperator formula, TargetFamily family, RandomStream stream) {
        int[] dimensions = {2, 20, 80};
        double[] risks = new double[dimensions.length];
        double[] formulas = new double[dimensions.length];
        for (int j = 0; j < dimensions.length; j++) {
            int d = dimensions[j];
            QuadraticTarget target = family.of(d);
            risks[j] = TangentRisk.of(target, WeightLaw.isotropic(d).draw(3 * d / 2, stream.trial(j)))
                    / target.normSquared();
            formulas[j] = formula.applyAsDouble(1.5, target.traceShare());
        }
        return Comparison.equal(risks, formulas, 0x1p-40, "d deflations leave at most (100 d u)^2 < 2^-40 of |f*|^2");
    }

    private static RiskLadder ladder(ClaimRun run, String part, TargetFamily family) {
        return new RiskLadder(run, part, 24, d -> {
            WeightLaw law = WeightLaw.isotropic(d);
            QuadraticTarget target = family.of(d);
            return stream -> {
                double[] risks = TangentRisk.ofFirst(target, law.draw(d / 2, stream));
                return Arrays.stream(RATIOS)
                        .map(rho -> risks[(int) (rho * d) - 1] / target.normSquared())
                        .toArray();
            };
        });
    }

    private static Check<Powers> check(ClaimRun run, String part, int k, RiskLadder ladder, TargetFamily family) {
        return run.check(
                part + ", rho = " + RATIOS[k],
                CLAIMED,
                (form, lab) ->
                        ladder.tendsTo(k, d -> form.risk(RATIOS[k], family.of(d).traceShare()), lab));
    }

    /** Two targets with the same t and other spectra. */
    record Twins(int d, double share, boolean spiked, double neurons, long seed) {
        int n() {
            return (int) Math.round(neurons * d);
        }

        /** 1 on the first half and -1 on the second, shifted to t. */
        QuadraticTarget first() {
            return shifted(share, i -> 2 * i < d ? 1 : -1);
        }

        /** The quantiles of Exp(1), ascending, or one spike at the end, shifted to t. */
        QuadraticTarget second(double t) {
            return shifted(t, i -> spiked ? (i == d - 1 ? 1 : 0) : -Math.log1p(-(i + 0.5) / d));
        }

        private QuadraticTarget shifted(double t, IntToDoubleFunction shape) {
            double[] diagonal = new double[d];
            Arrays.setAll(diagonal, shape);
            double mean = Arrays.stream(diagonal).average().orElseThrow();
            double variance =
                    Arrays.stream(diagonal).map(b -> (b - mean) * (b - mean)).sum() / d;
            double shift = Math.sqrt(t * variance / (1 - t));
            return QuadraticTarget.diagonal(
                    Arrays.stream(diagonal).map(b -> b - mean + shift).toArray());
        }
    }

    @Provide
    Arbitrary<Twins> twins() {
        return Combinators.combine(
                        Arbitraries.of(8, 12, 20),
                        Arbitraries.of(0.2, 0.4, 0.6),
                        Arbitraries.of(true, false),
                        Arbitraries.of(0.4, 0.6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Twins::new);
    }

    /** By how much the second target's t is larger, and the law of the weights. */
    private record Match(double more, WeightFamily weights) {}

    private static final Match MATCHED = new Match(0, WeightFamily.ISOTROPIC);
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    @Claim(
            id = "G19.nt-ratio",
            statement =
                    "t(B_1) = t(B_2) \\;\\Longrightarrow\\; \\frac{R(B_1)}{\\|f_1\\|^2} - \\frac{R(B_2)}{\\|f_2\\|^2} \\to 0,"
                            + "\\quad t(B) = \\frac{\\operatorname{tr}(B)^2}{d \\|B\\|_F^2}",
            hypotheses =
                    "$R$ is $R_{\\mathrm{NT}}$ with $\\sigma(z) = z^2$, or $R_{\\mathrm{RF}}$; $\\mathbb E f_i = 0$, $w_i \\sim N(0, I/d)$;"
                            + " the means are equal at every $d$ and $N$",
            instances = 4)
    void riskDependsOnTheTargetThroughTheTraceAlone(@ForAll("twins") Twins twins, ClaimRun run) {
        int d = twins.d;
        run.covers(twins.spiked ? "a spike" : "exponential quantiles").covers("t = " + twins.share);
        run.note("Of random features this holds for isotropic weights, the case that (13) sums up.");
        Match other = new Match(0.2, WeightFamily.ISOTROPIC);
        Match aligned = new Match(0, WeightFamily.ALIGNED);
        QuadraticTarget first = twins.first();
        run.check("limits", MATCHED, (match, lab) -> {
                    QuadraticTarget second = twins.second(twins.share + match.more);
                    WeightLaw law = match.weights.of(d);
                    return Comparison.equal(
                            new double[] {
                                TangentLimit.quadratic(twins.neurons, first.traceShare()),
                                RandomFeatureLimit.risk(first, SQUARE, law, twins.neurons)
                            },
                            new double[] {
                                TangentLimit.quadratic(twins.neurons, second.traceShare()),
                                RandomFeatureLimit.risk(second, SQUARE, law, twins.neurons)
                            },
                            100 * d * 0x1p-53,
                            "100 d u: t by sums of d terms");
                })
                .falsifiedBy("t larger by 1/5", other)
                .falsifiedBy("random features aligned with half of the axes", aligned);
        run.check("tangent class, same weights", MATCHED, (match, lab) -> {
                    QuadraticTarget second = twins.second(twins.share + match.more);
                    WeightLaw law = match.weights.of(d);
                    return lab.meanEquals(0, 0.02, new Bounded(-1.01, 1.01), stream -> {
                        DMatrixRMaj weights = law.draw(twins.n(), stream);
                        return TangentRisk.of(first, weights) / first.normSquared()
                                - TangentRisk.of(second, weights) / second.normSquared();
                    });
                })
                .falsifiedBy("t larger by 1/5", other)
                .falsifiedBy("weights aligned with half of the axes", aligned);
        run.check("random features, same weights", MATCHED, (match, lab) -> {
                    QuadraticTarget second = twins.second(twins.share + match.more);
                    WeightLaw law = match.weights.of(d);
                    return lab.meanEquals(0, 0.02, new Bounded(-1.01, 1.01), stream -> {
                        DMatrixRMaj weights = law.draw(twins.n(), stream);
                        return RandomFeatureRisk.of(first, SQUARE, weights).risk() / first.normSquared()
                                - RandomFeatureRisk.of(second, SQUARE, weights).risk() / second.normSquared();
                    });
                })
                .falsifiedBy("t larger by 1/5", other)
                .falsifiedBy("weights aligned with half of the axes", aligned);
    }

    @Provide
    Arbitrary<TargetFamily> ofLargeTrace() {
        return Arbitraries.of(TargetFamily.EXPONENTIAL, TargetFamily.NEGATIVE, TargetFamily.TWO_LEVELS);
    }

    @Claim(
            id = "G19.eq13-nt",
            statement = "\\frac{R_{\\mathrm{NT}}}{\\|f_*\\|^2} \\approx (1 - \\rho)_+^2 + \\rho (1 - \\rho)_+"
                    + " \\frac{\\operatorname{tr}(B)^2}{d \\|B\\|_F^2}",
            hypotheses = "$\\sigma(z) = z^2$, $\\mathbb E f_* = 0$, $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$",
            instances = 1)
    void summaryIsTheLimitOfTheRisk(@ForAll("ofLargeTrace") TargetFamily family, ClaimRun run) {
        run.covers("target " + family);
        run.note(
                "The text at hand can also be read with a sum, $\\dots + t$, in the last place. Both readings were tested; the product is"
                        + " what Theorem 2 says.");
        DoubleBinaryOperator product = (rho, t) -> square(1 - rho) + rho * Math.max(1 - rho, 0) * t;
        DoubleBinaryOperator sum = (rho, t) -> square(1 - rho) + rho * Math.max(1 - rho, 0) + t;
        DoubleBinaryOperator withoutRho = (rho, t) -> square(1 - rho) + Math.max(1 - rho, 0) * t;
        DoubleBinaryOperator squared = (rho, t) -> square(1 - rho) + rho * square(1 - rho) * t;
        run.check("Theorem 2", product, (row, lab) -> {
                    double[] actual = new double[41 * 11];
                    double[] expected = new double[actual.length];
                    for (int i = 0; i < actual.length; i++) {
                        double rho = 0.05 * (i % 41);
                        double t = 0.1 * (i / 41);
                        actual[i] = row.applyAsDouble(rho, t);
                        expected[i] = TangentLimit.quadratic(rho, t);
                    }
                    return Comparison.equal(
                            actual, expected, 16 * 0x1p-53, "16 u: a few operations on numbers up to 1");
                })
                .falsifiedBy("the sum", sum)
                .falsifiedBy("without rho", withoutRho)
                .falsifiedBy("(1 - rho)_+^2", squared);
        RiskLadder ladder = ladder(run, "risks", family);
        for (int k = 0; k < RATIOS.length; k++) {
            int ratio = k;
            Check<DoubleBinaryOperator> check = run.check(
                    "risks, rho = " + RATIOS[k],
                    product,
                    (row, lab) ->
                            ladder.tendsTo(ratio, d -> row.applyAsDouble(RATIOS[ratio], family.traceShare(d)), lab));
            check.falsifiedBy("the sum", sum)
                    .falsifiedBy("without rho", withoutRho)
                    .falsifiedBy("(1 - rho)_+^2", squared);
        }
        run.check("rho = 3/2, every draw", product, (row, lab) -> beyond(row, family, lab.stream()))
                .falsifiedBy("the sum", sum)
                .falsifiedBy("no positive part", (rho, t) -> (1 - rho) * (1 - rho) + rho * (1 - rho) * t);
    }

    /** {@code x_+^2}. */
    private static double square(double x) {
        double part = Math.max(x, 0);
        return part * part;
    }
}
