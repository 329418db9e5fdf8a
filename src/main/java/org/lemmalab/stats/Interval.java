package org.lemmalab.stats;

import java.util.function.DoublePredicate;

/** A closed interval. */
public record Interval(double low, double high) {
    private static final int HALVINGS = 50;

    /**
     * Confidence sequence for a probability after {@code k} events in {@code n} trials, error rate {@code alpha} on each side, valid at
     * all {@code n} at once: the {@code p} that neither {@link BetaMixture} excludes. The evidence against {@code p <= p0} is
     * {@code integral over (0, 1) of (1 + u (1-p0)/p0)^k (1-u)^(n-k) du}, so it falls in {@code p0} and bisection is exact.
     */
    public static Interval ofProportion(long k, long n, double alpha) {
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("k = " + k + ": must lie in [0, " + n + "]");
        }
        double line = -Math.log(Check.inside("alpha", alpha, 0, 1));
        double low = k == 0 ? 0 : largest(0, 1, p -> BetaMixture.reaches(k, n, p, line));
        double high = k == n ? 1 : 1 - largest(0, 1, q -> BetaMixture.reaches(n - k, n, q, line));
        return new Interval(low, high);
    }

    /** The largest argument with a property that holds below it; {@code low} when none is found. */
    static double largest(double low, double high, DoublePredicate holds) {
        double a = low;
        double b = high;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (a + b) / 2;
            if (holds.test(middle)) {
                a = middle;
            } else {
                b = middle;
            }
        }
        return a;
    }

    /** The interval of the absolute values. */
    Interval absolute() {
        double least = low > 0 ? low : high < 0 ? -high : 0;
        return new Interval(least, Math.max(Math.abs(low), Math.abs(high)));
    }

    /** Whether this interval lies within {@code [a, b]}. */
    boolean isWithin(double a, double b) {
        return low >= a && high <= b;
    }

    /** Whether this interval has no point in {@code [a, b]}. */
    boolean misses(double a, double b) {
        return low > b || high < a;
    }
}
