package daniely2020;

import daniely2020.StepRuns.Flaw;
import daniely2020.StepRuns.Run;
import daniely2020.StepRuns.Step;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.JumpRatio;

/**
 * The theorem's number of examples at sizes below its regime: all are memorised, and the margins approach {@code E s'^2 ln d}.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 1, Lemma 7, and the last display of Claim 13.
 *
 * <h2>Statement</h2>
 *
 * For {@code q = d}, {@code m = d^2/ln^4 d}, one step memorises all examples, by margins {@code Omega(ln d)}, with the hinge (Theorem 1) or without it
 * (Lemma 7). With R of {@link JumpRatio}, the mean margin is near {@code R ln d}, and
 *
 * <pre>{@code
 * max_i |y_i h_(W+)(x_i)/ln d - E s'^2| <= 1 - R + O(sd(s) sqrt(2 ln m)/ln d) = O(1/sqrt(ln d)).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code |x|}, for which {@code E s'^2 = 1}, at d = 64, 128, ..., 1024, where {@code ln^4 d <= q} cannot be had ({@code D20.set.regime}).
 *
 * <h2>How it is checked</h2>
 *
 * Events of single runs are counted: they have probability 0.1 at most, against 0.5. Bands of means are about five standard deviations of a run's mean.
 * The largest of m nearly normal deviations lies near {@code sd sqrt(2 ln m)}; 1.6 times that leaves room for the few tens of examples at small d. The
 * last bound times {@code sqrt(ln d)} is computed for {@code ln d = 7, 10, 15, 20}: it rises to {@code 1.6 sd sqrt 4 = 1.93}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code m = dq/16}; {@code eta = m/d}; the step uphill; a point with both labels; equal neurons; all signs +1; other constants; R with its own shift doubled or {@code rho^2} for {@code rho}; no union over the
 * sample; other powers of {@code ln d}.
 */
class MemorizationLadderClaims {
    private static final DecentActivation ABS = BalancedActivations.ABSOLUTE_VALUE;
    private static final double DEVIATION = Math.sqrt(GaussianMoments.of(ABS).variance());

    /** How far a run's mean jump over ln d may be from R, about five standard deviations. */
    private static double jumpBand(StepSetting s) {
        return s.d() == 64 ? 0.2 : s.d() == 128 ? 0.11 : 12.5 / s.d();
    }

    private static List<StepSetting> ladder(int from, int to) {
        return IntStream.iterate(from, d -> d <= to, d -> 2 * d)
                .mapToObj(d -> StepSetting.square(ABS, d))
                .toList();
    }

    private static List<Step> steps(List<StepSetting> ladder, Function<StepSetting, Step> step) {
        return ladder.stream().map(step).toList();
    }

    /** With {@code m = dq/16}: at d = 64 some 6 of 256 examples are missed. */
    private static Step sixteenth(StepSetting s) {
        return new Step(new StepSetting(ABS, s.d(), s.q(), s.d() * s.q() / 16));
    }

    private static Step allPositive(StepSetting s) {
        return new Step(new StepSetting(ABS, s.d(), s.q(), s.m(), s.q()));
    }

