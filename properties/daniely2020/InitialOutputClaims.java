package daniely2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/**
 * How far the outputs before the step are from their mean.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 6 and its proof.
 *
 * <h2>Statement</h2>
 *
 * For orthonormal rows, signs a and {@code x ~ N(0, I_d)}, with {@code mu = (sum_j a_j / sqrt q) E s(G)},
 *
 * <pre>{@code
 * P(|h_W(x) - mu| >= t) <= 2 exp(-t^2/(2 L^2))
 * P(max_(i <= m) |h_W(x_i) - mu| >= L sqrt(2 ln(2m/delta))) <= delta
 * }</pre>
 *
 * as the gradient of {@code h_W} in x, {@code q^-1/2 W^T (a o s'(W x))}, has norm at most L.
 *
 * <h2>Instances</h2>
 *
 * Eighteen activations at {@code q = 256}, with signs that cancel and all +1; the identity and its double, with {@code h_W(x) ~ N(0, L^2)}, L = 1 and 2:
 * allowed by the inequalities, which do not need {@code E s' = 0}, and the nearest to them.
 *
 * <h2>How it is checked</h2>
 *
 * By counting. Margins of 20 to 50 percent keep wrong bounds, which the true probability exceeds by more, from being supported.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents 1.75 and 2 times as large, L for {@code L^2} in them, no union over the sample, a logarithm without its 2 or without {@code 1/delta}, no {@code 1/sqrt q}, all signs
 * +1 where their sum is to be at most {@code sqrt q}.
 */
class InitialOutputClaims {
    /** A network of 256 neurons. */
    record Wide(DecentActivation activation, int d, long seed) {
        static final int Q = 256;

        private StepSetting setting(int sum) {
            return new StepSetting(activation, d, Q, 1, sum);
        }

        DMatrixRMaj rows() {
            return OrthonormalRows.draw(Q, d, RandomStream.of(seed, "InitialOutputClaims"));
        }

        /**
         * Decides that of m outputs one is {@code t/factor} or more from their mean with probability at most delta, against tau.
         *
         * @param ones whether all signs are +1; otherwise they cancel
         */
        Check<Double> deviates(
                ClaimRun run, DMatrixRMaj rows, boolean ones, int m, double t, double delta, double tau) {
            TwoLayerNetwork network = setting(ones ? Q : 0).network(rows);
            double mean =
                    (ones ? Math.sqrt(Q) : 0) * GaussianMoments.of(activation).mean();
            return run.check(
                    (ones ? "all signs +1" : "signs cancel") + (m == 1 ? "" : ", m = " + m),
                    1.0,
                    (factor, lab) -> lab.failsAtMost(
                            delta,
                            tau,
                            stream -> factor * largestDeviation(network.predict(points(m, d, stream)), mean) >= t));
        }
    }

    @Provide
    Arbitrary<Wide> wide() {
        return Combinators.combine(
                        Arbitraries.of(BalancedActivations.ALL),
                        Arbitraries.of(256, 300),
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
        run.covers(drawn.activation.name()).covers("all signs +1").covers("signs cancel");
        run.covers("q = d = 1");
        double delta = 0.3;
        double t = drawn.activation.lipschitz() * Math.sqrt(2 * Math.log(2 / delta));
        DMatrixRMaj rows = drawn.rows();
        for (boolean ones : new boolean[] {false, true}) {
            drawn.deviates(run, rows, ones, 1, t, delta, 1.2 * delta).falsifiedBy("no 1/sqrt q", Math.sqrt(Wide.Q));
        }
        for (int q : new int[] {1, 16}) {
            DecentActivation linear = q == 1 ? DecentActivation.IDENTITY : DecentActivation.IDENTITY.times(2);
            double slope = linear.lipschitz();
            double threshold = 2.5 * slope;
            TwoLayerNetwork normal = new StepSetting(linear, 2 * q - 1, q, 1, q % 2)
                    .rotatedNetwork(run.stream().part("rows"));
            run.check(
                            q == 1 ? "one neuron, identity, t = 2.5" : "sixteen, twice the identity, t = 5",
                            1 / (2 * slope * slope),
                            (exponent, lab) -> lab.failsAtMost(
                                    2 * Math.exp(-exponent * threshold * threshold),
                                    2.4 * Math.exp(-exponent * threshold * threshold),
                                    stream -> Math.abs(normal.predict(points(1, normal.dimension(), stream))[0])
                                            >= threshold))
                    .falsifiedBy(q == 1 ? "t^2/L^2" : "t^2/L^2, here also t^2/(2 L)", 1 / (slope * slope))
                    .falsifiedBy("0.875 t^2/L^2", 0.875 / (slope * slope));
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
        run.covers(drawn.activation.name()).covers("all signs +1").covers("signs cancel");
        run.note(
                "The proof bounds one example's failure by 1/m^2; a bound that vanishes with d for every m takes 1/(dm),"
                        + " which the free constant allows.");
        double delta = 0.05;
        double t = drawn.activation.lipschitz() * Math.sqrt(2 * Math.log(64 / delta));
        DMatrixRMaj rows = drawn.rows();
        for (boolean ones : new boolean[] {false, true}) {
            drawn.deviates(run, rows, ones, 32, t, delta, 4 * delta).falsifiedBy("no 1/sqrt q", Math.sqrt(Wide.Q));
        }
        DecentActivation twice = DecentActivation.IDENTITY.times(2);
        double slope = twice.lipschitz();
        TwoLayerNetwork normal =
                new StepSetting(twice, 20, 8, 1).rotatedNetwork(run.stream().part("rows"));
        run.check(
                        "twice the identity, m = 100",
                        slope * Math.sqrt(2 * Math.log(200 / delta)),
                        (bound, lab) -> lab.failsAtMost(
                                delta,
                                1.5 * delta,
                                stream -> largestDeviation(normal.predict(points(100, 20, stream)), 0) >= bound))
                .falsifiedBy("no union over the sample", slope * Math.sqrt(2 * Math.log(2 / delta)))
                .falsifiedBy("sqrt(ln(2m/delta))", slope * Math.sqrt(Math.log(200 / delta)))
                .falsifiedBy("sqrt(2 ln(2m))", slope * Math.sqrt(2 * Math.log(200)))
                .falsifiedBy("sqrt L for L", Math.sqrt(slope * 2 * Math.log(200 / delta)));
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
}
