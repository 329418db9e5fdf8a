package bubeck2020;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Small networks that correlate with any labels add up to a network that memorizes them; its size and its total weight.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 1.
 *
 * <h2>Statement</h2>
 *
 * Let every y have an f of m neurons with {@code y.f >= alpha |y|^2} and {@code |f|^2 <= beta |y|^2}. Then {@code k = ceil((beta / alpha^2) log(1 / eps))} of them, times
 * {@code eta = alpha / beta}, give g with {@code |g - y|^2 <= eps |y|^2}. If {@code W(f) <= omega} for labels not longer than y,
 *
 * <pre>{@code
 * W(g) <= (alpha / beta) k omega <= (omega / alpha) log(1 / eps) + alpha omega / beta,
 * }</pre>
 *
 * and if {@code W(f) <= omega |y'|} for labels y', {@code W(g) <= eta omega |y| / (1 - sqrt(1 - alpha^2 / beta)) <= 2 omega |y| / alpha} without a logarithm.
 *
 * <h2>Instances</h2>
 *
 * Pairs of ReLU neurons on 2 to 6 orthonormal points, with equality in the hypotheses ({@link WeakLearner}); {@code beta / alpha^2} from 1 to 50, eps from 0.9 to 0.001.
 * Derivative neurons ({@code alpha = 1/2}, {@code beta = 1}): a random u or -u, {@code v = sum r_i x_i} over the points with {@code u.x_i > 0}, whichever correlates more:
 * of the two squared lengths of v, which add up to {@code |r|^2}, one is at least a half. For the constant omega a pair of neurons that cancel
 * fills the weight up.
 *
 * <h2>How it is checked</h2>
 *
 * The networks are built, joined and evaluated. Each step adds a rounding error of at most 100 u of {@code |y|}; 1000 of them 1e-11. A derivative neuron divides
 * roundings by {@code delta |v|}; the smallest {@code |u.x_i|} of 6 Gaussian ones is above 1e-6, so that 1e-8 is left for them.
 *
 * <h2>Falsifiers</h2>
 *
 * Half the steps, 0.9 of them, {@code beta / alpha}; rounding k down at {@code eps = 0.9}; a seventh of the steps for derivative neurons;
 * {@code omega / alpha^1.25}, {@code omega / beta}, a square root of the logarithm, no rounding term; {@code 1.8 omega / alpha}.
 */
class BoostingClaims {
    /** A learner and an accuracy. */
    record Task(WeakLearner learner, double eps) {}

    @Provide
    Arbitrary<Task> tasks() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.of(0.1, 0.5, 1.0, 2.0),
                        Arbitraries.of(1.0, 1.5, 4.0, 50.0),
                        Arbitraries.of(0.9, 0.5, 0.1, 0.001),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((n, alpha, excess, eps, seed) ->
                        new Task(new WeakLearner(n, alpha, excess * alpha * alpha, seed), eps));
    }

    @Claim(
            id = "B20.lem1",
            statement = "\\exists g \\in \\mathcal F_{mk}:\\; \\|g - y\\|^2 \\le \\varepsilon\\|y\\|^2,"
                    + " \\qquad k = \\Big\\lceil \\frac{\\beta}{\\alpha^2}\\log\\frac1\\varepsilon \\Big\\rceil",
            hypotheses =
                    "for any $y$ there is $f \\in \\mathcal F_m$ with $y \\cdot f \\ge \\alpha\\|y\\|^2$, $\\|f\\|^2 \\le \\beta\\|y\\|^2$; $0 < \\varepsilon < 1$",
            instances = 30)
    void weakLearnersAddUpToAMemorizer(@ForAll("tasks") Task task, ClaimRun run) {
        run.note("The number of steps is read as rounded up: alpha = beta = 1 and eps = 0.9 leave no step when it is"
                + " rounded down; for eps <= exp(-2) rounding down is enough as well.");
        run.covers("eps = " + task.eps).covers(task.learner.rate() == 1 ? "alpha^2 = beta" : "alpha^2 < beta");
        WeakLearner slow = new WeakLearner(4, 0.1, 0.5, task.learner.seed());
        run.check(
                        "drawn learner and a slow one",
                        1.0,
                        (part, lab) -> Comparison.atMost(
                                new double[] {error(task.learner, part, task.eps), error(slow, part, task.eps)},
                                task.eps,
                                1e-11,
                                "k steps with 100 roundings"))
                .falsifiedBy("half the steps", 0.5);
        run.check(
                        "alpha = 0.1, beta = 0.5, eps = 0.1",
                        50 * Math.log(10),
                        (steps, lab) -> fits(slow, (int) Math.ceil(steps), 0.1))
                .falsifiedBy("half the steps", 25 * Math.log(10))
                .falsifiedBy("0.9 of the steps", 45 * Math.log(10))
                .falsifiedBy("beta / alpha for beta / alpha^2", 5 * Math.log(10));

        WeakLearner exact = new WeakLearner(3, 1, 1, task.learner.seed());
        run.check("alpha = beta = 1, eps = 0.9", 1, (k, lab) -> fits(exact, k, 0.9))
                .falsifiedBy("k rounded down", 0);

        run.check(
                        "derivative neurons, alpha = 1/2, beta = 1, eps = 0.01",
                        (int) Math.ceil(4 * Math.log(100)),
                        (k, lab) -> {
                            DMatrixRMaj points = task.learner.points();
                            RandomStream stream = task.learner.stream().part("main weights");
                            Boosting g = Boosting.run(
                                    r -> derivativeNeuron(points, r, stream), points, task.learner.labels(), 0.5, k);
                            return Comparison.atMost(g.error(), 0.01, 1e-8, "roundings over delta |v|");
                        })
                .falsifiedBy("a seventh of the steps", (int) Math.ceil(4 * Math.log(100)) / 7);
    }

    private static Decision fits(WeakLearner learner, int k, double eps) {
        return Comparison.atMost(error(learner, k), eps, 1e-11, "k steps with 100 roundings");
    }

    /** The error after a part of the steps that Lemma 1 allows. */
    private static double error(WeakLearner learner, double part, double eps) {
        return error(learner, (int) Math.ceil(part * learner.steps(eps)));
    }

    private static double error(WeakLearner learner, int k) {
        return k == 0
                ? 1
                : Boosting.run(learner::network, learner.points(), learner.labels(), learner.step(), k)
                        .error();
    }

    /** The better of {@code (u, v)} and {@code (-u, v')}, realised exactly by two ReLU neurons, for orthonormal points. */
    private static TwoLayerNetwork derivativeNeuron(DMatrixRMaj points, double[] r, RandomStream stream) {
        double[] u = stream.gaussians(points.numCols);
        double[] z = LinearAlgebra.product(points, u);
        double positive = 0;
        double negative = 0;
        for (int i = 0; i < r.length; i++) {
            positive += z[i] > 0 ? r[i] * r[i] : 0;
            negative += z[i] > 0 ? 0 : r[i] * r[i];
        }
        double side = positive >= negative ? 1 : -1;
        double[] masked = r.clone();
        for (int i = 0; i < r.length; i++) {
            masked[i] = side * z[i] > 0 ? r[i] : 0;
        }
        for (int k = 0; k < u.length; k++) {
            u[k] *= side;
        }
        double[] v = LinearAlgebra.productTransA(points, masked);
        return DerivativeNeuron.exact(points, u, 0, v, 0).network(Relu.INSTANCE);
    }

    /** A bound of {@code W(g) / omega}, x short for {@code log(1/eps)}. */
    @FunctionalInterface
    private interface Bound {
        double of(WeakLearner learner, double x);
    }

    @Claim(
            id = "B20.lem1-weight",
            statement =
                    "\\mathbf W(g) \\le \\frac{\\omega}{\\alpha}\\log\\frac1\\varepsilon + \\frac{\\alpha\\,\\omega}{\\beta}",
            hypotheses =
                    "$\\mathbf W(f) \\le \\omega$ for labels $y'$ with $\\|y'\\| \\le \\|y\\|$; the last term is the rounding of $k$. If $\\mathbf W(f) \\le \\omega\\|y'\\|$, then $\\mathbf W(g) \\le 2\\omega\\|y\\|/\\alpha$",
            instances = 60)
    void theTotalWeightIsThatOfOneLearnerTimesTheSteps(@ForAll("tasks") Task task, ClaimRun run) {
        run.note("'W(f) <= omega for any choice of y' is read for labels not longer than y: a network with a Lipschitz"
                + " activation that is 0 at 0 needs a weight proportional to its values.");
        run.covers("eps = " + task.eps).covers(task.learner.rate() == 1 ? "alpha^2 = beta" : "alpha^2 < beta");
        WeakLearner slow = new WeakLearner(4, 2, 200, task.learner.seed());
        Bound claimed = (learner, x) -> x / learner.alpha() + learner.step();
        run.check("omega constant", claimed, (form, lab) -> {
                    Decision drawn = constant(task.learner, task.eps, form);
                    return drawn.isRefuted() ? drawn : constant(slow, 1e-3, form);
                })
                .falsifiedBy("omega / alpha^1.25", (learner, x) -> x / Math.pow(learner.alpha(), 1.25) + learner.step())
                .falsifiedBy("omega / beta", (learner, x) -> x / learner.beta() + learner.step())
                .falsifiedBy(
                        "square root of the logarithm",
                        (learner, x) -> Math.sqrt(x) / learner.alpha() + learner.step());
        WeakLearner exact = new WeakLearner(3, 1, 1, task.learner.seed());
        run.check("alpha = beta = 1, eps = 0.9", claimed, (form, lab) -> constant(exact, 0.9, form))
                .falsifiedBy("no rounding term", (learner, x) -> x / learner.alpha());

        run.check(
                        "omega times the length",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {weight(task.learner, task.eps), weight(slow, 1e-4)},
                                factor,
                                1e-11,
                                "2 k roundings"))
                .falsifiedBy("1.8 omega / alpha", 1.8);
    }

    private static Decision constant(WeakLearner learner, double eps, Bound form) {
        double[] y = learner.labels();
        double omega = 2.5 * Math.sqrt(learner.beta()) * LinearAlgebra.norm(y);
        Function<double[], TwoLayerNetwork> padded = r -> padded(learner.network(r), omega);
        TwoLayerNetwork g = Boosting.run(padded, learner.points(), y, learner.step(), learner.steps(eps))
                .network();
        double bound = form.of(learner, Math.log(1 / eps));
        return Comparison.atMost(g.totalWeight() / omega, bound, 1e-11 * bound, "2 k roundings");
    }

    /** The same function with total weight omega. */
    private static TwoLayerNetwork padded(TwoLayerNetwork f, double omega) {
        double missing = omega - f.totalWeight();
        DMatrixRMaj axis = new DMatrixRMaj(2, f.dimension());
        axis.set(0, 0, 1);
        axis.set(1, 0, 1);
        return Boosting.joined(List.of(
                f, new TwoLayerNetwork(axis, new double[] {missing / 2, -missing / 2}, f.activation())));
    }

    /** {@code W(g) alpha / (omega |y|)} for a learner with {@code W(f) = omega |r|}. */
    private static double weight(WeakLearner learner, double eps) {
        double[] y = learner.labels();
        TwoLayerNetwork g = Boosting.run(learner::network, learner.points(), y, learner.step(), learner.steps(eps))
                .network();
        double omega = 2 * Math.sqrt(learner.beta());
        return g.totalWeight() * learner.alpha() / (omega * LinearAlgebra.norm(y));
    }
}
