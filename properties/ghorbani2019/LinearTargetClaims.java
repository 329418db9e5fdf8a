package ghorbani2019;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.FixedPoint;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.Spectrum;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * How well random features represent a linear function.
 *
 * <h2>Source</h2>
 *
 * G19, section 1.1, (ii) 'linear functions are already well approximated within RF' when {@code N = O(d)}; a result of [15] in words. The
 * formula is derived, with the mechanism of Theorem 1.
 *
 * <h2>Statement</h2>
 *
 * For {@code f* = b . x}, weights {@code N(0, I/d)}, {@code l_0 = 0} and psi the solution of (9) at {@code D = delta_1}:
 *
 * <pre>{@code
 * R_RF / |b|^2 -> 1 / (1 + l_1^2 psi)
 * }</pre>
 *
 * It lies between {@code 1 / (1 + l_1^2 rho / l~)} and {@code 1 / (1 + l_1^2 (rho - 1) / l~)}: positive for every rho, and small for large rho. For even
 * activations it is 1.
 *
 * <h2>Derivation</h2>
 *
 * {@code V = E s'(G) W b + o(1)} and {@code U} is {@code l~ I + l_1^2 W W^T} on vectors of this kind, so that
 * {@code R = |b|^2 - l_1^2 b^T W^T (l~ I + l_1^2 W W^T)^-1 W b = l~ b^T (l~ I + l_1^2 W^T W)^-1 b}. By rotation invariance its mean is that of
 * {@code l~ tr(...)^-1 / d = 1 - rho + l~ psi = 1 - l_1^2 psi / (1 + l_1^2 psi)}, with the trace of {@code W W^T}'s resolvent and (9).
 *
 * <h2>How it is checked</h2>
 *
 * The exact risk of a fixed direction, whose mean is that of every direction, less the formula must vanish like 1/d ({@link RiskLadder}). The bounds
 * on a grid of rho; even activations exactly.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code rho / l~} for psi, {@code E s^2} for {@code l~}, {@code l_1} for {@code l_1^2}; bounds at {@code rho + 1} and {@code rho - 2}; an activation that is not even.
 */
class LinearTargetClaims {
    private static final double[] RATIOS = {0.5, 1.5};

    @Provide
    Arbitrary<ClosedFormActivation> activations() {
        return Arbitraries.of(
                Relu.INSTANCE.centred(), ErrorFunction.INSTANCE, new Quadratic(1, 0.7).centred(), new Cosine(1, 1));
    }

    /** The limit, of this psi and power of {@code l_1}. */
    private enum Form {
        CLAIMED,
        WITHOUT_LINEAR_PART,
        SECOND_MOMENT;

        double risk(ClosedFormActivation s, double rho) {
            double square = s.hermite1() * s.hermite1();
            double rest = s.nonlinearity() + (this == SECOND_MOMENT ? square : 0);
            double hermite1 = this == WITHOUT_LINEAR_PART ? 0 : s.hermite1();
            return 1 / (1 + square * new FixedPoint(hermite1, rest, Spectrum.empirical(1)).psi(rho));
        }
    }

    /** The risk of the linear function with the limit's first coefficients. */
    static double limit(ClosedFormActivation s, double rho) {
        return Form.CLAIMED.risk(s, rho);
    }

    @Claim(
            id = "G19.cite15-linear",
            statement =
                    "\\frac{R_{\\mathrm{RF}}(\\langle \\beta, x \\rangle)}{\\|\\beta\\|^2} \\to \\frac{1}{1 + \\lambda_1^2 \\psi}",
            hypotheses =
                    "$w_i \\sim N(0, I/d)$, $\\lambda_0 = 0$, $N/d \\to \\rho$, $\\psi$ solves (9) with $D = \\delta_1$; "
                            + "here the mean gap vanishes like $1/d$",
            instances = 2)
    void linearFunctionsAreRepresentedInPart(@ForAll("activations") ClosedFormActivation any, ClaimRun run) {
        ClosedFormActivation s = any.centred();
        run.covers(any.name());
        run.note(
                "The words are an informal summary: for a finite ratio N/d the limit is positive, and it falls like d/N.");
        RiskLadder ladder = new RiskLadder(run, "risk", d -> {
            WeightLaw law = WeightLaw.isotropic(d);
            double[] slope = new double[d];
            Arrays.fill(slope, 1 / Math.sqrt(d));
            return stream -> {
                double[] risks = RandomFeatureRisk.ofLinear(
                                slope, s, law.draw((int) (RATIOS[RATIOS.length - 1] * d), stream))
                        .risks();
                return Arrays.stream(RATIOS)
                        .map(rho -> risks[(int) (rho * d) - 1])
                        .toArray();
            };
        });
        for (int k = 0; k < RATIOS.length; k++) {
            int ratio = k;
            run.check(
                            "risk, rho = " + RATIOS[k],
                            Form.CLAIMED,
                            (form, lab) -> ladder.tendsTo(ratio, d -> form.risk(s, RATIOS[ratio]), lab))
                    .falsifiedBy("rho / l~ for psi", Form.WITHOUT_LINEAR_PART)
                    .falsifiedBy("E s^2 for l~", Form.SECOND_MOMENT);
        }
        double[] ratios = {0.1, 0.5, 1, 2, 10, 100, 1000};
        double magnitude = s.hermite1() * s.hermite1() / s.nonlinearity();
        run.check(
                        "positive for every rho",
                        0.0,
                        (shift, lab) -> Comparison.atLeast(
                                each(ratios, rho -> limit(s, rho) * (1 + magnitude * (rho + shift))),
                                1,
                                1e-13,
                                "100 u (rounding)"))
                .falsifiedBy("bound at rho - 1", -1.0);
        run.check(
                        "small for large rho",
                        -1.0,
                        (shift, lab) -> Comparison.atMost(
                                each(ratios, rho -> limit(s, rho) * (1 + magnitude * Math.max(0, rho + shift))),
                                1,
                                1e-13,
                                "100 u (rounding)"))
                .falsifiedBy("bound at rho", 0.0);
        run.check(
                        "even activations",
                        0.0,
                        (phase, lab) -> Comparison.equal(
                                new double[] {
                                    evenRisk(Quadratic.SQUARE, lab.stream()),
                                    evenRisk(AbsoluteValue.INSTANCE, lab.stream()),
                                    evenRisk(new Cosine(1, phase), lab.stream())
                                },
                                new double[] {1, 1, 1},
                                0,
                                "exact: V = 0"))
                .falsifiedBy("cos(z + 1/2)", 0.5);
    }

    private static double evenRisk(ClosedFormActivation s, RandomStream stream) {
        double[] slope = {0.6, 0.8, 0};
        return RandomFeatureRisk.ofLinear(
                        slope, s.centred(), WeightLaw.isotropic(3).draw(5, stream))
                .risk();
    }

    private static double[] each(double[] ratios, ToDoubleFunction<Double> f) {
        return Arrays.stream(ratios).map(f::applyAsDouble).toArray();
    }
}
