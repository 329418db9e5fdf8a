package ghorbani2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * An offset gains random features nothing, when activation and target are centred.
 *
 * <h2>Source</h2>
 *
 * G19, footnote 2: 'we do not add an offset in the RF model, and will limit ourselves to target functions that are centered: this choice
 * simplifies some calculations without modifying the results.'
 *
 * <h2>Statement</h2>
 *
 * With {@code l_0 = 0} (as in Theorem 1) and {@code E f* = 0}, the risks of {@code sum_i a_i s(w_i . x)} and {@code c + sum_i a_i s(w_i . x)} differ by
 * {@code o(|f*|^2)}; with the offset the risk is never larger.
 *
 * <h2>Instances</h2>
 *
 * All laws of the weights, the targets whose trace is of the order of their norm (others gain nothing from random features at all), five activations.
 *
 * <h2>How it is checked</h2>
 *
 * Both risks are exact given the weights. The offset gains {@code (u^T U^-1 V)^2 / (1 - u^T U^-1 u)}, where {@code u_i = m(|w_i|^2)} is of order
 * {@code d^(-1/2)} and nearly orthogonal to {@code U^-1 V}: the mean gain must vanish like 1/d ({@link RiskLadder}).
 *
 * <h2>Falsifiers</h2>
 *
 * The activation as it comes, with {@code l_0 > 0}: the class without offset must spend its features on the mean; a target with mean
 * {@code |B|_F}, of which only the offset can take care.
 */
class FeatureOffsetClaims {
    private static final double[] RATIOS = {0.5, 1};

    @Provide
    Arbitrary<WeightFamily> weights() {
        return Arbitraries.of(WeightFamily.values());
    }

    @Provide
    Arbitrary<TargetFamily> targets() {
        return Arbitraries.of(
                TargetFamily.IDENTITY, TargetFamily.EXPONENTIAL, TargetFamily.NEGATIVE, TargetFamily.TWO_LEVELS);
    }

    @Provide
    Arbitrary<ClosedFormActivation> activations() {
        return Arbitraries.of(
                Quadratic.SQUARE, Relu.INSTANCE, AbsoluteValue.INSTANCE, new Exponential(0.8), new Quadratic(1, 0.7));
    }

    /** Which of the hypotheses hold. */
    private record Hypotheses(boolean activation, boolean target) {
        ClosedFormActivation of(ClosedFormActivation s) {
            return activation ? s.centred() : s;
        }

        QuadraticTarget of(QuadraticTarget centred) {
            return target
                    ? centred
                    : new QuadraticTarget(centred.matrix(), centred.offset() + Math.sqrt(centred.frobeniusSquared()));
        }
    }

    @Claim(
            id = "G19.footnote2-offset",
            statement = "\\frac{R_{\\mathrm{RF}} - R_{\\mathrm{RF} + \\mathrm{offset}}}{\\|f_*\\|^2} \\to 0",
            hypotheses =
                    "$\\lambda_0 = 0$, $\\mathbb E f_* = 0$, $N/d \\to \\rho$; here the mean difference vanishes like $1/d$",
            instances = 2)
    void anOffsetGainsNothing(
            @ForAll("weights") WeightFamily weights,
            @ForAll("targets") TargetFamily target,
            @ForAll("activations") ClosedFormActivation s,
            ClaimRun run) {
        run.covers("weights " + weights).covers("target " + target).covers(s.name());
        run.note(
                "The hypothesis that the activation is centred is Theorem 1's: the footnote names the target's alone.");
        RiskLadder ladder = ladder(run, new Hypotheses(true, true), weights, target, s);
        RiskLadder rawActivation = ladder(run, new Hypotheses(false, true), weights, target, s);
        RiskLadder rawTarget = ladder(run, new Hypotheses(true, false), weights, target, s);
        for (int k = 0; k < RATIOS.length; k++) {
            int ratio = k;
            run.check("gain, rho = " + RATIOS[k], ladder, (form, lab) -> form.tendsTo(ratio, d -> 0, lab))
                    .falsifiedBy("activation not centred", rawActivation)
                    .falsifiedBy("target not centred", rawTarget);
        }
        run.check("the offset never raises the risk", 1.0, (direction, lab) -> {
                    double[] gains = new double[20];
                    for (int i = 0; i < gains.length; i++) {
                        RandomStream stream = lab.stream().trial(i);
                        RandomFeatureRisk risk = RandomFeatureRisk.of(
                                target.of(10), s.centred(), weights.of(10).draw(1 + stream.integer(8), stream));
                        double gain = risk.risk() - risk.withOffset().risk();
                        gains[i] = direction * gain / risk.targetNormSquared();
                    }
                    return Comparison.atLeast(gains, 0, 1e-5, "n u / 1e-10, the smallest pivot");
                })
                .falsifiedBy("it never lowers it", -1.0);
    }

    /** The gains at all ratios, as parts of {@code |f*|^2}. */
    private static RiskLadder ladder(
            ClaimRun run, Hypotheses hypotheses, WeightFamily weights, TargetFamily target, ClosedFormActivation s) {
        return new RiskLadder(run, hypotheses.toString(), d -> {
            WeightLaw law = weights.of(d);
            QuadraticTarget centredOrNot = hypotheses.of(target.of(d));
            return stream -> {
                RandomFeatureRisk risk = RandomFeatureRisk.of(
                        centredOrNot, hypotheses.of(s), law.draw((int) (RATIOS[RATIOS.length - 1] * d), stream));
                double[] without = risk.risks();
                double[] with = risk.withOffset().risks();
                double[] gains = new double[RATIOS.length];
                for (int k = 0; k < gains.length; k++) {
                    int last = (int) (RATIOS[k] * d) - 1;
                    gains[k] = (without[last] - with[last]) / risk.targetNormSquared();
                }
                return gains;
            };
        });
    }
}
