package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.ClosedFormActivation;
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
 * What the hypothesis {@code E f* = 0} of Theorem 1 is for: a part of the mean, but not all of it, is lost.
 *
 * <h2>Source</h2>
 *
 * G19, a hypothesis of Theorem 1; the formula is derived here.
 *
 * <h2>Statement</h2>
 *
 * For {@code f* = x^T B x + b0} with mean {@code m}, in the mean over the sign of m, with psi of (9) and r(rho) the right-hand side of (10),
 *
 * <pre>{@code
 * R_RF = 2 |B|_F^2 r(rho) + 2 m^2 / (2 + psi l_2^2 d |Gamma|_F^2) + o(|f*|^2)
 * }</pre>
 *
 * The features have no offset, but their means {@code E s(w_i . x)} near {@code l_2 (|w_i|^2 - 1) / 2} fluctuate, with
 * {@code u^T (l~ I + l_1^2 W W^T)^-1 u -> psi l_2^2 d |Gamma|_F^2 / 2 = q}: of a constant {@code 1/(1 + q)} is left. What is linear in m,
 * {@code (R(m) - R(-m))/2}, is of order {@code d^(-1/2)}, as {@code |w_i|^2} and {@code w_i^T B w_i} are correlated.
 *
 * <h2>Instances</h2>
 *
 * Five laws of the weights and targets with {@code m^2 = 2 |B|_F^2} of which the square of the angle's cosine with Gamma is below 0.51, so that (10)
 * says something else about B than about the constant; with and without a linear part.
 *
 * <h2>How it is checked</h2>
 *
 * Exact risks of m and -m at finite d for {@code rho = 1/2} and 2: their mean less the formula vanishes like 1/d, half their difference like
 * {@code d^(-1/2)} ({@link RiskLadder}; the latter for isotropic weights and the spectrum Exp(1)).
 *
 * <h2>Falsifiers</h2>
 *
 * The mean lost entirely; (10) for the whole target; 1 for 2 in the new term; the term linear in m vanishing faster, {@code o(d^(-1/2))}.
 */
