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
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
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
 * Eighteen activations at {@code q = 256}, with signs that cancel or are all +1, and the identity, with {@code h_W(x) ~ N(0, 1)}: allowed by the
 * inequalities, which do not need {@code E s' = 0}, and the nearest to them.
 *
 * <h2>How it is checked</h2>
 *
 * By counting. Margins of 20 to 50 percent keep wrong bounds, which the true probability exceeds by more, from being supported.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents 1.75 and 2 times as large, no union over the sample, a logarithm without its 2 or without {@code 1/delta}, no {@code 1/sqrt q}, all signs
 * +1 where their sum is to be at most {@code sqrt q}.
 */
class InitialOutputClaims {
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
                        Arbitraries.of(BalancedActivations.ALL),
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
                                1.2 * bound,
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
}
