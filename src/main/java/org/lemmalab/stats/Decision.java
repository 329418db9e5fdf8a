package org.lemmalab.stats;

import java.util.Comparator;
import java.util.List;

/**
 * The outcome of one decision with the evidence for it.
 *
 * <p>Numbers that do not apply are {@code NaN} (the report prints them as empty).
 *
 * @param outcome what was decided
 * @param observed the observed value: an estimate, or the worst compared value of a deterministic check
 * @param claimed the value or bound that the claim states
 * @param slack how far the observation is from refuting, as a ratio, {@code >= 1} up to the tolerance when supported: bound over observed for bounds,
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
 * @param path the evidence as it grew; empty for a deterministic check
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
        Path path,
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

    /**
     * The evidence of a sequential decision as it grew.
     *
     * @param refutes where {@link Look#log10Against} refutes
     * @param supports where {@link Look#log10For} supports
     */
    public record Path(double refutes, double supports, List<Look> looks) {
        /** No sampling, no path. */
        public static final Path NONE = new Path(Double.NaN, Double.NaN, List.of());

        public Path {
            looks = List.copyOf(looks);
        }
    }

    /**
     * The state of a sequential decision after some of its samples.
     *
     * @param samples trials used so far
     * @param mean their mean
     * @param low lower end of the confidence sequence
     * @param high upper end of it
     * @param log10Against decimal logarithm of the evidence against the claim
     * @param log10For decimal logarithm of the evidence against violations by the margin
     */
    public record Look(long samples, double mean, double low, double high, double log10Against, double log10For) {
        static Look of(long samples, double mean, Interval interval, double logAgainst, double logFor) {
            return new Look(
                    samples, mean, interval.low(), interval.high(), logAgainst / Math.log(10), logFor / Math.log(10));
        }
    }

    public Decision {
        assumptions = List.copyOf(assumptions);
        rungs = List.copyOf(rungs);
    }

    /** Whether the claim was excluded. */
    public boolean isRefuted() {
        return outcome == Outcome.REFUTED;
    }

    /** Whether violations by the stated margin are excluded. */
    public boolean isSupported() {
        return outcome == Outcome.SUPPORTED;
    }

    /** The same numbers as an undecided decision: a refutation that rests on invalid trials accuses nobody. */
    public Decision undecided(String why) {
        return copy(Outcome.INCONCLUSIVE, samples, invalid, alpha, rungs, why);
    }

    /** Whether this one is nearer to refutation: refuted, inconclusive, supported; then the lesser slack, then the lesser gap. */
    public boolean isWorseThan(Decision other) {
        return BY_WORST.compare(this, other) < 0;
    }

    /**
     * The decision 'all of these hold': the worst of them (refuted, then inconclusive, then supported with the least slack; the first
     * among equals), with samples, invalid trials and error rates summed.
     *
     * @throws IllegalArgumentException when the list is empty
     */
    public static Decision worst(List<Decision> decisions) {
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("decisions: must not be empty");
        }
        int worst = 0;
        long samples = 0;
        long invalid = 0;
        double alpha = 0;
        for (int i = 0; i < decisions.size(); i++) {
            Decision d = decisions.get(i);
            if (BY_WORST.compare(d, decisions.get(worst)) < 0) {
                worst = i;
            }
            samples += d.samples;
            invalid += d.invalid;
            alpha += d.alpha;
        }
        Decision d = decisions.get(worst);
        String place = decisions.size() == 1 ? "" : "worst of " + decisions.size() + ": number " + (worst + 1);
        String detail = place.isEmpty() || d.detail.isEmpty() ? place + d.detail : place + ", " + d.detail;
        return d.copy(d.outcome, samples, invalid, alpha, d.rungs, detail);
    }

    /** The same decision with the ladder behind it. */
    Decision withRungs(List<Rung> ladder) {
        return copy(outcome, samples, invalid, alpha, ladder, detail);
    }

    private Decision copy(
            Outcome newOutcome,
            long newSamples,
            long newInvalid,
            double newAlpha,
            List<Rung> newRungs,
            String newDetail) {
        return new Decision(
                newOutcome,
                observed,
                claimed,
                slack,
                low,
                high,
                log10E,
                newSamples,
                newInvalid,
                detectable,
                newAlpha,
                assumptions,
                tolerance,
                newRungs,
                path,
                newDetail);
    }

    private static final Comparator<Decision> BY_WORST = Comparator.<Decision>comparingInt(d -> switch (d.outcome) {
                case REFUTED -> 0;
                case INCONCLUSIVE -> 1;
                case SUPPORTED -> 2;
            })
            .thenComparingDouble(Decision::slack) // NaN last: no slack to speak of
            .thenComparingDouble(d -> Math.abs(d.observed - d.claimed));
}
