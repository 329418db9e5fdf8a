package ghorbani2019;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.ReluNetworkLoss;
import org.lemmalab.risk.ReluTangentRisk;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Trained networks of rectifiers are better than their tangent classes, too.
 *
 * <h2>Source</h2>
 *
 * G19, section 4, last paragraph, on activations that are not quadratic (the experiments are in an appendix).
 *
 * <h2>Statement</h2>
 *
 * On a quadratic target, {@code R_NN < R_NT} for {@code N < d}, now with the rectifier; and also for {@code N >= d}, where the tangent class of
 * {@code z^2} would have the risk 0 and that of the rectifier has not.
 *
 * <h2>Instances</h2>
 *
 * {@code d = 15}, B diagonal with entries of law Exp(1), N = 4 to 30, NT and RF with weights of law {@code N(0, I/d)}.
 *
 * <h2>How it is checked</h2>
 *
 * The risk of NT is exact ({@link ReluTangentRisk}). A network is trained by Adam on the exact population risk ({@link ReluNetworkLoss}), from
 * random weights, the better of two starts; with the best second layer for the first layer that it finds it has a risk that is exact as well, and at least that of
 * the best network: so it may only understate the gap. No sampling, no tolerance.
 *
 * <h2>Falsifiers</h2>
 *
 * A first layer that is not trained; the tangent class of {@code z^2} in place of the rectifier's.
 */
class OtherActivationClaims {
    private static final int D = 15;

    /** A target with weights for RF and NT, and networks trained on it, of each width. */
    private record Training(QuadraticTarget target, DMatrixRMaj weights, int[] widths, List<DMatrixRMaj> trained) {
        static Training draw(int[] widths, int steps, RandomStream stream) {
            double[] diagonal = new double[D];
            Arrays.setAll(diagonal, i -> -Math.log1p(-stream.uniform()));
            QuadraticTarget target = QuadraticTarget.diagonal(diagonal);
            WeightLaw law = WeightLaw.isotropic(D);
            DMatrixRMaj weights = law.draw(widths[widths.length - 1], stream);
            List<DMatrixRMaj> trained = Arrays.stream(widths)
                    .mapToObj(n -> IntStream.range(0, 2)
                            .mapToObj(k -> train(
                                    target, law.draw(n, stream.part("N = " + n).trial(k)), steps))
                            .min(Comparator.comparingDouble(w -> withBestSecondLayer(target, w)))
                            .orElseThrow())
                    .toList();
            return new Training(target, weights, widths, trained);
        }

        double[] network() {
            return trained.stream()
                    .mapToDouble(w -> withBestSecondLayer(target, w))
                    .toArray();
        }

        double[] untrained() {
            return Arrays.stream(widths)
                    .mapToDouble(n -> withBestSecondLayer(target, first(n)))
                    .toArray();
        }

        double[] tangent() {
            double[] risks = ReluTangentRisk.ofFirst(target, weights);
            return Arrays.stream(widths)
                    .mapToDouble(n -> risks[n - 1] / target.normSquared())
                    .toArray();
        }

        double[] quadraticTangent() {
            return Arrays.stream(widths)
                    .mapToDouble(n -> TangentRisk.of(target, first(n)) / target.normSquared())
                    .toArray();
        }

        Figure figure() {
            double[] all =
                    IntStream.rangeClosed(1, weights.numRows).asDoubleStream().toArray();
            return new Figure(
                    "G19.sec4-other-act",
                    "Risks of rectifiers on a quadratic target against the number of neurons",
                    "d = 15, B diagonal with entries drawn from Exp(1); RF (with an offset) and NT: the best of the class for one draw of the"
                            + " weights; NN: trained on the population risk. All risks are exact.",
                    new Figure.Axis("N", false),
                    new Figure.Axis("risk / |f*|^2", false),
                    List.of(
                            Figure.Series.line(
                                    "RF",
                                    all,
                                    relative(RandomFeatureRisk.of(target, Relu.INSTANCE, weights)
                                            .withOffset()
                                            .risks())),
                            Figure.Series.line("NT", all, relative(ReluTangentRisk.ofFirst(target, weights))),
                            Figure.Series.points(
                                    "NN, trained",
                                    Arrays.stream(widths).asDoubleStream().toArray(),
                                    network())));
        }

        private double[] relative(double[] risks) {
            return Arrays.stream(risks).map(risk -> risk / target.normSquared()).toArray();
        }

        DMatrixRMaj first(int n) {
            return new DMatrixRMaj(n, D, true, Arrays.copyOf(weights.data, n * D));
        }
    }

