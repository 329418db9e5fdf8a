package arora2019;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;

/**
 * Gram matrix and features change little in mean when neurons move by at most R, except with small probability.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma C.2, the displays after (17).
 *
 * <h2>Statement</h2>
 *
 * Let {@code |w_r(k) - w_r(0)| <= R} for all r with probability at least {@code 1 - delta}; nothing else is known of W(k). Then
 *
 * <pre>{@code
 * E |H_ij(k) - H_ij(0)| <= 4 R / (sqrt(2 pi) kappa) + 2 delta        (printed: 2 delta / m)
 * E |Z(k) - Z(0)|_F^2   <= 2 n R / (sqrt(2 pi) kappa) + n delta      (printed: n delta / m)
 * P( |Z(k) - Z(0)|_F^2 > 2 n R / (sqrt(2 pi) kappa delta) ) <= 2 delta
 * }</pre>
 *
 * <p>The printed terms come from {@code (2/m) sum_r P(|w_r(k) - w_r(0)| > R)}, a sum of m terms up to delta: it is up to
 * {@code 2 delta}. With these terms Markov's inequality at level delta says nothing. The third line does what the proof needs: where
 * all movements are at most R, {@code |Z(k) - Z(0)|_F^2} is at most the portion of unstable pairs times n, whatever k is, and Markov's
 * inequality is for that portion. So Lemma C.2 stands, at all k at once.
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, 100 neurons, R = kappa/50, delta = 1/10. A W(k) that spoils what the hypothesis lets it: each neuron goes R
 * towards the boundary that is nearest, of the half-spaces of all points; with probability delta the whole network leaps: to
 * {@code -W(0)}, which changes all indicators, or, for {@code H_11}, to where all neurons are active at {@code x_1}.
 *
 * <h2>How it is checked</h2>
 *
 * Means and an event of W(k), by drawing W(0) and the leap.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed terms, {@code delta / 2} in the second line, half of the mean in place of the mean over delta in the third.
 */
class ActivationChangeClaims {
    private static final int WIDTH = 100;
    private static final double RATIO = 0.02;
    private static final double DELTA = 0.1;
    private static final Bounded PORTION = new Bounded(0, 1);

    @Provide
    Arbitrary<UnstablePairs> pairs() {
        return Combinators.combine(UnstablePairs.any(), Arbitraries.of(0.01, 1.0))
                .as((pairs, kappa) -> new UnstablePairs(pairs.set(), WIDTH, kappa));
    }

    @Claim(
            id = "A19.lemC2-E",
            statement =
                    "\\mathbb E|H_{ij}(k) - H_{ij}(0)| \\le \\frac{4R}{\\sqrt{2\\pi}\\,\\kappa} + 2\\delta,\\quad"
                            + " \\mathbb E\\|Z(k) - Z(0)\\|_F^2 \\le \\frac{2nR}{\\sqrt{2\\pi}\\,\\kappa} + n\\delta,\\quad"
                            + " P\\Bigl(\\|Z(k) - Z(0)\\|_F^2 > \\frac{2nR}{\\sqrt{2\\pi}\\,\\kappa\\delta}\\Bigr) \\le 2\\delta",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$;"
                    + " $P(\\|w_r(k) - w_r(0)\\| \\le R \\;\\forall r) \\ge 1 - \\delta$")
    void changesAreSmallInMean(@ForAll("pairs") UnstablePairs pairs, ClaimRun run) {
        run.covers(pairs.set().geometry().label()).covers("kappa = " + pairs.kappa());
        run.note("The proof prints 2 delta/m and n delta/m in place of 2 delta and n delta. Lemma C.2 follows with"
                + " Markov's inequality for the portion of unstable pairs instead.");
        double b = UnstablePairs.SMALL_BALL * RATIO;
        run.check(
                        "mean change of H_11",
                        2 * DELTA,
                        (extra, lab) ->
                                lab.meanAtMost(2 * b + extra, 0.02, PORTION, stream -> gramChange(pairs, stream)))
                .falsifiedBy("2 delta/m", 2 * DELTA / WIDTH);
        run.check(
                        "mean change of Z",
                        DELTA,
                        (extra, lab) ->
                                lab.meanAtMost(b + extra, 0.04, PORTION, stream -> featureChange(pairs, stream)))
                .falsifiedBy("n delta/m", DELTA / WIDTH)
                .falsifiedBy("n delta/2", DELTA / 2);
        run.check(
                        "Markov's inequality for unstable pairs",
                        b / DELTA,
                        (threshold, lab) ->
                                lab.failsAtMost(2 * DELTA, stream -> featureChange(pairs, stream) > threshold))
                .falsifiedBy("half of the mean", UnstablePairs.probability(RATIO) / 2);
    }

