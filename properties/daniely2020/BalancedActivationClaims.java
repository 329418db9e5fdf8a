package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Which activations the theorem allows.
 *
 * <h2>Source</h2>
 *
 * D20, section 1, conditions (1) to (3).
 *
 * <h2>Statement</h2>
 *
 * {@code |s'| <= L}, {@code |s''| <= M} inside finitely many pieces, and {@code E s'(G) = 0} for G standard normal. With Hermite coefficients
 * {@code c_k}, {@code E s'(G) = E G s(G) = c_1}, so that {@code Var s = sum_(k >= 2) c_k^2 <= sum k c_k^2 / 2 = E s'^2 / 2}, with equality for
 * {@code z^2}.
 *
 * <h2>Instances</h2>
 *
 * Eighteen activations, even ones and others less their mean slope times z, all at once.
 *
 * <h2>How it is checked</h2>
 *
 * Expectations by quadrature split at the kinks, right to 1e-14 of terms below 60. L from difference quotients of values on [-200, 200] in
 * steps {@code h = 1/100}: never above L, by the mean value theorem, and at least {@code L - M h} where the largest slope lies inside, 2e-5
 * less where it lies at infinity. M from second differences over intervals without a kink, on [-20, 20]: averages of {@code s''}, never above M,
 * and within h times a third derivative below 2 of it. Their rounding is {@code 4 2^-53 |s| / h^2 < 1e-9}. The three constants of fourteen
 * activations are compared with values of another program, to their six decimals.
 *
 * <h2>Falsifiers</h2>
 *
 * ReLU, leaky ReLU, GELU, SiLU, tanh and the identity in (3), {@code z^2} in (1), constants 10% off, second differences across the kinks,
 * quadrature that is not split there, and Poincare's inequality with 1/3 in place of 1/2.
 */
class BalancedActivationClaims {
    private static final double H = 0.01;

    /** {@code E s'^2}, {@code E s'^2 G^2} and {@code Var s}, to six decimals. */
    private static final Map<DecentActivation, double[]> CONSTANTS = Map.ofEntries(
            Map.entry(BalancedActivations.ABSOLUTE_VALUE, new double[] {1, 1, .363380}),
            Map.entry(BalancedActivations.LOG_COSH, new double[] {.394294, .757890, .189767}),
            Map.entry(BalancedActivations.SOFTPLUS, new double[] {.043379, .105776, .021515}),
            Map.entry(BalancedActivations.GELU, new double[] {.205851, .328368, .095644}),
            Map.entry(BalancedActivations.SILU, new double[] {.129482, .267477, .063083}),
            Map.entry(BalancedActivations.COSINE, new double[] {.432332, .703003, .199788}),
            Map.entry(BalancedActivations.SINE, new double[] {.199788, .664877, .064453}),
            Map.entry(BalancedActivations.TANH, new double[] {.097524, .181395, .027415}),
            Map.entry(BalancedActivations.ERF, new double[] {.144997, .255353, .040146}),
            Map.entry(BalancedActivations.HYPERBOLA, new double[] {.344320, .655680, .165246}),
            Map.entry(BalancedActivations.HUBER, new double[] {.516059, .913555, .244378}),
            Map.entry(BalancedActivations.CUT_SQUARE, new double[] {2.954143, 5.407009, 1.232368}),
            Map.entry(BalancedActivations.GAUSSIAN_BUMP, new double[] {.192450, .192450, .077350}),
            Map.entry(BalancedActivations.CUT_ABSOLUTE_VALUE, new double[] {.682689, .198748, .117577}));

    private static double[] each(List<? extends Activation> list, ToDoubleFunction<Activation> f) {
        return list.stream().mapToDouble(f).toArray();
    }

    /** Activations with their claimed constants times a factor. */
    private record Bounds(List<DecentActivation> activations, double factor, boolean acrossKinks) {}

