package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * The risk of random features with the activation {@code z^2 - 1} on a quadratic target.
 *
 * <h2>Source</h2>
 *
 * G19, Corollary 1, equation (12), and the first line of (13).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * R_RF / |f*|^2 = 1 - rho d <B, Gamma>^2 / ( |B|_F^2 (1 + rho d |Gamma|_F^2) ) + o_P(1)
 * Gamma = I/d:   = 1 - rho/(1 + rho) (tr B)^2 / (d |B|_F^2) + o_P(1)
 * Gamma = B / tr B:  = 1 / (1 + rho d |B|_F^2 / (tr B)^2) + o_P(1)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Five laws of the weights and every target with {@code d <Gamma, B>^2 / |B|_F^2 >= 0.35} in the limit (for the others see {@link TracelessTargetClaims}); for isotropic weights targets of either sign and an
 * indefinite one, with {@code t = (tr B)^2 / (d |B|_F^2)} from 0.34 to 0.74, diagonal or rotated. The identities also at {@code t = 0} and 1.
 *
 * <h2>How it is checked</h2>
 *
 * (12) is (10) with {@code l_1 = 0}, {@code l_2 = l~ = 2} and {@code psi = rho/2}, and the line of (13) is (12): identities for rho from 0.1 to
 * 10^3, up to the rounding of inner products of {@code d^2} terms and their squares. The exact risks at finite d for {@code rho = 1/2} and 2 tend to
 * the formulas ({@link RiskLadder}).
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 2 rho} for rho in the denominator; {@code z^2} without centring, which has no constant to spend; the formula of isotropic weights for others;
 * the root of t.
 */
class QuadraticActivationClaims {
    private static final double[] RATIOS = {0.5, 2};
    private static final double[] ALL_RATIOS = {0.1, 0.5, 1, 2, 5, 1e3};
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    /** Laws of weights and targets that are not near orthogonal; HARMONIC and RANK_ONE become so as d grows. */
    record Aligned(WeightFamily weights, TargetFamily target) {}

    @Provide
    Arbitrary<Aligned> aligned() {
        return Combinators.combine(
                        Arbitraries.of(WeightFamily.class),
                        Arbitraries.of(TargetFamily.class)
                                .filter(target -> target != TargetFamily.HARMONIC && target != TargetFamily.RANK_ONE))
                .as(Aligned::new)
                .filter(a -> {
                    QuadraticTarget target = a.target.of(40);
                    return a.weights.of(40).alignment(target.matrix()) / target.frobeniusSquared() >= 0.35;
                });
    }

    /** (12) with {@code factor rho} in the denominator, and the activation it is for. */
    private record Form(double factor, boolean centred) {
        double risk(QuadraticTarget target, WeightLaw law, double rho) {
            double alignment = law.alignment(target.matrix()) / target.frobeniusSquared();
            return 1 - rho * alignment / (1 + factor * rho * law.size());
        }
    }

    private static final Form CLAIMED = new Form(1, true);
    private static final Form TWICE = new Form(2, true);

    @Claim(
            id = "G19.cor1",
            statement =
                    "\\sigma(z) = z^2 - 1:\\quad \\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2} = 1 - \\frac{\\rho\\, d \\langle B, \\Gamma \\rangle^2}"
                            + "{\\|B\\|_F^2 (1 + \\rho\\, d \\|\\Gamma\\|_F^2)} + o_P(1)",
            hypotheses =
                    "$E f_* = 0$, $w_i \\sim N(0, \\Gamma)$, $\\operatorname{tr} \\Gamma = 1$, $N/d \\to \\rho$; here the mean gap vanishes"
                            + " like $1/d$",
            instances = 2)
    void theQuadraticActivationHasTheRiskOfTheCorollary(@ForAll("aligned") Aligned aligned, ClaimRun run) {
        run.covers("weights " + aligned.weights).covers("target " + aligned.target);
        run.check("(10) is (12)", CLAIMED, (form, lab) -> {
                    List<Double> general = new ArrayList<>();
                    List<Double> corollary = new ArrayList<>();
                    for (TargetFamily family : TargetFamily.values()) {
                        QuadraticTarget target = family.of(20);
                        WeightLaw law = aligned.weights.of(20);
                        for (double rho : ALL_RATIOS) {
                            general.add(RandomFeatureLimit.risk(target, SQUARE, law, rho));
                            corollary.add(form.risk(target, law, rho));
                        }
                    }
                    return Comparison.equal(
                            array(general), array(corollary), 20 * 0x1p-53, "psi and six more roundings");
                })
                .falsifiedBy("2 rho in the denominator", TWICE);
        RiskLadder centred = ladder(run, "exact risk", aligned.weights::of, aligned.target::of, SQUARE);
        RiskLadder raw = ladder(run, "not centred", aligned.weights::of, aligned.target::of, Quadratic.SQUARE);
        WeightLawOfTarget own = new WeightLawOfTarget(TargetFamily.TWO_LEVELS);
        RiskLadder proportional = ladder(run, "proportional", own::of, own.family::of, SQUARE);
        for (int k = 0; k < RATIOS.length; k++) {
            int at = k;
            double rho = RATIOS[k];
            run.check(
                            "exact risk, rho = " + rho,
                            CLAIMED,
                            (form, lab) -> (form.centred ? centred : raw)
                                    .tendsTo(at, d -> form.risk(aligned.target.of(d), aligned.weights.of(d), rho), lab))
                    .falsifiedBy("2 rho in the denominator", TWICE)
                    .falsifiedBy("z^2 without centring", new Form(1, false));
            DoubleBinaryOperator ofProportional = (r, t) -> 1 / (1 + r / t);
            run.check(
                            "Gamma proportional to B, rho = " + rho,
                            ofProportional,
                            (form, lab) -> proportional.tendsTo(
                                    at,
                                    d -> form.applyAsDouble(
                                            rho, own.family.of(d).traceShare()),
                                    lab))
                    .falsifiedBy("isotropic weights", (r, t) -> 1 - r * t / (1 + r))
                    .falsifiedBy("2 rho for rho", (r, t) -> 1 / (1 + 2 * r / t));
        }
    }

