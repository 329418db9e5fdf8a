package arora2019;

import arora2019.SmallTraining.Recorded;
import arora2019.SmallTraining.State;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * A step from k to k + 1, split at the neurons near kinks (A19, proof of Theorem 4.1):
 * {@code S'_i = {r: |w_r(0).x_i| <= R}}, {@code S_i} the others, {@code v = u(k) - y}. Vectors are over the points.
 */
final class StepSplit {
    /** What {@link #tolerance} is. */
    static final String TOLERANCE = "4 sqrt(m) times " + SmallTraining.ROUNDING;

    /** The first sum of (20), over {@code S_i}. */
    final double[] far;
    /** The second, over {@code S'_i}. */
    final double[] eps;
    /** {@code eps'}. */
    final double[] correction;
    /** {@code -eta H(k) v}. */
    final double[] linear;
    /** {@code |S'_i|}. */
    final double[] near;
    /** {@code eta sqrt(n) |v| / m}. */
    final double unit;

    private StepSplit(Recorded run, int k, double radius) {
        int n = run.n();
        int m = run.m();
        State now = run.states().get(k);
        State next = run.states().get(k + 1);
        far = new double[n];
        eps = new double[n];
        correction = new double[n];
        near = new double[n];
        linear = LinearAlgebra.product(now.gram(), now.residual);
        unit = run.eta() * Math.sqrt(n) * LinearAlgebra.norm(now.residual) / m;
        DMatrixRMaj products = LinearAlgebra.gram(run.points());
        for (int i = 0; i < n; i++) {
            linear[i] *= run.eta();
            for (int r = 0; r < m; r++) {
                double sign = now.network.signs()[r] / Math.sqrt(m);
                double increment = sign * (next.activation(r, i) - now.activation(r, i));
                if (!run.isNear(r, i, radius)) {
                    far[i] += increment;
                    continue;
                }
                near[i]++;
                eps[i] += increment;
                for (int j = 0; j < n && now.isActive(r, i); j++) {
                    double v = -now.residual[j];
                    correction[i] += now.isActive(r, j) ? run.eta() / m * v * products.get(i, j) : 0;
                }
            }
        }
    }

    /** All steps of a run, with R its largest movement; it is widened by rounding, as every larger R is allowed. */
    static StepSplit[] of(Recorded run) {
        double radius = run.largestMovement() + run.rounding();
        return IntStream.range(0, SmallTraining.STEPS)
                .mapToObj(k -> new StepSplit(run, k, radius))
                .toArray(StepSplit[]::new);
    }

    /** Vectors of all steps, one after the other. */
    static double[] concatenated(StepSplit[] steps, Function<StepSplit, double[]> vector) {
        return Arrays.stream(steps)
                .flatMapToDouble(step -> Arrays.stream(vector.apply(step)))
                .toArray();
    }

    /**
     * Rounding of a vector's entry: four sums over m neurons meet, each wrong by {@code sqrt(m)} times a neuron's
     * step.
     */
    static double tolerance(Recorded run) {
        return 4 * Math.sqrt(run.m()) * run.rounding();
    }

    /** {@code x + factor y}. */
    static double[] sum(double[] x, double factor, double[] y) {
        double[] sum = new double[x.length];
        Arrays.setAll(sum, i -> x[i] + factor * y[i]);
        return sum;
    }

    /** Counts the run under its families. */
    static void cover(ClaimRun run, StepSplit[] steps) {
        boolean none = Arrays.stream(steps[0].near).sum() == 0;
        run.covers(none ? "no neuron near a kink" : "neurons near a kink");
    }
}
