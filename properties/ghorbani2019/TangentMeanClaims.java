package ghorbani2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The mean risk of the tangent class at finite dimension, and its bounds.
 *
 * <h2>Source</h2>
 *
 * G19, the mechanism of Theorem 2; section 2.2 ("by Cauchy-Schwarz"); section 1.1 ("bounded away from zero").
 *
 * <h2>Statement</h2>
 *
 * {@code w_i ~ N(0, I/d)}, {@code s(z) = z^2}, {@code E f* = 0}, {@code d >= 2}, {@code m = (d - N)_+}, {@code t = (tr B)^2 / (d |B|_F^2)}:
 *
 * <pre>{@code
 * E R_NT / |f*|^2 = m (d m + d - 2 + (d - m) d t) / (d (d - 1) (d + 2))
 * (1 - N/d)_+^2  <=  E R_NT / |f*|^2  <=  (1 - N/d)_+
 * }</pre>
 *
 * The span of the weights is uniformly distributed, so {@code E |P B P|_F^2} is a quadratic form in B that no rotation changes:
 * {@code a |B|_F^2 + b (tr B)^2}. The two constants come from {@code B = I} and {@code B = e e^T}.
 *
 * <h2>Instances</h2>
 *
 * Dimensions 4 to 50 and any N below, targets of either sign, rank one and trace zero among them; for the bounds every N at a d from 2 to 100.
 *
 * <h2>How it is checked</h2>
 *
 * Weights are drawn, the risk given the weights is exact ({@link TangentRisk}) and lies in [0, 1]; its mean is compared with the formula,
 * which no
 * limit blurs. The bounds are decided on the formula, up to 32 d u for sums of d terms, and on drawn weights. At trace zero the risk tends
 * to the lower bound
 * ({@link RiskLadder}). At {@code d = 80} and {@code N = 20} it is below 7/10 of the bound with probability at most 6/100: for
 * {@code B = e e^T}, which concentrates least, it is {@code X^2} with X of law Beta(30, 10), and {@code P(X < 0.627) = 0.045}.
 *
 * <h2>Falsifiers</h2>
 *
 * Theorem 2's limit as if exact; one neuron more; no part {@code d - 2}; {@code d^3} in the denominator; {@code (1 - rho)^2} from above and
 * {@code 1 - rho} from below.
 */
class TangentMeanClaims {
    /** A target and weights of some size. */
    record Size(int d, int n) {}

    @Provide
    Arbitrary<Size> sizes() {
        return Arbitraries.of(new Size(4, 1), new Size(10, 3), new Size(20, 10), new Size(20, 15), new Size(50, 25));
    }

    @Provide
    Arbitrary<TargetFamily> targets() {
        return Arbitraries.of(TargetFamily.values());
    }

    @Provide
    Arbitrary<TargetFamily> ofLargeTrace() {
        return Arbitraries.of(
                TargetFamily.IDENTITY, TargetFamily.EXPONENTIAL, TargetFamily.NEGATIVE, TargetFamily.TWO_LEVELS);
    }

    /** A mean risk, normalised. */
    private interface Formula {
        double mean(QuadraticTarget target, int n);
    }

    private static double risk(QuadraticTarget target, WeightLaw law, int n, RandomStream stream) {
        return TangentRisk.of(target, law.draw(n, stream)) / target.normSquared();
    }

    private static Decision meanIs(Formula formula, QuadraticTarget target, int n, double within, Lab lab) {
        WeightLaw law = WeightLaw.isotropic(target.dimension());
        return lab.meanEquals(
                formula.mean(target, n), within, new Bounded(-0.5, 1.5), stream -> risk(target, law, n, stream));
    }

    @Claim(
            id = "G19.thm2-exact",
            statement =
                    "\\frac{\\mathbb E\\,R_{\\mathrm{NT}}}{\\|f_*\\|^2} = \\frac{m\\,(dm + d - 2 + (d - m)\\,d\\,t)}{d(d-1)(d+2)},"
                            + "\\quad m = (d - N)_+,\\quad t = \\frac{\\operatorname{tr}(B)^2}{d \\|B\\|_F^2}",
            hypotheses = "$\\sigma(z) = z^2$, $x \\sim N(0, I_d)$, $f_*(x) = x^\\top B x - \\operatorname{tr} B$,"
                    + " $w_i \\sim N(0, I/d)$, $d \\ge 2$")
    void meanRiskIsRational(@ForAll("sizes") Size size, @ForAll("targets") TargetFamily family, ClaimRun run) {
        run.covers("target " + family).covers("d = " + size.d + ", N = " + size.n);
        QuadraticTarget target = family.of(size.d);
        run.check(
                        "drawn size and target",
                        (Formula) TangentLimit::mean,
                        (formula, lab) -> meanIs(formula, target, size.n, 0.015, lab))
                .falsifiedBy("one neuron more", (f, n) -> TangentLimit.mean(f, n + 1));
        QuadraticTarget traceless = TargetFamily.ALTERNATING.of(10);
        run.check(
                        "trace zero, d = 10, N = 3",
                        (Formula) TangentLimit::mean,
                        (formula, lab) -> meanIs(formula, traceless, 3, 0.005, lab))
                .falsifiedBy("the limit as if exact", (f, n) -> TangentLimit.quadratic(0.3, f.traceShare()))
                .falsifiedBy("without d - 2", (f, n) -> 7 * 70 / (10.0 * 9 * 12));
        QuadraticTarget twoLevels = TargetFamily.TWO_LEVELS.of(4);
        run.check(
                        "two levels, d = 4, N = 2",
                        (Formula) TangentLimit::mean,
                        (formula, lab) -> meanIs(formula, twoLevels, 2, 0.005, lab))
                .falsifiedBy("d^3 in the denominator", (f, n) -> TangentLimit.mean(f, n) * 3 * 6 / 16)
                .falsifiedBy(
                        "the trace's part as at d - 1",
                        (f, n) -> TangentLimit.mean(f, n) - 2 * 2 * f.traceShare() / (4.0 * 3 * 6));
    }

