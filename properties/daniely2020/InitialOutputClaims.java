package daniely2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * The outputs before the step: their mean, their concentration, and why every hinge is active.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 6, its proof, and the sentence after it.
 *
 * <h2>Statement</h2>
 *
 * For orthonormal rows, signs a and {@code x ~ N(0, I_d)}, with {@code mu = (sum_j a_j / sqrt q) E s(G)},
 *
 * <pre>{@code
 * E h_W(x) = mu,   Var h_W(x) = Var s(G)
 * P(|h_W(x) - mu| >= t) <= 2 exp(-t^2/(2 L^2))
 * P(max_(i <= m) |h_W(x_i) - mu| >= L sqrt(2 ln(2m/delta))) <= delta
 * P(some y_i h_W(x_i) >= ln d) <= m exp(-(ln d - |mu|)^2/(2 L^2))
 * }</pre>
 *
 * The gradient of {@code h_W} in x is {@code q^-1/2 W^T (a o s'(W x))}, of norm at most L. When no hinge ends, {@code W+ = W + eta G}.
 *
 * <h2>Instances</h2>
 *
 * Moments: rotations of the plane and the fifteen activations whose mean is not 0. Tails: eighteen activations at {@code q = 256}, and the identity,
 * with {@code h_W(x) ~ N(0, 1)}: allowed by the inequalities, which do not need {@code E s' = 0}, and the nearest to them.
 *
 * <h2>How it is checked</h2>
 *
 * Moments by a double integral, split at the kinks in one variable and where those of two rows meet in the other; exact to 1e-10 as the rows stay
 * 0.4 away from the axes. Tails by counting.
 *
 * <h2>Falsifiers</h2>
 *
 * Other powers of q, second moments for variances, rows at an angle of 80 degrees; exponents 1.75 and 2 times as large, no union over the sample, no
 * {@code 1/sqrt q}, all signs +1 where their sum is to be {@code sqrt q}, the hinge {@code (1 - y h)_+}.
 */
class InitialOutputClaims {
    private static final String QUADRATURE = "double integral to 1e-10, times 10";

    private static List<DecentActivation> all() {
        List<DecentActivation> all = new ArrayList<>(BalancedActivations.SMOOTH);
        all.addAll(BalancedActivations.KINKED);
        return all;
    }

    /** An activation and the angle of the first row with an axis. */
    record Plane(DecentActivation activation, double angle) {
        /** {@code E f(s(<w_1, x>), s(<w_2, x>))} with rows at an angle to each other, x in the plane. */
        double expectation(DoubleBinaryOperator f, double between) {
            double[][] w = {{Math.cos(angle), Math.sin(angle)}, {Math.cos(angle + between), Math.sin(angle + between)}};
            double[] kinks = activation.kinks();
            double[] crossings = new double[kinks.length * kinks.length]; // of the two rows' kinks
            for (int k = 0; k < crossings.length; k++) {
                double one = kinks[k % kinks.length];
                double other = kinks[k / kinks.length];
                crossings[k] = (one * w[1][1] - other * w[0][1]) / (w[0][0] * w[1][1] - w[1][0] * w[0][1]);
            }
            return GaussianIntegral.expectation(
                    first -> {
                        double[] moved = new double[2 * kinks.length];
                        for (int k = 0; k < moved.length; k++) {
                            double[] row = w[k % 2];
                            moved[k] = (kinks[k / 2] - row[0] * first) / row[1];
                        }
                        return GaussianIntegral.expectation(
                                second -> f.applyAsDouble(
                                        activation.value(w[0][0] * first + w[0][1] * second),
                                        activation.value(w[1][0] * first + w[1][1] * second)),
                                moved);
                    },
                    crossings);
        }
    }

    @Provide
    Arbitrary<Plane> planes() {
        List<DecentActivation> withMean = all();
        withMean.removeAll(List.of(BalancedActivations.SINE, BalancedActivations.TANH, BalancedActivations.ERF)); // odd
        return Combinators.combine(Arbitraries.of(withMean), Arbitraries.of(0.5, 0.7, 1.0, -0.6, -0.9))
                .as(Plane::new);
    }

    /** Claimed mean and variance of a network of q neurons with a sum of signs, from the moments of s. */
    private interface Moment {
        double of(GaussianMoments s, int q, int sum);
    }

    /** The angle between two rows, and the variance claimed. */
    private record Variance(double degrees, Moment moment) {}

    @Claim(
            id = "D20.lem6.mean",
            statement = "\\mathbb E\\, h_W(x) = \\frac{\\sum_j a_j}{\\sqrt q}\\, \\mathbb E\\,\\sigma(X),\\qquad"
                    + " \\mathrm{Var}\\, h_W(x) = \\mathrm{Var}\\,\\sigma(X)",
            hypotheses = "$W W^\\top = I_q$, $a \\in \\{\\pm1\\}^q$; one and two neurons in the plane, all signs",
            instances = 12)
    void outputsHaveTheMomentsOfOneNeuron(@ForAll("planes") Plane plane, ClaimRun run) {
        run.covers(plane.activation.name()).covers("q = 1").covers("q = 2");
        GaussianMoments s = GaussianMoments.of(plane.activation);
        int[][] signs = {{1, 0}, {-1, 0}, {1, -1}, {1, 1}, {-1, -1}};
        double mean = plane.expectation((u, v) -> u, Math.PI / 2);
        double otherMean = plane.expectation((u, v) -> v, Math.PI / 2);
        run.check(
                        "mean",
                        (Moment) (x, q, sum) -> sum / Math.sqrt(q) * x.mean(),
                        (moment, lab) -> Comparison.equal(
                                each(signs, a -> (a[0] * mean + a[1] * otherMean) / Math.sqrt(neurons(a))),
                                each(signs, a -> moment.of(s, neurons(a), a[0] + a[1])),
                                1e-9,
                                QUADRATURE))
                .falsifiedBy("sum a/q", (x, q, sum) -> sum / (double) q * x.mean())
                .falsifiedBy("sum a", (x, q, sum) -> sum * x.mean());
        double[] orthogonal = variances(plane, signs, s, Math.PI / 2);
        run.check(
                        "variance",
                        new Variance(90, (x, q, sum) -> x.variance()),
                        (form, lab) -> Comparison.equal(
                                form.degrees == 90
                                        ? orthogonal
                                        : variances(plane, signs, s, Math.toRadians(form.degrees)),
                                each(signs, a -> form.moment.of(s, neurons(a), a[0] + a[1])),
                                1e-9,
                                QUADRATURE))
                .falsifiedBy("E s^2", new Variance(90, (x, q, sum) -> x.variance() + x.mean() * x.mean()))
                .falsifiedBy("Var s/q", new Variance(90, (x, q, sum) -> x.variance() / q))
                .falsifiedBy(
                        "(sum a)^2/q Var s", new Variance(90, (x, q, sum) -> sum * sum / (double) q * x.variance()))
                .falsifiedBy("rows at 80 degrees", new Variance(80, (x, q, sum) -> x.variance()));
    }

    /** The variances of {@code (a_1 s(u) + a_2 s(v))/sqrt q}. */
    private static double[] variances(Plane plane, int[][] signs, GaussianMoments s, double between) {
        double m = s.mean();
        double first = plane.expectation((u, v) -> (u - m) * (u - m), between);
        double second = plane.expectation((u, v) -> (v - m) * (v - m), between);
        double product = plane.expectation((u, v) -> (u - m) * (v - m), between);
        return each(signs, a -> (a[0] * a[0] * first + a[1] * a[1] * second + 2 * a[0] * a[1] * product) / neurons(a));
    }

    private static int neurons(int[] a) {
        return Math.abs(a[0]) + Math.abs(a[1]);
    }

    private static double[] each(int[][] signs, ToDoubleFunction<int[]> f) {
        return Arrays.stream(signs).mapToDouble(f).toArray();
    }

    /** A network of 256 neurons. */
    record Wide(DecentActivation activation, int d, boolean ones, long seed) {
        static final int Q = 256;

        StepSetting setting(int m) {
            return new StepSetting(activation, d, Q, m, ones ? Q : 0);
        }

        TwoLayerNetwork network() {
            return setting(1).rotatedNetwork(RandomStream.of(seed, "InitialOutputClaims"));
        }

        /** The mean of the outputs. */
        double mean() {
            return (ones ? Math.sqrt(Q) : 0) * GaussianMoments.of(activation).mean();
        }
    }

    @Provide
    Arbitrary<Wide> wide() {
        return Combinators.combine(
                        Arbitraries.of(all()),
                        Arbitraries.of(256, 300),
                        Arbitraries.of(false, true),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Wide::new);
    }

    private static double largestDeviation(double[] outputs, double mean) {
        return Arrays.stream(outputs).map(h -> Math.abs(h - mean)).max().orElseThrow();
    }

    @Claim(
            id = "D20.lem6.subg",
            statement = "P(|h_W(x) - \\mathbb E\\, h_W(x)| \\ge t) \\le 2 e^{-t^2/(2 L^2)}",
            hypotheses = "every orthonormal $W$, every $a \\in \\{\\pm1\\}^q$, every $L$-Lipschitz $\\sigma$")
    void outputsAreSubGaussian(@ForAll("wide") Wide drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.ones ? "all signs +1" : "signs cancel");
        run.covers("q = d = 1");
        TwoLayerNetwork network = drawn.network();
        double bound = 0.3;
        double t = drawn.activation.lipschitz() * Math.sqrt(2 * Math.log(2 / bound));
        double mu = drawn.mean();
        run.check(
                        "drawn",
                        1.0,
                        (factor, lab) -> lab.failsAtMost(
                                bound,
                                stream -> factor
                                                * largestDeviation(
                                                        network.predict(
                                                                drawn.setting(1).points(stream)),
                                                        mu)
                                        >= t))
                .falsifiedBy("no 1/sqrt q", Math.sqrt(Wide.Q));
        for (int q : new int[] {1, 16}) {
            TwoLayerNetwork normal = new StepSetting(DecentActivation.IDENTITY, 2 * q - 1, q, 1, q % 2)
                    .rotatedNetwork(run.stream().part("rows"));
            run.check(
                            q == 1 ? "one neuron, identity, t = 2.5" : "sixteen, identity, t = 2.5",
                            0.5,
                            (exponent, lab) -> lab.failsAtMost(
                                    2 * Math.exp(-exponent * 6.25),
                                    2.4 * Math.exp(-exponent * 6.25),
                                    stream ->
                                            Math.abs(normal.predict(points(1, normal.dimension(), stream))[0]) >= 2.5))
                    .falsifiedBy("t^2/L^2", 1.0)
                    .falsifiedBy("0.875 t^2/L^2", 0.875);
        }
    }

    private static DMatrixRMaj points(int m, int d, RandomStream stream) {
        return new StepSetting(DecentActivation.IDENTITY, d, 1, m).points(stream);
    }

    @Claim(
            id = "D20.lem6",
            statement =
                    "P\\Big(\\max_{i \\le m} |h_W(x_i) - \\mu| \\ge L \\sqrt{2 \\ln(2m/\\delta)}\\Big) \\le \\delta,\\qquad"
                            + " \\mu = \\frac{\\sum_j a_j}{\\sqrt q}\\, \\mathbb E\\,\\sigma(X)",
            hypotheses =
                    "so $\\max_i |h_W(x_i)| = O(\\sqrt{\\ln d})$ for $m \\le \\mathrm{poly}(d)$ and $|\\sum_j a_j| = O(\\sqrt q)$",
            instances = 4)
    void outputsOfTheSampleAreSmall(@ForAll("wide") Wide drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.ones ? "all signs +1" : "signs cancel");
        run.note(
                "The proof bounds one example's failure by 1/m^2; a bound that vanishes with d for every m takes 1/(dm),"
                        + " which the free constant allows.");
        TwoLayerNetwork network = drawn.network();
        double delta = 0.05;
        double mu = drawn.mean();
        double t = drawn.activation.lipschitz() * Math.sqrt(2 * Math.log(64 / delta));
        run.check(
                        "drawn, m = 32",
                        1.0,
                        (factor, lab) -> lab.failsAtMost(
                                delta,
                                4 * delta,
                                stream -> factor
                                                * largestDeviation(
                                                        network.predict(drawn.setting(32)
                                                                .points(stream)),
                                                        mu)
                                        >= t))
                .falsifiedBy("no 1/sqrt q", Math.sqrt(Wide.Q));
        TwoLayerNetwork normal = new StepSetting(DecentActivation.IDENTITY, 20, 8, 1)
                .rotatedNetwork(run.stream().part("rows"));
        run.check(
                        "identity, m = 100",
                        Math.sqrt(2 * Math.log(200 / delta)),
                        (bound, lab) -> lab.failsAtMost(
                                delta,
                                1.5 * delta,
                                stream -> largestDeviation(normal.predict(points(100, 20, stream)), 0) >= bound))
                .falsifiedBy("no union over the sample", Math.sqrt(2 * Math.log(2 / delta)))
                .falsifiedBy("sqrt(ln(2m/delta))", Math.sqrt(Math.log(200 / delta)))
                .falsifiedBy("sqrt(2 ln(2m))", Math.sqrt(2 * Math.log(200)));
        double absolute = Math.sqrt(2 / Math.PI) + Math.sqrt(2 * Math.log(64 / delta));
        run.check("|x|, outputs with |sum a| <= sqrt q", 8, (sum, lab) -> {
                    StepSetting setting = new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 64, 64, 32, sum);
                    TwoLayerNetwork coordinates = setting.network();
                    return lab.failsAtMost(
                            delta,
                            4 * delta,
                            stream -> largestDeviation(coordinates.predict(setting.points(stream)), 0) >= absolute);
                })
                .falsifiedBy("all signs +1", 64);
    }

    /** An activation with L = 1 at q = d = 64, with the sum of signs 0 or 8. */
    record Active(DecentActivation activation, boolean balanced) {
        StepSetting setting() {
            return new StepSetting(activation, 64, 64, 13, balanced ? 0 : 8);
        }
    }

    @Provide
    Arbitrary<Active> actives() {
        return Combinators.combine(
                        Arbitraries.of(
                                BalancedActivations.ABSOLUTE_VALUE,
                                BalancedActivations.LOG_COSH,
                                BalancedActivations.COSINE,
                                BalancedActivations.HUBER),
                        Arbitraries.of(true, false))
                .as(Active::new);
    }

    /** An activation, a sum of signs, and whether only steps in which every example took part count. */
    private record Equality(DecentActivation activation, int signSum, boolean allActive) {}

    @Claim(
            id = "D20.lem6.active",
            statement =
                    "P\\big(\\exists i:\\ y_i\\, h_W(x_i) \\ge \\ln d\\big) \\le m\\, e^{-(\\ln d - |\\mu|)^2/(2 L^2)},"
                            + "\\qquad \\text{and } W^+ = W + \\eta G \\text{ otherwise}",
            hypotheses = "$|\\mu| \\le \\ln d$",
            instances = 4)
    void everyHingeIsActive(@ForAll("actives") Active drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.balanced ? "sum a = 0" : "sum a = sqrt q");
        StepSetting setting = drawn.setting();
        TwoLayerNetwork network = setting.network();
        double mu =
                setting.signSum() / 8.0 * GaussianMoments.of(drawn.activation).mean();
        double bound = setting.m() * Math.exp(-Math.pow(Math.log(64) - Math.abs(mu), 2) / 2);
        run.check(
                        "drawn, d = q = 64, m = 13",
                        Math.log(64),
                        (threshold, lab) ->
                                lab.failsAtMost(bound, stream -> someInactive(network, setting.m(), threshold, stream)))
                .falsifiedBy("the hinge ends at 1", 1.0);
        TwoLayerNetwork normal = new StepSetting(DecentActivation.IDENTITY, 8, 8, 2).network();
        run.check(
                        "identity, d = 8, m = 2",
                        0.5,
                        (exponent, lab) -> lab.failsAtMost(
                                2 * Math.exp(-exponent * Math.pow(Math.log(8), 2)),
                                2.4 * Math.exp(-exponent * Math.pow(Math.log(8), 2)),
                                stream -> someInactive(normal, 2, Math.log(8), stream)))
                .falsifiedBy("exponent twice as large", 1.0);
        run.check("the step is eta G when all are active", new Equality(drawn.activation, 0, true), (form, lab) -> {
                    double largest = 0;
                    for (int trial = 0; trial < 20; trial++) {
                        StepSetting square = new StepSetting(form.activation, 36, 36, 12, form.signSum);
                        SingleStep step = square.step(lab.stream().trial(trial));
                        if (step.outputs().activeCount() == 12 || !form.allActive) {
                            StepRule rule = square.rule().withoutHinge();
                            SingleStep whole = square.step(rule, lab.stream().trial(trial));
                            largest = Math.max(largest, largestGap(step.step(), whole.step()));
                        }
                    }
                    return Comparison.equal(largest, 0, 0, "none: the same operations");
                })
                .falsifiedBy(
                        "|x|, all signs +1, active or not",
                        new Equality(BalancedActivations.ABSOLUTE_VALUE, 36, false));
    }

    private static boolean someInactive(TwoLayerNetwork network, int m, double threshold, RandomStream stream) {
        double[] h = network.predict(points(m, network.dimension(), stream));
        for (double output : h) {
            if (stream.sign() * output >= threshold) {
                return true;
            }
        }
        return false;
    }

    private static double largestGap(DMatrixRMaj a, DMatrixRMaj b) {
        double largest = 0;
        for (int k = 0; k < a.data.length; k++) {
            largest = Math.max(largest, Math.abs(a.data[k] - b.data[k]));
        }
        return largest;
    }
}
