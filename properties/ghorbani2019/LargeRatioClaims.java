package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The risk of random features with many neurons per dimension: what stays is the angle between Gamma and B.
 *
 * <h2>Source</h2>
 *
 * G19, equation (11), which lacks a hypothesis, and the text after it.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * l_2 != 0:  lim_rho lim_{d, N/d -> rho} R_RF / |f*|^2 = 1 - <Gamma, B>^2 / (|Gamma|_F^2 |B|_F^2)
 * l_2 = 0:   R_RF / |f*|^2 -> 1 at every rho
 * Gamma = I/d:   the limit is 1 - (tr B)^2 / (d |B|_F^2)
 * }</pre>
 *
 * With {@code a = d <Gamma, B>^2 / |B|_F^2}, {@code g = d |Gamma|_F^2}, {@code s = psi l_2^2} the difference of (10) and (11) is
 * {@code 2 a / (g (2 + s g))}; as {@code (rho - 1) / l~ <= psi <= rho / l~}, it is at most
 * {@code 2 a l~ / (g^2 l_2^2 (rho - 1))} and near that for large rho.
 *
 * <h2>Instances</h2>
 *
 * Laws and targets whose angle is neither 0 nor a right one, with {@code cos^2} from 0.49 to 0.74; five activations with {@code l_2 != 0}, two odd
 * ones. For isotropic weights targets of either sign, diagonal or rotated.
 *
 * <h2>How it is checked</h2>
 *
 * (10) at {@code rho = 10, ..., 10^4} against the bound. The exact risks at finite d of {@code s(z) = z^2 - 1}, where (10) is
 * {@code 1 - rho a / (1 + rho g)} and hence {@code (1 + rho g)(R - 1 + a/g)} the same for all rho: extrapolated to infinite rho from 1/2 and 2,
 * so that N stays far below {@code d^2/2}; their mean gap vanishes like 1/d ({@link RiskLadder}). For odd activations
 * {@code E f* s(w . x) = 0}, so that the exact risk is {@code |f*|^2} for every N.
 *
 * <h2>Falsifiers</h2>
 *
 * (11) for odd activations, as printed; 0.9 of the bound, and the bound with {@code (rho - 1)^1.25}; cos in place of its square, and
 * 0.8 of it. For isotropic weights the missing d, the root of {@code t}, and rho = 2 taken for infinite.
 */
class LargeRatioClaims {
    private static final double[] LARGE = {10, 100, 1e3, 1e4};
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    /** Laws of weights and targets at some angle. */
    record Angle(WeightFamily weights, TargetFamily target) {
        double cosSquared(int d) {
            QuadraticTarget b = target.of(d);
            WeightLaw law = weights.of(d);
            return law.alignment(b.matrix()) / (law.size() * b.frobeniusSquared());
        }
    }

    @Provide
    Arbitrary<Angle> angles() {
        List<Angle> angles = new ArrayList<>();
        for (WeightFamily weights : WeightFamily.values()) {
            for (TargetFamily target : List.of(TargetFamily.IDENTITY, TargetFamily.TWO_LEVELS)) {
                Angle angle = new Angle(weights, target);
                if (angle.cosSquared(40) > 0.4 && angle.cosSquared(40) < 0.75) {
                    angles.add(angle);
                }
            }
        }
        return Arbitraries.of(angles);
    }

    @Provide
    Arbitrary<ClosedFormActivation> withQuadraticPart() {
        return Arbitraries.of(
                Relu.INSTANCE, AbsoluteValue.INSTANCE, new Quadratic(1, 0.7), new Exponential(0.8), new Cosine(1, 0.7));
    }

    /** The bound {@code constant 2 a l~ / (g^2 l_2^2 (rho - 1)^power)}. */
    private record Bound(double constant, double power) {}

