package daniely2020;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;
import org.lemmalab.trainer.JumpRatio;
import org.lemmalab.trainer.ProbedStep;
import org.lemmalab.trainer.SingleStep;

/**
 * Neurons whose pre-activation crosses a kink, and what they cost an example's jump.
 *
 * <h2>Source</h2>
 *
 * D20, end of the proof of Claim 13: {@code 1 - o(1)} of the neurons are well inside a piece, the others contribute {@code o(ln d)}.
 *
 * <h2>Statement</h2>
 *
 * With {@code t = ln d/sqrt q}, {@code rho^2 = (m-1) ln^2 d/(d q)} and {@code |s'| <= L}:
 *
 * <pre>{@code
 * a neuron crosses no kink that is farther from u_j than  r = max |v_j| + L t |x|^2/d = O(1/sqrt(ln d))
 * the share of neurons within r of a kink z is P(|G - z| <= r) ~ 2 phi(z) r = o(1),  at most 2 phi(0) r
 * a neuron adds at most L^2 (ln d/q) |x|^2/d to the jump
 * }</pre>
 *
 * <p>For {@code |z|} the share that the others push across 0 is {@code E arctan(rho)/pi} up to {@code O(1/d)}, and the loss {@code 1 - R} of the mean
 * jump is of order {@code 1/ln d}, much less than the share within r: with {@code rho = 1/ln d},
 *
 * <pre>{@code
 * 1 - R = (2/pi) arctan(rho) + O(t);   (1 - R) ln d -> 2/pi      for q = d
 * (1 - R) ln d -> 2/pi + sqrt(2/pi) int_0^1 (1 - w) erf(w/sqrt 2) dw = 0.73777   for q = ln^4 d, m = d: t = rho
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Samples at {@code d = q = 64, m = 13} and {@code d = q = 256, m = 69} ({@code m = d^2/ln^4 d}); small steps with random orthonormal neurons; formulas for d from
 * 200 to {@code e^800}.
 *
 * <h2>How it is checked</h2>
 *
 * Means of shares against {@link AbsoluteValueJump} and the error function. R by quadrature, right to 1e-10, and to the five decimals of values of another
 * program. At {@code ln d = l} the distances of
 * {@code (1 - R) l} from its limits are at most {@code (2/pi) l rho^3/3 + l t/sqrt(2 pi)} for q = d, and at most {@code 1/l^2} for {@code q = ln^4 d}: there
 * {@code rho = t = 1/l}, and {@code 1 - R} is odd in it, {@code a/l - 0.3235/l^3} and smaller terms. Orders are secant exponents, with an allowance of
 * 1/20. The radius, a union bound with probability 1/100, holds for all neurons of eight examples; one sample of ten is excluded.
 *
 * <h2>Falsifiers</h2>
 *
 * The share {@code arctan(rho)/(2 pi)} and 1.2 of the right one; either limit for the other and 1% or 10% less; the leading term alone; orders off by
 * 1/4; half of the radius; 0.9 of a neuron's effect; 0.8 of the bound on the share at {@code d = 5504}.
 */
class KinkCrossingClaims {
    private static final double ALLOWANCE = 0.05;

    @Claim(
            id = "D20.claim13.kink",
            statement =
                    "1 - \\frac{\\mathbb E\\, y_m [h_{W + \\eta G}(x_m) - h_{W + \\eta \\tilde G}(x_m)]}{\\ln d} \\sim \\frac{2}{\\pi \\ln d}"
                            + " = o(1)",
            hypotheses =
                    "$\\sigma = |\\cdot|$, $\\sum a_j = 0$, $q = d$, $m = d^2/\\ln^4 d$; the others flip the share $\\arctan(\\rho)/\\pi + O(1/d)$ of the"
                            + " signs of the pre-activations, $\\rho^2 = (m-1) \\ln^2 d/(dq)$")
    void crossingTheKinkCostsTheInverseLogarithm(ClaimRun run) {
        run.covers("q = d, m = d^2/ln^4 d").covers("q = ln^4 d, m = d");
        StepSetting setting = StepSetting.square(BalancedActivations.ABSOLUTE_VALUE, 64);
        double share = new AbsoluteValueJump(setting).flipProbability();
        run.check(
                        "share of flipped signs, d = q = 64, m = 13",
                        share,
                        (target, lab) -> Mean.equalTo(target, 0.006, new Bounded(0, 0.15))
                                .decide(
                                        i -> Math.min(
                                                0.15,
                                                NeuronRun.at(run, setting, i).flips()),
                                        lab.terms()))
                .falsifiedBy("1.2 of it", 1.2 * share)
                .falsifiedBy("half of it", share / 2);

        double[] dimensions = {64, 256, 1024};
        double[] gaps = each(
                dimensions,
                d -> Math.abs(new AbsoluteValueJump((int) d, 0.2, 0.1).flipProbability() - Math.atan(0.2) / Math.PI));
        run.check(
                        "share against arctan(rho)/pi, order in d",
                        -1.0,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, dimensions, gaps))
                .falsifiedBy("d^-0.75", -0.75)
                .falsifiedBy("d^-1.25", -1.25);

