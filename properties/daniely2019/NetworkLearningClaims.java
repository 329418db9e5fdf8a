package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.LinearizedDescent;
import org.lemmalab.trainer.NetworkDescent;
import org.lemmalab.trainer.RandomFeatureDescent;
import org.lemmalab.trainer.StochasticTrainer;

/**
 * Networks trained by stochastic gradient descent learn the functions of their tangent kernel's space.
 *
 * <h2>Source</h2>
 *
 * D19, Theorems 5 and 13, section 1 ('Learning kernel spaces'), appendix A.3 (Algorithms 2 and 3).
 *
 * <h2>Statement</h2>
 *
 * For {@code |f*| <= M} in the tangent kernel's space, an R-bounded distribution, any batch size,
 *
 * <pre>{@code
 * q = ceil(4 L^2 R^2 C^2 M^2 / (d e^2)), T = ceil(4 L^2 C^2 M^2 / e^2), rate M / (sqrt(T) L C) / (2 q B^2), B large:   E L_D(h) <= L_D(f*) + e
 * }</pre>
 *
 * for both layers' descent (Algorithm 1), and with rate {@code M / (sqrt(T) L C) / (2 q)} for its linearization (Algorithm 3), which moves exactly like
 * Algorithm 2 at 2 q times its rate.
 *
 * <h2>Instances</h2>
 *
 * ReLU, twelve uniform or spiked points, d = 2, 4 and 8, batches of 1, 4 and 12. Hinge and logistic loss with the signs of a planted f* of norm 4 and e = 1/2; absolute
 * deviation with the values of a planted f* and e three quarters of the loss of the function 0; of all draws those with q at least 30 and q T at most 60,000. The
 * point mass with the identity, on which the descent's share of the bound is attained. ReLU, tanh and softplus for the equivalence.
 *
 * <h2>How it is checked</h2>
 *
 * Means of the loss on the next batch, averaged over t, with B = 1e4. A loss cut at L_D(f*) + 2 e has no larger mean, and a bounded one. The equivalence to 1e-9 after 15 steps.
 *
 * <h2>Falsifiers</h2>
 *
 * A rate without {@code 1/(2q)} for absolute deviation and on the point mass. With hinge and logistic loss long steps do no harm (the mean loss is lower), so that there only
 * the step's sign is at stake. {@code sqrt(2) q} and q for 2 q between the algorithms.
 */
class NetworkLearningClaims {
    private static final double SCALE = 1e4;

    /** Which descent. */
    private enum Algorithm {
        NETWORK,
        LINEARIZED
    }

    /**
     * A planted problem.
     *
     * @param loss hinge or logistic, with the signs of a planted function of norm 4, or absolute deviation, with its values
     * @param batch examples per step
     */
    record Problem(ConvexLoss loss, ReluExpansion.Law law, int d, int batch, long seed) {
        private static final double CLASSIFIER_NORM = 4;

        private ReluExpansion expansion() {
            return new ReluExpansion(law, d, 1, seed);
        }

        private boolean regression() {
            return loss instanceof AbsoluteDeviation;
        }

        double norm() {
            return regression() ? Math.sqrt(expansion().normSquared()) : CLASSIFIER_NORM;
        }

        double bound() {
            return expansion().bound();
        }

        /** The values of f* at the points. */
        double[] target() {
            double[] values = expansion().function().values(expansion().points());
            double scale = norm() / Math.sqrt(expansion().normSquared());
            return Arrays.stream(values).map(value -> scale * value).toArray();
        }

        double[] labels() {
            return regression()
                    ? target()
                    : Arrays.stream(target()).map(value -> value >= 0 ? 1 : -1).toArray();
        }

        /** e: 1/2, or for absolute deviation three quarters of the loss of the function 0. */
        double accuracy() {
            return regression()
                    ? 0.75 * Arrays.stream(target()).map(Math::abs).average().orElseThrow()
                    : 0.5;
        }

        int features() {
            return (int) Math.ceil(4 * Math.pow(bound() * norm() / accuracy(), 2) / d);
        }

        int steps() {
            return (int) Math.ceil(4 * Math.pow(norm() / accuracy(), 2));
        }

        /** Whether 1/(2q) is a factor that matters and a run takes milliseconds. */
        boolean affordable() {
            return features() >= 30 && (double) features() * steps() <= 60_000;
        }

        /** Decides the claim for a learning rate times a factor; a negative one goes uphill. */
        Decision learns(Algorithm algorithm, double factor, Lab lab) {
            double optimum = loss.mean(target(), labels());
            double allowed = optimum + accuracy();
            double cut = optimum + 2 * accuracy();
            double rate = Math.abs(factor) * norm() / Math.sqrt(steps()) / (2.0 * features());
            ConvexLoss followed = factor < 0 ? new Uphill(loss) : loss;
            SampledDescent descent = new SampledDescent(expansion().points(), labels(), batch, steps());
            return lab.meanAtMost(allowed, accuracy() / 4, new Bounded(0, cut), stream -> {
                StochasticTrainer trainer = trainer(
                        algorithm, features(), DecentActivation.RELU, followed, rate, d, stream.part("network"));
                return Math.min(cut, descent.meanLoss(trainer, loss, stream.part("batches")));
            });
        }
    }

