package arora2019;

import arora2019.NoisyDigits.Complexity;
import arora2019.NoisyDigits.Labels;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Terms;

/**
 * The complexity of labels, and the test error of what is learned from them, grow with the portion of labels drawn at random.
 *
 * <h2>Source</h2>
 *
 * A19, Figure 2, the end of section 5, and appendix A.
 *
 * <h2>Statement</h2>
 *
 * As the portion p of labels, of training and of test images, that are drawn anew as fair signs goes from 0 to 1 by fifths, these grow
 * in mean: the measure (10) {@code sqrt(2 Q(y)/n)} with {@code Q(y) = y^T (H^inf)^-1 y}, the test error {@code |f(x) - y|}, and the
 * portion of test images with {@code f(x) y <= 0}, which is never above the one before.
 *
 * <h2>Instances</h2>
 *
 * Zeros and ones, as many of each; 1000 for training and 360 for the test instead of the paper's 10,000 and 2,000. In place of a trained
 * network its limit for infinite width and time, the kernel interpolant: one Cholesky factor serves all labels. Networks themselves, at
 * the paper's {@code sqrt(m) kappa = 1}, are trained on fresh images and labels each time, 50 for training in the standard profile.
 *
 * <h2>How it is checked</h2>
 *
 * The mean of Q is known exactly (A19.eq10-noise): {@code rho Q(y*) + (1 - rho) tr (H^inf)^-1}, where y* are the true labels and rho is the
 * probability that two labels both stay. Draws at p = 2/5 are compared with it, and its values at the portions with each other. It
 * grows whenever {@code Q(y*)} is below the trace; here it is at most a tenth of it (measured: 1/40 to 1/140). For the two errors each
 * of the five increments of the mean is decided as the mean of a bounded variable: refuted when it is below 1/1000, supported when 'no growth'
 * is excluded. Both ends of an increment come from one draw, of which the larger p takes more. Trained networks: all three grow from
 * p = 0 to 2/5 to 1 in at least three of four draws (measured: in 97 of 100; single draws of so few images need not follow the mean).
 *
 * <h2>Falsifiers</h2>
 *
 * The last two portions exchanged, H in place of its inverse, the mean of Q at a tenth drawn anew, labels shuffled, a mean that is
 * linear in p, two thirds of the error; networks with the first two portions alike.
 */
class LabelNoiseClaims {
    private static final double[] PORTIONS = {0, 0.2, 0.4, 0.6, 0.8, 1};
    private static final double[] EXCHANGED = {0, 0.2, 0.4, 0.6, 1, 0.8};
    private static final double[] PARTLY = {0, 0.4, 1};
    private static final double LEAST_GROWTH = 0.001;

    /** A mean over the test images for given labels, between 0 and {@code bound}; at portions in an order. */
    private record Curve(ToDoubleFunction<Labels> value, double bound, double[] portions) {
        Curve exchanged() {
            return new Curve(value, bound, EXCHANGED);
        }

        /** That all increments of the mean over labels are at least {@link #LEAST_GROWTH}. */
        Decision grows(NoisyDigits digits, Lab lab) {
            Terms terms = lab.terms();
            Terms each = new Terms(terms.alpha() / (portions.length - 1), terms.maxTrials(), terms.pool());
            Mean atLeast = Mean.atLeast(LEAST_GROWTH, LEAST_GROWTH, new Bounded(-bound, bound));
            return Decision.worst(IntStream.range(1, portions.length)
                    .mapToObj(j -> atLeast.decide(
                            trial -> {
                                RandomStream stream = lab.stream().trial(trial);
                                return value.applyAsDouble(digits.labels(portions[j], stream))
                                        - value.applyAsDouble(digits.labels(portions[j - 1], stream));
                            },
                            each))
                    .toList());
        }
    }

    /** A complexity at portions in an order. */
    private record MeanCurve(Complexity complexity, double[] portions) {}

