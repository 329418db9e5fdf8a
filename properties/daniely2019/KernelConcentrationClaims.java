package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.kernel.InnerProductKernel;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.stats.Comparison;

/**
 * A random kernel is close to its mean at a fixed pair of points.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 9 (Hoeffding).
 *
 * <h2>Statement</h2>
 *
 * {@code q >= 2 C^4 log(2/delta) / e^2} implies, for each fixed pair, {@code P(|k_omega(x, y) - k(x, y)| >= e) <= delta}.
 *
 * <h2>Instances</h2>
 *
 * The worst terms, {@code +-C^2} with equal probability, C = 1 and 2, delta = 0.05 to 0.001, e from 0.1 to 0.5; ReLU's tangent kernel at a pair.
 *
 * <h2>How it is checked</h2>
 *
 * For the worst terms the probability is a binomial tail, exact to 1e-9 of it. For ReLU by sampling at x = y, where the terms are 0 and 1 with equal probability: at
 * most 0.2 against 0.3.
 *
 * <h2>Falsifiers</h2>
 *
 * 1 for 2, {@code C^2} for {@code C^4}, a twentieth of the features.
 */
class KernelConcentrationClaims {
    /** Bound, confidence and accuracy. */
    record Setting(double size, double delta, double accuracy) {}

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of(1.0, 2.0), Arbitraries.of(0.05, 0.01, 0.001), Arbitraries.of(0.1, 0.2, 0.5))
                .as(Setting::new);
    }

    /** The constant and the power of C. */
    private record Count(double constant, double power) {
        int of(double size, double delta, double accuracy) {
            return (int) Math.ceil(constant * Math.pow(size, power) * Math.log(2 / delta) / (accuracy * accuracy));
        }
    }

    @Claim(
            id = "D19.thm9",
            statement =
                    "q \\ge \\frac{2 C^4 \\log(2/\\delta)}{\\epsilon^2} \\;\\Longrightarrow\\; P\\big(|k_\\omega(x, x') - k(x, x')| \\ge \\epsilon\\big) \\le \\delta",
            hypotheses = "each fixed pair; $C = \\sup\\|\\psi\\|$")
    void randomKernelsConcentrateAtAPair(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("C = " + drawn.size).covers("delta = " + drawn.delta);
        Setting two = new Setting(2, 0.01, drawn.accuracy);
        run.check(
                        "worst terms: tail over delta",
                        new Count(2, 4),
                        (count, lab) -> Comparison.atMost(
                                new double[] {tail(drawn, count), tail(two, count)}, 1, 1e-9, "binomial tail to 1e-9"))
                .falsifiedBy("1 for 2", new Count(1, 4))
                .falsifiedBy("C^2 for C^4", new Count(2, 2));
        int d = 30;
        TangentFeatureScheme scheme = new TangentFeatureScheme(DecentActivation.RELU, d);
        DMatrixRMaj pair = PointLaw.SPHERE.rows(2, d, run.stream().part("points"));
        InnerProductKernel kernel = ReluExpansion.KERNEL;
        int q = new Count(2, 4).of(1, 0.2, 0.15);
        run.check("ReLU, features for delta = 0.2", q, (features, lab) -> {
                    double limit = kernel.gram(pair).get(0, 0);
                    return lab.failsAtMost(
                            0.2,
                            0.3,
                            stream -> Math.abs(LinearAlgebra.gram(RandomEmbedding.draw(scheme, features, stream)
                                                            .features(pair))
                                                    .get(0, 0)
                                            - limit)
                                    >= 0.15);
                })
                .falsifiedBy("a thirtieth of the features", q / 30)
                .falsifiedBy("a twentieth of the features", q / 20);
    }

    /** {@code P(|mean of q fair +-C^2| >= e) / delta}. */
    private static double tail(Setting setting, Count count) {
        int q = count.of(setting.size, setting.delta, setting.accuracy);
        // |2 S - q| C^2 / q >= e for S ~ Bin(q, 1/2)
        double deviation = setting.accuracy * q / (setting.size * setting.size);
        int least = (int) Math.ceil((q + deviation) / 2 - 1e-9);
        return 2 * (1 - new BinomialDistribution(null, q, 0.5).cumulativeProbability(least - 1)) / setting.delta;
    }
}
