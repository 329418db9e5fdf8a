package daniely2020;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.LongRange;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SingleStep;

/**
 * A constant activation meets the printed conditions, and no step moves it.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 1 with conditions (1) to (3) of section 1.
 *
 * <h2>Statement</h2>
 *
 * {@code s = 1} is 0-Lipschitz and smooth with {@code E s'(G) = 0}. Then {@code G = 0}, {@code W+ = W} and {@code y h_(W+)(x) = y sum_j a_j/sqrt q},
 * which is no multiple of {@code ln d}. The theorem needs {@code E s'(G)^2 > 0}, its constant in {@code Omega(ln d)}.
 *
 * <h2>Instances</h2>
 *
 * The theorem's own regime: {@code d = q = 16384}, {@code ln^4 d = 8868 <= q}, m = 8 examples; the activations 1, {@code |x|}, log cosh, cos, Huber and
 * {@code min(x^2, 4)}. The constant also at {@code q = 16}, with a sum of signs 0 and 4.
 *
 * <h2>How it is checked</h2>
 *
 * The theorem, as it is asked of activations that a set of hypotheses lets pass: all margins at least {@code 0.03 ln d}. The leave-one-out output is
 * nearly normal with variance {@code Var s} and the jump nearly {@code E s'^2 ln d}: log cosh, the least favourable, has
 * {@code (0.39 - 0.03) 9.7 / 0.436 = 8.1} standard deviations to spare, so that one of 8 margins fails with probability below 1e-14.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed hypotheses; 0.6 for the constant, above {@code E s'^2} of log cosh; an activation a thousandth of log cosh away from a constant;
 * {@code sum_j a_j / q}.
 */
class ConstantActivationClaims {
    private static final int D = 16_384;
    private static final int M = 8;

    /** Hypotheses on the activation, and the constant in {@code Omega(ln d)}. */
    private record Theorem(Predicate<DecentActivation> hypotheses, double constant) {}

    private static boolean asPrinted(DecentActivation s) {
        return Double.isFinite(s.lipschitz())
                && Double.isFinite(s.curvature())
                && Math.abs(GaussianMoments.of(s).meanSlope()) < 1e-12;
    }

    private static boolean corrected(DecentActivation s) {
        return asPrinted(s) && GaussianMoments.of(s).squaredSlope() > 0;
    }

    @Claim(
            id = "D20.thm1.nonconstant",
            statement =
                    "\\sigma \\text{ Lipschitz, piecewise } C^2,\\ \\mathbb E\\,\\sigma'(X) = 0 \\;\\Longrightarrow\\;"
                            + " \\forall i:\\ y_i\\, h_{W^+}(x_i) = \\Omega(\\ln d) \\text{ w.p. } 1 - o(1)",
            correction =
                    "\\sigma \\text{ Lipschitz, piecewise } C^2,\\ \\mathbb E\\,\\sigma'(X) = 0,\\ \\mathbb E\\,\\sigma'(X)^2 > 0"
                            + " \\;\\Longrightarrow\\; \\forall i:\\ y_i\\, h_{W^+}(x_i) = \\Omega(\\ln d) \\text{ w.p. } 1 - o(1)",
            derivation =
                    "$\\sigma = 1$ meets the printed conditions. Then $\\sigma' = 0$, so $W^+ = W$ and $y_i h_{W^+}(x_i) ="
                            + " y_i \\sum_j a_j/\\sqrt q$, which is 0 when the signs cancel.",
            hypotheses =
                    "$\\ln^4 d \\le q \\le d$, $m \\le dq/\\ln^4 d$, $|\\sum_j a_j| \\le \\sqrt q$; margins at least $0.03 \\ln d$ at"
                            + " $d = q = 16384$, $m = 8$",
            instances = 4)
    void constantActivationsAreNotMemorized(@ForAll @LongRange(min = 0, max = 1_000_000) long seed, ClaimRun run) {
        List<DecentActivation> activations = List.of(
                BalancedActivations.CONSTANT,
                BalancedActivations.ABSOLUTE_VALUE,
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.HUBER,
                BalancedActivations.CUT_SQUARE);
        activations.forEach(s -> run.covers(s.name()));
        RandomStream stream = RandomStream.of(seed, "ConstantActivationClaims");
        double[] leastMargins =
                activations.stream().mapToDouble(s -> leastMargin(s, stream)).toArray();
        run.check("least margin over ln d", new Theorem(ConstantActivationClaims::corrected, 0.03), (theorem, lab) -> {
                    double[] observed = IntStream.range(0, leastMargins.length)
                            .filter(i -> theorem.hypotheses.test(activations.get(i)))
                            .mapToDouble(i -> leastMargins[i])
                            .toArray();
                    return Comparison.atLeast(observed, theorem.constant, 0, "none: 8 standard deviations to spare");
                })
                .printedAs("conditions (1) to (3)", new Theorem(ConstantActivationClaims::asPrinted, 0.03))
                .falsifiedBy("the constant 0.6", new Theorem(ConstantActivationClaims::corrected, 0.6));
        run.check("a constant does not move", BalancedActivations.CONSTANT, (s, lab) -> {
                    double[] step =
                            new StepSetting(s, 16, 16, 12, 0).step(stream).step().data;
                    return Comparison.equal(step, new double[step.length], 0, "none: slopes are 0");
                })
                .falsifiedBy("0.001 log cosh", BalancedActivations.LOG_COSH.times(0.001));
        run.check("its margins are y sum a/sqrt q", Math.sqrt(16), (root, lab) -> {
                    SingleStep step = new StepSetting(BalancedActivations.CONSTANT, 24, 16, 12, 4).step(stream);
                    double[] claimed = step.outputs().y().clone();
                    for (int i = 0; i < claimed.length; i++) {
                        claimed[i] *= 4 / root;
                    }
                    return Comparison.equal(step.outputs().margins(), claimed, 1e-14, "16 roundings of sums below 3");
                })
                .falsifiedBy("sum a/q", 16.0);
    }

    private static double leastMargin(DecentActivation s, RandomStream stream) {
        double[] margins = new StepSetting(s, D, D, M)
                .probed(M, stream.part(s.name()))
                .outputs()
                .margins();
        double least = Double.POSITIVE_INFINITY;
        for (double margin : margins) {
            least = Math.min(least, margin / Math.log(D));
        }
        return least;
    }
}
