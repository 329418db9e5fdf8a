package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.risk.FixedPoint;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;

/**
 * The risk of random features on a quadratic target, for any activation.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 1, equation (10).
 *
 * <h2>Statement</h2>
 *
 * {@code x ~ N(0, I)}, {@code f* = x^T B x - tr B}, weights {@code N(0, Gamma)} with {@code tr Gamma = 1}, an activation with {@code l_0 = 0}. As
 * {@code N, d -> inf} with {@code N/d -> rho}, and psi the solution of (9),
 *
 * <pre>{@code
 * R_RF / |f*|^2 = 1 - psi l_2^2 d <Gamma, B>^2 / ( |B|_F^2 (2 + psi l_2^2 d |Gamma|_F^2) ) + o_P(1)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Five laws of the weights, degenerate and non-isotropic ones among them, seven targets of either sign, rank one and trace zero among them, and
 * seven activations: with and without a linear part, odd, with kinks, growing exponentially.
 *
 * <h2>How it is checked</h2>
 *
 * Given the weights the risk is exact linear algebra ({@link RandomFeatureRisk}). Its mean less the formula at the same d must vanish like 1/d
 * ({@link RiskLadder}). One factorisation gives the risk for every number of neurons: {@code rho = 1/2} and {@code 2}.
 *
 * <h2>Falsifiers</h2>
 *
 * 1 for 2 in the denominator; {@code E s^2} in place of {@code l~}; psi without the linear part; Hermite coefficients normalised by
 * {@code sqrt(k!)}; for odd activations and targets that are not aligned, where the risk stays at 1, the formulas of even and aligned ones.
 */
class RandomFeatureRiskClaims {
    private static final double[] RATIOS = {0.5, 2};

    /** Laws of weights and targets with {@code d <Gamma, B>^2 / |B|^2} at least 0.2. */
    record Aligned(WeightFamily weights, TargetFamily target) {}

    @Provide
    Arbitrary<Aligned> aligned() {
        return Combinators.combine(
                        Arbitraries.of(WeightFamily.values()),
                        Arbitraries.of(
                                TargetFamily.IDENTITY,
                                TargetFamily.EXPONENTIAL,
                                TargetFamily.NEGATIVE,
                                TargetFamily.TWO_LEVELS))
                .as(Aligned::new)
                .filter(a -> alignment(a) >= 0.2);
    }

    @Provide
    Arbitrary<ClosedFormActivation> withLinearPart() {
        return Arbitraries.of(Relu.INSTANCE, new Quadratic(1, 0.7), new Exponential(0.8), new Cosine(1, 0.7));
    }

    @Provide
    Arbitrary<ClosedFormActivation> withoutLinearPart() {
        return Arbitraries.of(Quadratic.SQUARE, AbsoluteValue.INSTANCE);
    }

    private static double alignment(Aligned instance) {
        QuadraticTarget target = instance.target.of(40);
        return instance.weights.of(40).alignment(target.matrix()) / target.frobeniusSquared();
    }

    /** The quantities of (9) and (10), as a form takes them. */
    private record Form(double constant, boolean linearInSquare, boolean linearInEquation, double hermite2) {
        double risk(QuadraticTarget target, ClosedFormActivation s, WeightLaw law, double rho) {
            double hermite1 = s.hermite1();
            double rest = s.nonlinearity() + (linearInSquare ? hermite1 * hermite1 : 0);
            double psi = new FixedPoint(linearInEquation ? hermite1 : 0, rest, law.spectrum()).psi(rho);
            double strength = psi * hermite2 * hermite2 * s.hermite2() * s.hermite2() * 2 / constant;
            return RandomFeatureLimit.quadratic(
                    strength, law.alignment(target.matrix()) / target.frobeniusSquared(), law.size());
        }
    }

    private static final Form CLAIMED = new Form(2, false, true, 1);

    @Claim(
            id = "G19.thm1-eq10",
            statement =
                    "\\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2} = 1 - \\frac{\\psi \\lambda_2^2\\, d \\langle \\Gamma, B \\rangle^2}"
                            + "{\\|B\\|_F^2 (2 + \\psi \\lambda_2^2\\, d \\|\\Gamma\\|_F^2)} + o_P(1)",
            hypotheses =
                    "$x \\sim N(0, I_d)$, $f_*(x) = x^\\top B x - \\operatorname{tr} B$, $w_i \\sim N(0, \\Gamma)$, "
                            + "$\\operatorname{tr} \\Gamma = 1$, $\\lambda_0 = 0$, $N/d \\to \\rho$; here the mean gap vanishes like $1/d$",
            instances = 4)
    void randomFeaturesHaveTheRiskOfTheFixedPoint(
            @ForAll("aligned") Aligned aligned,
            @ForAll("withLinearPart") ClosedFormActivation linear,
            @ForAll("withoutLinearPart") ClosedFormActivation even,
            ClaimRun run) {
        run.covers("weights " + aligned.weights)
                .covers("target " + aligned.target)
                .covers(linear.name())
                .covers(even.name());
        Form oneForTwo = new Form(1, false, true, 1);
        Form normalised = new Form(2, false, true, Math.sqrt(0.5));
        RiskLadder withLinearPart = ladder(run, "with a linear part", aligned, linear.centred());
        RiskLadder withoutLinearPart = ladder(run, "without a linear part", aligned, even.centred());
        for (int k = 0; k < RATIOS.length; k++) {
            Check<Form> general = check(run, "with a linear part", k, withLinearPart, aligned, linear.centred())
                    .falsifiedBy("1 for 2 in the denominator", oneForTwo)
                    .falsifiedBy("E s^2 for l~", new Form(2, true, true, 1))
                    .falsifiedBy("l_2 normalised", normalised);
            if (k == 0) { // at rho = 2 it is off by 0.012 only for some weights and targets
                general.falsifiedBy("psi without l_1", new Form(2, false, false, 1));
            }
            check(run, "without a linear part", k, withoutLinearPart, aligned, even.centred())
                    .falsifiedBy("1 for 2 in the denominator", oneForTwo)
                    .falsifiedBy("l_2 normalised", normalised);
        }
    }

    /** The exact risks at all ratios: those of the first neurons come with those of all. */
    private static RiskLadder ladder(ClaimRun run, String part, Aligned instance, ClosedFormActivation activation) {
        return new RiskLadder(run, part, d -> {
            WeightLaw law = instance.weights.of(d);
            QuadraticTarget target = instance.target.of(d);
            int most = (int) (RATIOS[RATIOS.length - 1] * d);
            return stream -> {
                double[] risks = RandomFeatureRisk.of(target, activation, law.draw(most, stream))
                        .risks();
                return Arrays.stream(RATIOS)
                        .map(rho -> risks[(int) (rho * d) - 1] / target.normSquared())
                        .toArray();
            };
        });
    }

    private static Check<Form> check(
            ClaimRun run, String part, int k, RiskLadder ladder, Aligned instance, ClosedFormActivation activation) {
        return run.check(
                part + ", rho = " + RATIOS[k],
                CLAIMED,
                (form, lab) -> ladder.tendsTo(
                        k, d -> form.risk(instance.target.of(d), activation, instance.weights.of(d), RATIOS[k]), lab));
    }
}
