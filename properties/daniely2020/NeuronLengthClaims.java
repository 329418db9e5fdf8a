package daniely2020;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The lengths of the neurons after the step of all examples but one, and what they change in an output's mean.
 *
 * <h2>Source</h2>
 *
 * D20, second half of the proof of Claim 12.
 *
 * <h2>Statement</h2>
 *
 * {@code |w_j + eta g~_j| = r_0 + delta_j} with {@code r_0^2 = E |w_j + eta g~_j|^2}. With high probability all {@code |delta_j| = O(1/sqrt d)}: each is
 * {@code rho/sqrt d} times a nearly normal variable, {@code rho^2 = (m-1) ln^2 d/(d q)}, when {@code s = |z|}. The pre-activation of neuron j at a new point is
 * {@code X + Y_j} with {@code X = r_0 Z} and {@code Y_j = delta_j Z}, so
 *
 * <pre>{@code
 * |E s(X + Y_j) - E s(X)| <= L E |Y_j| = L |delta_j| sqrt(2/pi);     |E s(x + Y) - s(x)| <= L E |Y| for every x
 * }</pre>
 *
 * <p>An independent Y would need the variance {@code |w_j + eta g~_j|^2 - r_0^2}, of order {@code 1/sqrt d} and negative for about half of the neurons.
 *
 * <h2>Instances</h2>
 *
 * Lengths at d = q = 64: every activation at m = 13, the theorem's size; {@code |z|} at m = 13 and 150. The mean: {@code r_0} from 1 to 2, {@code delta_j} from -0.5 to
 * 0.5 and 0, every activation, ReLU.
 *
 * <h2>How it is checked</h2>
 *
 * For {@code |z|} the law of one length is known: its tails are integrals of chi-square tails, and the bound of all lengths is where q of these tails make
 * up 0.05. Means by quadrature, split at the kinks, to 1e-12.
 *
 * <h2>Falsifiers</h2>
 *
 * Orders {@code 1/d} and {@code d^(-3/4)}, 0.85 of the bound, one tail for q; the constant 0.75 and {@code E Y^2} for {@code E |Y|}; Y independent of X.
 */
class NeuronLengthClaims {
    private static final int D = 64;
    private static final double DELTA = 0.05;
    private static final String QUADRATURE = "quadrature to 1e-13 of terms below 100";

    @Provide
    Arbitrary<DecentActivation> balanced() {
        return Arbitraries.of(BalancedActivations.ALL);
    }

    private static LeaveOneOut square(DecentActivation s, int m) {
        return new LeaveOneOut(new StepSetting(s, D, D, m));
    }

    /** {@code max_j |delta_j|} of a sample. */
    private static double largestDelta(LeaveOneOut step, double mean, RandomStream stream) {
        TwoLayerNetwork network = step.moved(stream);
        double largest = 0;
        for (int j = 0; j < network.width(); j++) {
            largest = Math.max(largest, Math.abs(network.neuronNorm(j) - mean));
        }
        return largest;
    }

    /** The length e with {@code P(|delta_1| >= e) = p}, for the absolute value. */
    private static double quantile(LeaveOneOut step, double p) {
        ShiftedNorm law = new ShiftedNorm(D, step.exponent());
        double mean = Math.sqrt(1 + step.meanSquare());
        double scale = Math.sqrt(step.setting().shiftVariance() / D);
        return new BrentSolver(1e-7)
                .solve(
                        100,
                        e -> law.logOutside(Math.pow(mean - e, 2), Math.pow(mean + e, 2)) - Math.log(p),
                        scale,
                        6 * scale);
    }

    @Claim(
            id = "D20.claim12.delta",
            statement =
                    "\\|w_j + \\eta \\tilde g_j\\| = \\sqrt{\\mathbb E \\|w_j + \\eta \\tilde g_j\\|^2} + \\delta_j, \\qquad \\max_j |\\delta_j| ="
                            + " O\\Big(\\frac{1}{\\sqrt d}\\Big) \\text{ with high probability}",
            hypotheses =
                    "$m \\le dq/\\ln^4 d$; with constants: $P(\\max_j |\\delta_j| > L/\\sqrt d) \\le 0.05$ at $d = q = 64$, and for $|x|$ the bound"
                            + " $e$ with $q P(|\\delta_1| \\ge e) = 0.05$ at any $m$",
            instances = 4)
    void theLengthsStayNearTheirMean(@ForAll("balanced") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("m = 1: no others");
        LeaveOneOut literal = square(s, 13);
        double mean = Math.sqrt(1 + literal.meanSquare());
        run.check(
                        "over L, m = 13",
                        0.5,
                        (power, lab) -> lab.failsAtMost(
                                DELTA,
                                0.15,
                                stream -> largestDelta(literal, mean, stream) > s.lipschitz() * Math.pow(D, -power)))
                .falsifiedBy("1/d", 1.0);
        for (int m : new int[] {13, 150}) {
            LeaveOneOut step = square(BalancedActivations.ABSOLUTE_VALUE, m);
            double middle = Math.sqrt(1 + step.meanSquare());
            double bound = quantile(step, DELTA / D);
            run.check(
                            "|x|, m = " + m,
                            bound,
                            (form, lab) ->
                                    lab.failsAtMost(DELTA, 0.12, stream -> largestDelta(step, middle, stream) >= form))
                    .falsifiedBy("one tail for q", quantile(step, DELTA))
                    .falsifiedBy("0.85 of the bound", 0.85 * bound)
                    .falsifiedBy("d^(-3/4) for d^(-1/2)", bound * Math.pow(D, -0.25));
        }
        run.check(
                        "no others: lengths 1",
                        1,
                        (m, lab) -> Comparison.equal(
                                largestDelta(
                                        square(s, m), Math.sqrt(1 + square(s, m).meanSquare()), lab.stream()),
                                0,
                                1e-14,
                                "unit rows, 100 u"))
                .falsifiedBy("one other", 2);
    }

