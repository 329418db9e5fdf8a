package org.lemmalab.stats;

/** What is taken for granted about an observable so that a bound on its mean can be supported; the report prints it. */
public sealed interface Assumption {
    /** The assumption in words. */
    String describe();

    /** Every value lies in {@code [lo, hi]}. A trial outside ends the decision as inconclusive. */
    record Bounded(double lo, double hi) implements Assumption {
        public Bounded {
            Check.finite("lo", lo);
            Check.finite("hi", hi);
            Check.inside("hi", hi, lo, Double.MAX_VALUE);
        }

        @Override
        public String describe() {
            return "bounded in [" + lo + ", " + hi + "]";
        }
    }

    /**
     * Every value is {@code >= 0} and {@code E X^2 <= v}.
     *
     * <p>Upper bounds use {@code E X <= E min(X, M) + v/(4M)}, as {@code (x - M)_+ <= x^2/(4M)}, at
     * {@code M = max(v / (2 margin), 2 top)}: the truncation costs at most half of the margin.
     */
    record SecondMoment(double v) implements Assumption {
        public SecondMoment {
            Check.positive("v", v);
        }

        @Override
        public String describe() {
            return "nonnegative with second moment at most " + v;
        }
    }
}
