package daniely2019;

import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;
import org.lemmalab.trainer.KernelDescent;
import org.lemmalab.trainer.NetworkDescent;

/**
 * Networks with a few m/d neurons memorize the random labels of m random points when they are trained, and fewer than m parameters do not.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 7 and the sentence after it; section 1 and section 3.3 on what is necessary.
 *
 * <h2>Statement</h2>
 *
 * For {@code m = d^c}, any decent activation that is not linear, hinge loss, {@code q = O~(m/d)}, {@code T = O~(m/eps^2)}, and every batch size: with probability 1 - o(1) the network
 * memorizes a part 1 - eps of the sample, all of it when {@code eps < 1/m}. For features in p dimensions, in any position and however they are trained, random labels are all memorized with probability
 * (Cover)
 *
 * <pre>{@code
 * P <= 2^(1-m) sum_(k < p) C(m-1, k),     p = q d for the tangent features.
 * }</pre>
 *
 * The logarithm in O~ is needed: all q neurons of ReLU are dead at a point with probability {@code 2^-q}, so that q must exceed {@code log2 m}.
 *
 * <h2>Instances</h2>
 *
 * d = 16, m = 64; {@code q = 4 m/d = 16} and {@code q = 2 m/d} for a part of 95%; nine activations. Full batches, {@code T = 100 m}, and batches of one example, {@code T = 1000 m}; both are far below
 * {@code m/eps^2 = m^3}. Algorithm 1 at d = 9, m = 27, q = 12.
 * Features in 4 dimensions with 8 and 12 points for Cover's bound.
 *
 * <h2>How it is checked</h2>
 *
 * A random iterate {@code t <= T} as in the algorithms: it does not memorize in one of twenty trainings at most, against one in four. Algorithm 2 in kernel form, which is the limit of Algorithm 1
 * for large B, with learning rate {@code 10 / Var s'(G)}, for one example {@code 1 / Var s'(G)}; Algorithm 1 itself at B = 1000 with {@code T = 1000} and the learning rate divided by {@code 2 q B^2}, allowed to fail in one of ten. Cover's bound by the frequency of
 * success, with linear programming where any training is meant; at features in general position it is the probability itself.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code q = m/(4d)}, which by Cover's bound cannot do; a linear activation; too few neurons for a part. Fewer parameters in Cover's bound, and the bound for {@code m/4} parameters at
 * {@code q = 2 m/d} and {@code q = 4 m/d}.
 */
class MemorizationClaims {
    private static final int DIMENSION = 16;

    /** The number of neurons per m/d, whether the activation is linear, and the part that must be memorized. */
    private record Setting(double kappa, boolean linear, double part) {
        MemorizationTask task(DecentActivation activation, int d) {
            return MemorizationTask.of(linear ? DecentActivation.IDENTITY : activation, d, kappa);
        }
    }

    private static final Setting ALL = new Setting(4, false, 1);
    private static final Setting TOO_FEW = new Setting(0.25, false, 1);
    private static final Setting LINEAR = new Setting(4, true, 1);

    /** Decides 'a random iterate of the trainer memorizes this part of the sample'. */
    private static Decision memorizes(Setting setting, DecentActivation activation, int batch, Lab lab) {
        return lab.failsAtMost(0.05, 0.25, stream -> {
            MemorizationTask task = setting.task(activation, DIMENSION);
            double[] labels = task.labels(stream);
            double rate = (batch == 1 ? 1 : 10) / task.variance();
            int steps = (batch == 1 ? 1000 : 100) * task.m();
            KernelDescent descent = new KernelDescent(task.gram(stream), labels, HingeLoss.INSTANCE, rate);
            train(descent, batch, 1 + stream.part("iterate").integer(steps), stream.part("batches"), task.m());
            return MemorizationTask.memorized(descent.predictions(), labels) < setting.part;
        });
    }

    /** Steps until the iterate, or until no step moves any more. */
    private static void train(KernelDescent descent, int batch, int iterate, RandomStream draws, int m) {
        for (int t = 1; t < iterate; t++) {
            if (batch != 1) {
                descent.step();
            } else {
                descent.step(draws.integer(m));
            }
            if ((batch != 1 || t % m == 0) && descent.atRest()) {
                return;
            }
        }
    }

    @Claim(
            id = "D19.thm7",
            statement =
                    "q = \\tilde O(m/d),\\ T = \\tilde O(m/\\epsilon^2): \\text{ w.p. } 1 - o(1) \\text{ Algorithm 1 memorizes a part } 1 - \\epsilon"
                            + " \\text{ of } S; \\text{ all of it if } \\epsilon < 1/m",
            hypotheses =
                    "$m = d^c$ random points and labels, $c > 1$, hinge loss, any $b$; here $c = 1.5$, $q = \\lceil 4 m/d \\rceil$, $T \\le 1000 m$, ReLU",
            instances = 1)
    void fewNeuronsMemorize(ClaimRun run) {
        run.note(
                "The proof takes c' > 4c + 2 > 6, whose constants are out of reach; what is trained needs kappa = 2 to 4.");
        run.check("full batch", ALL, (setting, lab) -> memorizes(setting, DecentActivation.RELU, 0, lab))
                .falsifiedBy("q = m/(4d)", TOO_FEW)
                .falsifiedBy("linear activation", LINEAR);
        run.check("batches of one", ALL, (setting, lab) -> memorizes(setting, DecentActivation.RELU, 1, lab))
                .falsifiedBy("q = m/(4d)", TOO_FEW)
                .falsifiedBy("linear activation", LINEAR);
        run.check(
                        "a part 0.95, q = 2 m/d",
                        new Setting(2, false, 0.95),
                        (setting, lab) -> memorizes(setting, DecentActivation.RELU, 0, lab))
                .falsifiedBy("q = m/(2d)", new Setting(0.5, false, 0.95))
                .falsifiedBy("linear activation", new Setting(2, true, 0.95));
        run.check("Algorithm 1, B = 1000, d = 9, m = 27", ALL, (setting, lab) -> networkMemorizes(setting, lab))
                .falsifiedBy("q = m/(4d)", TOO_FEW)
                .falsifiedBy("linear activation", LINEAR);
    }

