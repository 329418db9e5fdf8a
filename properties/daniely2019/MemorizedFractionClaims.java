package daniely2019;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.data.Boundedness;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;
import org.lemmalab.trainer.KernelDescent;

/**
 * A small loss means that most of the sample is memorized, and Theorem 5 alone makes it small with {@code m/eps^2} parameters.
 *
 * <h2>Source</h2>
 *
 * D19, section 3.3, before Theorem 7.
 *
 * <h2>Statement</h2>
 *
 * An example is memorized when {@code y_i h(x_i) > 0}. With {@code l(u, y) >= l(0, y) = c} wherever {@code u y <= 0}, c = 1 for the hinge and log 2 for the
 * logistic loss,
 *
 * <pre>{@code
 * #{i : y_i h(x_i) <= 0} / m <= L_S(h) / c.
 * }</pre>
 *
 * For m random points and labels, {@code N = y^T K^-1 y = O(m)} the squared norm of the least interpolant: {@code q = 4 R^2 N/(d eps^2)} neurons, that is O(m/eps^2) parameters,
 * and {@code T = 4 N/eps^2} steps give {@code E L_S <= eps}; for {@code eps < 1/m}, when all examples must be memorized, these are {@code m^3}.
 *
 * <h2>Instances</h2>
 *
 * Predictions with mistakes at 0, just below 0 and far off, margins from {@code 10^-12} to 40; ReLU, d = 9, m = 27, eps = 0.2, batches of one example.
 *
 * <h2>How it is checked</h2>
 *
 * The fraction as it stands; the bound is attained by mistakes at 0 and memorized examples with margins of 40. The training in the kernel form of Algorithm 2,
 * with learning rate {@code sqrt(N/T)}: the mean over the steps of the loss, which the regret bound against {@code v = 0} keeps below
 * {@code 1 + sqrt(N/T)/2}. The count {@code 4 N/eps^2} at {@code eps = 1/m} as an exponent of m, from means of 8 draws
 * at m = 64 and 216: N/m varies by about an eighth from draw to draw, hence the exponent by 0.05; it may be off by 0.3.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code L_S/1.1}; the logistic loss without {@code log 2}. {@code N/100} for N in the number of steps; one neuron. Exponent 4, which the radius O(m) of the
 * interpolant would give, and 2.25.
 */
class MemorizedFractionClaims {
    /** Predictions: how many mistakes among how many. */
    record Predictions(int m, int mistakes, long seed) {
        /** Margins {@code y_i h(x_i)}, mistakes first. */
        double[] margins(IntToDoubleFunction mistake, IntToDoubleFunction hit) {
            double[] margins = new double[m];
            Arrays.setAll(margins, i -> i < mistakes ? mistake.applyAsDouble(i) : hit.applyAsDouble(i));
            return margins;
        }

        double[] labels() {
            return RandomStream.of(seed, "MemorizedFractionClaims")
                    .part("labels")
                    .signs(m);
        }
    }