    /** The law {@code Gamma = B / tr B}. */
    private record WeightLawOfTarget(TargetFamily family) {
        WeightLaw of(int d) {
            QuadraticTarget target = family.of(d);
            DMatrixRMaj gamma = target.matrix().copy();
            CommonOps_DDRM.scale(1 / target.trace(), gamma);
            return new WeightLaw(gamma);
        }
    }

    /** A target in its own basis or in a random one. */
    record Target(TargetFamily family, boolean rotated) {
        QuadraticTarget of(int d) {
            return rotated ? family.rotated(d, RandomStream.of(d, "QuadraticActivationClaims")) : family.of(d);
        }
    }

    @Provide
    Arbitrary<Target> targets() {
        return Combinators.combine(
                        Arbitraries.of(
                                TargetFamily.EXPONENTIAL,
                                TargetFamily.NEGATIVE,
                                TargetFamily.TWO_LEVELS,
                                TargetFamily.MIXED),
                        Arbitraries.of(true, false))
                .as(Target::new);
    }

    @Claim(
            id = "G19.eq13-rf",
            statement =
                    "\\Gamma = I/d,\\; \\sigma(z) = z^2 - 1:\\quad \\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2} = 1 - \\frac{\\rho}{1 + \\rho}"
                            + " \\frac{(\\operatorname{tr} B)^2}{d \\|B\\|_F^2} + o_P(1)",
            hypotheses = "$E f_* = 0$, $N/d \\to \\rho$; here the mean gap vanishes like $1/d$",
            instances = 2)
    void isotropicFeaturesHaveTheRiskOfTheSummary(@ForAll("targets") Target target, ClaimRun run) {
        run.covers("target " + target.family).covers(target.rotated ? "B rotated" : "B diagonal");
        DoubleBinaryOperator claimed = (rho, t) -> 1 - rho / (1 + rho) * t;
        DoubleBinaryOperator twice = (rho, t) -> 1 - rho / (1 + 2 * rho) * t;
        DoubleBinaryOperator root = (rho, t) -> 1 - rho / (1 + rho) * Math.sqrt(t);
        int d = 12;
        run.check("(12) at Gamma = I/d", claimed, (form, lab) -> {
                    WeightLaw law = WeightLaw.isotropic(d);
                    List<Double> corollary = new ArrayList<>();
                    List<Double> summary = new ArrayList<>();
                    for (TargetFamily family : TargetFamily.values()) {
                        QuadraticTarget b = new Target(family, target.rotated).of(d);
                        for (double rho : ALL_RATIOS) {
                            corollary.add(CLAIMED.risk(b, law, rho));
                            summary.add(form.applyAsDouble(rho, b.traceShare()));
                        }
                    }
                    return Comparison.equal(
                            array(corollary),
                            array(summary),
                            4 * d * d * 0x1p-53,
                            "two inner products of d^2 terms, squared");
                })
                .falsifiedBy("rho / (1 + 2 rho)", twice)
                .falsifiedBy("sqrt(t) for t", root);
        RiskLadder ladder = ladder(run, "exact risk", WeightLaw::isotropic, target::of, SQUARE);
        for (int k = 0; k < RATIOS.length; k++) {
            int at = k;
            double rho = RATIOS[k];
            run.check(
                            "exact risk, rho = " + rho,
                            claimed,
                            (form, lab) -> ladder.tendsTo(
                                    at,
                                    n -> form.applyAsDouble(rho, target.of(n).traceShare()),
                                    lab))
                    .falsifiedBy("rho / (1 + 2 rho)", twice)
                    .falsifiedBy("sqrt(t) for t", root);
        }
    }

    private static RiskLadder ladder(
            ClaimRun run,
            String part,
            IntFunction<WeightLaw> weights,
            IntFunction<QuadraticTarget> targets,
            ClosedFormActivation activation) {
        return new RiskLadder(run, part, d -> {
            WeightLaw law = weights.apply(d);
            QuadraticTarget target = targets.apply(d);
            return stream -> {
                double[] risks = RandomFeatureRisk.of(target, activation, law.draw(2 * d, stream))
                        .risks();
                return Arrays.stream(RATIOS)
                        .map(rho -> risks[(int) (rho * d) - 1] / target.normSquared())
                        .toArray();
            };
        });
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(x -> x).toArray();
    }
}
