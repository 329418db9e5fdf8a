package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.SingleStep;

/**
 * The second-order expansion of an example's own jump.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Claim 13, first two displays.
 *
 * <h2>Statement</h2>
 *
 * Let M be the largest {@code |s''|}, {@code u_j} the pre-activations of the example, {@code v_j} their shifts by the other examples,
 * {@code s_j = y a_j t (|x|^2/d) s'(u_j)} that by the example itself, {@code t = ln d/sqrt q}.
 *
 * <pre>{@code
 * |s(p + h) - s(p) - s'(p) h| <= M h^2/2,   |s'(p + h) - s'(p)| <= M |h|                  when no kink lies between
 * |jump - (ln d/q) (|x|^2/d) sum s'(u_j)^2| <= q^(-1/2) sum (M |v_j| |s_j| + M s_j^2/2)    without kinks
 * q^(-1/2) sum s_j^2/2 = (t^2 sqrt q/2) mean s'(u_j)^2 (|x|^2/d)^2
 * }</pre>
 *
 * <p>The last total is {@code O(ln^2 d/sqrt q)}: {@code o(ln d)} as soon as {@code ln^2 d/q -> 0}. Its mean has the factor
 * {@code E s'(u)^2 |x|^4 = E s'(G)^2 G^4 + 2 (d-1) E s'(G)^2 G^2 + (d^2 - 1) E s'(G)^2}.
 *
 * <h2>Instances</h2>
 *
 * Eighteen activations on pieces and at kinks, p to 4 and h to 3; steps of the smooth ones with d, q and m to 8, d = 1, q = 1 and m = 1 among them; the named
 * steps have d = q = 16, m = 1 and, for the total, d = 16, q = 12, m = 5.
 *
 * <h2>How it is checked</h2>
 *
 * Against values and slopes of the activation and against {@link SingleStep}. Rounding: 100 units of {@code (1 + L) (1 + |p| + |h|)}, and 1e-12 of a
 * step's size. The mean of the factor {@code s'(u)^2 (|x|^2/d)^2}: by samples, with {@code |x|^2/d} cut at 2, which changes it by less than 1e-5 at d = 64. That of
 * the total: by steps on one example, over what is claimed and cut at 2; its standard deviation is 0.3 at most, and less than 0.001 is cut off.
 *
 * <h2>Falsifiers</h2>
 *
 * 0.45 and 1/4 for 1/2, 0.9 for 1, a kink between; the jump without a remainder, with 0.8 of its first term, or with slopes that are not squared; the
 * total without 1/2, without {@code (|x|^2/d)^2}, as {@code ln^2 d/q}, with t for {@code t^2}, and a tenth too large.
 */
class JumpExpansionClaims {
    /** From p, a step h. */
    record Move(DecentActivation activation, double from, double step) {
        /** The same, half as far as the next kink at most, in the direction in which the slope at p is taken. */
        Move withinPiece() {
            double h = activation.kinkList().contains(from) ? Math.abs(step) : step;
            for (double kink : activation.kinks()) {
                boolean between = h > 0 ? kink > from && kink <= from + h : kink < from && kink >= from + h;
                h = between ? (kink - from) / 2 : h;
            }
            return new Move(activation, from, h);
        }

        double valueError() {
            return Math.abs(
                    activation.value(from + step) - activation.value(from) - activation.derivative(from) * step);
        }

        double slopeError() {
            return Math.abs(activation.derivative(from + step) - activation.derivative(from));
        }

        double rounding() {
            return 100 * 0x1p-53 * (1 + activation.lipschitz()) * (1 + Math.abs(from) + Math.abs(step));
        }
    }

    @Provide
    Arbitrary<Move> moves() {
        return Combinators.combine(
                        Arbitraries.of(BalancedActivations.ALL),
                        Arbitraries.doubles().between(-4, 4),
                        Arbitraries.doubles().between(-3, 3))
                .as(Move::new);
    }

