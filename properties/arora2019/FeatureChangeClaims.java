package arora2019;

import arora2019.SmallTraining.Recorded;
import arora2019.SmallTraining.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * The features Z change by {@code 1/m} for each indicator that flips, and their squared norm is at most n.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma C.2; the norm before (36).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |Z(k) - Z(0)|_F^2 = (1/m) #{(r, i): I_ri(k) != I_ri(0)};
 *   if no neuron moves more than R, at most (1/m) #{(r, i): |w_r(0).x_i| <= R};      |Z(k)|_F^2 <= n
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining}, with R the largest movement of a neuron; {@link EdgeTraining}: all neurons are active at
 * first and flip at once, from 0.97 R.
 *
 * <h2>How it is checked</h2>
 *
 * A sum of {@code mnd} squares errs by {@code (mnd + 8) u n} and {@code |x_i|^2} by {@code (d + 4) u}. The
 * sample-space trainer counts its own flips, {@code tangentMovementSquared()}; the network that it returns may
 * disagree where {@code w_r.x_i} is 0 up to rounding at step 0 or k, and each such pair adds 1/m to the tolerance. R
 * is widened by {@link SmallTraining#ROUNDING}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1/m^2}, {@code 1/sqrt(m)}, flips since the step before; R/20 on drawn runs, where most neurons move less
 * than R, and 0.95 R at the edge; {@code n/2}, and {@code 0.95 n} with all neurons active.
 */
class FeatureChangeClaims {
    private static final int STEPS = SmallTraining.STEPS;

    /**
     * Flips between pre-activations at steps 0, 1, ..., over {@code m^power}; since step 0 or since the step before.
     */
    private record Count(double power, boolean sinceStart) {
        double[] of(List<DMatrixRMaj> steps) {
            double[] counts = new double[steps.size() - 1];
            for (int k = 1; k < steps.size(); k++) {
                double[] now = steps.get(k).data;
                double[] before = steps.get(sinceStart ? 0 : k - 1).data;
                for (int at = 0; at < now.length; at++) {
                    counts[k - 1] += now[at] >= 0 != before[at] >= 0 ? 1 : 0;
                }
                counts[k - 1] /= Math.pow(steps.get(k).numRows, power);
            }
            return counts;
        }
    }

    private static final Count COUNT = new Count(1, true);

    @Claim(
            id = "A19.Zdiff-id",
            statement =
                    "\\|Z(k) - Z(0)\\|_F^2 = \\frac1m \\#\\{(r, i) : \\mathbb I_{r,i}(k) \\ne \\mathbb I_{r,i}(0)\\}"
                            + " \\le \\frac1m \\sum_{r,i} 1\\{A_{r,i}\\}",
            hypotheses = "unit points, $a_r = \\pm 1$; the bound for $R \\ge \\max_{r,k} \\|w_r(k) - w_r(0)\\|_2$")
    void featuresChangeByCountingFlips(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        double[] changes = featureChanges(drawn);
        run.check(
                        "features",
                        COUNT,
                        (count, lab) ->
                                Comparison.equal(changes, count.of(preactivations(drawn)), summing(drawn), SUMMING))
                .falsifiedBy("1/m^2", new Count(2, true))
                .falsifiedBy("1/sqrt(m)", new Count(0.5, true))
                .falsifiedBy("flips since the step before", new Count(1, false));
        run.check("sample space", COUNT, (count, lab) -> inSampleSpace(count, training.start(), drawn))
                .falsifiedBy("1/m^2", new Count(2, true))
                .falsifiedBy("flips since the step before", new Count(1, false));
        run.check("pairs near a kink", 1.0, (part, lab) -> flipsPerNearPairs(part, drawn))
                .falsifiedBy("R/20", 0.05);
        Recorded across = edge.across(0.97).train();
        run.check("pairs near a kink, at the edge", 1.0, (part, lab) -> flipsPerNearPairs(part, across))
                .falsifiedBy("0.95 R", 0.95);
    }

    private static final String SUMMING = "(m n d + d + 12) u n";

    /** Rounding of a squared norm of features. */
    private static double summing(Recorded run) {
        int d = run.points().numCols;
        return (run.m() * run.n() * d + d + 12) * 0x1p-53 * run.n();
    }

    /** {@code |Z(k) - Z(0)|_F^2} for k = 1, 2, ... */
    private static double[] featureChanges(Recorded run) {
        DMatrixRMaj start = run.initial().features();
        return run.states().stream()
                .skip(1)
                .mapToDouble(state -> squaredNorm(CommonOps_DDRM.subtract(state.features(), start, null)))
                .toArray();
    }

    private static double squaredNorm(DMatrixRMaj z) {
        return LinearAlgebra.dot(z.data, z.data);
    }

    private static List<DMatrixRMaj> preactivations(Recorded run) {
        return run.states().stream().map(state -> state.preactivations).toList();
    }

    /** {@code tangentMovementSquared()} against the network that the trainer returns. */
    private static Decision inSampleSpace(Count count, Start start, Recorded run) {
        SampleSpaceGradientDescent trainer = start.inSampleSpace();
        List<DMatrixRMaj> steps = new ArrayList<>(List.of(start.network().preactivations(start.points())));
        double[] told = new double[STEPS];
        long undecided = zeros(steps.get(0), run.rounding());
        for (int k = 0; k < STEPS; k++) {
            trainer.step();
            told[k] = trainer.tangentMovementSquared();
            DMatrixRMaj now = trainer.network().preactivations(start.points());
            undecided = Math.max(undecided, zeros(steps.get(0), run.rounding()) + zeros(now, run.rounding()));
            steps.add(now);
        }
        double tolerance = summing(run) + undecided / (double) run.m();
        return Comparison.equal(told, count.of(steps), tolerance, SUMMING + " + #{w_r.x_i = 0 up to rounding}/m");
    }

    private static long zeros(DMatrixRMaj preactivations, double rounding) {
        return Arrays.stream(preactivations.data)
                .filter(z -> Math.abs(z) <= rounding)
                .count();
    }

    private static Decision flipsPerNearPairs(double part, Recorded run) {
        double radius = part * run.largestMovement() + run.rounding();
        int near = 0;
        for (int at = 0; at < run.m() * run.n(); at++) {
            near += run.isNear(at / run.n(), at % run.n(), radius) ? 1 : 0;
        }
        return Comparison.atMost(
                COUNT.of(preactivations(run)), (double) near / run.m(), 0x1p-50 * run.n(), "8 u n: counts over m");
    }

    @Claim(
            id = "A19.Znorm",
            statement = "\\|Z(k)\\|_F \\le \\sqrt n",
            hypotheses = "unit points, $a_r = \\pm1$, every $W$")
    void featuresNeverExceedTheNumberOfPoints(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        Recorded active = edge.across(0.97).train();
        run.check("drawn runs", 1.0, (part, lab) -> squaredNorms(part, drawn)).falsifiedBy("n/2", 0.5);
        run.check("all neurons active at first", 1.0, (part, lab) -> squaredNorms(part, active))
                .falsifiedBy("0.95 n", 0.95);
    }

    private static Decision squaredNorms(double part, Recorded run) {
        double[] norms = run.states().stream()
                .mapToDouble(state -> squaredNorm(state.features()))
                .toArray();
        return Comparison.atMost(norms, part * run.n(), summing(run), SUMMING);
    }
}
