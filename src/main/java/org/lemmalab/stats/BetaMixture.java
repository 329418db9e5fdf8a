package org.lemmalab.stats;

import org.apache.commons.math3.special.Beta;

/**
 * Evidence about the probability {@code p} of a 0/1 event: the uniform mixture of likelihood ratios.
 *
 * <p>Against {@code p <= p0}, after {@code k} events in {@code n} trials,
 *
 * <pre>{@code
 * E = 1/(1-p0) * integral over (p0, 1) of (p/p0)^k ((1-p)/(1-p0))^(n-k) dp
 *   = B(k+1, n-k+1) P[Beta(k+1, n-k+1) > p0] / (p0^k (1-p0)^(n-k+1)).
 * }</pre>
 *
 * Against {@code p >= p1} the same with events and non-events exchanged. Every ratio of the mixture is a supermartingale for every
 * {@code p <= p0}, so the mixture is an e-process. With {@code p0 = 0} one event is infinite evidence.
 */
public final class BetaMixture implements EProcess {
    private final double p0;
    private final boolean countsEvents;
    private long events;
    private long samples;

    private BetaMixture(double p0, boolean countsEvents) {
        this.p0 = p0;
        this.countsEvents = countsEvents;
    }

    /** Evidence against {@code p <= p0}, for {@code p0} in [0, 1). */
    public static BetaMixture above(double p0) {
        if (!(p0 >= 0 && p0 < 1)) {
            throw new IllegalArgumentException("p0 = " + p0 + ": must lie in [0, 1)");
        }
        return new BetaMixture(p0, true);
    }

    /** Evidence against {@code p >= p1}, for {@code p1} in (0, 1]. */
    public static BetaMixture below(double p1) {
        if (!(p1 > 0 && p1 <= 1)) {
            throw new IllegalArgumentException("p1 = " + p1 + ": must lie in (0, 1]");
        }
        return new BetaMixture(1 - p1, false);
    }

    /** Takes 1 for the event and 0 for its absence. */
    @Override
    public void add(double x) {
        if (x != 0 && x != 1) {
            throw new IllegalArgumentException("x = " + x + ": must be 0 or 1");
        }
        samples++;
        if ((x == 1) == countsEvents) {
            events++;
        }
    }

    @Override
    public double logE() {
        return logE(events, samples, p0);
    }

    @Override
    public long samples() {
        return samples;
    }

    /** Whether {@code logE() >= line}; cheap far from the line, as the mixture is below the largest likelihood ratio. */
    boolean reaches(double line) {
        return reaches(events, samples, p0, line);
    }

    static boolean reaches(long k, long n, double p0, double line) {
        return largestLogRatio(k, n, p0) >= line && logE(k, n, p0) >= line;
    }

    /** {@code ln sup over p >= p0} of the likelihood ratio: n KL(k/n, p0) above p0, else 0. */
    private static double largestLogRatio(long k, long n, double p0) {
        double p = n == 0 ? 0 : (double) k / n;
        if (p <= p0) {
            return 0;
        }
        double rest = k == n ? 0 : (n - k) * (Math.log1p(-p) - Math.log1p(-p0));
        return k * (Math.log(p) - Math.log(p0)) + rest + 1e-9; // above the rounding errors
    }

    /** Log evidence against {@code p <= p0} after {@code k} events in {@code n} trials. */
    static double logE(long k, long n, double p0) {
        if (p0 == 0) {
            return k > 0 ? Double.POSITIVE_INFINITY : -Math.log(n + 1.0);
        }
        double tail = Beta.regularizedBeta(1 - p0, n - k + 1.0, k + 1.0);
        if (!(tail > 0)) {
            return Double.NEGATIVE_INFINITY; // underflow far below p0: no evidence
        }
        return Beta.logBeta(k + 1.0, n - k + 1.0) + Math.log(tail) - k * Math.log(p0) - (n - k + 1) * Math.log1p(-p0);
    }
}