    @Provide
    Arbitrary<SmallStep> smoothSteps() {
        return Combinators.combine(
                        Arbitraries.of(BalancedActivations.SMOOTH),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(false, true),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((s, d, q, m, ones, seed) -> new SmallStep(s, d, 1 + q % d, m, ones, seed));
    }

    /** The factor of the bound, and whether the step ends before the next kink. */
    private record Bound(double factor, boolean withinPiece) {
        Decision decide(List<Move> moves, boolean slopes) {
            List<Move> used =
                    withinPiece ? moves.stream().map(Move::withinPiece).toList() : moves;
            double[] errors = used.stream()
                    .mapToDouble(move -> slopes ? move.slopeError() : move.valueError())
                    .toArray();
            double[] bounds = used.stream()
                    .mapToDouble(move ->
                            factor * move.activation.curvature() * Math.pow(Math.abs(move.step), slopes ? 1 : 2))
                    .toArray();
            double rounding = used.stream().mapToDouble(Move::rounding).max().orElseThrow();
            return Comparison.atMost(errors, bounds, rounding, "100 units of (1 + L)(1 + |p| + |h|)");
        }
    }

    /** The first term's function of a slope, and the factor of the remainder. */
    private record Expansion(DoubleUnaryOperator term, double remainder) {}

    @Claim(
            id = "D20.claim13.taylor",
            statement =
                    "\\Big|y_m\\big[h_{W + \\eta G}(x_m) - h_{W + \\eta \\tilde G}(x_m)\\big] - \\frac{\\ln d}{q} \\frac{\\|x_m\\|^2}{d}"
                            + " \\sum_j \\sigma'(\\langle w_j, x_m \\rangle)^2\\Big| \\le \\frac{M}{\\sqrt q} \\sum_j \\Big(|v_j| |s_j| +"
                            + " \\frac{s_j^2}{2}\\Big)",
            hypotheses =
                    "$|\\sigma''| \\le M$ and no kink between $\\langle w_j, x_m \\rangle$, $\\langle w_j + \\eta \\tilde g_j, x_m \\rangle$ and $\\langle"
                            + " w_j + \\eta g_j, x_m \\rangle$, whose gaps are $v_j = \\langle \\eta \\tilde g_j, x_m \\rangle$ and $s_j = \\langle \\eta g^m_j,"
                            + " x_m \\rangle$")
    void jumpsHaveASecondOrderExpansion(
            @ForAll("moves") Move drawn, @ForAll("smoothSteps") SmallStep small, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.activation.kinkList().isEmpty() ? "smooth" : "kinked");
        small.cover(run);
        List<Move> moves = List.of(
                drawn,
                new Move(
                        drawn.activation,
                        drawn.activation.kinkList().stream().findFirst().orElse(0.0),
                        drawn.step),
                new Move(BalancedActivations.HUBER, 0.1, 0.5),
                new Move(BalancedActivations.ABSOLUTE_VALUE, 0.1, -0.5));
        run.check("value", new Bound(0.5, true), (form, lab) -> form.decide(moves, false))
                .falsifiedBy("M h^2/4", new Bound(0.25, true))
                .falsifiedBy("0.45 M h^2", new Bound(0.45, true))
                .falsifiedBy("across a kink", new Bound(0.5, false));
        run.check("slope", new Bound(1, true), (form, lab) -> form.decide(moves, true))
                .falsifiedBy("0.9 M |h|", new Bound(0.9, true))
                .falsifiedBy("across a kink", new Bound(1, false));

        SmallStep named = new SmallStep(BalancedActivations.SOFTPLUS, 16, 16, 1, false, 1);
        List<SmallStep> steps = List.of(small, named);
        run.check(
                        "jump",
                        new Expansion(slope -> slope * slope, 1),
                        (form, lab) -> Comparison.atMost(
                                steps.stream()
                                        .mapToDouble(step -> excess(step, form))
                                        .toArray(),
                                0,
                                1e-12,
                                "1e-12: sums of 16 terms of numbers below 100"))
                .falsifiedBy("without a remainder", new Expansion(slope -> slope * slope, 0))
                .falsifiedBy("0.8 of the first term", new Expansion(slope -> 0.8 * slope * slope, 1))
                .falsifiedBy("s' for s'^2", new Expansion(slope -> slope, 1));
    }

