package org.lemmalab.stats;

import java.util.List;

/**
 * Decides claims about the mean of a stream of trials by {@link Betting}.
 *
 * <p>Refuting {@code E X <= bound} rests on the lower end of the range alone, so heavy upper tails cannot refute a true bound; supporting
 * needs the {@link Assumption}, which the decision names. An invalid trial takes the worst value of a bounded range; without one, or
 * when a value violates the assumption, the decision is inconclusive and says why. The report's numbers: {@code low} and {@code high} are
 * a {@link ConfidenceSequence}; {@code detectable} is the claim plus the margin, or plus the sequence's width projected to the whole
 * budget (like {@code 1/sqrt(n)}), whichever is more.
 */
public final class Mean {
    private final double claimed;
    private final double margin;
    private final Interval claim;
    private final Interval allowed;
    private final Assumption assumption;

    private Mean(double claimed, double margin, Interval claim, Interval allowed, Assumption assumption) {
        this.claimed = claimed;
        this.margin = margin;
        this.claim = claim;
        this.allowed = allowed;
        this.assumption = assumption;
    }

    /**
     * The claim {@code E X <= bound}, supported when {@code E X >= bound + margin} is excluded.
     *
     * @throws IllegalArgumentException when the margin is not positive or {@code [bound, bound + margin]} leaves the declared range
     */
    public static Mean atMost(double bound, double margin, Assumption assumption) {
        Check.positive("margin", margin);
        checkInRange("bound", bound, margin, assumption);
        checkInRange("bound + margin", bound + margin, margin, assumption);
        Interval claim = new Interval(Double.NEGATIVE_INFINITY, bound);
        return new Mean(bound, margin, claim, new Interval(claim.low(), bound + margin), assumption);
    }

    /** The claim {@code E X >= bound}, supported when {@code E X <= bound - margin} is excluded; errors as {@link #atMost}. */
    public static Mean atLeast(double bound, double margin, Assumption assumption) {
        Check.positive("margin", margin);
        checkInRange("bound", bound, margin, assumption);
        checkInRange("bound - margin", bound - margin, margin, assumption);
        Interval claim = new Interval(bound, Double.POSITIVE_INFINITY);
        return new Mean(bound, margin, claim, new Interval(bound - margin, claim.high()), assumption);
    }

    /**
     * The claim {@code E X = target}: refuted at {@code alpha/2} on each side; supported when both {@code E X >= target + within} and
     * {@code E X <= target - within} are excluded, at {@code alpha} each, as at most one of them can be true.
     */
    public static Mean equalTo(double target, double within, Assumption assumption) {
        Check.positive("within", within);
        checkInRange("target", target, within, assumption);
        Interval allowed = new Interval(target - within, target + within);
        if (assumption instanceof Assumption.Bounded b && allowed.low() < b.lo() && allowed.high() > b.hi()) {
            throw new IllegalArgumentException(
                    "within = " + within + ": must leave a part of [" + b.lo() + ", " + b.hi() + "] to exclude");
        }
        return new Mean(target, within, new Interval(target, target), allowed, assumption);
    }

    /**
     * The claim {@code |E X - target| <= tolerance}, supported when {@code |E X - target| >= tolerance + margin} is excluded; error rates and
     * errors as {@link #equalTo}, which has no tolerance.
     */
    public static Mean near(double target, double tolerance, double margin, Assumption assumption) {
        Mean exact =
                equalTo(target, Check.positive("tolerance", tolerance) + Check.positive("margin", margin), assumption);
        return new Mean(
                target, margin, new Interval(target - tolerance, target + tolerance), exact.allowed, assumption);
    }

    private static void checkInRange(String name, double value, double margin, Assumption assumption) {
        Range range = Range.of(assumption, margin, value);
        Check.within(name, value, range.lo(), range.hi());
    }