    /** A loss whose gradient has the wrong sign. */
    private record Uphill(ConvexLoss loss) implements ConvexLoss {
        @Override
        public String name() {
            return loss.name() + ", uphill";
        }

        @Override
        public double value(double u, double y) {
            return loss.value(u, y);
        }

        @Override
        public double derivative(double u, double y) {
            return -loss.derivative(u, y);
        }

        @Override
        public double lipschitz() {
            return loss.lipschitz();
        }
    }

    /** A fresh trainer; the network's rate is divided by {@code B^2}. */
    private static StochasticTrainer trainer(
            Algorithm algorithm, int q, DecentActivation s, ConvexLoss loss, double rate, int d, RandomStream stream) {
        return switch (algorithm) {
            case NETWORK ->
                new NetworkDescent(Initialization.paired(q, d, SCALE, s, stream), loss, rate / (SCALE * SCALE));
            case LINEARIZED -> new LinearizedDescent(Initialization.paired(q, d, 1, s, stream), loss, rate);
        };
    }

    @Provide
    Arbitrary<Problem> classifications() {
        return problems(HingeLoss.INSTANCE, LogisticLoss.INSTANCE);
    }

    @Provide
    Arbitrary<Problem> regressions() {
        return problems(new AbsoluteDeviation(0));
    }

    private static Arbitrary<Problem> problems(ConvexLoss... losses) {
        return Combinators.combine(
                        Arbitraries.of(losses),
                        Arbitraries.of(ReluExpansion.Law.UNIFORM, ReluExpansion.Law.SPIKED),
                        Arbitraries.of(2, 4, 8),
                        Arbitraries.of(1, 4, 12),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Problem::new)
                .filter(Problem::affordable);
    }

    @Claim(
            id = "D19.thm5",
            statement =
                    "\\mathbb E\\, L_{\\mathcal D}(h) \\le L_{\\mathcal D}(\\mathcal H^M_{\\mathrm{tk}^h}) + \\epsilon",
            hypotheses =
                    "Algorithm 1, any batch size; $q = \\lceil 4L^2R^2C^2M^2/(d\\epsilon^2)\\rceil$, $T = \\lceil 4L^2C^2M^2/\\epsilon^2\\rceil$, rate $M/(\\sqrt T L C)/(2qB^2)$, $B = 10^4$",
            instances = 3)
    void networksLearnTheBallOfTheirKernel(
            @ForAll("classifications") Problem classification,
            @ForAll("regressions") Problem regression,
            ClaimRun run) {
        learns(run, classification, regression, Algorithm.NETWORK);
    }

    @Claim(
            id = "D19.thm13",
            statement =
                    "\\mathbb E\\, L_{\\mathcal D}(h) \\le L_{\\mathcal D}(\\mathcal H^M_{\\mathrm{tk}^h}) + \\epsilon",
            hypotheses = "Algorithm 3, any batch size; sizes as in Theorem 5, rate $M/(\\sqrt T L C)/(2q)$",
            instances = 3)
    void linearizedNetworksLearnTheBallOfTheirKernel(
            @ForAll("classifications") Problem classification,
            @ForAll("regressions") Problem regression,
            ClaimRun run) {
        learns(run, classification, regression, Algorithm.LINEARIZED);
    }

    @Claim(
            id = "D19.kernel-intro",
            statement =
                    "\\text{SGD learns } \\mathcal H^M_k \\text{ with } \\tilde O(M^2/\\epsilon^2) \\text{ parameters and } O(M^2/\\epsilon^2) \\text{ steps}",
            hypotheses = "$\\mathcal D$ $O(1)$-bounded; Theorem 5 with $R = O(1)$, so $q d = O(M^2/\\epsilon^2)$",
            instances = 2)
    void parametersGrowLikeTheSquareOfTheNorm(@ForAll("regressions") Problem regression, ClaimRun run) {
        learns(run, regression, Algorithm.NETWORK);
        double square = Math.pow(regression.bound() * regression.norm() / regression.accuracy(), 2);
        run.check(
                        "parameters q d over R^2 M^2 / e^2",
                        4.0,
                        (constant, lab) -> Comparison.atMost(
                                regression.features() * regression.d,
                                constant * square + regression.d,
                                1e-9 * square,
                                "one neuron is lost in rounding up"))
                .falsifiedBy("three quarters of it", 3.0);
    }