    /** How far example 0's jump is beyond the bound. */
    private static double excess(SmallStep small, Expansion form) {
        StepSetting setting = small.setting();
        SmallStep.Sample sample = small.sample(0);
        SingleStep step = new SingleStep(
                small.network(), sample.points(), sample.y(), setting.rule().withoutHinge());
        double[] u = step.preactivations(0);
        double[] v = step.shifts(0);
        double own = setting.ownShift() * step.squaredNorms()[0] / setting.d();
        double first = 0;
        double remainder = 0;
        for (int j = 0; j < u.length; j++) {
            double slope = small.activation().derivative(u[j]);
            double shift = Math.abs(own * slope);
            first += own * form.term.applyAsDouble(slope);
            remainder += small.activation().curvature() * (Math.abs(v[j]) * shift + shift * shift / 2);
        }
        double root = Math.sqrt(u.length);
        return Math.abs(step.outputs().jumps()[0] - first / root) - form.remainder * remainder / root;
    }

    @Provide
    Arbitrary<DecentActivation> curved() {
        return Arbitraries.of(Stream.concat(BalancedActivations.SMOOTH.stream(), Stream.of(BalancedActivations.HUBER))
                .toList());
    }

    /** The total from {@code t}, q, the mean squared slope and {@code |x|^2/d}. */
    private interface Total {
        double at(double t, double q, double squaredSlope, double ratio);
    }

    @Claim(
            id = "D20.claim13.second",
            statement =
                    "\\frac{1}{\\sqrt q} \\sum_{j \\le q} \\frac{\\langle \\eta g^m_j, x_m \\rangle^2}{2} = \\frac{\\ln^2 d}{2 \\sqrt q}"
                            + " \\Big(\\frac 1q \\sum_j \\sigma'(\\langle w_j, x_m \\rangle)^2\\Big) \\Big(\\frac{\\|x_m\\|^2}{d}\\Big)^2 = o(\\ln d)",
            hypotheses = "$q \\ge \\ln^4 d$; what is used is $\\ln^2 d/q \\to 0$",
            instances = 3)
    void secondOrderTermsAddUpToLittle(@ForAll("curved") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        run.note(
                "The signs a_j cancel: the remainder itself is 20 to 40 times smaller than this total of absolute values.");
        StepSetting setting = new StepSetting(s, 16, 12, 5);
        Total claimed = (t, q, squaredSlope, ratio) -> t * t * Math.sqrt(q) / 2 * squaredSlope * ratio * ratio;
        run.check("total of a step", claimed, (form, lab) -> total(setting, form, lab.stream()))
                .falsifiedBy("ln^2 d/q", (t, q, squaredSlope, ratio) -> t * t / 2 * squaredSlope * ratio * ratio)
                .falsifiedBy("without 1/2", (t, q, squaredSlope, ratio) -> 2 * claimed.at(t, q, squaredSlope, ratio))
                .falsifiedBy("without (|x|^2/d)^2", (t, q, squaredSlope, ratio) -> claimed.at(t, q, squaredSlope, 1))
                .falsifiedBy(
                        "|x|^2/d without the square",
                        (t, q, squaredSlope, ratio) -> claimed.at(t, q, squaredSlope, Math.sqrt(ratio)));

        int d = 64;
        double mean = meanFactor(s, d);
        double limit = GaussianMoments.of(s).squaredSlope();
        double most = 4 * Math.pow(s.lipschitz(), 2);
        run.check(
                        "mean of s'(u)^2 (|x|^2/d)^2, d = q = 64",
                        mean,
                        (target, lab) -> lab.meanEquals(target, 0.4 * (mean - limit), new Bounded(0, most), stream -> {
                            double[] x = stream.gaussians(d);
                            double square = 0;
                            double slopes = 0;
                            for (double z : x) {
                                square += z * z;
                                slopes += Math.pow(s.derivative(z), 2);
                            }
                            return slopes / d * Math.pow(Math.min(square / d, 2), 2);
                        }))
                .falsifiedBy("E s'(G)^2", limit)
                .falsifiedBy("1.2 of it", Math.min(1.2 * mean, most));

        int large = run.size("d = q", 128, 512, 512);
        StepSetting alone = new StepSetting(s, large, large, 1);
        DoubleUnaryOperator total = t -> t * t * Math.sqrt(large) / 2 * meanFactor(s, large);
        run.check(
                        "mean total of a step, d = q, m = 1",
                        total,
                        (DoubleUnaryOperator form, Lab lab) -> lab.meanEquals(
                                1,
                                0.05,
                                new Bounded(0, 2),
                                stream ->
                                        Math.min(2, drawnTotal(alone, stream) / form.applyAsDouble(alone.ownShift()))))
                .falsifiedBy("t for t^2", t -> total.applyAsDouble(Math.sqrt(t)))
                .falsifiedBy("1.1 of it", t -> 1.1 * total.applyAsDouble(t));
    }

