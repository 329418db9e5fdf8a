package daniely2020;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SingleStep;

/**
 * The theorem's step on a whole sample, followed at every neuron. The example left out of {@code G~} is number 0 where one is meant, and each in turn
 * where all are.
 *
 * @param step what it did to the outputs
 * @param largestScaledShift {@code max_(j,k) |<eta g~_j, x_k>| sqrt d/|x_k|}
 * @param flips how many of the pre-activations change sign when the others step, as a share
 * @param largestMove {@code max_j |eta g~_j|}
 * @param mean for |x|, {@code E_x h_(W + eta G~)(x)} given the sample; otherwise NaN
 * @param variance for |x|, {@code Var_x h_(W + eta G~)(x)} given the sample; otherwise NaN
 */
record NeuronRun(
        StepRuns.Run step, double largestScaledShift, double flips, double largestMove, double mean, double variance) {
    private static final SharedRuns<StepSetting, NeuronRun> RUNS =
            new SharedRuns<>(StepSetting::toString, NeuronRun::make);

    /** Run number {@code index}. */
    static NeuronRun at(ClaimRun run, StepSetting setting, long index) {
        return RUNS.at(run, setting, index);
    }

    private static NeuronRun make(StepSetting setting, RandomStream stream) {
        SingleStep single = setting.step(stream);
        double[] squares = single.squaredNorms();
        double scaled = 0;
        long flips = 0;
        for (int k = 0; k < setting.m(); k++) {
            double[] shifts = single.shifts(k);
            double[] before = single.preactivations(k);
            double most = 0;
            for (int j = 0; j < shifts.length; j++) {
                most = Math.max(most, Math.abs(shifts[j]));
                flips += before[j] * (before[j] + shifts[j]) < 0 ? 1 : 0;
            }
            scaled = Math.max(scaled, most * Math.sqrt(setting.d() / squares[k]));
        }
        DMatrixRMaj others = single.leaveOneOutStep(0);
        double move = Math.sqrt(Arrays.stream(rowSquares(others)).max().orElseThrow());
        for (int j = 0; j < setting.q(); j++) {
            others.add(j, j, 1);
        }
        boolean exact = setting.activation() == BalancedActivations.ABSOLUTE_VALUE;
        return new NeuronRun(
                new StepRuns.Run(setting, single.outputs()),
                scaled,
                flips / ((double) setting.m() * setting.q()),
                move,
                exact ? mean(setting.outputs(), others) : Double.NaN,
                exact ? variance(setting.outputs(), others) : Double.NaN);
    }

    private static double[] rowSquares(DMatrixRMaj rows) {
        double[] squares = new double[rows.numRows];
        for (int j = 0; j < squares.length; j++) {
            int start = j * rows.numCols;
            squares[j] = LinearAlgebra.dot(rows.data, start, rows.data, start, rows.numCols);
        }
        return squares;
    }

    /** The mean of {@code sum_j b_j |<v_j, x>|}, x standard normal. */
    private static double mean(double[] b, DMatrixRMaj rows) {
        double[] squares = rowSquares(rows);
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            sum += b[j] * AbsoluteValue.INSTANCE.mean(squares[j]);
        }
        return sum;
    }

    /** Its variance. */
    private static double variance(double[] b, DMatrixRMaj rows) {
        DMatrixRMaj gram = LinearAlgebra.gram(rows);
        AbsoluteValue s = AbsoluteValue.INSTANCE;
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
