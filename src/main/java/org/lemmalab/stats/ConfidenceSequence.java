package org.lemmalab.stats;

/**
 * A confidence sequence for the mean of a stream: intervals that hold at all sample sizes at once, error rate {@code alpha} on each side.
 *
 * <p>The lower end is the largest {@code m} with {@code E(m) >= 1/alpha}, where
 *
 * <pre>{@code
 * E(m) = (1/12) sum_j prod_i (1 + min(b_ij, 0.9/(m - lo)) (X_i - m)),   b_ij = sqrt(2 ln(12/alpha) / (s_i^2 h_j)),
 * }</pre>
 *
 * {@code h_j = 16, 64, ..., 16 4^11} are horizons and {@code s_i^2} is the variance of the past, regularised by one observation of half
 * the range: the predictable plug-in bets of Waudby-Smith and Ramdas ('Estimating means of bounded random variables by betting', 2024),
 * each tuned to one horizon. The bets do not depend on {@code m}, every factor falls in {@code m}, and bisection is exact; of the sum
 * only the terms with {@code h_j} within a factor 4 of the present are used, each by itself, which can only widen the interval. The
 * upper end is the mirror image; under {@link Assumption.SecondMoment} it is that of the values cut off at {@code M}, plus
 * {@code v/(4M)}. Memory grows with the number of observations.
 */
public final class ConfidenceSequence {
    private final Range range;
    private final LowerBound fromBelow;
    private final LowerBound fromAbove;
    private double sum;
    private long valid;

    ConfidenceSequence(Range range, double alpha) {
        this.range = range;
        double line = -Math.log(Check.inside("alpha", alpha, 0, 1));
        fromBelow = new LowerBound(range.hi() - range.lo(), line);
        fromAbove = new LowerBound(range.hi() - range.lo(), line);
    }

    /** An empty sequence for values in {@code [lo, hi]}. */
    public static ConfidenceSequence bounded(double lo, double hi, double alpha) {
        return new ConfidenceSequence(Range.of(new Assumption.Bounded(lo, hi), 0, 0), alpha);
    }

    /** Takes the next value; throws when it is outside the range. */
    public void add(double x) {
        if (!range.holds(x) || Double.isInfinite(x)) {
            throw new IllegalArgumentException("x = " + x + ": must lie in [" + range.lo() + ", "
                    + (range.cuts() ? Double.POSITIVE_INFINITY : range.hi()) + "]");
        }
        sum += x;
        valid++;
        fromBelow.add(x - range.lo());
        fromAbove.add(range.hi() - range.cut(x));
    }

    /** Takes a value that is only known to lie in the range: the interval covers all it could have been. */
    public void addInvalid() {
        fromBelow.add(0);
        fromAbove.add(0);
    }

    /** The mean of the values taken; NaN when there are none. */
    public double mean() {
        return sum / valid;
    }

    /** The current interval. */
    public Interval interval() {
        return new Interval(range.lo() + fromBelow.value(), range.hi() - fromAbove.value() + range.bias());
    }
}