    /** {@code (1/sqrt q) sum s_j^2/2} of the only example, from {@code W = [I 0]}. */
    private static double drawnTotal(StepSetting setting, RandomStream stream) {
        SingleStep step = setting.step(setting.rule().withoutHinge(), stream);
        double[] change = step.step().data;
        DMatrixRMaj x = setting.points(stream.part("points"));
        double sum = 0;
        for (int j = 0; j < setting.q(); j++) {
            sum += Math.pow(LinearAlgebra.dot(change, j * setting.d(), x.data, 0, setting.d()), 2);
        }
        return sum / (2 * Math.sqrt(setting.q()));
    }

    /** {@code (1/sqrt q) sum s_j^2/2} of example 0, from the pre-activations without and with its own step. */
    private static Decision total(StepSetting setting, Total form, RandomStream stream) {
        DMatrixRMaj points = setting.points(stream.part("points"));
        SingleStep step = new SingleStep(
                setting.rotatedNetwork(stream.part("weights")),
                points,
                stream.part("labels").signs(setting.m()),
                setting.rule().withoutHinge());
        DMatrixRMaj x = CommonOps_DDRM.extractRow(points, 0, null);
        double[] after = step.network().preactivations(x).data;
        double[] before = step.leaveOneOutNetwork(0).preactivations(x).data;
        double sum = 0;
        for (int j = 0; j < after.length; j++) {
            sum += Math.pow(after[j] - before[j], 2);
        }
        double squaredSlope = Arrays.stream(step.preactivations(0))
                .map(u -> Math.pow(setting.activation().derivative(u), 2))
                .average()
                .orElseThrow();
        double ratio = step.squaredNorms()[0] / setting.d();
        return Comparison.equal(
                sum / (2 * Math.sqrt(setting.q())),
                form.at(setting.ownShift(), setting.q(), squaredSlope, ratio),
                1e-12,
                "1e-12: pre-activations below 100 to 100 units, shifts below 1");
    }

    /** {@code E s'(u)^2 |x|^4/d^2}. */
    private static double meanFactor(DecentActivation s, double d) {
        GaussianMoments moments = GaussianMoments.of(s);
        double fourth = GaussianIntegral.expectation(z -> Math.pow(s.derivative(z) * z * z, 2), s.kinks());
        return (fourth + 2 * (d - 1) * moments.weightedSlope() + (d * d - 1) * moments.squaredSlope()) / (d * d);
    }
}