    @Claim(
            id = "G19.nt-cs",
            statement = "\\mathbb E\\,R_{\\mathrm{NT}} \\le (1 - N/d)_+ \\|f_*\\|^2",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\mathbb E f_* = 0$, $w_i \\sim N(0, I/d)$; at every $d$ and $N$, in mean only")
    void meanRiskIsAtMostTheShareOfMissingNeurons(
            @ForAll("sizes") Size size, @ForAll("ofLargeTrace") TargetFamily family, ClaimRun run) {
        run.covers("target " + family).covers("d = " + size.d + ", N = " + size.n);
        run.note("The bound is for the mean: the risk for given weights can exceed it.");
        DoubleUnaryOperator linear = rest -> rest;
        DoubleUnaryOperator square = rest -> rest * rest;
        QuadraticTarget target = family.of(size.d);
        WeightLaw law = WeightLaw.isotropic(size.d);
        run.check(
                        "drawn weights",
                        linear,
                        (bound, lab) -> lab.meanAtMost(
                                bound.applyAsDouble(1 - (double) size.n / size.d),
                                0.03,
                                new Bounded(-0.5, 1.5),
                                stream -> risk(target, law, size.n, stream)))
                .falsifiedBy("(1 - rho)^2", square);
        run.check("formula, every target, d and N", linear, (bound, lab) -> {
                    int most = run.size("largest dimension", 40, 100, 200);
                    return everywhere(most, bound, true);
                })
                .falsifiedBy("(1 - rho)^2", square)
                .falsifiedBy("(1 - rho)^(5/4)", rest -> Math.pow(rest, 1.25));
    }

    @Claim(
            id = "G19.nt-away",
            statement = "\\frac{R_{\\mathrm{NT}}}{\\|f_*\\|^2} \\ge (1 - \\rho)_+^2 - o_P(1)",
            hypotheses =
                    "$\\sigma(z) = z^2$, any symmetric $B \\ne 0$, $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$; the mean exceeds"
                            + " $(1 - N/d)_+^2$ at every $d \\ge 2$ and $N$, and targets without trace attain it in the limit",
            instances = 1)
    void riskIsBoundedAwayFromZero(ClaimRun run) {
        DoubleUnaryOperator square = rest -> rest * rest;
        run.check("mean, every target, d and N", square, (bound, lab) -> {
                    int most = run.size("largest dimension", 40, 100, 200);
                    return everywhere(most, bound, false);
                })
                .falsifiedBy("1 - rho", rest -> rest)
                .falsifiedBy("(1 - rho)^(7/4)", rest -> Math.pow(rest, 1.75));

        double[] ratios = {0.25, 0.5};
        RiskLadder ladder = new RiskLadder(run, "trace zero", d -> {
            WeightLaw law = WeightLaw.isotropic(d);
            QuadraticTarget target = TargetFamily.ALTERNATING.of(d);
            return stream -> {
                double[] risks = TangentRisk.ofFirst(target, law.draw(d / 2, stream));
                return new double[] {risks[d / 4 - 1] / target.normSquared(), risks[d / 2 - 1] / target.normSquared()};
            };
        });
        for (int k = 0; k < ratios.length; k++) {
            int ratio = k;
            run.check(
                            "attained without trace, rho = " + ratios[k],
                            square,
                            (bound, lab) -> ladder.tendsTo(ratio, d -> bound.applyAsDouble(1 - ratios[ratio]), lab))
                    .falsifiedBy("1 - rho", rest -> rest)
                    .falsifiedBy("(1 - rho)^(7/4)", rest -> Math.pow(rest, 1.75))
                    .falsifiedBy("(1 - rho)^(9/4)", rest -> Math.pow(rest, 2.25));
        }
        QuadraticTarget spike = TargetFamily.RANK_ONE.of(80);
        WeightLaw law = WeightLaw.isotropic(80);
        run.check(
                        "drawn weights, rank one, d = 80, N = 20",
                        square,
                        (bound, lab) -> lab.failsAtMost(
                                0.06, stream -> risk(spike, law, 20, stream) < 0.7 * bound.applyAsDouble(0.75)))
                .falsifiedBy("1 - rho", rest -> rest);
    }

    /** Compares the exact mean with a bound for every family, d from 2 and N from 1 to d. */
    private static Decision everywhere(int most, DoubleUnaryOperator bound, boolean above) {
        int count = TargetFamily.values().length * (most * (most + 1) / 2 - 1);
        double[] means = new double[count];
        double[] bounds = new double[count];
        int i = 0;
        for (TargetFamily family : TargetFamily.values()) {
            for (int d = 2; d <= most; d++) {
                double t = family.traceShare(d);
                for (int n = 1; n <= d; n++) {
                    means[i] = TangentLimit.mean(d, n, t);
                    bounds[i++] = bound.applyAsDouble((double) (d - n) / d);
                }
            }
        }
        double tolerance = 32 * most * 0x1p-53;
        String derivation = "32 d u: sums of d terms in t";
        return above
                ? Comparison.atMost(means, bounds, tolerance, derivation)
                : Comparison.atLeast(means, bounds, tolerance, derivation);
    }
}
