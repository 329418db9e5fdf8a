package daniely2020;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepOutputs;

/**
 * Steps on whole samples, made once for each master seed and shared by the claims that look at them. The example left out of {@code G~} is number 0
 * where one is meant, and each in turn where all are.
 */
final class JumpRuns {
    /**
     * One sample.
     *
     * @param setting sizes
     * @param outputs of all examples
     * @param squares {@code |x_k|^2}
     * @param largestShift {@code max_(j,k) |<eta g~_j, x_k>|}
     * @param largestScaledShift the same over {@code |x_k|/sqrt d}
     * @param flips how many of the pre-activations change sign when the others step, as a share
     * @param rowSquares {@code |w_j + eta g~_j|^2}, length q
     * @param stepSquares {@code |eta g~_j|^2}, length q
     * @param variance for |x|, {@code Var_x h_(W + eta G~)(x)} given the sample; otherwise NaN
     */
    record Run(
            StepSetting setting,
            StepOutputs outputs,
            double[] squares,
            double largestShift,
            double largestScaledShift,
            double flips,
            double[] rowSquares,
            double[] stepSquares,
            double variance) {

        /** The largest output before an example's own step. */
        double largestLeaveOneOut() {
            return Arrays.stream(outputs.leaveOneOut()).map(Math::abs).max().orElseThrow();
        }

        /** The jumps over {@code ln d}. */
        double[] jumps() {
            return Arrays.stream(outputs.jumps())
                    .map(jump -> jump / Math.log(setting.d()))
                    .toArray();
        }

        double smallestJump() {
            return Arrays.stream(jumps()).min().orElseThrow();
        }

        double meanJump() {
            return Arrays.stream(jumps()).average().orElseThrow();
        }

        /** The labels but the first, summed. */
        double otherLabels() {
            return Arrays.stream(outputs.y()).sum() - outputs.y()[0];
        }

        /** For |x|, {@code E_x h_(W + eta G~)(x)} given the sample. */
        double mean() {
            double[] a = setting.outputs();
            double sum = 0;
            for (int j = 0; j < a.length; j++) {
                sum += a[j] * AbsoluteValue.INSTANCE.mean(rowSquares[j]);
            }
            return sum;
        }
    }

    private record Key(long master, StepSetting setting, long index) {}

    private static final Map<Key, Run> RUNS = new ConcurrentHashMap<>();

    private JumpRuns() {}

    /** Run number {@code index}. */
    static Run at(ClaimRun run, StepSetting setting, long index) {
        return RUNS.computeIfAbsent(new Key(run.settings().seed(), setting, index), JumpRuns::make);
    }

    /** Decides 'the event happens in one of ten runs at most' against one in two. */
    static Decision rarely(Lab lab, LongPredicate event) {
        return Proportion.atMost(0.1).margin(0.5).decide(index -> event.test(index) ? 1 : 0, lab.terms());
    }

    private static Run make(Key key) {
        StepSetting setting = key.setting;
        SingleStep step = setting.step(RandomStream.of(key.master, "D20 steps")
                .part(setting.toString())
                .trial(key.index));
        double[] squares = step.squaredNorms();
        double largest = 0;
        double scaled = 0;
        long flips = 0;
        for (int k = 0; k < setting.m(); k++) {
            double[] shifts = step.shifts(k);
            double[] before = step.preactivations(k);
            double most = 0;
            for (int j = 0; j < shifts.length; j++) {
                most = Math.max(most, Math.abs(shifts[j]));
                flips += before[j] * (before[j] + shifts[j]) < 0 ? 1 : 0;
            }
            largest = Math.max(largest, most);
            scaled = Math.max(scaled, most * Math.sqrt(setting.d() / squares[k]));
        }
        DMatrixRMaj others = step.leaveOneOutStep(0);
        double[] stepSquares = rowSquares(others);
        for (int j = 0; j < setting.q(); j++) {
            others.add(j, j, 1);
        }
        return new Run(
                setting,
                step.outputs(),
                squares,
                largest,
                scaled,
                flips / ((double) setting.m() * setting.q()),
                rowSquares(others),
                stepSquares,
                setting.activation() == BalancedActivations.ABSOLUTE_VALUE ? variance(setting, others) : Double.NaN);
    }

    private static double[] rowSquares(DMatrixRMaj rows) {
        double[] squares = new double[rows.numRows];
        for (int j = 0; j < squares.length; j++) {
            int start = j * rows.numCols;
            squares[j] = LinearAlgebra.dot(rows.data, start, rows.data, start, rows.numCols);
        }
        return squares;
    }

    /** The variance of {@code sum_j b_j |<v_j, x>|}, x standard normal. */
    private static double variance(StepSetting setting, DMatrixRMaj rows) {
        DMatrixRMaj gram = LinearAlgebra.gram(rows);
        AbsoluteValue s = AbsoluteValue.INSTANCE;
        double[] b = setting.outputs();
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            double v = gram.get(j, j);
            for (int k = 0; k <= j; k++) {
                double w = gram.get(k, k);
                double covariance = s.productMoment(v, w, gram.get(j, k)) - s.mean(v) * s.mean(w);
                sum += (k < j ? 2 : 1) * b[j] * b[k] * covariance;
            }
        }
        return sum;
    }
}