class UncentredTargetClaims {
    private static final double[] RATIOS = {0.5, 2};
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    /** Laws of weights and targets. */
    record Pair(WeightFamily weights, TargetFamily target) {}

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(
                        Arbitraries.of(WeightFamily.class),
                        Arbitraries.of(
                                TargetFamily.IDENTITY,
                                TargetFamily.EXPONENTIAL,
                                TargetFamily.NEGATIVE,
                                TargetFamily.ALTERNATING,
                                TargetFamily.TWO_LEVELS))
                .as(Pair::new)
                .filter(pair -> {
                    QuadraticTarget b = pair.target.of(40);
                    WeightLaw law = pair.weights.of(40);
                    return law.alignment(b.matrix()) / (law.size() * b.frobeniusSquared()) < 0.51;
                });
    }

    @Provide
    Arbitrary<ClosedFormActivation> activations() {
        return Arbitraries.of(SQUARE, Relu.INSTANCE.centred(), new Quadratic(1, 0.7).centred());
    }

    @Claim(
            id = "G19.thm1-centred",
            statement =
                    "R_{\\mathrm{RF}} = 2 \\|B\\|_F^2 \\left( 1 - \\frac{\\psi \\lambda_2^2\\, d \\langle \\Gamma, B \\rangle^2}"
                            + "{\\|B\\|_F^2 (2 + \\psi \\lambda_2^2\\, d \\|\\Gamma\\|_F^2)} \\right)"
                            + " + \\frac{2 m^2}{2 + \\psi \\lambda_2^2\\, d \\|\\Gamma\\|_F^2} + o(\\|f_*\\|^2)",
            hypotheses =
                    "$E f_* = m$, in the mean over its sign, otherwise as Theorem 1; here the mean gap vanishes like $1/d$, and what is"
                            + " linear in $m$ like $d^{-1/2}$",
            instances = 2)
    void aPartOfTheMeanIsLost(
            @ForAll("pairs") Pair pair, @ForAll("activations") ClosedFormActivation activation, ClaimRun run) {
        run.covers("weights " + pair.weights).covers("target " + pair.target).covers(activation.name());
        DoubleBinaryOperator claimed = (strength, alignment) -> 2 / (2 + strength);
        RiskLadder ladder = ladder(run, "means", pair, activation, RATIOS);
        for (int k = 0; k < RATIOS.length; k++) {
            int at = k;
            Check<DoubleBinaryOperator> check = run.check(
                            "mean of m and -m, rho = " + RATIOS[k],
                            claimed,
                            (form, lab) -> ladder.tendsTo(at, d -> risk(form, pair, activation, d, RATIOS[at]), lab))
                    .falsifiedBy("the mean lost", (strength, alignment) -> 1)
                    .falsifiedBy("1 for 2", (strength, alignment) -> 1 / (1 + strength));
            if (RATIOS[k] == 2) {
                check.falsifiedBy("(10) for the whole", (strength, alignment) -> 1 - alignment / (2 + strength));
            }
        }
        Pair correlated = new Pair(WeightFamily.ISOTROPIC, TargetFamily.EXPONENTIAL);
        RiskLadder differences = ladder(run, "differences", correlated, SQUARE, 1);
        run.check("difference of m and -m", 0, (scaled, lab) -> differences.tendsTo(1 + scaled, d -> 0, 0.5, lab))
                .falsifiedBy("times d^(1/2)", 1);
    }

    /** The normalised risk for {@code m^2 = 2 |B|^2}, when a form of {@code psi l_2^2 g} and {@code psi l_2^2 a} is left of the constant 1. */
    private static double risk(DoubleBinaryOperator form, Pair pair, ClosedFormActivation s, int d, double rho) {
        QuadraticTarget b = pair.target.of(d);
        WeightLaw law = pair.weights.of(d);
        double psi = new FixedPoint(s.hermite1(), s.nonlinearity(), law.spectrum()).psi(rho);
        double strength = psi * s.hermite2() * s.hermite2();
        double alignment = law.alignment(b.matrix()) / b.frobeniusSquared();
        double constant = form.applyAsDouble(strength * law.size(), strength * alignment);
        return (RandomFeatureLimit.quadratic(strength, alignment, law.size()) + constant) / 2;
    }

    /** At all ratios the means of the risks of m and -m, then half their differences, then those times {@code (d/40)^(1/2)}. */
    private static RiskLadder ladder(
            ClaimRun run, String part, Pair pair, ClosedFormActivation activation, double... ratios) {
        return new RiskLadder(run, part, d -> {
            WeightLaw law = pair.weights.of(d);
            QuadraticTarget centred = pair.target.of(d);
            double m = Math.sqrt(2 * centred.frobeniusSquared());
            QuadraticTarget above = new QuadraticTarget(centred.matrix(), centred.offset() + m);
            return stream -> {
                RandomFeatureRisk risk = RandomFeatureRisk.of(
                        above, activation, law.draw((int) (ratios[ratios.length - 1] * d), stream));
                double[] plus = risk.risks();
                double[] minus = negated(risk).risks();
                double norm = 2 * above.normSquared();
                double[] values = new double[3 * ratios.length];
                for (int k = 0; k < ratios.length; k++) {
                    int n = (int) (ratios[k] * d);
                    values[k] = (plus[n - 1] + minus[n - 1]) / norm;
                    values[ratios.length + k] = (plus[n - 1] - minus[n - 1]) / norm;
                    values[2 * ratios.length + k] = values[ratios.length + k] * Math.sqrt(d / 40.0);
                }
                return values;
            };
        });
    }

    /** The same for the target with the opposite mean. */
    private static RandomFeatureRisk negated(RandomFeatureRisk risk) {
        double[] moments = new double[risk.moments().length];
        Arrays.setAll(moments, i -> risk.moments()[i] - 2 * risk.targetMean() * risk.means()[i]);
        return new RandomFeatureRisk(risk.gram(), moments, risk.means(), -risk.targetMean(), risk.targetNormSquared());
    }
}
