package arora2019;

import arora2019.SmallTraining.Recorded;
import arora2019.SmallTraining.Start;
import arora2019.SmallTraining.State;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.Trainer;

/**
 * No step of a neuron is longer than the residual allows.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma C.1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |w_r(k+1) - w_r(k)| <= (eta/sqrt m) sum_i |u_i(k) - y_i| <= eta sqrt(n/m) |y - u(k)|
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining}; {@link EdgeTraining}: copies of a point with all neurons active, where both inequalities are
 * equalities, in one step or in 25 of them, of which the last nine are rounding only.
 *
 * <h2>How it is checked</h2>
 *
 * Each step from the recorded weights. Sums of steps from what both trainers tell: {@code largestNeuronMovement()} is
 * at most the sum of the bounds, and {@code movement()} at most {@code sqrt(m)} times it. No step is left out because
 * its residual is small: rounding ({@link SmallTraining#ROUNDING}) is added to the bound. A movement in sample space
 * is the root of {@code c.(P - P(0))}, which is at most {@code b^2 + 2 (n + k + d + 8) u b (w + b)} with b the sum of
 * the bounds; its root exceeds b by at most {@code (n + k + d + 8) u (w + b)}, less than K times the rounding of a
 * step.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1/m} for {@code 1/sqrt(m)} and half of the bound on drawn runs; 0.95 of the bound and no {@code sqrt(n)} at
 * the edge.
 */
class NeuronStepClaims {
    /** {@code constant eta m^-powerOfM sum_i |r_i| <= constant eta m^-powerOfM n^powerOfN |r|} for a residual r. */
    private record Bound(double constant, double powerOfM, double powerOfN) {
        double middle(Recorded run, double[] residual) {
            return factor(run) * Arrays.stream(residual).map(Math::abs).sum();
        }

        double last(Recorded run, double[] residual) {
            return factor(run) * Math.pow(run.n(), powerOfN) * LinearAlgebra.norm(residual);
        }

        private double factor(Recorded run) {
            return constant * run.eta() * Math.pow(run.m(), -powerOfM);
        }
    }

    private static final Bound CLAIMED = new Bound(1, 0.5, 0.5);
    private static final Bound NO_ROOT = new Bound(1, 1, 0.5);
    private static final Bound SMALLER = new Bound(0.95, 0.5, 0.5);

    @Claim(
            id = "A19.lemC1-step",
            statement = "\\|w_r(k+1) - w_r(k)\\|_2 \\le \\frac{\\eta}{\\sqrt m} \\sum_i |u_i(k) - y_i|"
                    + " \\le \\eta \\sqrt{n/m}\\; \\|y - u(k)\\|_2",
            hypotheses = "every run, neuron and step; unit points, any $\\eta > 0$")
    void noStepIsLongerThanTheResidualAllows(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        Recorded extreme = edge.across(0.97).train();
        run.check("steps", CLAIMED, (bound, lab) -> steps(bound, drawn))
                .falsifiedBy("1/m for 1/sqrt(m)", NO_ROOT)
                .falsifiedBy("half of the bound", new Bound(0.5, 0.5, 0.5));
        run.check("steps at the edge", CLAIMED, (bound, lab) -> steps(bound, extreme))
                .falsifiedBy("0.95 of the bound", SMALLER)
                .falsifiedBy("no sqrt(n)", new Bound(1, 0.5, 0));
        Recorded fitted = edge.fitted().train();
        run.covers("edge: residual down to rounding");
        run.check("steps down to rounding", CLAIMED, (bound, lab) -> steps(bound, fitted))
                .falsifiedBy("0.95 of the bound", SMALLER);
        run.check("sums of steps", CLAIMED, (bound, lab) -> movements(bound, training.start(), drawn))
                .falsifiedBy("1/m for 1/sqrt(m)", NO_ROOT);
        run.check("sums of steps at the edge", CLAIMED, (bound, lab) -> movements(bound, edge.across(0.97), extreme))
                .falsifiedBy("0.95 of the bound", SMALLER);
    }

    private static Decision steps(Bound bound, Recorded run) {
        double[][] sides = new double[2][3 * SmallTraining.STEPS];
        for (int k = 0; k < SmallTraining.STEPS; k++) {
            State state = run.states().get(k);
            State next = run.states().get(k + 1);
            double longest = IntStream.range(0, run.m())
                    .mapToDouble(r -> next.distance(state, r))
                    .max()
                    .orElseThrow();
            double middle = bound.middle(run, state.residual);
            double last = bound.last(run, state.residual);
            System.arraycopy(new double[] {longest, longest, middle}, 0, sides[0], 3 * k, 3);
            System.arraycopy(new double[] {middle, last, last}, 0, sides[1], 3 * k, 3);
        }
        return Comparison.atMost(sides[0], sides[1], run.rounding(), SmallTraining.ROUNDING);
    }

    /**
     * Both trainers' movements, the largest of a neuron and the root mean square, against sums over the steps before.
     */
    private static Decision movements(Bound bound, Start start, Recorded run) {
        double[][] sides = new double[2][4 * SmallTraining.STEPS];
        int at = 0;
        for (Trainer trainer : List.of(start.inWeightSpace(), start.inSampleSpace())) {
            double sum = 0;
            for (int k = 0; k < SmallTraining.STEPS; k++) {
                sum += bound.middle(run, trainer.residual());
                trainer.step();
                sides[0][at] = trainer.largestNeuronMovement();
                sides[1][at++] = sum;
                sides[0][at] = trainer.movement() / Math.sqrt(run.m());
                sides[1][at++] = sum;
            }
        }
        return Comparison.atMost(
                sides[0], sides[1], SmallTraining.STEPS * run.rounding(), "K times " + SmallTraining.ROUNDING);
    }
}
