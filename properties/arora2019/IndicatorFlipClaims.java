package arora2019;

import arora2019.SmallTraining.Recorded;
import arora2019.SmallTraining.State;
import net.jqwik.api.ForAll;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Only neurons that start near a point's kink change their indicator there, so H changes no more than these neurons
 * allow.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma C.2, (15), (16).
 *
 * <h2>Statement</h2>
 *
 * With {@code A_ri = {|w_r(0).x_i| <= R}}, for every R, r, i, j and k:
 *
 * <pre>{@code
 * 1{I_ri(k) != I_ri(0)} <= 1{A_ri} + 1{|w_r(k) - w_r(0)| > R}
 * |H_ij(k) - H_ij(0)| <= (1/m) sum_r (1{A_ri} + 1{A_rj} + 2 1{|w_r(k) - w_r(0)| > R})               (16)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining} at kappa = 0.05, 0.3 and 1, with R the largest movement of a neuron in the run, and half of
 * it, so that the last terms count. {@link EdgeTraining}: there {@code |w_r(0).x_i|} is 0.97 R or, in exact
 * arithmetic, R; or the neurons change their indicator at one of two points.
 *
 * <h2>How it is checked</h2>
 *
 * For every flip of a neuron that moved at most R, {@code |w_r(0).x_i| <= R}. Indicators and R come from rounded
 * products and norms, which err by {@code (d + 4) u} of the weights: less than {@link SmallTraining#ROUNDING}, which
 * widens A. Entries of H are exact counts times {@code x_i.x_j / m}, within {@code (d + 4) u} of their values.
 *
 * <h2>Falsifiers</h2>
 *
 * R/2 and R/4 on drawn runs, 0.95 R at the edge, and {@code <} in A; the terms of A or the last one dropped; (16)
 * without {@code A_rj}, which random runs do not tell from the claim, and with half of its A-terms.
 */
class IndicatorFlipClaims {
    private static final int STEPS = SmallTraining.STEPS;

    /** A with {@code part R}, closed or not, and whether the second term is there for neurons that move more than R. */
    private record Near(double part, boolean closed, boolean moved) {}

    private static final Near NEAR = new Near(1, true, true);

    @Claim(
            id = "A19.flip-in-A",
            statement = "1\\{\\mathbb I_{r,i}(k) \\ne \\mathbb I_{r,i}(0)\\} \\le 1\\{|w_r(0)^\\top x_i| \\le R\\}"
                    + " + 1\\{\\|w_r(k) - w_r(0)\\|_2 > R\\}",
            hypotheses = "unit points, every $R$, run, neuron, point and step")
    void onlyNeuronsNearAKinkFlip(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        run.check("R the largest movement", NEAR, (near, lab) -> flips(near, drawn, 1))
                .falsifiedBy("R/2", new Near(0.5, true, true))
                .falsifiedBy("R/4", new Near(0.25, true, true));
        run.check("R half of it", NEAR, (near, lab) -> flips(near, drawn, 0.5))
                .falsifiedBy("no second term", new Near(1, true, false));
        Recorded across = edge.across(0.97).train();
        run.check("just over the kink", NEAR, (near, lab) -> flips(near, across, 1))
                .falsifiedBy("0.95 R", new Near(0.95, true, true));
        Recorded onto = edge.ontoZero().train();
        run.check("onto the kink", NEAR, (near, lab) -> flipsExactly(near, onto))
                .falsifiedBy("'<' for '<='", new Near(1, false, true));
    }

    /**
     * {@code |w_r(0).x_i|} over the flips that the last term does not cover, R being a part of the largest movement.
     */
    private static Decision flips(Near near, Recorded run, double partOfLargest) {
        double radius = partOfLargest * run.largestMovement();
        double[] largest = new double[STEPS + 1];
        forEachFlip(run, (k, r, i) -> {
            if (!near.moved || run.movement(r, k) <= radius) {
                largest[k] = Math.max(
                        largest[k], Math.abs(run.initial().preactivations.get(r, i)));
            }
        });
        return Comparison.atMost(largest, near.part * radius, run.rounding(), SmallTraining.ROUNDING);
    }

    /** The number of flips outside A, without rounding. */
    private static Decision flipsExactly(Near near, Recorded run) {
        double radius = run.largestMovement();
        double[] outside = new double[1];
        forEachFlip(run, (k, r, i) -> {
            double distance = Math.abs(run.initial().preactivations.get(r, i));
            outside[0] += distance < radius || (distance == radius && near.closed) ? 0 : 1;
        });
        return Comparison.atMost(outside, 0, 0, "none: products of powers of 2");
    }

    private interface FlipAction {
        void accept(int k, int r, int i);
    }

    private static void forEachFlip(Recorded run, FlipAction action) {
        for (int k = 1; k <= STEPS; k++) {
            State state = run.states().get(k);
            for (int r = 0; r < run.m(); r++) {
                for (int i = 0; i < run.n(); i++) {
                    if (state.isActive(r, i) != run.initial().isActive(r, i)) {
                        action.accept(k, r, i);
                    }
                }
            }
        }
    }

    /** {@code sum_r (first 1{A_ri} + second 1{A_rj} + moved 1{moved more than R})}, A with {@code part R}. */
    private record Terms(double part, double first, double second, double moved) {
        double[] bounds(Recorded run, double radius) {
            double widened = part * radius + run.rounding();
            int[] near = new int[run.n()];
            for (int i = 0; i < run.n(); i++) {
                for (int r = 0; r < run.m(); r++) {
                    near[i] += run.isNear(r, i, widened) ? 1 : 0;
                }
            }
            double[] bounds = new double[STEPS * run.n() * run.n()];
            for (int k = 1, at = 0; k <= STEPS; k++) {
                int far = 0;
                for (int r = 0; r < run.m(); r++) {
                    far += run.movement(r, k) > radius ? 1 : 0;
                }
                for (int i = 0; i < run.n(); i++) {
                    for (int j = 0; j < run.n(); j++) {
                        bounds[at++] = (first * near[i] + second * near[j] + moved * far) / run.m();
                    }
                }
            }
            return bounds;
        }
    }

    private static final Terms TERMS = new Terms(1, 1, 1, 2);

    @Claim(
            id = "A19.eq16",
            statement = "|H_{ij}(k) - H_{ij}(0)| \\le \\frac1m \\sum_r \\bigl(1\\{A_{r,i}\\} + 1\\{A_{r,j}\\}"
                    + " + 2 \\cdot 1\\{\\|w_r(k) - w_r(0)\\|_2 > R\\}\\bigr)",
            hypotheses = "$A_{r,i} = \\{|w_r(0)^\\top x_i| \\le R\\}$; unit points, every $R$, run and step")
    void gramMatrixChangesByNeuronsNearKinks(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        edge.cover(run);
        Recorded drawn = training.train(run);
        double[] changes = changes(drawn);
        run.check("R the largest movement", TERMS, (terms, lab) -> entries(terms, drawn, changes, 1))
                .falsifiedBy("no A-terms", new Terms(1, 0, 0, 2));
        run.check("R half of it", TERMS, (terms, lab) -> entries(terms, drawn, changes, 0.5))
                .falsifiedBy("only neurons that moved more", new Terms(1, 0, 0, 2));
        Recorded across = edge.across(0.97).train();
        double[] flipped = changes(across);
        run.check("just over the kink", TERMS, (terms, lab) -> entries(terms, across, flipped, 1))
                .falsifiedBy("0.95 R", new Terms(0.95, 1, 1, 2));
        run.check("just over the kink, R less", TERMS, (terms, lab) -> entries(terms, across, flipped, 0.95))
                .falsifiedBy("no third term", new Terms(1, 1, 1, 0));
        Recorded over = edge.overOneOfTwoKinks().train();
        double[] half = changes(over);
        run.check("over one of two kinks", TERMS, (terms, lab) -> entries(terms, over, half, 1))
                .falsifiedBy("no A_rj", new Terms(1, 1, 0, 2))
                .falsifiedBy("A-terms halved", new Terms(1, 0.5, 0.5, 2));
    }

    /** {@code |H_ij(k) - H_ij(0)|} for all k, i and j. */
    private static double[] changes(Recorded run) {
        double[] start = run.initial().gram().data;
        double[] changes = new double[STEPS * start.length];
        for (int k = 1, at = 0; k <= STEPS; k++) {
            double[] now = run.states().get(k).gram().data;
            for (int entry = 0; entry < now.length; entry++) {
                changes[at++] = Math.abs(now[entry] - start[entry]);
            }
        }
        return changes;
    }

    private static Decision entries(Terms terms, Recorded run, double[] changes, double partOfLargest) {
        double[] bounds = terms.bounds(run, partOfLargest * run.largestMovement());
        double tolerance = 4 * (run.points().numCols + 4) * 0x1p-53;
        return Comparison.atMost(changes, bounds, tolerance, "4 (d + 4) u");
    }
}
