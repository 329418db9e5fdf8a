package org.lemmalab.stats;

import java.util.List;

/**
 * The outcome of one decision with the evidence for it.
 *
 * <p>Numbers that do not apply are {@code NaN} (the report prints them as empty).
 *
 * @param outcome what was decided
 * @param observed the observed value: an estimate, or the worst compared value of a deterministic check
 * @param claimed the value or bound that the claim states
 * @param slack how far the observation is from refuting, as a ratio {@code >= 1} when supported: bound over observed for bounds,
 *     tolerance over gap for identities
 * @param low lower end of a confidence sequence for the observed quantity at level {@code alpha} per side
 * @param high upper end of it
 * @param log10E decimal logarithm of the deciding e-value; {@code NaN} for a deterministic check
 * @param samples trials used (deterministic checks: numbers compared)
 * @param invalid trials that threw or gave NaN; each counted against the claim
 * @param detectable the smallest violation that would have been refuted (in the units of {@code observed})
 * @param alpha error rate of each side of this decision; 0 for a deterministic check
 * @param assumptions what the verdict rests on beside the sampling, in words
 * @param tolerance derivation of the tolerance, margin or sample size, in words
 * @param rungs the ladder behind a rate or a limit; empty otherwise
 * @param detail one line for the reader: where the worst value was seen, why a decision is inconclusive
 */
public record Decision(
        Outcome outcome,
        double observed,
        double claimed,
        double slack,
        double low,
        double high,
        double log10E,
        long samples,
        long invalid,
        double detectable,
        double alpha,
        List<String> assumptions,
        String tolerance,
        List<Rung> rungs,
        String detail) {

    /**
     * One rung of a ladder.
     *
     * @param size the ladder's parameter (width, dimension, number of points)
     * @param low lower end of the confidence sequence of the rung's mean
     * @param mean the rung's mean
     * @param high upper end
     */
    public record Rung(double size, double low, double mean, double high) {}

    public Decision {
        assumptions = List.copyOf(assumptions);
        rungs = List.copyOf(rungs);
    }

    /** Whether the claim was excluded. */
    public boolean isRefuted() {
        return outcome == Outcome.REFUTED;
    }
}
