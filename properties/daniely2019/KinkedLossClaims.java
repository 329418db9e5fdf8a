package daniely2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.trainer.LinearizedDescent;
import org.lemmalab.trainer.NetworkDescent;
import org.lemmalab.trainer.StochasticTrainer;

/**
 * With a kinked loss no scale B serves all laws: one whose label lies just beyond the kink sends the two algorithms different ways.
 *
 * <h2>Source</h2>
 *
 * D19, Lemma 12: "There is a choice B such that for every input distribution".
 *
 * <h2>Statement</h2>
 *
 * Absolute deviation, one pair of ReLU neurons, eta = 1/2, batches of one, unit points with {@code <x_0, x_1> = 0.6}, the law uniform on
 * {@code (x_0, 1 + B^-3)} and {@code (x_1, 10)}, three steps. Where both neurons of the pair are active on both points and the first two draws are
 * {@code x_0}, Algorithm 3 predicts exactly 1 after the first step, below the label. Algorithm 1 moves the outputs too and predicts
 * {@code 1 + O(B^-2)}, above it. Their second steps go opposite ways, so that for every B
 *
 * <pre>{@code
 * E L(h_1) - E L(h_2) -> (1/12) 0.6 (pi - arccos 0.6) / (2 pi) = 0.0176.
 * }</pre>
 *
 * On the point mass at {@code (x_0, 1)}, where the label is the kink and its subgradient 0, Algorithm 3 stops and Algorithm 1 oscillates between 0 and 1:
 * over 100 steps 0.505 and 0.75.
 *
 * <h2>Instances</h2>
 *
 * B = 1000 and 10000, subgradients -1, 0 and 1 at the kink (they do not matter without a tie), generic learning rates 0.3, 0.37, 0.43.
 *
 * <h2>How it is checked</h2>
 *
 * Given the weights, the difference of the mean losses is computed over all four pairs of first draws (no model after the third counts); the weights are
 * sampled. A step adds at most {@code 2 eta = 1} to a prediction, up to {@code O(B^-2)}, so that the predictions before the three steps differ by at
 * most 0, 2.1 and 4.2, and the mean losses by 2.1; over 100 steps on the point mass both losses stay below 2. A claimed mean is within 0.006 of 0,
 * against 0.014; on the point mass 0.05 against 0.1. Crossings of the ReLU's kink
 * have probability {@code O(1/B)}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed form, for the law above and for the tie.
 */
class KinkedLossClaims {
    private static final DMatrixRMaj POINTS = new DMatrixRMaj(new double[][] {{1, 0}, {0.6, 0.8}});
    private static final double[] LABEL = {1};

    /** {@code sqrt(s^2 + (u - y)^2) - s}: absolute deviation with its kink rounded off; the derivative is {@code 1/s}-Lipschitz. */
    private record RoundedDeviation(double s) implements ConvexLoss {
        @Override
        public String name() {
            return "rounded deviation";
        }

        @Override
        public double value(double u, double y) {
            return Math.hypot(s, u - y) - s;
        }

        @Override
        public double derivative(double u, double y) {
            return (u - y) / Math.hypot(s, u - y);
        }

        @Override
        public double lipschitz() {
            return 1;
        }
    }

    @Provide
    Arbitrary<Double> scales() {
        return Arbitraries.of(1e3, 1e4);
    }

    @Provide
    Arbitrary<Double> subgradients() {
        return Arbitraries.of(-1.0, 0.0, 1.0);
    }

    @Provide
    Arbitrary<Double> rates() {
        return Arbitraries.of(0.3, 0.37, 0.43);
    }