    @Claim(
            id = "A19.fig2",
            statement =
                    "\\sqrt{2\\, y^\\top (H^\\infty)^{-1} y / n},\\ \\mathbb{E}|f(x)-y| \\text{ and } \\Pr[f(x)\\,y \\le 0] "
                            + "\\text{ grow with the portion of random labels}",
            hypotheses =
                    "images of two digits; $f$ is the kernel interpolant, the limit of the trained network for infinite width; "
                            + "labels of training and test images are drawn anew")
    void complexityAndTestErrorGrowWithThePortionOfRandomLabels(ClaimRun run) {
        int n = run.size("training images", 120, 1000, 1600);
        NoisyDigits digits = NoisyDigits.draw(
                n, run.size("test images", 80, 360, 360), run.stream().part("digits"));
        Complexity complexity =
                new Complexity(digits.inverse(), digits.training().y());

        checkComplexity(run, digits, complexity);
        Curve error = new Curve(digits::error, digits.largestError(), PORTIONS);
        run.check("growth of the test error", error, (curve, lab) -> curve.grows(digits, lab))
                .falsifiedBy("last two portions exchanged", error.exchanged());
        Curve classification = new Curve(digits::classificationError, 1, PORTIONS);
        run.check("growth of the classification error", classification, (curve, lab) -> curve.grows(digits, lab))
                .falsifiedBy("last two portions exchanged", classification.exchanged());
        run.check("mistakes against errors", 1.0, (factor, lab) -> {
                    Labels labels = digits.labels(0.6, lab.stream());
                    double[] scaled = Arrays.stream(digits.errors(labels))
                            .map(e -> factor * e)
                            .toArray();
                    return Comparison.atMost(
                            digits.mistakes(labels),
                            scaled,
                            0,
                            "f y <= 0 puts f and y at least 1 apart, rounded or not");
                })
                .falsifiedBy("two thirds of the error", 2.0 / 3);

        run.note(vacuity(complexity));
        run.figure(LabelNoiseFigures.interpolant(
                digits, complexity, PORTIONS, run.stream().part("figure")));
        checkTrained(run);
    }

    private static void checkTrained(ClaimRun run) {
        NoisyTrainings.Size size = new NoisyTrainings.Size(
                run.size("training images, networks", 40, 50, 100),
                run.size("test images, networks", 80, 100, 360),
                run.size("m", 128, 512, 10_000),
                run.size("steps", 200, 600, 1000));
        run.check(
                        "growth for trained networks",
                        PARTLY,
                        (portions, lab) -> lab.failsAtMost(
                                0.25,
                                stream -> !NoisyTrainings.draw(size, portions, stream)
                                        .grow()))
                .falsifiedBy("last two portions exchanged", new double[] {0, 1, 0.4})
                .falsifiedBy("the first two alike", new double[] {0.4, 0.4, 1});
        run.figure(LabelNoiseFigures.networks(size, PORTIONS, run.stream().part("networks")));
    }

    private static void checkComplexity(ClaimRun run, NoisyDigits digits, Complexity claimed) {
        double[] y = claimed.y();
        double[] shuffled = Arrays.stream(run.stream().part("wrong labels").permutation(y.length))
                .mapToDouble(i -> y[i])
                .toArray();
        run.check(
                        "complexity of the true labels against that of random ones",
                        claimed.mean(1),
                        (mean, lab) ->
                                Comparison.atMost(mean, claimed.mean(0) / 10, 0, "a tenth: growth takes less than one"))
                .falsifiedBy("labels shuffled", new Complexity(claimed.s(), shuffled).mean(1))
                .falsifiedBy("the mean when a tenth of the labels is drawn anew", claimed.meanAt(0.1));
        run.check(
                        "growth of the mean squared measure",
                        new MeanCurve(claimed, PORTIONS),
                        (form, lab) -> Comparison.atLeast(
                                form.complexity().increments(form.portions()), 0, 0, "exact, and of order 1"))
                .falsifiedBy("H in place of its inverse", new MeanCurve(new Complexity(digits.gram(), y), PORTIONS))
                .falsifiedBy("last two portions exchanged", new MeanCurve(claimed, EXCHANGED));
        double largest = 2 / LinearAlgebra.eigen(digits.gram()).smallest();
        run.check(
                        "mean squared measure at portion 2/5",
                        claimed.meanAt(0.4),
                        (mean, lab) -> lab.meanEquals(
                                mean,
                                mean / 20,
                                new Bounded(0, largest),
                                stream -> digits.squaredMeasure(digits.labels(0.4, stream))))
                .falsifiedBy("linear in the portion", claimed.mean(0.6));
    }

    /** Where the mean reaches 1, with {@code rho = (1 - p)^2}. */
    private static String vacuity(Complexity complexity) {
        double portion = 1 - Math.sqrt((complexity.mean(0) - 1) / (complexity.mean(0) - complexity.mean(1)));
        return String.format(
                Locale.ROOT,
                "The mean squared measure is %.3f for the true labels and %.2f for random ones; it exceeds 1, where the bound "
                        + "(9) says nothing, once %.1f%% of the labels are drawn anew.",
                complexity.mean(1),
                complexity.mean(0),
                100 * portion);
    }
}
