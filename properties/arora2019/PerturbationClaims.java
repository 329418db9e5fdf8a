package arora2019;

import arora2019.SmallTraining.Recorded;
import java.util.Arrays;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The predictions follow the linear sequence of H(k) up to a perturbation by the neurons near kinks.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 4.1, (21), (23), (24).
 *
 * <h2>Statement</h2>
 *
 * With {@code S'_i = {r: |w_r(0).x_i| <= R}}, no neuron moving more than R, and {@code v = u(k) - y}:
 *
 * <pre>{@code
 * eps_i  = m^(-1/2) sum_{r in S'_i} a_r (relu(w_r(k+1).x_i) - relu(w_r(k).x_i))
 * eps'_i = (eta/m) sum_j v_j x_j.x_i #{r in S'_i: I_ri(k) = I_rj(k) = 1}
 * |eps_i|, |eps'_i| <= (eta sqrt(n) |S'_i| / m) |v|                                      (21), (23)
 * u(k+1) - u(k) = -eta H(k) v + eps + eps',                                         (24)
 *   |eps + eps'|_1 <= (2 eta sqrt(n) / m) (sum_i |S'_i|) |v|
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining} with R its largest movement, also where no neuron is near a kink, so that both terms are 0,
 * and {@link EdgeTraining}: copies of a point, all neurons in S'. A step from 0.97 R to -0.03 R makes eps 0.97 of its
 * bound and eps' all of it, but they nearly cancel; from 0.02 R to -0.98 R their sum is 0.49 of the last bound. It is
 * never more than 0.5, as only neurons whose indicator changes contribute, at most a step each. For (24) also a
 * residual that shrinks to a tenth per step, down to rounding.
 *
 * <h2>How it is checked</h2>
 *
 * Sums over recorded weights, {@link StepSplit}. No step is left out because its residual is small: rounding is added
 * to the bound, {@code sqrt(m)} times {@link SmallTraining#ROUNDING} for a sum over m neurons, and n of these for
 * (24).
 *
 * <h2>Falsifiers</h2>
 *
 * The number of neurons near kinks dropped (drawn runs); 0.95 of the bounds (21) and (23), and in (24) 0.9 for 2 and
 * the largest {@code |S'_i|} for their sum (at the edge); eps' with the other sign or without eps'.
 */
class PerturbationClaims {
    /** {@code constant |S'_i| eta sqrt(n) |v| / m}, or without {@code |S'_i|}. */
    private record Bound(double constant, boolean counted) {
        double[] of(StepSplit split) {
            return Arrays.stream(split.near)
                    .map(near -> constant * (counted ? near : 1) * split.unit)
                    .toArray();
        }
    }

    private static void checkBound(
            ClaimRun run, SmallTraining training, EdgeTraining edge, Function<StepSplit, double[]> perturbation) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        StepSplit[] splits = StepSplit.of(drawn);
        StepSplit.cover(run, splits);
        run.check("drawn runs", new Bound(1, true), (bound, lab) -> perturbations(bound, drawn, splits, perturbation))
                .falsifiedBy("without |S'_i|", new Bound(1, false));
        Recorded across = edge.across(0.97).train();
        StepSplit[] extreme = StepSplit.of(across);
        run.check(
                        "at the edge",
                        new Bound(1, true),
                        (bound, lab) -> perturbations(bound, across, extreme, perturbation))
                .falsifiedBy("0.95 of the bound", new Bound(0.95, true));
    }

    private static Decision perturbations(
            Bound bound, Recorded run, StepSplit[] splits, Function<StepSplit, double[]> perturbation) {
        double[] sizes = Arrays.stream(StepSplit.concatenated(splits, perturbation))
                .map(Math::abs)
                .toArray();
        return Comparison.atMost(
                sizes, StepSplit.concatenated(splits, bound::of), StepSplit.tolerance(run), StepSplit.TOLERANCE);
    }

    @Claim(
            id = "A19.eq21",
            statement = "|\\epsilon_i(k)| \\le \\frac{\\eta\\sqrt n\\, |\\bar S_i|}{m} \\|u(k) - y\\|_2",
            hypotheses = "unit points, $R \\ge \\max_{r,k} \\|w_r(k) - w_r(0)\\|_2$; every run, step and point")
    void neuronsNearAKinkContributeLittle(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        checkBound(run, training, edge, split -> split.eps);
    }

    @Claim(
            id = "A19.eq23",
            statement = "|\\epsilon'_i(k)| \\le \\frac{\\eta\\sqrt n\\, |\\bar S_i|}{m} \\|u(k) - y\\|_2",
            hypotheses = "unit points, every $R$, run, step and point")
    void theirLinearPartIsAsSmall(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        checkBound(run, training, edge, split -> split.correction);
    }

    /** What multiplies {@code eta sqrt(n) |v| / m}. */
    private enum Factor {
        /** {@code sum_i |S'_i|}. */
        ALL,
        /** {@code max_i |S'_i|}. */
        LARGEST,
        /** 1. */
        NONE;

        double of(double[] near) {
            return switch (this) {
                case ALL -> Arrays.stream(near).sum();
                case LARGEST -> Arrays.stream(near).max().orElseThrow();
                case NONE -> 1;
            };
        }
    }

    private record Total(double constant, Factor factor) {}

    private static final Total TOTAL = new Total(2, Factor.ALL);

    @Claim(
            id = "A19.eq24",
            statement = "u(k+1) - u(k) = -\\eta H(k)\\, (u(k) - y) + \\epsilon(k), \\quad \\|\\epsilon(k)\\|_2 \\le"
                    + " \\|\\epsilon(k)\\|_1 \\le \\frac{2\\eta\\sqrt n}{m} \\sum_i |\\bar S_i|\\; \\|u(k) - y\\|_2",
            hypotheses = "unit points, $R \\ge \\max_{r,k} \\|w_r(k) - w_r(0)\\|_2$; every run and step")
    void predictionsFollowAPerturbedLinearSequence(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        StepSplit[] splits = StepSplit.of(drawn);
        StepSplit.cover(run, splits);
        run.check("perturbation", 1.0, (sign, lab) -> perturbed(sign, drawn, splits))
                .falsifiedBy("eps' with the other sign", -1.0)
                .falsifiedBy("eps only", 0.0);
        Recorded fitted = edge.fitted().train();
        run.covers("edge: residual down to rounding");
        StepSplit[] last = StepSplit.of(fitted);
        run.check("perturbation down to rounding", 1.0, (sign, lab) -> perturbed(sign, fitted, last))
                .falsifiedBy("0.95 eps'", 0.95);
        run.check("drawn runs", TOTAL, (total, lab) -> totals(total, drawn, splits))
                .falsifiedBy("without sum_i |S'_i|", new Total(2, Factor.NONE));
        Recorded across = edge.across(0.02).train();
        StepSplit[] extreme = StepSplit.of(across);
        run.check("at the edge", TOTAL, (total, lab) -> totals(total, across, extreme))
                .falsifiedBy("0.9 for 2", new Total(0.9, Factor.ALL))
                .falsifiedBy("max_i |S'_i|", new Total(2, Factor.LARGEST));
    }

    /** Whether {@code u(k+1) - u(k) + eta H(k) v} is {@code eps + sign eps'}. */
    private static Decision perturbed(double sign, Recorded run, StepSplit[] splits) {
        double[] claimed = StepSplit.concatenated(splits, split -> StepSplit.sum(split.eps, sign, split.correction));
        return Comparison.equal(remainders(run, splits), claimed, StepSplit.tolerance(run), StepSplit.TOLERANCE);
    }

    /** {@code u(k+1) - u(k) + eta H(k) v} for all k. */
    private static double[] remainders(Recorded run, StepSplit[] splits) {
        int n = run.n();
        double[] remainders = StepSplit.concatenated(splits, split -> split.linear);
        for (int at = 0; at < remainders.length; at++) {
            double[] before = run.states().get(at / n).residual;
            double[] after = run.states().get(at / n + 1).residual;
            remainders[at] = before[at % n] - after[at % n] - remainders[at];
        }
        return remainders;
    }

    /** The sums of absolute values; Euclidean norms are below them. */
    private static Decision totals(Total total, Recorded run, StepSplit[] splits) {
        double[] sums = new double[splits.length];
        double[] bounds = new double[splits.length];
        double[] remainders = remainders(run, splits);
        for (int at = 0; at < remainders.length; at++) {
            sums[at / run.n()] += Math.abs(remainders[at]);
        }
        Arrays.setAll(bounds, k -> total.constant * total.factor.of(splits[k].near) * splits[k].unit);
        double tolerance = run.n() * StepSplit.tolerance(run);
        return Comparison.atMost(sums, bounds, tolerance, "n times " + StepSplit.TOLERANCE);
    }
}