    @Claim(
            id = "D19.lem12-kink",
            statement =
                    "\\exists B\\;\\forall \\mathcal D:\\quad"
                            + " \\big|\\mathbb E\\,\\mathcal L_{\\mathcal D}(h_1) - \\mathbb E\\,\\mathcal L_{\\mathcal D}(h_2)\\big| < \\epsilon",
            hypotheses =
                    "$\\ell$ convex and decent, with kinks; $h_1$ of Algorithm 1 with $\\eta/B^2$, $h_2$ of Algorithm 3 with $\\eta$",
            correction =
                    "\\forall \\mathcal D \\text{ without ties } \\exists B, \\text{ or } \\ell' \\text{ Lipschitz and } \\exists B\\;\\forall \\mathcal D:\\quad"
                            + " \\big|\\mathbb E\\,\\mathcal L_{\\mathcal D}(h_1) - \\mathbb E\\,\\mathcal L_{\\mathcal D}(h_2)\\big| < \\epsilon",
            derivation =
                    "$\\ell = |\\hat y - y|$, ReLU, $q = 1$, $\\eta = 1/2$, $T = 3$, $\\mathcal D$ uniform on $(x_0, 1 + B^{-3})$ and $(x_1, 10)$ with"
                            + " $\\langle x_0, x_1\\rangle = 0.6$: after a step on $x_0$, $h_2(x_0) = 1$ and $h_1(x_0) = 1 + O(B^{-2})$ lie on either side of the"
                            + " label, and the next step parts them: the gap tends to $0.0176$ whatever $B$ is.",
            instances = 3)
    void noScaleServesAllLawsWhenTheLossHasAKink(
            @ForAll("scales") double scale,
            @ForAll("subgradients") double subgradient,
            @ForAll("rates") double rate,
            ClaimRun run) {
        run.covers("B = " + scale).covers("subgradient " + subgradient + " at the kink");
        run.note(
                "Theorem 5, which the lemma serves, needs only the regret bound, and that tolerates a subgradient at a slightly"
                        + " different point.");
        ConvexLoss absolute = new AbsoluteDeviation(subgradient);
        run.check(
                        "the law is fixed before B",
                        (DoubleUnaryOperator) b -> 1.37,
                        (label, lab) -> twoPoints(absolute, label, scale, lab))
                .printedAs("label 1 + B^-3", b -> 1 + Math.pow(b, -3));
        run.check(
                        "label 1 + B^-3",
                        (ConvexLoss) new RoundedDeviation(0.1),
                        (loss, lab) -> twoPoints(loss, b -> 1 + Math.pow(b, -3), scale, lab))
                .printedAs("loss with a kink", absolute);
        run.check(
                        "point mass",
                        rate,
                        (eta, lab) -> Mean.near(0, 0.05, 0.05, new Bounded(-2, 2))
                                .decide(
                                        index -> onPointMass(
                                                eta, scale, lab.stream().trial(index)),
                                        lab.terms()))
                .printedAs("the first two steps meet the label exactly", 0.5);
    }

    private static Decision twoPoints(ConvexLoss loss, DoubleUnaryOperator label, double scale, Lab lab) {
        double[] labels = {label.applyAsDouble(scale), 10};
        return Mean.near(0, 0.006, 0.008, new Bounded(-2.2, 2.2))
                .decide(
                        index -> {
                            double gap = 0;
                            for (int first = 0; first < 2; first++) {
                                for (int second = 0; second < 2; second++) {
                                    int[] draws = {first, second};
                                    RandomStream stream = lab.stream().trial(index);
                                    gap += (meanLoss(network(loss, 0.5, scale, stream), loss, POINTS, labels, draws)
                                                    - meanLoss(
                                                            linearized(loss, 0.5, stream), loss, POINTS, labels, draws))
                                            / 4;
                                }
                            }
                            return gap;
                        },
                        lab.terms());
    }

    private static double onPointMass(double eta, double scale, RandomStream stream) {
        ConvexLoss loss = new AbsoluteDeviation(0);
        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{1, 0}});
        int[] draws = new int[99];
        return meanLoss(network(loss, eta, scale, stream), loss, point, LABEL, draws)
                - meanLoss(linearized(loss, eta, stream), loss, point, LABEL, draws);
    }

    private static StochasticTrainer network(ConvexLoss loss, double eta, double scale, RandomStream stream) {
        return new NetworkDescent(
                Initialization.paired(1, 2, scale, DecentActivation.RELU, stream.part("start")),
                loss,
                eta / (scale * scale));
    }

    private static StochasticTrainer linearized(ConvexLoss loss, double eta, RandomStream stream) {
        return new LinearizedDescent(
                Initialization.paired(1, 2, 1, DecentActivation.RELU, stream.part("start")), loss, eta);
    }

    /** The loss on the uniform law of the points, averaged over the first model and those after each step. */
    private static double meanLoss(
            StochasticTrainer trainer, ConvexLoss loss, DMatrixRMaj points, double[] labels, int[] draws) {
        double sum = 0;
        for (int t = 0; ; t++) {
            double[] predictions = trainer.predict(points);
            for (int i = 0; i < predictions.length; i++) {
                sum += loss.value(predictions[i], labels[i]) / predictions.length;
            }
            if (t == draws.length) {
                return sum / (draws.length + 1);
            }
            DMatrixRMaj example = new DMatrixRMaj(new double[][] {{points.get(draws[t], 0), points.get(draws[t], 1)}});
            trainer.step(example, new double[] {labels[draws[t]]});
        }
    }
}
