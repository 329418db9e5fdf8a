package arora2019;

import arora2019.SmallTraining.Recorded;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;
import org.lemmalab.trainer.Trainer;

/**
 * A step changes the predictions by the change of the neurons' activations; those far from their kinks follow H(k).
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 4.1, (18), (20), (22).
 *
 * <h2>Statement</h2>
 *
 * With {@code S'_i = {r: |w_r(0).x_i| <= R}}, no neuron moving more than R, {@code S_i} the other neurons and
 * {@code v = u(k) - y}:
 *
 * <pre>{@code
 * u_i(k+1) - u_i(k) = m^(-1/2) sum_r a_r (relu(w_r(k+1).x_i) - relu(w_r(k).x_i))           (18), over S_i and S'_i
 *   the sum over S_i is -eta sum_j v_j H_ij(k) + eps'_i,                                   (22)
 *   eps'_i = (eta/m) sum_j v_j x_j.x_i #{r in S'_i: I_ri(k) = I_rj(k) = 1}
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining} with R its largest movement, also where no neuron is near a kink and where residuals are
 * rounding only. {@link EdgeTraining}: copies of a point, all neurons in S'.
 *
 * <h2>How it is checked</h2>
 *
 * (18) for both trainers: what they predict, against sums over the networks that they return. (22) with sums over
 * recorded weights, {@link StepSplit}; sums over m neurons err by {@code sqrt(m)} times
 * {@link SmallTraining#ROUNDING}.
 *
 * <h2>Falsifiers</h2>
 *
 * (18): the neurons of S only, {@code 1/m}. (22): eps' with the other sign, without it, and 0.95 of it at the edge.
 */
class PredictionIncrementClaims {
    private static final int STEPS = SmallTraining.STEPS;

    /** A form of (18): whether the neurons of S' count, and the power of 1/m. */
    private record Increment(boolean allNeurons, double power) {}

    private static final Increment INCREMENT = new Increment(true, 0.5);

    @Claim(
            id = "A19.eq18",
            statement =
                    "u_i(k+1) - u_i(k) = \\frac{1}{\\sqrt m} \\Bigl(\\sum_{r \\in S_i} + \\sum_{r \\in \\bar S_i}\\Bigr) a_r"
                            + " \\bigl[\\sigma(w_r(k+1)^\\top x_i) - \\sigma(w_r(k)^\\top x_i)\\bigr]",
            hypotheses = "every run, step and point; $\\bar S_i = \\{r : |w_r(0)^\\top x_i| \\le R\\}$")
    void predictionsChangeByTheNeuronsActivations(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training, ClaimRun run) {
        Recorded drawn = training.train(run);
        double radius = drawn.largestMovement() + drawn.rounding();
        run.check("weight space", INCREMENT, (form, lab) -> {
                    GradientDescent trainer = training.start().inWeightSpace();
                    return increments(form, trainer, trainer::network, drawn, radius);
                })
                .falsifiedBy("S_i only", new Increment(false, 0.5))
                .falsifiedBy("1/m for 1/sqrt(m)", new Increment(true, 1));
        run.check("sample space", INCREMENT, (form, lab) -> {
                    SampleSpaceGradientDescent trainer = training.start().inSampleSpace();
                    return increments(form, trainer, trainer::network, drawn, radius);
                })
                .falsifiedBy("S_i only", new Increment(false, 0.5))
                .falsifiedBy("1/m for 1/sqrt(m)", new Increment(true, 1));
    }

    /** What a trainer predicts, against sums over the networks that it returns. */
    private static Decision increments(
            Increment form, Trainer trainer, Supplier<NormalizedNetwork> network, Recorded run, double radius) {
        int n = run.n();
        double[] told = new double[STEPS * n];
        double[] sums = new double[STEPS * n];
        double[] u = trainer.predictions();
        DMatrixRMaj now = network.get().preactivations(run.points());
        double[] signs = network.get().signs();
        for (int k = 0; k < STEPS; k++) {
            trainer.step();
            double[] after = trainer.predictions();
            DMatrixRMaj next = network.get().preactivations(run.points());
            for (int i = 0; i < n; i++) {
                told[k * n + i] = after[i] - u[i];
                for (int r = 0; r < run.m(); r++) {
                    double change = Math.max(next.get(r, i), 0) - Math.max(now.get(r, i), 0);
                    double counts = form.allNeurons || !run.isNear(r, i, radius) ? 1 : 0;
                    sums[k * n + i] += counts * Math.pow(run.m(), -form.power) * signs[r] * change;
                }
            }
            u = after;
            now = next;
        }
        return Comparison.equal(told, sums, StepSplit.tolerance(run), StepSplit.TOLERANCE);
    }

    @Claim(
            id = "A19.eq22",
            statement =
                    "\\frac{1}{\\sqrt m} \\sum_{r \\in S_i} a_r \\bigl[\\sigma(w_r(k+1)^\\top x_i) - \\sigma(w_r(k)^\\top x_i)\\bigr]"
                            + " = -\\eta \\sum_j (u_j(k) - y_j)\\, H_{ij}(k) + \\epsilon'_i(k)",
            hypotheses = "$R \\ge \\max_{r,k} \\|w_r(k) - w_r(0)\\|_2$; every run, step and point")
    void stableNeuronsFollowTheGramMatrix(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        StepSplit[] splits = StepSplit.of(drawn);
        StepSplit.cover(run, splits);
        run.check("drawn runs", 1.0, (sign, lab) -> stableSums(sign, drawn, splits))
                .falsifiedBy("eps' with the other sign", -1.0)
                .falsifiedBy("no eps'", 0.0);
        Recorded across = edge.across(0.97).train();
        StepSplit[] extreme = StepSplit.of(across);
        run.check("at the edge", 1.0, (sign, lab) -> stableSums(sign, across, extreme))
                .falsifiedBy("eps' with the other sign", -1.0)
                .falsifiedBy("0.95 eps'", 0.95);
    }

    private static Decision stableSums(double sign, Recorded run, StepSplit[] splits) {
        double[] claimed = StepSplit.concatenated(splits, split -> StepSplit.sum(split.linear, sign, split.correction));
        return Comparison.equal(
                StepSplit.concatenated(splits, split -> split.far),
                claimed,
                StepSplit.tolerance(run),
                StepSplit.TOLERANCE);
    }
}