    /** A neuron's length {@code r0 + delta} and a point on the line. */
    record Length(DecentActivation activation, double r0, double delta, double x) {
        /** Equality, in both inequalities. */
        static final List<Length> SHARP = List.of(
                new Length(BalancedActivations.ABSOLUTE_VALUE, 1.2, 0.3, 0),
                new Length(BalancedActivations.ABSOLUTE_VALUE, 1.2, -0.3, 0));

        double changeOfMean() {
            return Math.abs(LeaveOneOut.mean(activation, r0 + delta) - LeaveOneOut.mean(activation, r0));
        }

        /** {@code |E s(x + Y) - s(x)|} for {@code Y = delta Z}. */
        double smoothing() {
            double[] kinks = activation.kinks();
            for (int k = 0; k < kinks.length; k++) {
                kinks[k] = delta == 0 ? 0 : (kinks[k] - x) / delta;
            }
            return Math.abs(
                    GaussianIntegral.expectation(z -> activation.value(x + delta * z), kinks) - activation.value(x));
        }
    }

    @Provide
    Arbitrary<Length> lengths() {
        return Combinators.combine(
                        Arbitraries.of(Activations.WITH_RELU),
                        Arbitraries.doubles().between(1, 2).ofScale(3),
                        Arbitraries.oneOf(
                                Arbitraries.doubles().between(-0.5, 0.5).ofScale(3), Arbitraries.just(0.0)),
                        Arbitraries.doubles().between(-3, 3).ofScale(2))
                .as(Length::new);
    }

    @Claim(
            id = "D20.claim12.XY",
            statement =
                    "\\langle w_j + \\eta \\tilde g_j, x \\rangle = X + Y_j, \\qquad |\\mathbb E \\sigma(X + Y_j) - \\mathbb E \\sigma(X)| \\le L"
                            + " \\sqrt{2/\\pi}\\, |\\delta_j|, \\qquad |\\mathbb E_Y \\sigma(x + Y) - \\sigma(x)| \\le L\\, \\mathbb E |Y|",
            hypotheses =
                    "$\\|w_j + \\eta \\tilde g_j\\| = r_0 + \\delta_j$, $X = r_0 Z$, $Y_j = \\delta_j Z$, $Z \\sim N(0, 1)$; in the last"
                            + " inequality $x$ is fixed and $Y$ is any centred Gaussian variable")
    void aChangeOfLengthMovesTheMeanLittle(@ForAll("lengths") Length drawn, ClaimRun run) {
        run.covers(drawn.activation.name())
                .covers(drawn.delta < 0 ? "delta < 0" : drawn.delta > 0 ? "delta > 0" : "delta = 0");
        run.note(
                "The proof fixes X and takes the mean over Y_j; the bound holds for any joint law of the two, such as X = r_0 Z and Y_j = delta_j Z.");
        List<Length> lengths = List.of(drawn, Length.SHARP.get(0), Length.SHARP.get(1));
        run.check("variance of X + Y", (DoubleBinaryOperator) (r0, delta) -> r0 * delta, (covariance, lab) -> {
                    double[] sums = lengths.stream()
                            .mapToDouble(
                                    l -> l.r0 * l.r0 + 2 * covariance.applyAsDouble(l.r0, l.delta) + l.delta * l.delta)
                            .toArray();
                    double[] squares = lengths.stream()
                            .mapToDouble(l -> Math.pow(l.r0 + l.delta, 2))
                            .toArray();
                    return Comparison.equal(sums, squares, 1e-14, "5 roundings of numbers below 7");
                })
                .falsifiedBy("Y independent of X", (r0, delta) -> 0)
                .falsifiedBy("Y = |delta| Z", (r0, delta) -> r0 * Math.abs(delta));
        DoubleBinaryOperator meanModulus = (l, delta) -> l * Math.abs(delta) * Math.sqrt(2 / Math.PI);
        run.check("change of the mean", meanModulus, (form, lab) -> {
                    double[] changes =
                            lengths.stream().mapToDouble(Length::changeOfMean).toArray();
                    return Comparison.atMost(changes, bounds(lengths, form), 1e-11, QUADRATURE);
                })
                .falsifiedBy("0.75 L |delta|", (l, delta) -> 0.75 * l * Math.abs(delta))
                .falsifiedBy("E Y^2 for E |Y|", (l, delta) -> l * delta * delta);
        run.check("change at a fixed x", meanModulus, (form, lab) -> {
                    double[] changes =
                            lengths.stream().mapToDouble(Length::smoothing).toArray();
                    return Comparison.atMost(changes, bounds(lengths, form), 1e-11, QUADRATURE);
                })
                .falsifiedBy("0.75 L |delta|", (l, delta) -> 0.75 * l * Math.abs(delta))
                .falsifiedBy("E Y^2 for E |Y|", (l, delta) -> l * delta * delta);
    }

    private static double[] bounds(List<Length> lengths, DoubleBinaryOperator form) {
        return lengths.stream()
                .mapToDouble(l -> form.applyAsDouble(l.activation.lipschitz(), l.delta))
                .toArray();
    }
}
