package org.lemmalab.stats;

import java.util.Objects;

/**
 * The terms of one sequential decision.
 *
 * @param alpha error rate of each side, in (0, 1/2)
 * @param maxTrials trials after which an undecided decision is {@link Outcome#INCONCLUSIVE}, at least 1
 * @param pool runs the trials
 */
public record Terms(double alpha, long maxTrials, TrialPool pool) {
    public Terms {
        Check.inside("alpha", alpha, 0, 0.5);
        if (maxTrials < 1) {
            throw new IllegalArgumentException("maxTrials = " + maxTrials + ": must be at least 1");
        }
        Objects.requireNonNull(pool, "pool");
    }

    /** The line {@code ln(1/alpha)} that the logarithm of an e-process has to reach. */
    double line() {
        return -Math.log(alpha);
    }

    /** How far a design is followed to see how many trials it needs. */
    long longestDesign() {
        return Math.max(maxTrials, 100_000);
    }

    /** Throws when the most favourable stream needs more trials than the budget has. */
    void requireReach(long needed, String favourable, String setting) {
        if (needed > maxTrials) {
            throw new DesignException("cannot be supported within " + maxTrials + " trials: " + favourable + " needs "
                    + (needed == Long.MAX_VALUE ? "more than " + longestDesign() : needed) + " (" + setting + ", alpha "
                    + alpha
                    + ")");
        }
    }
}
