package daniely2020;

import daniely2020.StepRuns.Step;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Experiment;
import org.lemmalab.claim.Lab;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;
import org.lemmalab.stats.VanishingGap;
import org.lemmalab.trainer.JumpRatio;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * What an example's own gradient adds to its margin.
 *
 * <h2>Source</h2>
 *
 * D20, Claim 13, and the display at the end of its proof.
 *
 * <h2>Statement</h2>
 *
 * {@code jump_k = y_k [h_(W + eta G)(x_k) - h_(W + eta G~)(x_k)] = Omega(ln d)} for every k. In the mean, with {@code sum a = 0}, {@code t = ln d/sqrt q},
 * {@code rho^2 = (m-1) ln^2 d/(d q)} and U, V independent and standard normal,
 *
 * <pre>{@code
 * E jump = R ln d + small,   R = E [s(Z + t s'(U)) - s(Z - t s'(U))]/(2t),   Z = U + rho (E s'^2)^(1/2) V
 * R -> E s'(G)^2 as rho, t -> 0:   E s'^2 - R is of the first order with kinks, of the second without
 * }</pre>
 *
 * <p>{@link AbsoluteValueJump} is the exact mean for {@code |z|}. At {@code rho = 0}, {@code q = K ln^2 d} one has {@code t = K^(-1/2)} and for {@code |z|}
 * {@code R = E min(|G|, t)/t}, whatever d: only {@code q >> ln^2 d} brings it to 1.
 *
 * <h2>Instances</h2>
 *
 * The square setting {@code q = d}, {@code m = d^2/ln^4 d}: whole samples at d = 64, 128, 256 and 512, the formula at {@code q = ln^4 d}, {@code m = d}, where
 * {@code rho = t = 1/ln d}, for {@code ln d = 100} and 400. Also ReLU,
 * tanh and the identity: the jump does not need {@code E s' = 0}; that of the identity is {@code |x_k|^2/d ln d}, in the mean {@code ln d}.
 *
 * <h2>How it is checked</h2>
 *
 * 'Every jump is at least 0.4 E s'^2 ln d' fails in one sample of ten at most, told from one of two. Mean jumps: against the exact mean for {@code |z|}; against R by
 * Richardson's extrapolation of the gap, of order 1/d, over {@code E s'^2}; 0.01 of that is left to higher orders. A mean is cut
 * at 0.2 from its target, a gap at 0.4 of the unit: four of its standard deviations or more.
 *
 * <h2>Falsifiers</h2>
 *
 * All jumps at least 0.9 of the limit; a step uphill, eta without m or without {@code ln d}; orders off by 1/4; no finite-size term, 2t for t, rho^2 for rho;
 * {@code (E |s'|)^2}; for the identity {@code ln d} itself, and 0.9 of the jump.
 */
class OwnJumpClaims {
    private static final double ALLOWANCE = 0.05;

    @Provide
    Arbitrary<DecentActivation> admissible() {
        return Arbitraries.of(
                BalancedActivations.ABSOLUTE_VALUE,
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.SOFTPLUS,
                BalancedActivations.GAUSSIAN_BUMP,
                BalancedActivations.HUBER,
                BalancedActivations.CUT_SQUARE,
                BalancedActivations.CUT_ABSOLUTE_VALUE,
                DecentActivation.RELU,
                DecentActivation.IDENTITY);
    }

    @Claim(
            id = "D20.claim13",
            statement =
                    "y_m \\big[h_{W + \\eta G}(x_m) - h_{W + \\eta \\tilde G}(x_m)\\big] = \\Omega(\\ln d) \\quad \\text{for each example in the"
                            + " role of } m",
            hypotheses =
                    "with probability $1 - o(1)$ for $m \\le dq/\\ln^4 d$, $q \\ge \\ln^4 d$; here with the constant $0.4\\, \\mathbb E"
                            + " \\sigma'(X)^2$ at $d = q = 256$, $m = 69$ and at $d = q = 512$, $m = 173$",
            instances = 3)
    void everyJumpIsOfTheOrderOfTheLogarithm(@ForAll("admissible") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        run.note(
                "The jump does not need E sigma'(X) = 0: for ReLU too it is nearly ln d/2. What fails for ReLU is Claim 12.");
        StepSetting setting = StepSetting.square(s, 256);
        double limit = GaussianMoments.of(s).squaredSlope();
        for (int d = 256; d <= run.size("d", 256, 512, 512); d *= 2) {
            Step step = new Step(StepSetting.square(s, d));
            run.check(
                            "all jumps of a sample over ln d, d = " + d,
                            0.4 * limit,
                            (least, lab) -> StepRuns.rarely(run, lab, List.of(step), r -> r.leastJump() < least))
                    .falsifiedBy("0.9 E s'^2", 0.9 * limit)
                    .falsifiedBy("0.4 E s'^2 ln d", 0.4 * limit * Math.log(d));
        }

        double least = 0.4 * limit * Math.log(256);
        run.check(
                        "rule of the step, four examples",
                        (UnaryOperator<StepRule>) rule -> rule,
                        (UnaryOperator<StepRule> change, Lab lab) -> lab.failsAtMost(
                                0.1,
                                0.5,
                                stream -> Arrays.stream(setting.probed(4, change.apply(setting.rule()), stream)
                                                .outputs()
                                                .jumps())
                                        .anyMatch(jump -> jump < least)))
                .falsifiedBy("uphill", rule -> rule.withRate(-rule.rate()))
                .falsifiedBy("eta without m", rule -> rule.withRate(rule.rate() / setting.m()))
                .falsifiedBy("eta without ln d", rule -> rule.withRate(rule.rate() / Math.log(256)));

        double[] logs = {100, 400};
        double[] jumps = DoubleStream.of(logs).map(l -> l * ratio(s, 1 / l)).toArray();
        run.check("order in ln d of R ln d, q = ln^4 d, m = d", 1.0, (b, lab) -> Rate.exact(b, ALLOWANCE, logs, jumps))
                .falsifiedBy("(ln d)^0.75", 0.75)
                .falsifiedBy("(ln d)^1.25", 1.25);
    }

    /** R at {@code rho = t = size}. */
    private static double ratio(Activation s, double size) {
        return JumpRatio.of(s, size * size * GaussianMoments.of(s).squaredSlope(), size);
    }

    @Provide
    Arbitrary<DecentActivation> curved() {
        return Arbitraries.of(
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.SOFTPLUS,
                BalancedActivations.GAUSSIAN_BUMP,
                BalancedActivations.SINE,
                DecentActivation.TANH);
    }

    @Provide
    Arbitrary<DecentActivation> kinked() {
        return Arbitraries.of(
                BalancedActivations.RELU,
                BalancedActivations.LEAKY_RELU,
                BalancedActivations.SHIFTED_ABSOLUTE_VALUE,
                BalancedActivations.CUT_SQUARE,
                BalancedActivations.CUT_ABSOLUTE_VALUE,
                DecentActivation.RELU);
    }

    @Claim(
            id = "D20.claim13.formula",
            statement =
                    "\\mathbb E\\, y_m \\big[h_{W + \\eta G}(x_m) - h_{W + \\eta \\tilde G}(x_m)\\big] = R \\ln d + o(1),\\quad R ="
                            + " \\frac{\\mathbb E[\\sigma(Z + t \\sigma'(U)) - \\sigma(Z - t \\sigma'(U))]}{2t}",
            hypotheses =
                    "$\\sum a_j = 0$; $Z = U + \\rho \\sqrt{\\mathbb E \\sigma'^2}\\, V$ with $U, V \\sim N(0, 1)$ independent, $t = \\ln d/\\sqrt q$,"
                            + " $\\rho^2 = (m-1) \\ln^2 d/(dq)$",
            instances = 2)
    void meanJumpsFollowTheClosedForm(
            @ForAll("curved") DecentActivation curved, @ForAll("kinked") DecentActivation kinked, ClaimRun run) {
        run.covers(curved.name()).covers(kinked.name()).covers("exact mean of the absolute value");
        StepSetting absolute = StepSetting.square(BalancedActivations.ABSOLUTE_VALUE, 64);
        AbsoluteValueJump exact = new AbsoluteValueJump(absolute);
        double mean = exact.ratio();
        run.check(
                        "absolute value, d = q = 64, m = 13",
                        exact,
                        (jump, lab) -> Mean.equalTo(jump.ratio(), 0.015, new Bounded(mean - 0.3, mean + 0.3))
                                .decide(
                                        i -> Math.max(
                                                mean - 0.2,
                                                Math.min(
                                                        mean + 0.2,
                                                        NeuronRun.at(run, absolute, i)
                                                                .step()
                                                                .meanJump())),
                                        lab.terms()))
                .falsifiedBy("1, whatever rho and t", new AbsoluteValueJump(64, 1e-3, 1e-3))
                .falsifiedBy("2t for t", new AbsoluteValueJump(64, exact.rho(), 2 * exact.t()))
                .falsifiedBy("rho^2 for rho", new AbsoluteValueJump(64, exact.rho() * exact.rho(), exact.t()));

        StepSetting linear = StepSetting.square(DecentActivation.IDENTITY, 64);
        run.check("identity, each jump over ln d", (DoubleUnaryOperator) square -> square / 64, (form, lab) -> {
                    SingleStep step = linear.step(linear.rule().withoutHinge(), lab.stream());
                    return Comparison.equal(
                            each(step.outputs().jumps(), jump -> jump / Math.log(64)),
                            each(step.squaredNorms(), form),
                            1e-11,
                            "1000 roundings of sums below 100");
                })
                .falsifiedBy("1", square -> 1)
                .falsifiedBy("0.9 |x_k|^2/d", square -> 0.9 * square / 64);

        double infinite = JumpRatio.of(BalancedActivations.ABSOLUTE_VALUE, 0.04, 0.2);
        double[] dimensions = {64, 256, 1024};
        double[] gaps = DoubleStream.of(dimensions)
                .map(d -> Math.abs(new AbsoluteValueJump((int) d, 0.2, 0.2).ratio() - infinite))
                .toArray();
        run.check("gap to R, absolute value, order in d", -1.0, (b, lab) -> Rate.exact(b, ALLOWANCE, dimensions, gaps))
                .falsifiedBy("d^-0.75", -0.75)
                .falsifiedBy("d^-1.25", -1.25);

        run.check("curved, d = 64 and 128", StepSetting::jumpRatio, gapVanishes(curved, run))
                .falsifiedBy(
                        "(E |s'|)^2",
                        setting -> Math.pow(GaussianIntegral.expectation(z -> Math.abs(curved.derivative(z)), 0), 2))
                .falsifiedBy("0.85 R", setting -> 0.85 * setting.jumpRatio());
        run.check("kinked, d = 64 and 128", StepSetting::jumpRatio, gapVanishes(kinked, run))
                .falsifiedBy("E s'^2", setting -> GaussianMoments.of(kinked).squaredSlope())
                .falsifiedBy("1.15 R", setting -> 1.15 * setting.jumpRatio());

        double[] small = {1e-3, 1e-2};
        double[] curvedLosses = losses(curved, small);
        double[] kinkedLosses = losses(kinked, small);
        run.check("order of E s'^2 - R, curved", 2.0, (b, lab) -> Rate.exact(b, ALLOWANCE, small, curvedLosses))
                .falsifiedBy("1.75", 1.75)
                .falsifiedBy("2.25", 2.25);
        run.check("order of E s'^2 - R, kinked", 1.0, (b, lab) -> Rate.exact(b, ALLOWANCE, small, kinkedLosses))
                .falsifiedBy("0.75", 0.75)
                .falsifiedBy("1.25", 1.25);

        double[] factors = {1, 4, 16, 256};
        DoubleUnaryOperator cut = k -> Math.sqrt(k)
                * GaussianIntegral.expectation(
                        z -> Math.min(Math.abs(z), 1 / Math.sqrt(k)), 0, 1 / Math.sqrt(k), -1 / Math.sqrt(k));
        run.check(
                        "absolute value, rho = 0, q = K ln^2 d",
                        cut,
                        (DoubleUnaryOperator form, Lab lab) -> Comparison.equal(
                                each(
                                        factors,
                                        k -> JumpRatio.of(BalancedActivations.ABSOLUTE_VALUE, 0, 1 / Math.sqrt(k))),
                                each(factors, form),
                                1e-10,
                                "1e-10: both by quadrature between kinks"))
                .falsifiedBy("1", k -> 1)
                .falsifiedBy("1 - t/sqrt(2 pi)", k -> 1 - 1 / Math.sqrt(2 * Math.PI * k));
    }

    private static double[] each(double[] values, DoubleUnaryOperator f) {
        return DoubleStream.of(values).map(f).toArray();
    }

    /** {@code E s'^2 - R} at {@code rho = t}. */
    private static double[] losses(Activation s, double[] sizes) {
        double limit = GaussianMoments.of(s).squaredSlope();
        return each(sizes, size -> limit - ratio(s, size));
    }

    /** Decides whether the mean jump over {@code ln d} tends to the claimed ratio, in units of {@code E s'^2}. */
    private static Experiment<ToDoubleFunction<StepSetting>> gapVanishes(Activation s, ClaimRun run) {
        double unit = GaussianMoments.of(s).squaredSlope();
        double[] sizes = {64, 128};
        List<StepSetting> settings = DoubleStream.of(sizes)
                .mapToObj(d -> StepSetting.square(s, (int) d))
                .toList();
        return (ratio, lab) -> {
            double[] targets = settings.stream().mapToDouble(ratio).toArray();
            return new VanishingGap(1, 0.01, 0.05, 0.4, sizes)
                    .decide(
                            i -> {
                                double[] gaps = new double[targets.length];
                                for (int j = 0; j < gaps.length; j++) {
                                    gaps[j] = (NeuronRun.at(run, settings.get(j), i)
                                                            .step()
                                                            .meanJump()
                                                    - targets[j])
                                            / unit;
                                }
                                return gaps;
                            },
                            lab.terms());
        };
    }
}
