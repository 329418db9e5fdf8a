package org.lemmalab.stats;

import org.apache.commons.math3.special.Beta;

/** Exact tails of the binomial law, accurate in relative terms also where they are tiny. */
public final class BinomialTail {
    private BinomialTail() {}

    /**
     * The probability {@code P(X >= k)} for {@code X ~ Bin(n, p)}: the regularized incomplete beta function {@code I_p(k, n - k + 1)}.
     *
     * @param k any integer; 1 for {@code k <= 0} and 0 for {@code k > n}
     * @throws IllegalArgumentException when {@code n < 1} or {@code p} is not in [0, 1]
     */
    public static double atLeast(long k, long n, double p) {
        if (n < 1) {
            throw new IllegalArgumentException("n = " + n + ": must be at least 1");
        }
        Check.within("p", p, 0, 1);
        return k <= 0 ? 1 : k > n ? 0 : Beta.regularizedBeta(p, k, n - k + 1.0);
    }

    /** The probability {@code P(X <= k)}; arguments as in {@link #atLeast}. */
    public static double atMost(long k, long n, double p) {
        return atLeast(n - k, n, 1 - p);
    }

    /** The probability {@code P(|X/n - p| > radius)}; arguments as in {@link #atLeast}, {@code radius >= 0}. */
    public static double farFromMean(double radius, long n, double p) {
        Check.nonNegative("radius", radius);
        long above = (long) Math.floor(n * (p + radius)) + 1;
        long below = (long) Math.ceil(n * (p - radius)) - 1;
        return atLeast(above, n, p) + (below < 0 ? 0 : atMost(below, n, p));
    }
}