    private static void learns(ClaimRun run, Problem classification, Problem regression, Algorithm algorithm) {
        run.covers(classification.loss.name())
                .covers(classification.law.name())
                .covers("batch of " + classification.batch);
        run.check(
                        "hinge or logistic loss: the step's sign",
                        1.0,
                        (factor, lab) -> classification.learns(algorithm, factor, lab))
                .falsifiedBy("uphill", -1.0);
        learns(run, regression, algorithm);
    }

    private static void learns(ClaimRun run, Problem regression, Algorithm algorithm) {
        run.covers(regression.law.name()).covers("batch of " + regression.batch);
        run.check(
                        "absolute deviation from f*: 1/(2q) in the rate",
                        1.0,
                        (factor, lab) -> regression.learns(algorithm, factor, lab))
                .falsifiedBy("without 1/(2q)", 2.0 * regression.features());
        run.check(
                        "point mass with the identity: 1/(2q) in the rate",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                pointMass(algorithm, factor), 1 / Math.sqrt(8) + 1 / Math.sqrt(110), 1e-4, "O(1/B^2)"))
                .falsifiedBy("without 1/(2q)", 16.0);
    }

    /** The mean loss of 110 steps with q = 8 on one point with label 1, the rate times a factor. */
    private static double pointMass(Algorithm algorithm, double factor) {
        DMatrixRMaj x = DMatrixRMaj.wrap(1, 2, new double[] {0.6, 0.8});
        double[] y = {1};
        StochasticTrainer trainer = trainer(
                algorithm,
                8,
                DecentActivation.IDENTITY,
                new AbsoluteDeviation(0),
                factor / Math.sqrt(110) / 16,
                2,
                RandomStream.of(8, "NetworkLearningClaims"));
        double loss = 0;
        for (int t = 0; t < 110; t++) {
            loss += Math.abs(trainer.step(x, y)[0] - 1) / 110;
        }
        return loss;
    }

    /** A comparison of Algorithms 2 and 3. */
    record Twins(DecentActivation activation, ConvexLoss loss, int d, int q, int batch, long seed) {}

    @Provide
    Arbitrary<Twins> twins() {
        return Combinators.combine(
                        Arbitraries.of(DecentActivation.RELU, DecentActivation.TANH, DecentActivation.SOFTPLUS),
                        Arbitraries.of(LogisticLoss.INSTANCE, HingeLoss.INSTANCE),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Twins::new);
    }

    @Claim(
            id = "D19.A3-factor",
            statement = "\\langle \\Psi_W(x), \\Psi_W(y)\\rangle = 2q\\, k_\\omega(x, y)",
            hypotheses =
                    "so Algorithm 3 with rate $\\eta$ moves like Algorithm 2 with rate $2q\\eta$, on the same batches",
            instances = 100)
    void linearizationIsDescentOnFeaturesAtTwiceQTimesTheRate(@ForAll("twins") Twins drawn, ClaimRun run) {
        run.note(
                "The remark in the proof has 'up to multiplication by sqrt 2', which is right for the embedding's scale per neuron; inner products change by 2.");
        run.covers(drawn.activation.name()).covers(drawn.loss.name());
        RandomStream stream =
                RandomStream.of(drawn.seed, "NetworkLearningClaims").part("twins");
        TwoLayerNetwork start = Initialization.paired(drawn.q, drawn.d, 1, drawn.activation, stream.part("W"));
        RandomEmbedding embedding = new RandomEmbedding(
                new TangentFeatureScheme(drawn.activation, drawn.d),
                CommonOps_DDRM.extract(start.weights(), 0, drawn.q, 0, drawn.d));
        DMatrixRMaj test = PointLaw.SPHERE.rows(10, drawn.d, stream.part("test"));
        double rate =
                1 / Math.PI / (2.0 * drawn.q); // irrational: no prediction in one dimension meets the kink of the hinge
        run.check("predictions of 15 steps", 2.0 * drawn.q, (factor, lab) -> {
                    LinearizedDescent linearized = new LinearizedDescent(start, drawn.loss, rate);
                    RandomFeatureDescent features = new RandomFeatureDescent(embedding, drawn.loss, factor * rate);
                    double[] left = new double[150];
                    double[] right = new double[150];
                    for (int t = 0; t < 15; t++) {
                        DMatrixRMaj batch = PointLaw.SPHERE.rows(
                                drawn.batch, drawn.d, stream.part("x").trial(t));
                        double[] labels = stream.part("y").trial(t).signs(drawn.batch);
                        linearized.step(batch, labels);
                        features.step(batch, labels);
                        System.arraycopy(linearized.predict(test), 0, left, 10 * t, 10);
                        System.arraycopy(features.predict(test), 0, right, 10 * t, 10);
                    }
                    return Comparison.equal(
                            left, right, 1e-9, "15 steps of rounding 1e-15, no point within 1e-9 of the hinge's kink");
                })
                .falsifiedBy("sqrt(2) q", Math.sqrt(2) * drawn.q)
                .falsifiedBy("q", (double) drawn.q)
                .falsifiedBy("1.8 q", 1.8 * drawn.q);
    }
}
