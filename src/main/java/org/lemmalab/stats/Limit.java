package org.lemmalab.stats;

import java.util.Arrays;

/**
 * Decides 'the means {@code m(size)} tend to {@code L}' on a geometric ladder of sizes with ratio {@code r}, corrections of order
 * {@code size^-g} assumed first.
 *
 * <p>A repetition gives all rungs, so the extrapolated values are means too:
 *
 * <pre>{@code
 * R  = (r^g X_k     - X_(k-1)) / (r^g - 1)     Richardson's value from the two largest sizes
 * R' = (r^g X_(k-1) - X_(k-2)) / (r^g - 1)     from the two before
 * B  = largest |E(R - R')| in its interval: a proxy for the bias that is left
 * }</pre>
 *
 * Supported when the interval of {@code E R}, widened by {@code B}, lies in {@code [L - tau, L + tau]}, and the gap {@code |m - L|} is
 * smaller at the last rung than at the first, or below {@code tau} at both. Refuted when the last gap exceeds {@code tau} and either it
 * is still more than half of the first, or the interval of {@code E R}, widened by {@code 3 B}, misses {@code [L - tau, L + tau]};
 * {@code 3 B} covers every remaining correction that falls by a quarter or more per rung. Four {@link ConfidenceSequence}s at
 * {@code alpha/4}: first and last rung, {@code R}, {@code R - R'}; those of other rungs are shown only. This is about the sizes that were run: no
 * finite ladder proves a limit.
 */
public final class Limit {
    private final double limit;
    private final double tau;
    private final double order;
    private final double[] sizes;
    private final Assumption.Bounded range;

    private Limit(double limit, double tau, double order, double[] sizes, Assumption.Bounded range) {
        this.limit = limit;
        this.tau = tau;
        this.order = order;
        this.sizes = sizes;
        this.range = range;
    }

    /**
     * The claim {@code m(size) -> limit}.
     *
     * @param limit claimed limit {@code L}
     * @param tau accepted distance of the extrapolated value, positive
     * @param order exponent {@code g > 0} of the leading correction
     * @param range range of the observables at all sizes
     * @param sizes at least three sizes with a common ratio (to 1e-9) above 1
     */
    public static Limit of(double limit, double tau, double order, Assumption.Bounded range, double... sizes) {
        double[] ladder = Check.sizes(sizes, 3);
        double ratio = ladder[1] / ladder[0];
        for (int j = 2; j < ladder.length; j++) {
            if (Math.abs(ladder[j] / ladder[j - 1] - ratio) > 1e-9 * ratio) {
                throw new IllegalArgumentException(
                        "sizes[" + j + "] = " + ladder[j] + ": must be " + ratio + " times " + ladder[j - 1]);
            }
        }
        return new Limit(
                Check.within("limit", limit, range.lo(), range.hi()),
                Check.positive("tau", tau),
                Check.positive("order", order),
                ladder,
                range);
    }

    /**
     * Decides by repetitions of the whole ladder.
     *
     * @throws DesignException when observables constant at the limit could not be supported within the budget
     */
    public Decision decide(LadderTrial trial, Terms terms) {
        terms.requireReach(minTrials(terms), "a ladder constant at " + limit, "limit " + limit + ", tau " + tau);
        return new Extrapolation(this, terms).decide(trial);
    }

    /** Repetitions that a ladder constant at the limit needs to be supported; {@link Long#MAX_VALUE} when more than 100,000. */
    public long minTrials(double alpha) {
        return minTrials(new Terms(alpha, 1, TrialPool.of(1)));
    }

    private long minTrials(Terms terms) {
        double[] favourable = new double[sizes.length];
        Arrays.fill(favourable, limit);
        return new Extrapolation(this, terms).minTrials(favourable);
    }

    double limit() {
        return limit;
    }

    double tau() {
        return tau;
    }

    Assumption.Bounded range() {
        return range;
    }

    double[] sizes() {
        return sizes.clone();
    }

    /** {@code r^g}. */
    double factor() {
        return Math.pow(sizes[1] / sizes[0], order);
    }

    double order() {
        return order;
    }
}