    @Claim(
            id = "G19.eq11",
            statement =
                    "\\lim_{\\rho \\to \\infty} \\lim_{d \\to \\infty, N/d \\to \\rho} \\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2}"
                            + " = \\lim_{d \\to \\infty} \\left( 1 - \\frac{\\langle \\Gamma, B \\rangle^2}{\\|\\Gamma\\|_F^2 \\|B\\|_F^2} \\right)",
            correction =
                    "\\lim_{\\rho \\to \\infty} \\lim_{d \\to \\infty, N/d \\to \\rho} \\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2}"
                            + " = \\lim_{d \\to \\infty} \\left( 1 - \\frac{\\langle \\Gamma, B \\rangle^2}{\\|\\Gamma\\|_F^2 \\|B\\|_F^2} \\right)"
                            + " \\text{ if } \\lambda_2 \\ne 0, \\quad 1 \\text{ if } \\lambda_2 = 0",
            hypotheses =
                    "$\\lambda_0 = 0$; $E f_* = 0$; here the rest in (10) is of order $1/\\rho$ and the mean gap vanishes like $1/d$",
            derivation =
                    "A1 and $\\lambda_0 = 0$ allow odd $\\sigma$, for which $\\lambda_2 = 0$: (10) is 1 at every $\\rho$."
                            + " For $\\sigma = \\operatorname{erf}$, $\\Gamma = I/d$, $B = I$ the printed limit is 0, but"
                            + " $E f_*(x)\\, \\sigma(\\langle w, x \\rangle) = 0$ for every $w$, so that the risk is $\\|f_*\\|^2$ for every $N$.",
            instances = 3)
    void whatStaysIsTheAngleUnlessTheActivationIsOdd(
            @ForAll("angles") Angle angle, @ForAll("withQuadraticPart") ClosedFormActivation activation, ClaimRun run) {
        run.covers("weights " + angle.weights).covers("target " + angle.target).covers(activation.name());
        run.check(
                        "(10) approaches (11)",
                        new Bound(1, 1),
                        (bound, lab) -> approaches(bound, angle, activation.centred()))
                .falsifiedBy("0.9 of the bound", new Bound(0.9, 1))
                .falsifiedBy("like rho^-1.25", new Bound(1, 1.25));
        DoubleUnaryOperator one = cosSquared -> 1;
        run.check("odd activations", one, (limit, lab) -> odd(limit, angle, run.stream()))
                .printedAs("1 - cos^2", cosSquared -> 1 - cosSquared);
        RiskLadder ladder = extrapolated(run, angle.weights::of, angle.target::of);
        DoubleUnaryOperator limit = c -> 1 - c;
        run.check(
                        "exact risk",
                        limit,
                        (form, lab) -> ladder.tendsTo(0, d -> form.applyAsDouble(angle.cosSquared(d)), lab))
                .falsifiedBy("1 - |cos|", c -> 1 - Math.sqrt(c))
                .falsifiedBy("1 - 0.8 cos^2", c -> 1 - 0.8 * c);
    }

    /** The difference of (10) and (11), over the bound without its constant. */
    private static Decision approaches(Bound bound, Angle angle, ClosedFormActivation s) {
        int d = 40;
        QuadraticTarget target = angle.target.of(d);
        WeightLaw law = angle.weights.of(d);
        double square = s.hermite2() * s.hermite2();
        double size = law.size();
        double limit = 1 - angle.cosSquared(d);
        double scale = 2 * angle.cosSquared(d) * s.nonlinearity() / (size * square);
        double[] shares = Arrays.stream(LARGE)
                .map(rho ->
                        (RandomFeatureLimit.risk(target, s, law, rho) - limit) * Math.pow(rho - 1, bound.power) / scale)
                .toArray();
        return Comparison.atMost(
                shares,
                bound.constant,
                (3 * d + 20) * 0x1p-53 * LARGE[LARGE.length - 1] / scale,
                "(10) and (11) to (3 d + 20) u, over their difference at rho = 10^4");
    }

    /** Exact and limiting risks of odd activations, those of {@code Gamma = I/d}, {@code B = I} among them. */
    private static Decision odd(DoubleUnaryOperator limit, Angle angle, RandomStream stream) {
        List<Double> risks = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        for (Angle one : List.of(angle, new Angle(WeightFamily.ISOTROPIC, TargetFamily.IDENTITY))) {
            for (int d : new int[] {2, 10}) {
                QuadraticTarget target = one.target.of(d);
                WeightLaw law = one.weights.of(d);
                for (ClosedFormActivation s : List.of(ErrorFunction.INSTANCE, new Cosine(1, Math.PI / 2))) {
                    double[] exact = RandomFeatureRisk.of(target, s, law.draw(3 * d, stream.part(one + s.name() + d)))
                            .risks();
                    Arrays.stream(exact)
                            .map(risk -> risk / target.normSquared())
                            .forEach(risks::add);
                    Arrays.stream(LARGE)
                            .map(rho -> RandomFeatureLimit.risk(target, s, law, rho))
                            .forEach(risks::add);
                    while (limits.size() < risks.size()) {
                        limits.add(limit.applyAsDouble(one.cosSquared(d)));
                    }
                }
            }
        }
        return Comparison.equal(
                risks.stream().mapToDouble(x -> x).toArray(),
                limits.stream().mapToDouble(x -> x).toArray(),
                4 * 0x1p-53,
                "all terms but |f*|^2 are below u^2 |U^-1|");
    }