    @Claim(
            id = "D20.thm1.ladder",
            statement =
                    "q = d,\\ m = \\lfloor d^2/\\ln^4 d\\rfloor:\\qquad \\forall i:\\ y_i\\, h_{W^+}(x_i) = \\Omega(\\ln d)"
                            + " \\text{ w.h.p.}",
            hypotheses =
                    "$\\sigma = |\\cdot|$, $\\sum_j a_j = 0$; here all margins are positive, and at least $\\frac14 \\ln d$ from"
                            + " $d = 256$ on; the mean jump is $R \\ln d$ up to 0.2 ($d = 64$) to $12.5/d$ ($d \\ge 256$) times $\\ln d$")
    void samplesAreMemorizedBelowTheRegime(ClaimRun run) {
        List<StepSetting> ladder = cover(run, 64);
        Function<StepSetting, Step> theorem = Step::new;
        run.check(
                        "all margins are positive",
                        theorem,
                        (step, lab) -> StepRuns.rarely(run, lab, steps(ladder, step), r -> r.missed() > 0))
                .falsifiedBy("m = dq/16", MemorizationLadderClaims::sixteenth)
                .falsifiedBy("eta = m/d", Step::withoutLogarithm)
                .falsifiedBy("up the loss", Step::uphill)
                .falsifiedBy("a point with both labels", s -> new Step(s).with(Flaw.OPPOSITE_PAIR))
                .falsifiedBy("equal neurons", s -> new Step(s).with(Flaw.EQUAL_NEURONS))
                .falsifiedBy("all signs +1", MemorizationLadderClaims::allPositive);
        run.check(
                        "least margin over ln d",
                        0.25,
                        (constant, lab) -> leastMargins(run, lab, ladder, Step::new, constant))
                .falsifiedBy("0.6", 0.6);
        ToDoubleFunction<StepSetting> ratio = StepSetting::jumpRatio;
        run.check(
                        "mean jump over ln d",
                        ratio,
                        (form, lab) -> StepRuns.near(
                                run,
                                lab,
                                steps(ladder, Step::new),
                                Run::meanJump,
                                form,
                                MemorizationLadderClaims::jumpBand))
                .falsifiedBy("E s'^2", s -> 1)
                .falsifiedBy("own shift 2 t", s -> JumpRatio.of(ABS, s.shiftVariance(), 2 * s.ownShift()))
                .falsifiedBy("rho^2 for rho", s -> JumpRatio.of(ABS, Math.pow(s.shiftVariance(), 2), s.ownShift()));
    }

    private static List<StepSetting> cover(ClaimRun run, int from) {
        List<StepSetting> ladder = ladder(from, run.size("d", 512, 1024, 2048));
        ladder.forEach(s -> run.covers("d = " + s.d() + ", m = " + s.m()));
        return ladder;
    }

    private static Decision leastMargins(
            ClaimRun run, Lab lab, List<StepSetting> ladder, Function<StepSetting, Step> step, double constant) {
        List<StepSetting> large = ladder.stream().filter(s -> s.d() >= 256).toList();
        return StepRuns.rarely(run, lab, steps(large, step), r -> r.leastMargin() < constant);
    }

    @Claim(
            id = "D20.lem7",
            statement =
                    "\\forall i:\\ y_i\\, h_{W + \\eta G}(x_i) = \\Omega(\\ln d) \\text{ w.p. } 1 - o(1),\\qquad G = \\sum_{i \\le m}"
                            + " G^i",
            hypotheses = "all examples take part; $\\sigma = |\\cdot|$, $q = d$, $m = \\lfloor d^2/\\ln^4 d\\rfloor$,"
                    + " $|\\sum_j a_j| \\le \\sqrt q$, $128 \\le d \\le 1024$; margins at least $\\frac14 \\ln d$ for $\\sum_j a_j = 0$,"
                    + " $d \\ge 256$")
    void samplesAreMemorizedWithoutTheHinge(ClaimRun run) {
        List<StepSetting> ladder = ladder(128, run.size("d", 256, 512, 1024));
        ladder.forEach(s -> run.covers("d = " + s.d() + ", m = " + s.m()));
        run.note("Lemma 7's union bound asks for 1 - o(1/m) of one example; as m <= d^2 here, that holds with room.");
        Function<StepSetting, Step> lemma = s -> new Step(s).withoutHinge();
        run.check(
                        "all margins are positive",
                        lemma,
                        (step, lab) -> StepRuns.rarely(run, lab, steps(ladder, step), r -> r.missed() > 0))
                .falsifiedBy("m = dq/16", s -> sixteenth(s).withoutHinge())
                .falsifiedBy("eta = m/d", s -> Step.withoutLogarithm(s).withoutHinge())
                .falsifiedBy("down G", s -> Step.uphill(s).withoutHinge())
                .falsifiedBy("a point with both labels", s -> lemma.apply(s).with(Flaw.OPPOSITE_PAIR))
                .falsifiedBy("all signs +1", s -> allPositive(s).withoutHinge());
        run.check("sum a = sqrt q", 1, (factor, lab) -> {
                    List<Step> steps = steps(ladder, s -> {
                        int sum = factor * (int) Math.sqrt(s.q()) / 2 * 2;
                        return new Step(new StepSetting(ABS, s.d(), s.q(), s.m(), sum)).withoutHinge();
                    });
                    return StepRuns.rarely(run, lab, steps, r -> r.missed() > 0);
                })
                .falsifiedBy("5 sqrt q", 5);
        run.check("least margin over ln d", 0.25, (constant, lab) -> leastMargins(run, lab, ladder, lemma, constant))
                .falsifiedBy("0.6", 0.6);
    }

