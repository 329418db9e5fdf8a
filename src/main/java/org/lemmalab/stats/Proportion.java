package org.lemmalab.stats;

import java.util.function.LongPredicate;
import org.apache.commons.math3.special.Beta;
import org.jspecify.annotations.Nullable;

/**
 * Decides 'an event has probability at most {@code delta}' from a stream of trials.
 *
 * <p>Two {@link BetaMixture} e-processes run on the stream: one against {@code p <= delta}, whose crossing of {@code 1/alpha} refutes;
 * one against {@code p >= tau}, whose crossing supports. An invalid trial counts as the event. The report's numbers: {@code observed} is
 * {@code k/n}; {@code low} and {@code high} are where the two e-processes cross when {@code p} moves, so refuted means
 * {@code low >= delta} and supported {@code high <= tau}; {@code slack} is {@code delta n/k}, no event counting as one;
 * {@code detectable} is the smallest {@code p >= tau} that is refuted within the budget with probability at least 0.999.
 */
public final class Proportion {
    private static final double POWER = 0.999;

    private final double delta;
    private final double tau;

    private Proportion(double delta, double tau) {
        this.delta = delta;
        this.tau = tau;
    }

    /**
     * The claim {@code p <= delta}, with margin {@code tau = 2 delta}; {@code delta} in [0, 1).
     *
     * <p>With {@code delta = 0} one event refutes; that and {@code delta >= 1/2} need a {@link #margin}.
     */
    public static Proportion atMost(double delta) {
        Check.within("delta", delta, 0, Math.nextDown(1.0));
        return new Proportion(delta, 2 * delta);
    }

    /** The same claim, supported when {@code p >= tau} is excluded; {@code tau} in (delta, 1). */
    public Proportion margin(double tau) {
        return new Proportion(delta, Check.inside("margin", tau, delta, 1));
    }

    /** Trials that a stream without events needs to be supported. */
    public long minTrials(double alpha) {
        Check.inside("alpha", alpha, 0, 0.5);
        Check.inside("margin", tau, delta, 1);
        double line = -Math.log(alpha);
        return leastInteger(n -> BetaMixture.reaches(n, n, 1 - tau, line));
    }

    /**
     * Decides by trials that return 1 when the event happens and 0 otherwise (any other value is invalid).
     *
     * @throws DesignException when a stream without events could not be supported within the budget
     */
    public Decision decide(Trial event, Terms terms) {
        terms.requireReach(minTrials(terms.alpha()), "a stream without failures", "delta " + delta + ", margin " + tau);
        BetaMixture refuting = BetaMixture.above(delta);
        BetaMixture supporting = BetaMixture.below(tau);
        double line = terms.line();
        long[] events = {0};
        EvidencePath path = new EvidencePath(terms.line(), terms.line());
        TrialPool.Tally tally = terms.pool().fold(terms.maxTrials(), event::at, Proportion::problem, x -> {
            double happened = x == null ? 1 : x;
            events[0] += (long) happened;
            refuting.add(happened);
            supporting.add(happened);
            path.at(supporting.samples(), () -> look(events[0], refuting, supporting, terms.alpha()));
            return !refuting.reaches(line) && !supporting.reaches(line);
        });
        boolean refuted = refuting.reaches(line);
        boolean supported = !refuted && supporting.reaches(line);
        double logE = refuted
                ? refuting.logE()
                : supported ? supporting.logE() : Math.max(refuting.logE(), supporting.logE());
        long k = events[0];
        long n = tally.used();
        Interval interval = Interval.ofProportion(k, n, terms.alpha());
        return new DecisionBuilder(refuted ? Outcome.REFUTED : supported ? Outcome.SUPPORTED : Outcome.INCONCLUSIVE)
                .observed((double) k / n, delta)
                .slack(delta == 0 ? Double.NaN : delta * n / Math.max(k, 1))
                .interval(interval.low(), interval.high())
                .logE(logE)
                .samples(n, tally.invalid())
                .detectable(detectable(terms.alpha(), terms.maxTrials()))
                .path(path.endingWith(look(k, refuting, supporting, terms.alpha())))
                .alpha(terms.alpha())
                .tolerance("supported means: a probability of " + tau + " or more is excluded")
                .detail(Details.of(tally, refuted || supported))
                .build();
    }

    private static Decision.Look look(long k, BetaMixture refuting, BetaMixture supporting, double alpha) {
        long n = supporting.samples();
        return Decision.Look.of(
                n, (double) k / n, Interval.ofProportion(k, n, alpha), refuting.logE(), supporting.logE());
    }

    /** The smallest {@code p >= tau} with {@code P(refuted by trial maxTrials) >= 0.999}; NaN when there is none. */
    public double detectable(double alpha, long maxTrials) {
        double line = -Math.log(alpha);
        long least = leastInteger(k -> k > maxTrials || BetaMixture.reaches(k, maxTrials, delta, line));
        if (least > maxTrials) {
            return Double.NaN;
        }
        double low = tau;
        double high = 1;
        if (tail(least, maxTrials, low) >= POWER) {
            return tau;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (tail(least, maxTrials, middle) >= POWER) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** {@code P(Bin(n, p) >= k)} for {@code 1 <= k <= n}. */
    private static double tail(long k, long n, double p) {
        return Beta.regularizedBeta(p, k, n - k + 1.0);
    }

    private static @Nullable String problem(double x) {
        return x == 0 || x == 1 ? null : "value " + x + " is neither 0 nor 1";
    }

    /** The least {@code n >= 1} with a property that, once true, stays true. */
    private static long leastInteger(LongPredicate holds) {
        long high = 1;
        while (!holds.test(high)) {
            if (high > 1L << 50) {
                return Long.MAX_VALUE;
            }
            high *= 2;
        }
        long low = high / 2;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