    @Provide
    Arbitrary<Predictions> predictions() {
        return Arbitraries.integers()
                .between(1, 30)
                .flatMap(m -> Combinators.combine(
                                Arbitraries.integers().between(1, m),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((mistakes, seed) -> new Predictions(m, mistakes, seed)));
    }

    @Claim(
            id = "D19.memo-fraction",
            statement = "\\frac{\\#\\{i : y_i h(x_i) \\le 0\\}}{m} \\le L_S^{\\mathrm{hinge}}(h), \\qquad"
                    + " \\frac{\\#\\{i : y_i h(x_i) \\le 0\\}}{m} \\le \\frac{L_S^{\\log}(h)}{\\ln 2}",
            hypotheses = "$y_i = \\pm 1$; $h(x_i) = 0$ counts as not memorized")
    void atMostTheLossIsNotMemorized(@ForAll("predictions") Predictions drawn, ClaimRun run) {
        run.covers(drawn.mistakes == drawn.m ? "no example memorized" : "some examples memorized")
                .covers(drawn.m == 1 ? "m = 1" : "m > 1");
        RandomStream stream = RandomStream.of(drawn.seed, "MemorizedFractionClaims");
        double[] tight = drawn.margins(i -> 0, i -> 40);
        double[] near = drawn.margins(i -> -0x1p-40 * i, i -> 0x1p-40);
        double[] wild = drawn.margins(i -> -Math.exp(stream.gaussian() - 1), i -> Math.exp(3 * stream.gaussian()));
        for (double[] margins : new double[][] {tight, near, wild}) {
            String name = margins == tight ? "h = 0 or margin 40" : margins == near ? "margins near 0" : "any margins";
            if (margins == tight) {
                run.check("hinge, " + name, 1.0, (factor, lab) -> bounded(drawn, margins, HingeLoss.INSTANCE, factor))
                        .falsifiedBy("L/1.1", 1 / 1.1);
                run.check(
                                "logistic, " + name,
                                1 / Math.log(2),
                                (factor, lab) -> bounded(drawn, margins, LogisticLoss.INSTANCE, factor))
                        .falsifiedBy("L", 1.0)
                        .falsifiedBy("L/(1.1 log 2)", 1 / (1.1 * Math.log(2)));
            } else {
                run.check("hinge, " + name, 1.0, (factor, lab) -> bounded(drawn, margins, HingeLoss.INSTANCE, factor))
                        .falsifiedBy("L/2", 0.5);
                run.check(
                                "logistic, " + name,
                                1 / Math.log(2),
                                (factor, lab) -> bounded(drawn, margins, LogisticLoss.INSTANCE, factor))
                        .falsifiedBy("L/2", 0.5);
            }
        }
    }

    private static Decision bounded(Predictions drawn, double[] margins, ConvexLoss loss, double factor) {
        double[] labels = drawn.labels();
        double[] h = new double[margins.length];
        Arrays.setAll(h, i -> margins[i] * labels[i]);
        return Comparison.atMost(
                1 - MemorizationTask.memorized(h, labels),
                factor * loss.mean(h, labels),
                (drawn.m + 4) * 0x1p-53,
                "m rounded additions, in part of the sum");
    }

    /** What Theorem 5 gives: factors on the number of neurons and of steps. */
    private record Size(double neurons, double steps) {}

    @Claim(
            id = "D19.memo-naive",
            statement = "\\tilde O(m/\\epsilon^2) \\text{ parameters and } O(m/\\epsilon^2) \\text{ steps give }"
                    + " \\mathbb E L_S \\le \\epsilon; \\quad m^3 \\text{ for } \\epsilon = 1/m",
            hypotheses =
                    "hinge loss, $\\|h^*\\|^2 = y^\\top K^{-1} y = O(m)$; here $q = \\lceil 4 R^2 \\|h^*\\|^2/(d \\epsilon^2) \\rceil$,"
                            + " $T = \\lceil 4 \\|h^*\\|^2/\\epsilon^2 \\rceil$, $\\eta = \\|h^*\\|/\\sqrt T$, ReLU, $b = 1$",
            instances = 1)
    void interpolantIsLearnedFromItsNormAlone(ClaimRun run) {
        run.note(
                "Section 3.3 puts h* in the ball of radius O(m), which is true; its O(m/eps^2) needs radius O(sqrt m).");
        run.check("average loss, d = 9, m = 27, eps = 0.2", new Size(1, 1), (size, lab) -> learns(size, lab))
                .falsifiedBy("N/100 for N in the number of steps", new Size(1, 0.01))
                .falsifiedBy("one neuron", new Size(0, 1));
        int[] dimensions = {16, 36};
        double[] sizes = {MemorizationTask.size(16), MemorizationTask.size(36)};
        double[] counts = new double[2];
        for (int j = 0; j < 2; j++) {
            for (int r = 0; r < 8; r++) {
                RandomStream stream = run.stream().part("m = " + sizes[j]).trial(r);
                DMatrixRMaj points = PointLaw.SPHERE.rows((int) sizes[j], dimensions[j], stream);
                double[] labels = stream.part("labels").signs(points.numRows);
                counts[j] += 4 * normSquared(points, labels) * sizes[j] * sizes[j] / 8;
            }
        }
        run.check(
                        "exponent of 4 N/eps^2 in m, eps = 1/m",
                        3.0,
                        (exponent, lab) -> Rate.exact(exponent, 0.3, sizes, counts))
                .falsifiedBy("4", 4.0)
                .falsifiedBy("2.25", 2.25);
    }

    private static double normSquared(DMatrixRMaj points, double[] labels) {
        return LinearAlgebra.cholesky(ReluGramMatrix.of(points)).quadraticForm(labels);
    }

    private static Decision learns(Size size, Lab lab) {
        double epsilon = 0.2;
        return Mean.atMost(epsilon, 0.2, new Bounded(0, 1.3))
                .decide(index -> averageLoss(size, epsilon, lab.stream().trial(index)), lab.terms());
    }

    private static double averageLoss(Size size, double epsilon, RandomStream stream) {
        int d = 9;
        int m = 27;
        DMatrixRMaj points = PointLaw.SPHERE.rows(m, d, stream.part("points"));
        double[] labels = stream.part("labels").signs(m);
        double radius = Boundedness.of(points);
        double norm = Math.sqrt(normSquared(points, labels));
        double needed = 4 * norm * norm / (epsilon * epsilon);
        int q = (int) Math.max(1, Math.ceil(size.neurons * radius * radius * needed / d));
        int steps = (int) Math.ceil(size.steps * needed);
        DMatrixRMaj gram = RandomEmbedding.draw(
                        new TangentFeatureScheme(DecentActivation.RELU, d), q, stream.part("omegas"))
                .gram(points);
        KernelDescent descent = new KernelDescent(gram, labels, HingeLoss.INSTANCE, norm / Math.sqrt(steps));
        RandomStream draws = stream.part("batches");
        double sum = 0;
        for (int t = 0; t < steps; t++) {
            int i = draws.integer(m);
            sum += HingeLoss.INSTANCE.value(descent.prediction(i), labels[i]);
            descent.step(i);
        }
        return Math.min(1.3, sum / steps);
    }
}