    /** A constant instead of E s'^2, and the factor of the noise. */
    private record Margins(double constant, double factor, boolean union) {
        double bound(StepSetting s) {
            double union = this.union ? Math.sqrt(2 * Math.log(s.m())) : 1;
            return 1 - s.jumpRatio() + factor * DEVIATION * union / Math.log(s.d());
        }
    }

    @Claim(
            id = "D20.thm1.margin",
            statement =
                    "\\max_{i \\le m} \\Big|\\frac{y_i\\, h_{W^+}(x_i)}{\\ln d} - \\mathbb E\\,\\sigma'(X)^2\\Big| \\to 0"
                            + " \\text{ in probability}",
            hypotheses =
                    "$\\sigma = |\\cdot|$, $q = d$, $m = \\lfloor d^2/\\ln^4 d\\rfloor$; here at most $1 - R + 1.6\\,"
                            + " \\mathrm{sd}(\\sigma) \\sqrt{2 \\ln m}/\\ln d$, and the mean margin is $R \\ln d$ up to"
                            + " $(4\\,\\mathrm{sd}(\\sigma)/(\\ln d\\,\\sqrt m) + 0.02) \\ln d$")
    void marginsApproachTheirConstant(ClaimRun run) {
        List<StepSetting> ladder = cover(run, 128);
        ToDoubleFunction<StepSetting> ratio = StepSetting::jumpRatio;
        run.check(
                        "mean margin over ln d",
                        ratio,
                        (form, lab) -> StepRuns.near(
                                run,
                                lab,
                                steps(ladder, Step::new),
                                Run::meanMargin,
                                form,
                                MemorizationLadderClaims::marginBand))
                .falsifiedBy("1/2", s -> 0.5)
                .falsifiedBy("E s'^2", s -> 1)
                .falsifiedBy("R ln d", s -> ratio.applyAsDouble(s) * Math.log(s.d()));
        run.check(
                        "largest deviation",
                        new Margins(1, 1.6, true),
                        (form, lab) -> StepRuns.near(
                                run,
                                lab,
                                steps(ladder, Step::new),
                                r -> farthest(r, form.constant),
                                s -> 0,
                                form::bound))
                .falsifiedBy("half of the noise", new Margins(1, 0.8, true))
                .falsifiedBy("no union over the sample", new Margins(1, 1.6, false))
                .falsifiedBy("about 2", new Margins(2, 1.6, true));
        run.check("bound times sqrt(ln d)", 0.5, (exponent, lab) -> {
                    double[] scaled = Arrays.stream(new double[] {7, 10, 15, 20})
                            .map(log -> Math.pow(log, exponent) * bound(log))
                            .toArray();
                    return Decision.worst(List.of(
                            Comparison.atMost(scaled, 2, 0, "none: quadrature to 1e-10"),
                            Comparison.atLeast(scaled, 1.4, 0, "none: quadrature to 1e-10")));
                })
                .falsifiedBy("(ln d)^(1/4)", 0.25)
                .falsifiedBy("ln d", 1.0);
    }

    private static double farthest(Run run, double constant) {
        return Math.max(constant - run.leastMargin(), run.largestMargin() - constant);
    }

    private static double marginBand(StepSetting s) {
        return 4 * DEVIATION / (Math.log(s.d()) * Math.sqrt(s.m())) + 0.02;
    }

    /** The bound at {@code q = d}, {@code m = d^2/ln^4 d}, where {@code rho = 1/ln d} and {@code t = ln d/sqrt d}. */
    private static double bound(double log) {
        double ratio = JumpRatio.of(ABS, 1 / (log * log), log * Math.exp(-log / 2));
        return 1 - ratio + 1.6 * DEVIATION * Math.sqrt(2 * (2 * log - 4 * Math.log(log))) / log;
    }
}
