package arora2019;

import instances.PointSet;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * In mean, few Gaussian neurons are within R of changing their indicator at a point.
 *
 * <h2>Source</h2>
 *
 * A19, the proof of Lemma 5.4 and the display after (18).
 *
 * <h2>Statement</h2>
 *
 * For unit points and {@code w_r(0) ~ N(0, kappa^2 I)}, with any fixed R,
 *
 * <pre>{@code
 * E sum_i 1{|w_r(0).x_i| <= R} = n erf(R / (sqrt(2) kappa)) <= sqrt(2) n R / (sqrt(pi) kappa)
 * E |S_i| <= 2 m R / (sqrt(2 pi) kappa),   S_i the neurons whose indicator at x_i changes somewhere within R of w_r(0)
 *         = 8 sqrt(m n) c / (sqrt(2 pi) kappa lambda_0)   at R = 4 sqrt(n) c / (sqrt(m) lambda_0)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link UnstablePairs}: all points equal or antipodal, d = 1 and m = 1 included; R/kappa from 0.01 to 3, for the bound from 1e-6.
 *
 * <h2>How it is checked</h2>
 *
 * Means by drawing networks. For {@code S_i} every neuron is moved by R towards the boundary of the half-space of {@code x_i}, and its
 * indicator looked at. The mean is compared with its bound exactly.
 *
 * <h2>Falsifiers</h2>
 *
 * One side of the interval only, twice the variance, half of the bounds, 0.79 in place of {@code sqrt(2/pi) = 0.798}; 0.6 where networks are
 * drawn.
 */
class UnstablePairsInMeanClaims {
    private static final Bounded PORTION = new Bounded(0, 1);

    @Provide
    Arbitrary<UnstablePairs> pairs() {
        return UnstablePairs.any();
    }

    @Claim(
            id = "A19.lem5.4-EA",
            statement = "\\mathbb E\\sum_{i=1}^n 1\\{|w_r(0)^\\top x_i| \\le R\\} ="
                    + " n \\operatorname{erf}\\bigl(\\tfrac{R}{\\sqrt2\\,\\kappa}\\bigr)"
                    + " \\le \\frac{\\sqrt2\\, n R}{\\sqrt\\pi\\,\\kappa}",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$")
    void fewPreactivationsAreNearZero(@ForAll("pairs") UnstablePairs pairs, ClaimRun run) {
        pairs.cover(run);
        DoubleUnaryOperator law = UnstablePairs::probability;
        for (double ratio : new double[] {0.01, 0.1, 1, 3}) {
            double within = Math.min(0.02, law.applyAsDouble(ratio) / 2);
            run.check(
                            "mean, R = " + ratio + " kappa",
                            law,
                            (form, lab) -> lab.meanEquals(
                                    form.applyAsDouble(ratio), within, PORTION, stream -> pairs.portion(ratio, stream)))
                    .falsifiedBy(
                            ratio < 1 ? "one side of the interval" : "variance 2 kappa^2",
                            t -> ratio < 1 ? law.applyAsDouble(t) / 2 : law.applyAsDouble(t / Math.sqrt(2)));
        }
        double[] ratios = {1e-6, 1e-3, 0.01, 0.1, 1, 3};
        int n = pairs.set().n();
        run.check(
                        "bound",
                        Math.sqrt(2 / Math.PI),
                        (constant, lab) -> Comparison.atMost(
                                Arrays.stream(ratios)
                                        .map(t -> n * law.applyAsDouble(t))
                                        .toArray(),
                                Arrays.stream(ratios).map(t -> n * constant * t).toArray(),
                                0,
                                "none: at R = kappa/1000 and more the bound exceeds the mean by 1e-7 of it, at"
                                        + " kappa/1000000 by 1e-13"))
                .falsifiedBy("n R / (sqrt(2 pi) kappa)", Math.sqrt(1 / (2 * Math.PI)))
                .falsifiedBy("0.79", 0.79);
    }

    @Claim(
            id = "A19.Sbar-E",
            statement =
                    "\\mathbb E|\\bar S_i| \\le \\frac{2mR}{\\sqrt{2\\pi}\\,\\kappa} ="
                            + " \\frac{8\\sqrt{mn}\\,c}{\\sqrt{2\\pi}\\,\\kappa\\lambda_0},\\quad"
                            + " \\bar S_i = \\{r : 1\\{w^\\top x_i \\ge 0\\} \\text{ is not constant on } \\|w - w_r(0)\\| \\le R\\}",
            hypotheses =
                    "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$, $R = 4\\sqrt n\\,c/(\\sqrt m\\,\\lambda_0)$ fixed:"
                            + " $c$ is a bound of $\\|y - u(0)\\|$ that does not depend on $w(0)$")
    void unstableSetsAreSmall(@ForAll("pairs") UnstablePairs pairs, ClaimRun run) {
        pairs.cover(run);
        run.note(
                "The proof has |y - u(0)| itself in place of c. That makes R depend on w(0), for which (17) is not meant; the"
                        + " O() that follows holds with a fixed R, as in Lemma C.2.");
        double ratio = 0.1;
        run.check(
                        "mean of |S_1|/m, R = 0.1 kappa",
                        UnstablePairs.SMALL_BALL,
                        (constant, lab) -> lab.meanAtMost(
                                constant * ratio,
                                0.02,
                                PORTION,
                                stream -> changeablePortion(pairs, ratio * pairs.kappa(), stream)))
                .falsifiedBy("half", UnstablePairs.SMALL_BALL / 2)
                .falsifiedBy("0.6", 0.6);

        DMatrixRMaj axes =
                PointSet.of(PointSet.Geometry.GENERIC, 4, 8, pairs.set().seed()).points();
        double lambda = LinearAlgebra.eigen(ReluGramMatrix.of(axes)).smallest();
        int m = pairs.m();
        double c = 2 * Math.sqrt(axes.numRows);
        double radius = 4 * Math.sqrt(axes.numRows) * c / (Math.sqrt(m) * lambda);
        double expected = m * UnstablePairs.SMALL_BALL * radius / pairs.kappa();
        run.check(
                        "in the radius of Lemma C.1",
                        8.0,
                        (eight, lab) -> Comparison.equal(
                                eight
                                        * Math.sqrt((double) m * axes.numRows)
                                        * c
                                        / (Math.sqrt(2 * Math.PI) * pairs.kappa() * lambda),
                                expected,
                                32 * 0x1p-53 * expected,
                                "32 u: fewer than 20 operations on either side"))
                .falsifiedBy("4 in place of 8", 4.0);
    }

    /** The portion of neurons whose indicator at the first point changes on the way of length R to its half-space's boundary. */
    private static double changeablePortion(UnstablePairs pairs, double radius, RandomStream stream) {
        DMatrixRMaj weights = pairs.drawWeights(stream);
        double[] x = Arrays.copyOf(pairs.set().points().data, pairs.set().d());
        int changed = 0;
        for (int r = 0; r < pairs.m(); r++) {
            double[] w = Arrays.copyOfRange(weights.data, r * x.length, (r + 1) * x.length);
            boolean active = LinearAlgebra.dot(w, x) >= 0;
            for (int k = 0; k < x.length; k++) {
                w[k] += (active ? -radius : radius) * x[k];
            }
            changed += LinearAlgebra.dot(w, x) >= 0 == active ? 0 : 1;
        }
        return (double) changed / pairs.m();
    }
}
