package daniely2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Profile;
import org.lemmalab.numeric.ParallelBlocks;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.JumpRatio;
import org.lemmalab.trainer.ProbedStep;
import org.lemmalab.trainer.StepRule;

/**
 * Theorem 1 where all its hypotheses hold.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 1.
 *
 * <h2>Statement</h2>
 *
 * For {@code ln^4 d <= q <= d}, {@code m <= dq/ln^4 d}, an activation with conditions (1) to (3) that is not constant, and
 * {@code |sum_j a_j| <= sqrt q}, one step gives all examples margins {@code Omega(ln d)}, with the constant {@code E s'^2}.
 *
 * <h2>Instances</h2>
 *
 * The largest m at d = q = 5504, where the regime begins, d = 6000 and 8192, deep 16384; at d = q = 5504 also m = 1, 2, 16, 500. Activations whose
 * signal {@code E s'^2 ln d} is far above the noise {@code sd(s)} of one output at these sizes.
 *
 * <h2>How it is checked</h2>
 *
 * By 64 examples of each sample, whose margins need the whole sample but only {@code 2 m (d + q)} operations each. A margin is nearly normal with mean
 * {@code R ln d}, R of {@link JumpRatio}, and the deviation of s: log cosh, the least favourable, has 7.7 standard deviations to spare, 1e-14 for each
 * example. Half of {@code E s'^2 ln d} is 3.7 deviations below the mean, so 2 % of the examples is more than may lie below it. For {@code m <= 500}
 * all examples are seen; 0.3 is 7.7 deviations below R less the mean {@code sqrt(2/pi)} of an output. Deep: all 5504 margins of one step; 0.35 is 7.8
 * deviations below R. A figure shows two activations that meet every hypothesis and still miss examples at these sizes, and from which d on they are
 * expected to miss none.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code eta = m/d}, the step uphill, ReLU, a point with both labels; constants near {@code E s'^2}: the mean margin of {@code |z|} over {@code ln d} is R = 0.91 with a
 * deviation of 0.07, so all 64 examples lie above 0.9 with probability {@code 0.6^64}.
 */
class LiteralSizesClaims {
    private static final DecentActivation ABS = BalancedActivations.ABSOLUTE_VALUE;
    private static final int LEAST = 5504;
    private static final StepSetting FIRST = new StepSetting(ABS, LEAST, LEAST, LEAST, 0);

    private static final List<StepSetting> SETTINGS = List.of(
            FIRST,
            new StepSetting(BalancedActivations.CUT_SQUARE, 6000, 5728, 6000, 74),
            new StepSetting(BalancedActivations.LOG_COSH, LEAST, LEAST, LEAST, 0),
            new StepSetting(BalancedActivations.COSINE, 8192, 6593, 8192, 1),
            new StepSetting(BalancedActivations.HUBER, 8192, 8192, 10_178, 0),
            new StepSetting(ABS, 16_384, 8868, 16_384, 94));

    /** Meet every hypothesis, but their signal is below the noise of the sample at these sizes. */
    private static final List<DecentActivation> WEAK = List.of(BalancedActivations.SOFTPLUS, ABS.times(0.1));

    /** A step of which some examples are seen. */
    private record Seen(StepSetting setting, StepRule rule, int examples) {
        Seen(StepSetting setting, int examples) {
            this(setting, setting.rule(), examples);
        }
    }

    /** The margins over {@code ln d} of some examples, and {@code E s'^2}. */
    private record Margins(double[] values, double constant) {
        static Margins of(Seen seen, RandomStream stream) {
            StepSetting s = seen.setting;
            RandomStream own = stream.part(s.activation().name() + " " + s.d() + " " + s.m() + " " + s.signSum());
            return of(s, s.probed(seen.examples, seen.rule, own));
        }

        static Margins of(StepSetting s, ProbedStep step) {
            return new Margins(
                    Arrays.stream(step.outputs().margins())
                            .map(margin -> margin / Math.log(s.d()))
                            .toArray(),
                    GaussianMoments.of(s.activation()).squaredSlope());
        }

        /** Examples whose margin is not above a multiple of {@code E s'^2 ln d}. */
        long below(double share) {
            return Arrays.stream(values).filter(v -> !(v > share * constant)).count();
        }
    }

    private static List<Margins> see(List<Seen> steps, ClaimRun run) {
        Margins[] seen = new Margins[steps.size()];
        ParallelBlocks.run(
                seen.length, run.settings().threads(), i -> seen[i] = Margins.of(steps.get(i), run.stream()));
        return List.of(seen);
    }

    /** Samples, and a share of {@code E s'^2 ln d}. */
    private record Bound(List<Margins> samples, double share) {
        double below() {
            return samples.stream().mapToLong(s -> s.below(share)).sum();
        }