    private static Decision networkMemorizes(Setting setting, Lab lab) {
        return lab.failsAtMost(0.1, 0.4, stream -> {
            MemorizationTask task = setting.task(DecentActivation.RELU, 9);
            DMatrixRMaj points = task.points(stream);
            double[] labels = task.labels(stream);
            NetworkDescent descent = new NetworkDescent(
                    Initialization.paired(task.q(), task.d(), 1000, task.activation(), stream.part("start")),
                    HingeLoss.INSTANCE,
                    10 / task.variance() / (2 * task.q() * 1e6));
            int iterate = 1 + stream.part("iterate").integer(1000);
            for (int t = 1; t < iterate; t++) {
                double[] predictions = descent.predict(points);
                if (HingeLoss.INSTANCE.mean(predictions, labels) == 0) {
                    break;
                }
                descent.step(points, labels);
            }
            return MemorizationTask.memorized(descent.predict(points), labels) < setting.part;
        });
    }

    @Provide
    Arbitrary<DecentActivation> activations() {
        return Arbitraries.of(MemorizationTask.ACTIVATIONS);
    }

    @Claim(
            id = "D19.thm7-anyact",
            statement = "\\text{Theorem 7 holds for every decent activation that is not linear}",
            hypotheses =
                    "as in D19.thm7; full batch, kernel form, learning rate $10/\\mathrm{Var}\\,\\sigma'(G)$, $T = 100 m$",
            instances = 9)
    void anyActivationThatIsNotLinearMemorizes(@ForAll("activations") DecentActivation activation, ClaimRun run) {
        run.covers(activation.name());
        run.check("d = 16, q = 4 m/d", ALL, (setting, lab) -> memorizes(setting, activation, 0, lab))
                .falsifiedBy("linear activation", LINEAR)
                .falsifiedBy("q = m/(4d)", TOO_FEW);
    }

    /** Cover's bound. */
    static double cover(int m, int p) {
        double sum = 0;
        for (int k = 0; k < Math.min(p, m); k++) {
            sum += CombinatoricsUtils.binomialCoefficientDouble(m - 1, k);
        }
        return sum * Math.pow(2, 1.0 - m);
    }

    @Claim(
            id = "D19.thm7-necessity",
            statement =
                    "P(\\text{all of } S \\text{ memorized}) \\le 2^{1-m} \\sum_{k < p} \\binom{m-1}{k}, \\quad p = qd",
            hypotheses =
                    "features in $p$ dimensions, random labels, any training; for Algorithms 2 and 3, not for full networks",
            instances = 1)
    void fewerParametersThanPointsCannotMemorize(ClaimRun run) {
        run.note(
                "The paper's lower bound on the number of parameters is for all networks; this is its form for trained features.");
        run.check(
                        "linear features, 8 points in 4 dimensions",
                        4,
                        (p, lab) -> success(
                                cover(8, p),
                                0.15,
                                lab,
                                stream -> separable(DecentActivation.IDENTITY, 8, 4, 1, stream)))
                .falsifiedBy("3 parameters", 3);
        run.check(
                        "tanh, 2 neurons, 12 points in 2 dimensions",
                        4,
                        (p, lab) -> success(
                                cover(12, p), 0.06, lab, stream -> separable(DecentActivation.TANH, 12, 2, 2, stream)))
                .falsifiedBy("2 parameters, d for q d", 2);
        run.check(
                        "trained with q = m/(4d), d = 16, m = 64",
                        0.25,
                        (kappa, lab) -> success(cover(64, 16), 0.1, lab, stream -> {
                            MemorizationTask task = MemorizationTask.of(DecentActivation.RELU, DIMENSION, kappa);
                            double[] labels = task.labels(stream);
                            KernelDescent descent = new KernelDescent(
                                    task.gram(stream), labels, HingeLoss.INSTANCE, 10 / task.variance());
                            train(descent, 0, 600, stream, task.m());
                            return MemorizationTask.memorized(descent.predictions(), labels) == 1;
                        }))
                .falsifiedBy("trained with q = 2 m/d", 2.0)
                .falsifiedBy("trained with q = 4 m/d", 4.0);
    }

    /** Decides that the event has at most the probability {@code bound}, against {@code bound + gap}. */
    private static Decision success(double bound, double gap, Lab lab, Predicate<RandomStream> event) {
        return Proportion.atMost(bound)
                .margin(bound + gap)
                .decide(index -> event.test(lab.stream().trial(index)) ? 1 : 0, lab.terms());
    }

    /** Whether some coefficients of the features memorize random labels of m random points. */
    private static boolean separable(DecentActivation activation, int m, int d, int q, RandomStream stream) {
        DMatrixRMaj points = PointLaw.SPHERE.rows(m, d, stream.part("points"));
        DMatrixRMaj features = RandomEmbedding.draw(new TangentFeatureScheme(activation, d), q, stream.part("omegas"))
                .features(points);
        return RandomPointsClaims.separable(features, stream.part("labels").signs(m));
    }
}
