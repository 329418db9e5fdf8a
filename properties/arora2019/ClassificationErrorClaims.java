package arora2019;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.Loss;
import org.lemmalab.loss.RampLoss;
import org.lemmalab.loss.ZeroOneLoss;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * The classification error of the infinitely wide trained network is bounded by the complexity of its training labels.
 *
 * <h2>Source</h2>
 *
 * A19, Corollary 5.2, and section D.4.
 *
 * <h2>Statement</h2>
 *
 * Let the labels be {@code +-1}, and f the kernel interpolant of A19.thm5.1-kernel, the limit of the trained network. With probability at
 * least {@code 1 - delta} over the sample
 *
 * <pre>{@code
 * P(f(x) y <= 0) <= E ramp(f(x), y) <= 2 B / sqrt(2n) + 3 sqrt(log(2 i(i+1) / delta) / (2n)),   B = i/10,  i = max(1, ceil(10 sqrt Q)),
 * }</pre>
 *
 * as the ramp loss is 1-Lipschitz, 0 at {@code u = y} and nowhere below the error {@code 1{u y <= 0}}, which counts the prediction 0.
 *
 * <h2>Instances</h2>
 *
 * n = 400. {@link TwoCaps} in ten dimensions with their labels (bound about 0.8, error 0) and with half of the labels drawn anew; the
 * sphere in 100 dimensions with labels {@code sign(x_1)}, half of them drawn anew, and with fair signs. Images of zeros and ones with their
 * labels (bound about 0.9, error 0.00), a tenth drawn anew, and fair signs. Noisy labels have bounds above 1, but too small ones are exceeded.
 *
 * <h2>How it is checked</h2>
 *
 * Samples are drawn and f is computed. On caps and sphere its loss is averaged over fresh points, exactly over the noise, with the error that
 * {@link GeneralizationBound} allows for; each of the four bounds is taken at {@code (delta - 4 eta)/4}. The images are a population of their
 * own, from which the sample is drawn without repetition, and which deviates less from its mean than with repetition: f's loss over all images
 * is computed, without error, and each of the three bounds is taken at {@code delta/3}. Failures are claimed to have probability at most
 * {@code delta = 0.1}, decided against 0.35.
 *
 * <h2>Falsifiers</h2>
 *
 * Fair signs, of error 1/2 and a ramp loss of 0.77, exceed the bound with B = 1 whatever the labels (0.39), that without its leading
 * term for one radius (0.24), and, for the ramp loss, that with {@code sqrt(2Q)/n} in place of {@code sqrt(2Q/n)} (0.54).
 */
class ClassificationErrorClaims {
    private static final int N = 400;
    private static final double DELTA = 0.1;
    private static final double MARGIN = 0.35;

    /** A bound, and the loss that it is for. */
    private record Form(GeneralizationBound bound, Loss loss) {
        boolean isExceededOnCapsOrSphere(RandomStream stream) {
            double each = (DELTA - 4 * GeneralizationBound.ETA) / 4;
            Split sphere = Split.ofSphere(stream.part("sphere"));
            Split caps = Split.ofCaps(stream.part("caps"));
            return isExceeded(sphere, 0.5, each, GeneralizationBound.TEST_ERROR, stream.part("fair signs"))
                    || isExceeded(sphere, 0.25, each, GeneralizationBound.TEST_ERROR, stream.part("noisy sphere"))
                    || isExceeded(caps, 0.25, each, GeneralizationBound.TEST_ERROR, stream.part("noisy caps"))
                    || isExceeded(caps, 0, each, GeneralizationBound.TEST_ERROR, stream.part("caps"));
        }

        boolean isExceededOnImages(Images images, RandomStream stream) {
            Split split = images.split(stream.part("sample"));
            return isExceeded(split, 0.5, DELTA / 3, 0, stream.part("fair signs"))
                    || isExceeded(split, 0.05, DELTA / 3, 0, stream.part("noisy labels"))
                    || isExceeded(split, 0, DELTA / 3, 0, stream.part("labels"));
        }

        /** Whether the interpolant of labels that are c, or else {@code -c} with probability {@code flipped}, exceeds the bound. */
        private boolean isExceeded(Split split, double flipped, double delta, double error, RandomStream stream) {
            double[] y = split.c.clone();
            for (int i = 0; i < y.length; i++) {
                y[i] *= stream.uniform() < flipped ? -1 : 1;
            }
            double[] coefficients = split.factor.solve(y);
            return bound.isExceeded(
                    LinearAlgebra.dot(y, coefficients),
                    y.length,
                    delta,
                    error,
                    () -> GeneralizationBound.average(
                            loss, LinearAlgebra.product(split.cross.get(), coefficients), split.populationC, flipped));
        }
    }

    /**
     * A sample whose Gram matrix is decomposed once for several labels, and points that stand for the population.
     *
     * @param cross the kernel between these points and the sample
     * @param c the sample's labels without noise
     * @param populationC those of the other points
     */
    private record Split(Cholesky factor, Supplier<DMatrixRMaj> cross, double[] c, double[] populationC) {
        static Split ofSphere(RandomStream stream) {
            DMatrixRMaj points = PointLaw.SPHERE.rows(N, 100, stream.part("points"));
            DMatrixRMaj fresh = PointLaw.SPHERE.rows(GeneralizationBound.TEST_POINTS, 100, stream.part("fresh points"));
            return of(points, firstSigns(points), fresh, firstSigns(fresh));
        }