    /** The risks at each width. */
    private interface Risks {
        double[] of(Training training);
    }

    @Claim(
            id = "G19.sec4-other-act",
            statement =
                    "R_{\\mathrm{NN},N} < R_{\\mathrm{NT},N} \\text{ for } N < d \\text{ with } \\sigma(z) = \\max(z, 0)",
            hypotheses =
                    "$d = 15$, $B$ diagonal with entries of law Exp(1), $w_i \\sim N(0, I/d)$; the infimum over networks is"
                            + " replaced by a trained network, which is an upper bound")
    void trainedRectifiersAreBetterThanTheirTangentClass(ClaimRun run) {
        boolean few = run.size("widths", 3, 5, 5) == 3;
        int[] widths = few ? new int[] {4, 12, 15} : new int[] {4, 8, 12, 15, 30};
        int steps = run.size("steps", 1000, 2000, 5000);
        List<Training> trainings = IntStream.range(0, run.size("draws of target and weights", 1, 2, 5))
                .mapToObj(k -> Training.draw(widths, steps, run.stream().trial(k)))
                .toList();
        run.note(
                "The paper gives no formula and reports the experiments in an appendix that is not at hand; rectifiers stand for the other"
                        + " activations here, as their tangent class has an exact risk.");
        run.check(
                        "N < d",
                        (Risks) Training::network,
                        (form, lab) -> order(trainings, form, Training::tangent, n -> n < D))
                .falsifiedBy("first layer not trained", Training::untrained);
        run.check(
                        "N >= d",
                        (Risks) Training::tangent,
                        (form, lab) -> order(trainings, Training::network, form, n -> n >= D))
                .falsifiedBy("tangent class of z^2", Training::quadraticTangent);
        run.figure(trainings.get(0).figure());
    }

    /** Decides that risks are lower than others at the widths that count. */
    private static Decision order(List<Training> trainings, Risks lower, Risks upper, IntPredicate width) {
        return Comparison.atMost(
                values(trainings, lower, width), values(trainings, upper, width), 0, "an order: no tolerance");
    }

    private static double[] values(List<Training> trainings, Risks risks, IntPredicate width) {
        return trainings.stream()
                .flatMapToDouble(training -> {
                    double[] values = risks.of(training);
                    return IntStream.range(0, values.length)
                            .filter(k -> width.test(training.widths[k]))
                            .mapToDouble(k -> values[k]);
                })
                .toArray();
    }

    /** The least risk of networks with this first layer, over {@code |f*|^2}. */
    private static double withBestSecondLayer(QuadraticTarget target, DMatrixRMaj weights) {
        return RandomFeatureRisk.of(target, Relu.INSTANCE, weights).withOffset().risk() / target.normSquared();
    }

    /** Adam with the usual moments, step 0.03 falling linearly to 0, from {@code a_i = 1}, as {@code B >= 0}. */
    private static DMatrixRMaj train(QuadraticTarget target, DMatrixRMaj start, int steps) {
        ReluNetworkLoss loss = new ReluNetworkLoss(target);
        DMatrixRMaj w = start.copy();
        double[] a = new double[w.numRows];
        Arrays.fill(a, 1);
        double[] c = {0};
        Adam[] moments = {new Adam(w.data.length), new Adam(a.length), new Adam(1)};
        for (int k = 1; k <= steps; k++) {
            ReluNetworkLoss.Gradient gradient = loss.gradient(w, a, c[0]);
            double step = 0.03 * (steps - k) / steps;
            moments[0].descend(w.data, gradient.weights().data, step);
            moments[1].descend(a, gradient.secondLayer(), step);
            moments[2].descend(c, new double[] {gradient.offset()}, step);
        }
        return w;
    }

    /** The running moments of a gradient. */
    private static final class Adam {
        private final double[] mean;
        private final double[] square;
        private int steps;

        Adam(int length) {
            mean = new double[length];
            square = new double[length];
        }

        void descend(double[] x, double[] gradient, double step) {
            steps++;
            for (int k = 0; k < mean.length; k++) {
                mean[k] += 0.1 * (gradient[k] - mean[k]);
                square[k] += 0.001 * (gradient[k] * gradient[k] - square[k]);
                double m = mean[k] / (1 - Math.pow(0.9, steps));
                double s = square[k] / (1 - Math.pow(0.999, steps));
                x[k] -= step * m / (Math.sqrt(s) + 1e-8);
            }
        }
    }
}