        double examples() {
            return samples.stream().mapToInt(s -> s.values.length).sum();
        }
    }

    @Claim(
            id = "D20.thm1.literal",
            statement =
                    "\\ln^4 d \\le q \\le d,\\ m \\le \\frac{dq}{\\ln^4 d} \\;\\Longrightarrow\\; \\forall i:\\ y_i\\,"
                            + " h_{W^+}(x_i) = \\Omega(\\ln d) \\text{ w.p. } 1 - o(1)",
            hypotheses =
                    "$\\sigma$ Lipschitz, piecewise $C^2$, not constant, $\\mathbb E\\,\\sigma'(X) = 0$, $|\\sum_j a_j| \\le \\sqrt q$;"
                            + " no example seen is missed, and 98 % of them have margins above $\\frac12 \\mathbb E\\,\\sigma'(X)^2 \\ln d$")
    void theoremHoldsInItsRegime(ClaimRun run) {
        List<StepSetting> settings = SETTINGS.subList(0, run.size("settings", 1, 4, 6));
        settings.forEach(
                s -> run.covers(s.activation().name() + ", d = " + s.d() + ", q = " + s.q() + ", m = " + s.m()));
        List<Margins> seen = see(settings.stream().map(s -> new Seen(s, 64)).toList(), run);
        run.check(
                        "examples seen and missed",
                        new Bound(seen, 0),
                        (form, lab) -> Comparison.atMost(
                                form.below(), 0, 0, "none: 64 examples, 1e-14 each, for every setting"))
                .falsifiedBy("margins above 0.9 E s'^2 ln d", new Bound(seen, 0.9));
        Check<Bound> small = run.check(
                        "share of margins below half of E s'^2 ln d",
                        new Bound(seen, 0.5),
                        (form, lab) -> Comparison.atMost(
                                form.below() / form.examples(), 0.02, 0, "none: 2e-4 is expected at most"))
                .falsifiedBy("E s'^2 ln d", new Bound(seen, 1));
        if (run.settings().profile() != Profile.QUICK) {
            List<Margins> wrong = see(
                    List.of(
                            new Seen(FIRST, FIRST.rule().withRate(FIRST.m() / (double) FIRST.d()), 32),
                            new Seen(new StepSetting(DecentActivation.RELU, LEAST, LEAST, LEAST, 0), 192)),
                    run);
            small.falsifiedBy("eta = m/d", new Bound(wrong.subList(0, 1), 0.5));
            small.falsifiedBy("ReLU", new Bound(wrong.subList(1, 2), 0.5));
        }
        checkSmallSamples(run);
        if (run.settings().profile() == Profile.DEEP) {
            checkAllExamples(run);
        }
        if (run.settings().profile() != Profile.QUICK) {
            showWeakSignals(run);
        }
    }

    /** Samples all of whose margins over {@code ln d} are claimed to reach a constant. */
    private record Least(List<Margins> samples, double constant) {
        double[] margins() {
            return samples.stream()
                    .mapToDouble(s -> Arrays.stream(s.values).min().orElseThrow())
                    .toArray();
        }
    }

    private static void checkSmallSamples(ClaimRun run) {
        List<StepSetting> settings = IntStream.of(1, 2, 16, run.size("m", 100, 500, 500))
                .boxed()
                .flatMap(m -> IntStream.of(0, 74).mapToObj(sum -> new StepSetting(ABS, LEAST, LEAST, m, sum)))
                .toList();
        settings.forEach(s -> run.covers("m = " + s.m()));
        run.covers("sum a = 0").covers("sum a = sqrt q");
        List<Margins> theorem =
                see(settings.stream().map(s -> new Seen(s, s.m())).toList(), run);
        StepSetting few = new StepSetting(ABS, LEAST, LEAST, 16, 0);
        run.check(
                        "m <= 500: all margins over ln d",
                        new Least(theorem, 0.3),
                        (form, lab) -> Comparison.atLeast(
                                form.margins(), form.constant, 0, "none: 7.7 standard deviations to spare"))
                .falsifiedBy("0.85", new Least(theorem, 0.85))
                .falsifiedBy("eta = m/d", byRate(few, 16.0 / LEAST, run))
                .falsifiedBy("up the loss", byRate(few, -few.rule().rate(), run))
                .falsifiedBy(
                        "a point with both labels",
                        new Least(List.of(withBothLabels(few, run.stream().part("both labels"))), 0.3));
    }

    private static Least byRate(StepSetting s, double rate, ClaimRun run) {
        return new Least(see(List.of(new Seen(s, s.rule().withRate(rate), s.m())), run), 0.3);
    }