    @Claim(
            id = "D20.intro.act",
            statement =
                    "|\\sigma'| \\le L,\\qquad |\\sigma''| \\le M \\text{ inside the pieces},\\qquad \\mathbb E\\,\\sigma'(X) = 0",
            hypotheses =
                    "for $|x|$, $\\log\\cosh$, cos, $\\sqrt{1+x^2}$, $e^{-x^2/2}$, Huber, $\\min(x^2,4)$, $\\min(|x|,1)$, and for ReLU, leaky ReLU, "
                            + "$|x-\\frac12|$, softplus, GELU, SiLU, sin, tanh, erf less their mean slope times $x$")
    void activationsMeetTheThreeConditions(ClaimRun run) {
        List<DecentActivation> all = BalancedActivations.ALL;
        all.forEach(s -> run.covers(s.name()));
        run.check(
                        "E s'(G)",
                        all,
                        (list, lab) -> noMean(list, s -> GaussianMoments.of(s).meanSlope()))
                .falsifiedBy("ReLU", List.of(DecentActivation.RELU))
                .falsifiedBy("leaky ReLU", List.of(DecentActivation.LEAKY_RELU))
                .falsifiedBy("GELU", List.of(DecentActivation.GELU))
                .falsifiedBy("tanh", List.of(DecentActivation.TANH))
                .falsifiedBy("identity", List.of(DecentActivation.IDENTITY));
        run.check(
                        "E G s(G), which needs no derivative",
                        all,
                        (list, lab) -> noMean(list, s -> GaussianIntegral.expectation(z -> z * s.value(z), s.kinks())))
                .falsifiedBy("SiLU", List.of(DecentActivation.SILU))
                .falsifiedBy("softplus", List.of(DecentActivation.SOFTPLUS));
        Bounds claimed = new Bounds(all, 1, false);
        run.check(
                        "slopes at most L",
                        claimed,
                        (form, lab) -> atMost(form, BalancedActivationClaims::largestSlope, true))
                .falsifiedBy("0.9 L", new Bounds(all, 0.9, false))
                .falsifiedBy(
                        "z^2 with the L = 4 of min(z^2, 4)",
                        new Bounds(List.of(square(BalancedActivations.CUT_SQUARE)), 1, false));
        run.check(
                        "slopes reach L",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                each(all, s -> largestSlope((DecentActivation) s, false)),
                                each(all, s -> factor * s.lipschitz()),
                                0.021,
                                "M h <= 0.02, and 2e-5 at infinity"))
                .falsifiedBy("1.1 L", 1.1);
        run.check(
                        "second derivatives at most M",
                        claimed,
                        (form, lab) -> atMost(form, BalancedActivationClaims::largestCurvature, false))
                .falsifiedBy("0.9 M", new Bounds(all, 0.9, false))
                .falsifiedBy("across the kinks", new Bounds(all, 1, true));
        run.check(
                        "second derivatives reach M",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                each(all, s -> largestCurvature((DecentActivation) s, false)),
                                each(all, s -> factor * ((DecentActivation) s).curvature()),
                                0.02,
                                "h times a third derivative below 2"))
                .falsifiedBy("1.1 M", 1.1);
        run.check(
                        "Var s <= E s'^2/2",
                        0.5,
                        (factor, lab) -> Comparison.atMost(
                                each(all, s -> GaussianMoments.of(s).variance()),
                                each(all, s -> factor * GaussianMoments.of(s).squaredSlope()),
                                1e-13,
                                "quadrature right to 1e-14 of terms below 4"))
                .falsifiedBy("1/3 for 1/2", 1.0 / 3);
        run.check("equality for z^2", 0.5, (factor, lab) -> {
                    GaussianMoments moments = GaussianMoments.of(Quadratic.SQUARE);
                    return Comparison.equal(
                            moments.variance(),
                            factor * moments.squaredSlope(),
                            1e-13,
                            "quadrature to 1e-14 of terms below 4");
                })
                .falsifiedBy("1, without hypothesis (3)", 1.0);
        run.check(
                        "constants of fourteen activations",
                        (Rule) BalancedActivationClaims::split,
                        (rule, lab) -> constants(rule))
                .falsifiedBy("quadrature across the kinks", BalancedActivationClaims::unsplit);
        run.note(
                "E sigma'(X) = 0 holds for every even activation, and for any other once E sigma' times x is taken away; ReLU has 1/2, tanh 0.6057.");
    }

    private static Decision noMean(List<DecentActivation> list, ToDoubleFunction<Activation> mean) {
        return Comparison.equal(
                each(list, mean), new double[list.size()], 1e-12, "quadrature to 1e-14 of terms below 60");
    }

    private static Decision atMost(
            Bounds form, ToDoubleBiFunction<DecentActivation, Boolean> observed, boolean slopes) {
        double[] values = form.activations.stream()
                .mapToDouble(s -> observed.applyAsDouble(s, form.acrossKinks))
                .toArray();
        double[] bounds = form.activations.stream()
                .mapToDouble(s -> form.factor * (slopes ? s.lipschitz() : s.curvature()))
                .toArray();
        return Comparison.atMost(values, bounds, 1e-9, "4 2^-53 |s|/h^2 <= 1e-9");
    }

    /** The largest difference quotient. */
    private static double largestSlope(DecentActivation s, boolean ignored) {
        double largest = 0;
        for (int k = -20_000; k < 20_000; k++) {
            largest = Math.max(largest, Math.abs(s.value((k + 1) * H) - s.value(k * H)) / H);
        }
        return largest;
    }

    /** The largest second difference, over intervals without a kink or over all. */
    private static double largestCurvature(DecentActivation s, boolean acrossKinks) {
        double largest = 0;
        for (int k = -2000; k <= 2000; k++) {
            double z = (k + 0.5) * H; // the kinks are multiples of h
            if (acrossKinks || Arrays.stream(s.kinks()).noneMatch(kink -> Math.abs(kink - z) < 0.9 * H)) {
                largest = Math.max(largest, Math.abs(s.value(z + H) - 2 * s.value(z) + s.value(z - H)) / (H * H));
            }
        }
        return largest;
    }

    /** {@code z^2} with the constants of another activation. */
    private static DecentActivation square(DecentActivation other) {
        return new DecentActivation(
                "square", z -> z * z, z -> 2 * z, z -> 2, other.lipschitz(), other.curvature(), List.of());
    }

    /** A way to integrate against the normal law. */
    private interface Rule {
        double expectation(DoubleUnaryOperator f, double... kinks);
    }

    private static double split(DoubleUnaryOperator f, double... kinks) {
        return GaussianIntegral.expectation(f, kinks);
    }

    private static double unsplit(DoubleUnaryOperator f, double... ignored) {
        return GaussHermite.of(60).expectation(f);
    }

    private static Decision constants(Rule rule) {
        List<DecentActivation> list =
                BalancedActivations.ALL.stream().filter(CONSTANTS::containsKey).toList();
        double[] computed = new double[3 * list.size()];
        double[] known = new double[computed.length];
        for (int i = 0; i < list.size(); i++) {
            DecentActivation s = list.get(i);
            double mean = rule.expectation(s::value, s.kinks());
            computed[3 * i] = rule.expectation(z -> Math.pow(s.derivative(z), 2), s.kinks());
            computed[3 * i + 1] = rule.expectation(z -> Math.pow(z * s.derivative(z), 2), s.kinks());
            computed[3 * i + 2] = rule.expectation(z -> Math.pow(s.value(z) - mean, 2), s.kinks());
            System.arraycopy(CONSTANTS.get(s), 0, known, 3 * i, 3);
        }
        return Comparison.equal(computed, known, 5.1e-7, "six decimals");
    }
}