    /**
     * Trials that the most favourable stream needs: all values at the target, or for bounds at the best end of the range (without
     * an upper end: where the values are cut off).
     */
    public long minTrials(double alpha) {
        return evidence(alpha).minTrials(favourable());
    }

    private boolean isTwoSided() {
        return Double.isFinite(claim.low()) && Double.isFinite(claim.high());
    }

    private double tolerance() {
        return isTwoSided() ? claim.high() - claimed : 0;
    }

    private double favourable() {
        return Double.isInfinite(claim.low()) ? range().lo() : Double.isInfinite(claim.high()) ? range().hi() : claimed;
    }

    private Range range() {
        return Range.of(assumption, margin, Math.abs(claimed) + margin);
    }

    private MeanEvidence evidence(double alpha) {
        return new MeanEvidence(range(), claim, allowed, Check.inside("alpha", alpha, 0, 0.5));
    }

    /**
     * Decides by a stream of trials.
     *
     * @throws DesignException when the most favourable stream could not be supported within the budget
     */
    public Decision decide(Trial trial, Terms terms) {
        terms.requireReach(
                minTrials(terms.alpha()),
                "a stream constant at " + favourable(),
                "claimed " + claimed + ", margin " + margin);
        Range range = range();
        MeanEvidence evidence = evidence(terms.alpha());
        ConfidenceSequence sequence = new ConfidenceSequence(range, terms.alpha());
        String[] violated = {""};
        EvidencePath path = evidence.path();
        long[] taken = {0};
        TrialPool.Tally tally = terms.pool().run(trial, terms.maxTrials(), x -> {
            if (Double.isNaN(x)) {
                if (range.cuts()) {
                    violated[0] = "invalid trial without an upper end to count it at";
                    return false;
                }
                evidence.addInvalid();
                sequence.addInvalid();
            } else if (!range.holds(x)) {
                violated[0] = "value " + x + " violates the assumption";
                return false;
            } else {
                evidence.add(x);
                sequence.add(x);
            }
            taken[0]++;
            path.at(taken[0], () -> evidence.look(taken[0], sequence));
            return evidence.outcome() == Outcome.INCONCLUSIVE;
        });
        Outcome outcome = violated[0].isEmpty() ? evidence.outcome() : Outcome.INCONCLUSIVE;
        Interval interval = violated[0].isEmpty() ? sequence.interval() : new Interval(Double.NaN, Double.NaN);
        double observed = sequence.mean();
        double width = (interval.high() - interval.low()) * Math.sqrt((double) tally.used() / terms.maxTrials());
        double reach = tolerance() + Math.max(margin, width);
        boolean decided = outcome != Outcome.INCONCLUSIVE;
        String detail = Details.of(tally, decided || !violated[0].isEmpty());
        return new DecisionBuilder(outcome)
                .observed(observed, claimed)
                .slack(slack(observed))
                .interval(interval.low(), interval.high())
                .logE(evidence.logE())
                .samples(tally.used(), tally.invalid())
                .detectable(Double.isInfinite(claim.high()) ? claimed - reach : claimed + reach)
                .alpha(terms.alpha())
                .assumptions(List.of(assumption.describe()))
                .tolerance((tolerance() > 0 ? "tolerance " + tolerance() + ", " : "") + "margin " + margin)
                .path(path.endingWith(evidence.look(taken[0], sequence)))
                .detail(
                        violated[0].isEmpty()
                                ? detail
                                : "trial " + (tally.used() - 1) + ": " + violated[0]
                                        + (detail.isEmpty() ? "" : "; " + detail))
                .build();
    }

    private double slack(double observed) {
        if (isTwoSided()) {
            return observed == claimed ? Double.NaN : (tolerance() + margin) / Math.abs(observed - claimed);
        }
        if (!(observed > 0) || !(claimed > 0)) {
            return Double.NaN;
        }
        return Double.isInfinite(claim.high()) ? observed / claimed : claimed / observed;
    }
}
