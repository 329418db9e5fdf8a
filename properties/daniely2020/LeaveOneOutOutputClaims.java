package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Experiment;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;
import org.lemmalab.stats.VanishingGap;
import org.lemmalab.trainer.SingleStep;

/**
 * The output at an example after the step of all others.
 *
 * <h2>Source</h2>
 *
 * D20, Claim 12 and the last line of its proof.
 *
 * <h2>Statement</h2>
 *
 * {@code h_(W + eta G~)(x_m) = O(sqrt(ln d))} with high probability. Given the others, with {@code v_j = w_j + eta g~_j} and any {@code r_0},
 *
 * <pre>{@code
 * |E_x h| <= |sum a|/sqrt q |E s(r_0 Z)| + L sqrt(2/pi) sqrt q max_j | |v_j| - r_0 |
 * }</pre>
 *
 * <p>For {@code |z|} and signs that cancel, with {@code rho^2 = (m-1) ln^2 d/(d q)}, nearly
 *
 * <pre>{@code
 * E_x h   = sqrt(2/pi) q^-1/2 sum_j a_j |v_j|  ~  (2/pi) (ln d/d) (sum_(i < m) y_i)/sqrt(1 + rho^2)
 * Var_x h = q^-1 a^T Cov(|V x|) a              ~  (1 - 2/pi) (1 + rho^2) + (4/pi^2) (q/d) rho^2/(1 + rho^2)
 * }</pre>
 *
 * <p>The step learns which label is the more frequent one, to {@code (2/pi) rho sqrt(q/d)} in size; in the variance, {@code <v_j, v_k>} has terms
 * {@code <w_j, eta g~_k>} and {@code <w_k, eta g~_j>} with correlation {@code (2/pi) a_j a_k}.
 *
 * <h2>Instances</h2>
 *
 * The size for every activation at d = q = 16 and 64, {@code m = d^2/ln^2 d}: more than the theorem's {@code d^2/ln^4 d}, as {@code rho = 1} is enough
 * here and small d has power only there; sum of signs 0 and {@code sqrt q}. For {@code |z|} also the theorem's size m = 13. The limits for d = 16, 32, 64 with q = d and q = d/2 at fixed rho. The bound
 * of the mean up to 8 x 8, after real steps, and with lengths {@code r_0 + a_j e}, which attain it.
 *
 * <h2>How it is checked</h2>
 *
 * The largest output of a sample over {@code sqrt(ln d)} must not grow: exponent 0 up to 0.15. For {@code |z|} at d = q = 64 it is above a constant
 * with probability 0.1 at most, told from 0.5: at rho = 1 the bound {@code 3 sqrt(ln d) = 6.1} is 4.7 deviations (1.06) above the mean 1.13 that signs with the sum {@code sqrt q}
 * give, for 236 outputs. Conditional mean and variance are exact given the
 * sample; their distance to the limit is of order 1/d, by {@link VanishingGap}, that of the mean relative to its size
 * {@code (2/pi) rho sqrt(q/d)/sqrt(1 + rho^2)}; a term {@code b d^-2} of these would leave {@code b/1000}.
 *
 * <h2>Falsifiers</h2>
 *
 * ReLU and tanh, whose outputs grow like sqrt q; all signs +1; outputs after the own step; formulas without one of their terms or factors, with 0.8 of one, with {@code sqrt(q/d)}, with {@code rho^2} for
 * {@code rho^2/(1 + rho^2)}; bounds without {@code sum a} or {@code sqrt q}, with 0.75 for {@code sqrt(2/pi)}.
 */
class LeaveOneOutOutputClaims {
    private static final double[] SIZES = {16, 32, 64};

    /** An activation and which signs the output layer has. */
    record Network(DecentActivation activation, Signs signs) {
        /** {@code max_k |h(x_k)|/sqrt(ln d)} after the step of all examples but k, for d = q. */
        double largestOutput(int d, int m, RandomStream stream) {
            return largest(d, step(d, m, stream).outputs().leaveOneOut());
        }

        /** The same after the step of all examples. */
        double largestFinalOutput(int d, int m, RandomStream stream) {
            return largest(d, step(d, m, stream).outputs().after());
        }

        private SingleStep step(int d, int m, RandomStream stream) {
            StepSetting setting = new StepSetting(activation, d, d, m, signs.sum(d));
            return setting.step(setting.rule().withoutHinge(), stream);
        }

        private static double largest(int d, double[] outputs) {
            return DoubleStream.of(outputs).map(Math::abs).max().orElseThrow() / Math.sqrt(Math.log(d));
        }
    }

    /** The largest output of a sample. */
    private interface Output {
        double at(Network network, RandomStream stream);
    }