    /**
     * The exact risk of {@code z^2 - 1}, extrapolated to infinitely many neurons per dimension from {@code rho = 1/2} and 2:
     * {@code ((1 + 2g) R(2) - (1 + g/2) R(1/2)) / (3g/2)}.
     */
    private static RiskLadder extrapolated(
            ClaimRun run, IntFunction<WeightLaw> weights, IntFunction<QuadraticTarget> targets) {
        return new RiskLadder(run, "exact risk", d -> {
            WeightLaw law = weights.apply(d);
            QuadraticTarget target = targets.apply(d);
            double size = law.size();
            return stream -> {
                double[] risks = RandomFeatureRisk.of(target, SQUARE, law.draw(2 * d, stream))
                        .risks();
                double many = (1 + 2 * size) * risks[2 * d - 1];
                double few = (1 + size / 2) * risks[d / 2 - 1];
                return new double[] {(many - few) / (1.5 * size * target.normSquared())};
            };
        });
    }

    /** A target in its own basis or in a random one. */
    record Target(TargetFamily family, boolean rotated) {
        QuadraticTarget of(int d) {
            return rotated ? family.rotated(d, RandomStream.of(d, "LargeRatioClaims")) : family.of(d);
        }
    }

    @Provide
    Arbitrary<Target> targets() {
        return Combinators.combine(
                        Arbitraries.of(TargetFamily.EXPONENTIAL, TargetFamily.NEGATIVE, TargetFamily.TWO_LEVELS),
                        Arbitraries.of(true, false))
                .as(Target::new);
    }

    @Claim(
            id = "G19.rf-iso",
            statement = "\\Gamma = I/d:\\quad \\lim_{\\rho \\to \\infty} \\lim_{d \\to \\infty, N/d \\to \\rho}"
                    + " \\frac{R_{\\mathrm{RF}}}{\\|f_*\\|^2} = \\lim_{d \\to \\infty} \\left( 1 -"
                    + " \\frac{\\operatorname{tr}(B)^2}{d \\|B\\|_F^2} \\right)",
            hypotheses = "$\\lambda_0 = 0$, $\\lambda_2 \\ne 0$, $E f_* = 0$; here the mean gap vanishes like $1/d$",
            instances = 2)
    void isotropicFeaturesSeeTheTraceAlone(@ForAll("targets") Target target, ClaimRun run) {
        run.covers("target " + target.family).covers(target.rotated ? "B rotated" : "B diagonal");
        ToDoubleFunction<QuadraticTarget> claimed = b -> 1 - b.traceShare();
        ToDoubleFunction<QuadraticTarget> withoutDimension = b -> 1 - b.traceShare() * b.dimension();
        ToDoubleFunction<QuadraticTarget> root = b -> 1 - Math.sqrt(b.traceShare());
        run.check("(11) at Gamma = I/d", claimed, (form, lab) -> isotropic(form))
                .falsifiedBy("1 - tr(B)^2 / |B|^2", withoutDimension)
                .falsifiedBy("1 - |tr B| / (sqrt(d) |B|)", root);
        RiskLadder ladder = extrapolated(run, WeightLaw::isotropic, target::of);
        run.check("exact risk", claimed, (form, lab) -> ladder.tendsTo(0, d -> form.applyAsDouble(target.of(d)), lab))
                .falsifiedBy("1 - tr(B)^2 / |B|^2", withoutDimension)
                .falsifiedBy("1 - |tr B| / (sqrt(d) |B|)", root)
                .falsifiedBy("rho = 2 for infinity", b -> 1 - 2 * b.traceShare() / 3);
    }

    /** (11) for targets of every family, in both bases. */
    private static Decision isotropic(ToDoubleFunction<QuadraticTarget> form) {
        int d = 12;
        WeightLaw law = WeightLaw.isotropic(d);
        QuadraticTarget[] targets = Arrays.stream(TargetFamily.values())
                .flatMap(family -> Stream.of(new Target(family, false), new Target(family, true)))
                .map(target -> target.of(d))
                .toArray(QuadraticTarget[]::new);
        return Comparison.equal(
                Arrays.stream(targets)
                        .mapToDouble(b -> 1 - law.alignment(b.matrix()) / (law.size() * b.frobeniusSquared()))
                        .toArray(),
                Arrays.stream(targets).mapToDouble(form).toArray(),
                4 * d * d * 0x1p-53,
                "two inner products of d^2 terms, squared");
    }
}