        static Split ofCaps(RandomStream stream) {
            TwoCaps sample = TwoCaps.draw(N, 10, stream.part("sample"));
            TwoCaps fresh = TwoCaps.draw(GeneralizationBound.TEST_POINTS, 10, stream.part("fresh sample"));
            return of(sample.points(), sample.y(), fresh.points(), fresh.y());
        }

        private static Split of(DMatrixRMaj points, double[] c, DMatrixRMaj fresh, double[] freshC) {
            return new Split(
                    LinearAlgebra.cholesky(ReluGramMatrix.of(points)),
                    () -> ReluGramMatrix.cross(fresh, points),
                    c,
                    freshC);
        }

        private static double[] firstSigns(DMatrixRMaj points) {
            double[] signs = new double[points.numRows];
            Arrays.setAll(signs, i -> points.get(i, 0) < 0 ? -1 : 1);
            return signs;
        }
    }

    /** Images with their labels, as a population. */
    private record Images(DMatrixRMaj gram, double[] c) {
        static Images draw(int size, RandomStream stream) {
            TwoClassSample sample = TwoClasses.sample(size, stream);
            return new Images(ReluGramMatrix.of(sample.points()), sample.y());
        }

        /** Draws a sample without repetition. */
        Split split(RandomStream stream) {
            int[] drawn = Arrays.copyOf(stream.permutation(c.length), N);
            int[] all = IntStream.range(0, c.length).toArray();
            DMatrixRMaj cross = new DMatrixRMaj(c.length, N);
            CommonOps_DDRM.extract(gram, all, c.length, drawn, N, cross);
            DMatrixRMaj own = new DMatrixRMaj(N, N);
            CommonOps_DDRM.extract(gram, drawn, N, drawn, N, own);
            double[] labels = Arrays.stream(drawn).mapToDouble(i -> c[i]).toArray();
            return new Split(LinearAlgebra.cholesky(own), () -> cross, labels, c);
        }
    }

    @Claim(
            id = "A19.cor5.2",
            statement = "\\Pr_{(x,y)}[\\mathrm{sign}(f(x)) \\ne y] \\le \\tfrac{2B}{\\sqrt{2n}}"
                    + " + 3\\sqrt{\\tfrac{\\log(2i(i+1)/\\delta)}{2n}},\\quad B = \\tfrac{i}{10},\\;"
                    + " i = \\lceil 10\\sqrt{Q(y)}\\,\\rceil \\quad\\text{with probability } 1 - \\delta",
            hypotheses =
                    "$y_i = \\pm 1$; $f(x) = k(x,X)(H^\\infty)^{-1}y$, the limit of the trained network; printed with the"
                            + " remainder $O(\\sqrt{\\log(n/(\\lambda_0\\delta))/n})$; tested at $n = 400$, $\\delta = 0.1$")
    void classificationErrorIsBoundedByLabelComplexity(ClaimRun run) {
        run.covers("two caps")
                .covers("half of the labels drawn anew")
                .covers("fair signs")
                .covers("zeros and ones");
        GeneralizationBound claimed = GeneralizationBound::ofInterpolant;
        GeneralizationBound unitRadius = (q, n, delta) -> GeneralizationBound.ofInterpolant(1, n, delta);
        GeneralizationBound remainder = (q, n, delta) -> 3 * Math.sqrt(Math.log(2 / delta) / (2 * n));
        GeneralizationBound overN = (q, n, delta) ->
                Math.sqrt(2 * q) / n + GeneralizationBound.deviation(GeneralizationBound.index(q), n, delta);
        Loss zeroOne = ZeroOneLoss.INSTANCE;
        Loss ramp = new RampLoss(1);
        run.check(
                        "caps and sphere, classification error",
                        claimed,
                        (bound, lab) ->
                                lab.failsAtMost(DELTA, MARGIN, new Form(bound, zeroOne)::isExceededOnCapsOrSphere))
                .falsifiedBy("B = 1 whatever the labels", unitRadius)
                .falsifiedBy("no leading term, and one radius", remainder);
        run.check(
                        "caps and sphere, ramp loss",
                        claimed,
                        (bound, lab) -> lab.failsAtMost(DELTA, MARGIN, new Form(bound, ramp)::isExceededOnCapsOrSphere))
                .falsifiedBy("B = 1 whatever the labels", unitRadius)
                .falsifiedBy("sqrt(2Q)/n in place of sqrt(2Q/n)", overN);
        Images images =
                Images.draw(run.size("images", 1000, 1800, 1800), run.stream().part("images"));
        run.check(
                        "zeros and ones, classification error",
                        claimed,
                        (bound, lab) -> lab.failsAtMost(
                                DELTA, MARGIN, stream -> new Form(bound, zeroOne).isExceededOnImages(images, stream)))
                .falsifiedBy("B = 1 whatever the labels", unitRadius)
                .falsifiedBy("no leading term, and one radius", remainder);
    }
}