        double[] logs = each(new double[] {1e8, 1e10, 1e12}, Math::log);
        run.check(
                        "order of 1 - R in ln d",
                        -1.0,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, logs, each(logs, l -> loss(l, wide(l)))))
                .falsifiedBy("(ln d)^-0.75", -0.75)
                .falsifiedBy("(ln d)^-1.25", -1.25);

        double last = Math.log(1e12);
        double t = wide(last);
        run.check(
                        "limit of (1 - R) ln d, q = d",
                        2 / Math.PI,
                        (limit, lab) -> Comparison.equal(
                                loss(last, t) * last,
                                limit,
                                2 / (3 * Math.PI * last * last) + last * t / Math.sqrt(2 * Math.PI),
                                "(2/pi) l rho^3/3 + l t/sqrt(2 pi), l = ln 10^12"))
                .falsifiedBy("the limit for q = ln^4 d", 0.7377721108586378)
                .falsifiedBy("0.9 of it", 1.8 / Math.PI);
        run.check(
                        "limit of (1 - R) ln d, q = ln^4 d",
                        0.7377721108586378,
                        (limit, lab) -> Comparison.equal(
                                loss(400, 1.0 / 400) * 400,
                                limit,
                                1.0 / 160_000,
                                "1/l^2, three times the next order, l = 400"))
                .falsifiedBy("the limit for q = d", 2 / Math.PI)
                .falsifiedBy("0.99 of it", 0.99 * 0.7377721108586378);

        double[] table = {200, 800, 2000, 5504, 1e4, 1e6, 1e9, 1e12};
        double[] known = {.18238, .12899, .10441, .08515, .07676, .04628, .03070, .02303};
        run.check(
                        "values of 1 - R, q = d",
                        (DoubleUnaryOperator) l -> loss(l, wide(l)),
                        (DoubleUnaryOperator form, Lab lab) -> Comparison.equal(
                                each(table, d -> form.applyAsDouble(Math.log(d))), known, 6e-6, "five decimals"))
                .falsifiedBy("(2/pi)/ln d", l -> 2 / (Math.PI * l))
                .falsifiedBy("without t", l -> 2 / Math.PI * Math.atan(1 / l));
    }

    /** t for q = d and {@code ln d = l}. */
    private static double wide(double l) {
        return l * Math.exp(-l / 2);
    }

    /** {@code 1 - R} for the absolute value, {@code rho = 1/l}. */
    private static double loss(double l, double t) {
        return 1 - JumpRatio.of(BalancedActivations.ABSOLUTE_VALUE, 1 / (l * l), t);
    }

    private static double[] each(double[] values, DoubleUnaryOperator f) {
        return DoubleStream.of(values).map(f).toArray();
    }

    @Provide
    Arbitrary<DecentActivation> kinked() {
        return Arbitraries.of(
                BalancedActivations.ABSOLUTE_VALUE,
                BalancedActivations.LEAKY_RELU,
                BalancedActivations.SHIFTED_ABSOLUTE_VALUE,
                BalancedActivations.SHIFTED_LEAKY_RELU,
                BalancedActivations.HUBER,
                BalancedActivations.CUT_SQUARE,
                BalancedActivations.CUT_ABSOLUTE_VALUE);
    }

    @Claim(
            id = "D20.claim13.wellinside",
            statement =
                    "\\frac 1q \\Big|\\Big\\{j : \\min_z |\\langle w_j, x_m \\rangle - z| \\le \\frac{C}{\\sqrt{\\ln d}}\\Big\\}\\Big| = O\\Big(\\frac{1}{\\sqrt{\\ln"
                            + " d}}\\Big) = o(1)",
            hypotheses =
                    "$z$ over the kinks; with probability $1 - o(1)$ the neurons that are farther from all kinks cross none, and each of the others"
                            + " adds at most $\\|\\sigma'\\|_\\infty^2 (\\ln d/q) \\|x_m\\|^2/d$ to the jump",
            instances = 3)
    void fewNeuronsAreNearAKink(@ForAll("kinked") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        run.note(
                "By this route the o(1) is large at feasible sizes: at d = q = m = 5504, the least literal d, more than half of the neurons are within"
                        + " the radius, while the loss of the jump is 8.5 % for the absolute value.");
        StepSetting small = new StepSetting(s, 16, 8, 3);
        double radius = 0.3;
        run.check(
                        "share within 0.3 of a kink, d = 16, q = 8",
                        share(s, radius),
                        (target, lab) -> lab.meanEquals(
                                target, 0.1 * target, new Bounded(0, 1), stream -> near(small, radius, stream)))
                .falsifiedBy("0.85 of it", 0.85 * share(s, radius))
                .falsifiedBy("half of it", share(s, radius) / 2);

        double[] logs = {50, 200, 800};
        run.check(
                        "order of the share in ln d",
                        -0.5,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, logs, each(logs, l -> share(s, radius(l)))))
                .falsifiedBy("(ln d)^-0.25", -0.25)
                .falsifiedBy("(ln d)^-0.75", -0.75);
        run.check(
                        "share at most 2 phi(0) r, d = 5504, absolute value",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                share(BalancedActivations.ABSOLUTE_VALUE, radius(Math.log(5504))),
                                factor * Math.sqrt(2 / Math.PI) * radius(Math.log(5504)),
                                0,
                                "0.63 against 0.71"))
                .falsifiedBy("0.8 of it", 0.8)
                .falsifiedBy("one side of the kink", 0.5);

        StepSetting setting = StepSetting.square(BalancedActivations.ABSOLUTE_VALUE, 256);
        run.check(
                        "no crossing beyond the radius, d = 256",
                        1.0,
                        (factor, lab) -> lab.failsAtMost(0.01, 0.1, stream -> crossesBeyond(setting, factor, stream)))
                .falsifiedBy("half of the radius", 0.5);

        run.check("effect of one neuron", 1.0, (factor, lab) -> {
                    double excess = Math.max(
                            largestExcess(small, factor, lab.stream()),
                            largestExcess(
                                    new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 16, 8, 5),
                                    factor,
                                    lab.stream()));
                    return Comparison.atMost(excess, 0, 1e-12, "1e-12: pre-activations below 100 to 100 units");
                })
                .falsifiedBy("0.9 of it", 0.9);
    }

    /** {@code P(|G - z| <= r for a kink z)}. */
    private static double share(DecentActivation s, double r) {
        double sum = 0;
        double covered = Double.NEGATIVE_INFINITY;
        for (double kink : s.kinks()) {
            sum += Erf.erf(Math.max(covered, kink - r) / Math.sqrt(2), (kink + r) / Math.sqrt(2)) / 2;
            covered = kink + r;
        }
        return sum;
    }

    /** The union bound and the own shift for {@code ln d = l}, q = d, {@code m = d^2/l^4}, L = 1. */
    private static double radius(double l) {
        return Math.sqrt(2 * (3 * l - 4 * Math.log(l) + Math.log(200))) / l + wide(l);
    }

    /** The share of the neurons whose pre-activation at a fresh example is near a kink. */
    private static double near(StepSetting setting, double r, RandomStream stream) {
        double[] u = setting.rotatedNetwork(stream.part("weights"))
                .preactivations(setting.points(stream.part("points")))
                .data;
        double[] kinks = setting.activation().kinks();
        return Arrays.stream(u)
                .map(z -> Arrays.stream(kinks).anyMatch(kink -> Math.abs(z - kink) <= r) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** Whether one of eight examples has a neuron farther from 0 than the radius that changes its sign by the others' or its own step. */
    private static boolean crossesBeyond(StepSetting setting, double factor, RandomStream stream) {
        ProbedStep step = setting.probed(8, stream);
        double[] squares = new double[8];
        boolean crosses = false;
        for (int k = 0; k < squares.length; k++) {
            double[] v = step.shifts(k);
            for (int c = 0; c < setting.d(); c++) {
                squares[k] += Math.pow(step.probes().get(k, c), 2);
            }
            double scale = squares[k] / setting.d();
            double others = OthersShiftClaims.unionBound(setting) * Math.sqrt(scale);
            double own = setting.ownShift() * scale;
            for (int j = 0; j < v.length; j++) {
                double u = step.probes().get(k, j);
                double least = Math.min(u * (u + v[j] - own), u * (u + v[j] + own)); // either label and sign
                crosses |= Math.abs(u) > factor * (others + own) && least < 0;
            }
        }
        return crosses;
    }

    /** How far a neuron's effect on an example of a small sample exceeds the factor times the bound. */
    private static double largestExcess(StepSetting setting, double factor, RandomStream stream) {
        DMatrixRMaj points = setting.points(stream.part("points"));
        SingleStep step = new SingleStep(
                setting.rotatedNetwork(stream.part("weights")),
                points,
                stream.part("labels").signs(setting.m()),
                setting.rule().withoutHinge());
        double slope = setting.activation().lipschitz();
        double worst = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < setting.m(); k++) {
            DMatrixRMaj x = CommonOps_DDRM.extractRow(points, k, null);
            double[] after = step.network().preactivations(x).data;
            double[] before = step.leaveOneOutNetwork(k).preactivations(x).data;
            double bound = slope * slope * Math.log(setting.d()) / setting.q() * step.squaredNorms()[k] / setting.d();
            for (int j = 0; j < after.length; j++) {
                double effect = Math.abs(setting.activation().value(after[j])
                                - setting.activation().value(before[j]))
                        / Math.sqrt(setting.q());
                worst = Math.max(worst, effect - factor * bound);
            }
        }
        return worst;
    }
}