    /** {@code |H_11(k) - H_11(0)|}. */
    private static double gramChange(UnstablePairs pairs, RandomStream stream) {
        DMatrixRMaj points = pairs.set().points();
        DMatrixRMaj weights = pairs.drawWeights(stream);
        DMatrixRMaj later = later(pairs, weights, stream, w -> turnedTo(points, w));
        return Math.abs(EmpiricalGramMatrix.of(points, later).get(0, 0)
                - EmpiricalGramMatrix.of(points, weights).get(0, 0));
    }

    /** {@code |Z(k) - Z(0)|_F^2 / n}: the portion of indicators that changed. */
    private static double featureChange(UnstablePairs pairs, RandomStream stream) {
        DMatrixRMaj points = pairs.set().points();
        DMatrixRMaj weights = pairs.drawWeights(stream);
        DMatrixRMaj later = later(pairs, weights, stream, ActivationChangeClaims::reflected);
        double[] before = LinearAlgebra.productTransB(weights, points).data;
        double[] after = LinearAlgebra.productTransB(later, points).data;
        int changed = 0;
        for (int k = 0; k < WIDTH * points.numRows; k++) {
            changed += before[k] >= 0 == after[k] >= 0 ? 0 : 1;
        }
        return (double) changed / (WIDTH * points.numRows);
    }

    private static DMatrixRMaj later(
            UnstablePairs pairs, DMatrixRMaj weights, RandomStream stream, UnaryOperator<DMatrixRMaj> leap) {
        return stream.part("leap").uniform() < DELTA ? leap.apply(weights) : nudged(pairs, weights);
    }

    private static DMatrixRMaj reflected(DMatrixRMaj weights) {
        DMatrixRMaj result = weights.copy();
        CommonOps_DDRM.changeSign(result);
        return result;
    }

    /** All neurons equal to the first point. */
    private static DMatrixRMaj turnedTo(DMatrixRMaj points, DMatrixRMaj weights) {
        DMatrixRMaj result = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int r = 0; r < result.numRows; r++) {
            System.arraycopy(points.data, 0, result.data, r * result.numCols, result.numCols);
        }
        return result;
    }

    /** Each neuron moved by R towards the nearest of the boundaries {@code w.x_i = 0}. */
    private static DMatrixRMaj nudged(UnstablePairs pairs, DMatrixRMaj weights) {
        int d = weights.numCols;
        DMatrixRMaj points = pairs.set().points();
        DMatrixRMaj result = weights.copy();
        for (int r = 0; r < WIDTH; r++) {
            double[] z = LinearAlgebra.product(points, Arrays.copyOfRange(weights.data, r * d, (r + 1) * d));
            int nearest = 0;
            for (int i = 1; i < z.length; i++) {
                nearest = Math.abs(z[i]) < Math.abs(z[nearest]) ? i : nearest;
            }
            double step = (z[nearest] >= 0 ? -RATIO : RATIO) * pairs.kappa();
            for (int k = 0; k < d; k++) {
                result.add(r, k, step * points.get(nearest, k));
            }
        }
        return result;
    }
}