    /** {@code m = d^2/ln^2 d}, so that {@code rho^2} is about 1. */
    private static int examples(double d) {
        return (int) (d * d / Math.pow(Math.log(d), 2));
    }

    /** The sum of q signs; q is a square. */
    enum Signs {
        CANCEL,
        SQUARE_ROOT,
        ALL_PLUS;

        int sum(int q) {
            return switch (this) {
                case CANCEL -> 0;
                case SQUARE_ROOT -> (int) Math.round(Math.sqrt(q));
                case ALL_PLUS -> q;
            };
        }
    }

    @Provide
    Arbitrary<Network> networks() {
        return Combinators.combine(
                        Arbitraries.of(BalancedActivations.ALL), Arbitraries.of(Signs.CANCEL, Signs.SQUARE_ROOT))
                .as(Network::new);
    }

    @Claim(
            id = "D20.claim12",
            statement = "|h_{W + \\eta \\tilde G}(x_m)| = O\\big(\\sqrt{\\ln d}\\big) \\text{ with high probability}",
            hypotheses =
                    "$m \\le dq/\\ln^4 d$, $|\\sum_j a_j| = O(\\sqrt q)$; here for all examples in turn and even $m = dq/\\ln^2 d$: $\\max_k"
                            + " |h_{W + \\eta \\tilde G^{(k)}}(x_k)|/\\sqrt{\\ln d} = d^{0 \\pm 0.15}$,"
                            + " and, for $|x|$ and $d = q = 64$, with probability 0.9 at most 3 there and 1.5 at $m = dq/\\ln^4 d$",
            instances = 3)
    void theOutputBeforeTheOwnStepIsSmall(@ForAll("networks") Network drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.signs == Signs.CANCEL ? "sum a = 0" : "sum a = sqrt q");
        Network relu = new Network(DecentActivation.RELU, Signs.CANCEL);
        Network absolute = new Network(BalancedActivations.ABSOLUTE_VALUE, drawn.signs);
        Network ones = new Network(BalancedActivations.ABSOLUTE_VALUE, Signs.ALL_PLUS);
        double[] ends = {16, 64};
        run.check(
                        "exponent of max |h|/sqrt(ln d), m = d^2/ln^2 d",
                        drawn,
                        (form, lab) -> Rate.perReplicate(0, 0.15, ends)
                                .clippedTo(-0.6, 0.6)
                                .decide(
                                        index -> DoubleStream.of(ends)
                                                .map(d -> form.largestOutput(
                                                        (int) d,
                                                        examples(d),
                                                        lab.stream()
                                                                .trial(index)
                                                                .part("d = " + (int) d)))
                                                .toArray(),
                                        lab.terms()))
                .falsifiedBy("ReLU: mean slope 1/2", relu)
                .falsifiedBy("tanh: mean slope 0.6", new Network(DecentActivation.TANH, Signs.CANCEL));
        run.check(
                        "|x|, at most 3 sqrt(ln d), d = q = 64, m = d^2/ln^2 d",
                        absolute,
                        (form, lab) ->
                                lab.failsAtMost(0.1, 0.5, stream -> form.largestOutput(64, examples(64), stream) > 3))
                .falsifiedBy("ReLU: mean slope 1/2", relu)
                .falsifiedBy("all signs +1", ones);
        run.check(
                        "|x|, at most 1.5 sqrt(ln d), d = q = 64, m = 13",
                        (Output) (network, stream) -> network.largestOutput(64, 13, stream),
                        (form, lab) -> lab.failsAtMost(0.1, 0.5, stream -> form.at(absolute, stream) > 1.5))
                .falsifiedBy("after the own step too", (network, stream) -> network.largestFinalOutput(64, 13, stream))
                .falsifiedBy("all signs +1", (network, stream) -> ones.largestOutput(64, 13, stream));
    }

    /** A function of {@code rho^2} and q/d. */
    private interface Formula {
        double at(double rho2, double ratio);
    }

    /** {@code |z|} with q = d/ratio neurons and {@code rho^2} nearly as given. */
    private static StepSetting absolute(double d, int ratio, double rho2) {
        int q = (int) d / ratio;
        int others = (int) Math.round(rho2 * d * q / Math.pow(Math.log(d), 2));
        return new StepSetting(BalancedActivations.ABSOLUTE_VALUE, (int) d, q, others + 1);
    }

    @Provide
    Arbitrary<Double> shiftVariances() {
        return Arbitraries.of(0.5, 1.0);
    }

    @Claim(
            id = "D20.claim12.var",
            statement =
                    "\\mathrm{Var}_x\\, h_{W + \\eta \\tilde G}(x) \\to \\Big(1 - \\frac{2}{\\pi}\\Big)(1 + \\rho^2) + \\frac{4}{\\pi^2} \\frac qd"
                            + " \\frac{\\rho^2}{1 + \\rho^2}",
            hypotheses =
                    "$\\sigma = |\\cdot|$, $\\sum_j a_j = 0$, given $\\tilde G$, $d \\to \\infty$ with $q/d$ and $\\rho^2 = (m-1) \\ln^2 d/(dq)$ fixed;"
                            + " a sharper companion of Claim 12")
    void theVarianceGivenTheStep(@ForAll("shiftVariances") double rho2, ClaimRun run) {
        run.covers("rho^2 = " + rho2);
        double own = 1 - 2 / Math.PI;
        double cross = 4 / (Math.PI * Math.PI);
        Formula claimed = (r, ratio) -> own * (1 + r) + cross * ratio * r / (1 + r);
        for (int ratio : new int[] {1, 2}) {
            Check<Formula> check = run.check(
                            ratio == 1 ? "limit, q = d" : "limit, q = d/2",
                            claimed,
                            (form, lab) -> new VanishingGap(1, 0.04, 0.04, 0.4, SIZES)
                                    .decide(
                                            index -> DoubleStream.of(SIZES)
                                                    .map(d -> {
                                                        StepSetting s = absolute(d, ratio, rho2);
                                                        double f = form.at(s.shiftVariance(), 1.0 / ratio);
                                                        return NeuronRun.at(run, s, index)
                                                                                .variance()
                                                                        / f
                                                                - 1;
                                                    })
                                                    .toArray(),
                                            lab.terms()))
                    .falsifiedBy("no second term", (r, q) -> own * (1 + r))
                    .falsifiedBy("no 1 + rho^2", (r, q) -> claimed.at(r, q) - own * r);
            if (ratio == 1) {
                check.falsifiedBy("rho^2 for rho^2/(1 + rho^2)", (r, q) -> own * (1 + r) + cross * q * r);
            } else {
                check.falsifiedBy("no q/d", (r, q) -> claimed.at(r, 1));
            }
        }
    }

    @Provide
    Arbitrary<SmallStep> steps() {
        return SmallStep.any(8);
    }

    /** A network, its lengths' reference {@code r_0} and the Lipschitz constant. */
    private record Bounded(TwoLayerNetwork network, double r0, double lipschitz) {
        /** Orthogonal rows of length {@code r_0 + a_j e}. */
        static Bounded sharp(Signs signs) {
            StepSetting setting = new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 9, 4, 1, signs.sum(4));
            TwoLayerNetwork network = setting.network();
            for (int j = 0; j < 4; j++) {
                network.weights().set(j, j, 1.3 + 0.2 * setting.signs()[j]);
            }
            return new Bounded(network, 1.3, 1);
        }

        double signSum() {
            return Math.abs(DoubleStream.of(network.outputs()).sum());
        }

        double largestDelta() {
            return IntStream.range(0, network.width())
                    .mapToDouble(j -> Math.abs(network.neuronNorm(j) - r0))
                    .max()
                    .orElseThrow();
        }

        /** {@code |sum a|/sqrt q |E s(r_0 Z)|}. */
        double common() {
            return signSum() * Math.abs(LeaveOneOut.mean(network.activation(), r0));
        }
    }

    /** A bound of {@code |E_x h|}. */
    private interface MeanBound extends ToDoubleFunction<Bounded> {}

    @Claim(
            id = "D20.claim12.mean",
            statement =
                    "\\mathbb E_x h_{W + \\eta \\tilde G}(x) = O(1) + O\\big(\\sqrt{q/d}\\big) = O(1), \\qquad \\mathbb E_x h_{W + \\eta \\tilde G}(x)"
                            + " \\approx \\frac{2}{\\pi} \\frac{\\ln d}{d} \\frac{\\sum_{i < m} y_i}{\\sqrt{1 + \\rho^2}} \\text{ for } |\\cdot|",
            hypotheses =
                    "$|\\mathbb E_x h| \\le q^{-1/2} |\\sum_j a_j|\\, |\\mathbb E \\sigma(r_0 Z)| + L \\sqrt{2/\\pi} \\sqrt q \\max_j |\\delta_j|$ with"
                            + " $\\|w_j + \\eta \\tilde g_j\\| = r_0 + \\delta_j$; the formula is a sharper companion for $\\sum_j a_j = 0$ and $d \\to"
                            + " \\infty$ with $q/d$ and $\\rho^2 = (m-1) \\ln^2 d/(dq)$ fixed",
            instances = 10)
    void theMeanGivenTheStepIsBounded(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        drawn.cover(run);
        run.note(
                "The step learns the imbalance of the labels as a bias: the order sqrt(q/d) is right up to the factor rho.");
        Bounded moved = new Bounded(
                drawn.step(drawn.sample(0)).leaveOneOutNetwork(0),
                Math.sqrt(1 + new LeaveOneOut(drawn.setting()).meanSquare()),
                drawn.activation().lipschitz());
        List<Bounded> all = List.of(moved, Bounded.sharp(Signs.CANCEL), Bounded.sharp(Signs.ALL_PLUS));
        double[] means =
                all.stream().mapToDouble(b -> LeaveOneOut.mean(b.network)).toArray();
        double root = Math.sqrt(2 / Math.PI);
        run.check(
                        "bound",
                        (MeanBound)
                                b -> b.common() + b.lipschitz * root * Math.sqrt(b.network.width()) * b.largestDelta(),
                        (form, lab) -> Comparison.atMost(
                                DoubleStream.of(means).map(Math::abs).toArray(),
                                all.stream().mapToDouble(form).toArray(),
                                1e-9,
                                "quadrature to 1e-13 of sums below 10^4"))
                .falsifiedBy(
                        "no sum of signs", b -> b.lipschitz * root * Math.sqrt(b.network.width()) * b.largestDelta())
                .falsifiedBy("no sqrt q", b -> b.common() + b.lipschitz * root * b.largestDelta())
                .falsifiedBy(
                        "0.75 for sqrt(2/pi)",
                        b -> b.common() + b.lipschitz * 0.75 * Math.sqrt(b.network.width()) * b.largestDelta());
        TwoLayerNetwork sameRows = new TwoLayerNetwork(
                moved.network.weights(), moved.network.outputs(), BalancedActivations.ABSOLUTE_VALUE);
        TwoLayerNetwork sharp = all.get(1).network;
        run.check(
                        "absolute value",
                        root,
                        (constant, lab) -> Comparison.equal(
                                new double[] {LeaveOneOut.mean(sameRows), LeaveOneOut.mean(sharp)},
                                new double[] {constant * lengths(sameRows), constant * lengths(sharp)},
                                1e-9,
                                "quadrature to 1e-13 of sums below 10^4"))
                .falsifiedBy("0.75 for sqrt(2/pi)", 0.75);
        Formula claimed = (rho2, ratio) -> 1 / Math.sqrt(1 + rho2);
        run.check("formula, q = d, rho = 1", claimed, meanTendsTo(run, 1, 1))
                .falsifiedBy("0", (rho2, ratio) -> 0)
                .falsifiedBy("0.8 of it", (rho2, ratio) -> 0.8 * claimed.at(rho2, ratio))
                .falsifiedBy("no 1/sqrt(1 + rho^2)", (rho2, ratio) -> 1);
        run.check("formula, q = d/2, rho^2 = 1/2", claimed, meanTendsTo(run, 2, 0.5))
                .falsifiedBy("times sqrt(q/d)", (rho2, ratio) -> Math.sqrt(ratio) * claimed.at(rho2, ratio))
                .falsifiedBy("no 1/sqrt(1 + rho^2)", (rho2, ratio) -> 1);
    }

    private static Experiment<Formula> meanTendsTo(ClaimRun run, int ratio, double rho2) {
        return (form, lab) -> new VanishingGap(1, 0.06, 0.06, 1, SIZES)
                .decide(
                        index -> DoubleStream.of(SIZES)
                                .map(d -> gap(NeuronRun.at(run, absolute(d, ratio, rho2), index), form))
                                .toArray(),
                        lab.terms());
    }

    /** {@code q^-1/2 sum_j a_j |v_j|}. */
    private static double lengths(TwoLayerNetwork network) {
        DMatrixRMaj gram = LinearAlgebra.gram(network.weights());
        double sum = 0;
        for (int j = 0; j < network.width(); j++) {
            sum += network.outputs()[j] * Math.sqrt(gram.get(j, j));
        }
        return sum;
    }

    /** Mean less formula, in the direction of the labels' imbalance and over the formula's standard deviation. */
    private static double gap(NeuronRun run, Formula form) {
        StepSetting s = run.step().setting();
        double[] y = run.step().outputs().y();
        double others = Arrays.stream(y).sum() - y[0];
        double rho2 = s.shiftVariance();
        double rate = 2 / Math.PI * Math.log(s.d()) / s.d();
        double scale = rate * Math.sqrt((s.m() - 1) / (1 + rho2));
        double formula = rate * others * form.at(rho2, s.q() / (double) s.d());
        return Math.signum(others) * (run.mean() - formula) / scale;
    }
}