    /** The second example is the first one with the other label. */
    private static Margins withBothLabels(StepSetting s, RandomStream stream) {
        DMatrixRMaj points = s.points(stream.part("points"));
        double[] y = stream.part("labels").signs(s.m());
        System.arraycopy(points.data, 0, points.data, s.d(), s.d());
        y[1] = -y[0];
        return Margins.of(s, new ProbedStep(points, y, s.outputs(), s.activation(), s.rule(), s.m()));
    }

    private static void checkAllExamples(ClaimRun run) {
        StepRuns.Run step = StepRuns.at(run, new StepRuns.Step(FIRST), 0);
        run.note(String.format(
                Locale.ROOT,
                "d = q = m = 5504, |x|, all examples: %d missed, %d took part; margins over ln d from %.4f to %.4f, on average %.4f.",
                step.missed(),
                step.outputs().activeCount(),
                step.leastMargin(),
                step.largestMargin(),
                step.meanMargin()));
        run.check(
                        "all 5504 margins over ln d",
                        0.35,
                        (constant, lab) -> Comparison.atLeast(
                                step.leastMargin(), constant, 0, "none: 7.8 standard deviations to spare"))
                .falsifiedBy("0.75", 0.75);
        run.check(
                        "mean of all 5504 margins over ln d",
                        FIRST.jumpRatio(),
                        (value, lab) ->
                                Comparison.equal(step.meanMargin(), value, 0.02, "20 standard deviations of the mean"))
                .falsifiedBy("E s'^2", 1.0);
    }

    /** Expected number of examples missed at {@code q = d}, {@code m = d^2/ln^4 d}: {@code m P(sd(s) G > R ln d)}. */
    private static double missed(Activation s, GaussianMoments moments, double log) {
        double own = Math.max(log * Math.exp(-log / 2), 1e-6); // differences over less than that are lost to rounding
        double signal = JumpRatio.of(s, moments.squaredSlope() / (log * log), own) * log;
        return Math.exp(2 * log - 4 * Math.log(log)) * Erf.erfc(signal / Math.sqrt(2 * moments.variance())) / 2;
    }

    /** The figure: at which d an activation's signal passes the noise. */
    private static void showWeakSignals(ClaimRun run) {
        int examples = run.size("examples of the figure", 128, 128, 1024);
        List<Margins> seen = see(
                WEAK.stream()
                        .map(s -> new Seen(new StepSetting(s, LEAST, LEAST, LEAST, 0), examples))
                        .toList(),
                run);
        List<Figure.Series> series = new ArrayList<>();
        for (int i = 0; i < WEAK.size(); i++) {
            DecentActivation s = WEAK.get(i);
            GaussianMoments moments = GaussianMoments.of(s);
            double start = Math.log(LEAST);
            double end = new BrentSolver(1e-3).solve(100, log -> Math.log(100 * missed(s, moments, log)), start, 200);
            double[] logs = IntStream.rangeClosed(0, 40)
                    .mapToDouble(k -> start + k * (end - start) / 40)
                    .toArray();
            series.add(Figure.Series.line(
                    s.name() + ", predicted",
                    Arrays.stream(logs).map(Math::exp).toArray(),
                    Arrays.stream(logs).map(log -> missed(s, moments, log)).toArray()));
            long below = seen.get(i).below(0);
            if (below > 0) {
                double all = below * (double) LEAST / examples;
                series.add(Figure.Series.points(
                        s.name() + ", from " + examples + " examples", new double[] {LEAST}, new double[] {all}));
            }
            run.note(String.format(
                    Locale.ROOT,
                    "%s meets every hypothesis and misses examples at d = q = m = 5504: %d of %d seen, where %.1f are expected, as its"
                            + " signal E s'^2 = %.4f times ln d is only %.1f of the standard deviation %.4f of an output. That is the"
                            + " theorem's 1 - o(1) at a finite size and no contradiction: all m = d^2/ln^4 d examples are expected to"
                            + " be memorized, with probability 0.99, from d = 10^%.1f on.",
                    s.name(),
                    below,
                    examples,
                    missed(s, moments, start) * examples / LEAST,
                    moments.squaredSlope(),
                    moments.squaredSlope() * start / Math.sqrt(moments.variance()),
                    Math.sqrt(moments.variance()),
                    end / Math.log(10)));
        }
        run.figure(new Figure(
                "D20.thm1.literal",
                "Examples missed where the signal is small",
                "q = d, m = d^2/ln^4 d. Two activations that meet every hypothesis, and how many examples a normal law of the outputs"
                        + " expects to be missed, m P(sd(s) G > R ln d), down to 0.01. The share missed among the examples seen at d ="
                        + " 5504, times m, as points. For |x|, log cosh, cos, Huber and min(z^2, 4) fewer than 1e-9 are expected"
                        + " everywhere.",
                new Figure.Axis("d", true),
                new Figure.Axis("examples missed", true),
                series));
    }
}
