package org.lemmalab.concentration;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The norms {@code |X|_p = inf {t > 0 : E exp(|X|^p / t^p) <= 2}} of real random variables: p = 2 is finite for sub-Gaussian, p = 1 for
 * sub-exponential ones (D20, section 2.1).
 */
public enum OrliczNorm {
    /** {@code p = 1}. */
    PSI_1(1),
    /** {@code p = 2}. */
    PSI_2(2);

    private static final int STEPS = 200;

    private final int power;

    OrliczNorm(int power) {
        this.power = power;
    }

    /**
     * The norm of a law with finitely many values.
     *
     * <p>With {@code a = |x|^p / max |x|^p}, Newton's method on {@code g(s) = ln E exp(a s) - ln 2}, which is convex and increasing: from a point
     * right of the root it decreases to it. At the root {@code s g'(s) >= ln 2}, so that the rounding of g, (values + s) units, is that of s
     * up to a factor of 2.
     */
    public double of(DiscreteLaw law) {
        double bound = law.bound();
        if (bound == 0) {
            return 0;
        }
        double[] logs = law.logMasses();
        double[] a = Arrays.stream(law.values())
                .map(x -> Math.pow(Math.abs(x) / bound, power))
                .toArray();
        double s = Double.POSITIVE_INFINITY; // one value alone: m exp(a s) = 2
        for (int i = 0; i < a.length; i++) {
            s = a[i] == 1 ? Math.min(s, Math.log(2) - logs[i]) : s;
        }
        for (int step = 0; step < STEPS; step++) {
            double next = s - newtonStep(a, logs, s);
            if (!(next < s)) {
                break;
            }
            s = next;
        }
        return bound * Math.pow(s, -1.0 / power);
    }

    /** {@code g(s) / g'(s)}. */
    private static double newtonStep(double[] a, double[] logs, double s) {
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < a.length; i++) {
            high = Math.max(high, logs[i] + a[i] * s);
        }
        double sum = 0;
        double slope = 0;
        for (int i = 0; i < a.length; i++) {
            double term = Math.exp(logs[i] + a[i] * s - high);
            sum += term;
            slope += a[i] * term;
        }
        return (high + Math.log(sum) - Math.log(2)) * sum / slope;
    }

    /**
     * The norm of a variable with known {@code moment(t) = E exp(|X|^p / t^p)}, to relative precision 2^-50.
     *
     * <p>The infimum is sought, not a root: the moment may jump from infinity to below 2. Where it is NaN it counts as above 2.
     *
     * @param moment nonincreasing in {@code t > 0}, values in [1, infinity]
     * @return 0 or infinity when no t between 1e-300 and 1e300 separates moments above and below 2
     */
    public static double ofMoment(DoubleUnaryOperator moment) {
        double high = 1;
        while (!(moment.applyAsDouble(high) <= 2)) {
            high *= 2;
            if (high > 1e300) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double low = high / 2;
        while (moment.applyAsDouble(low) <= 2) {
            high = low;
            low /= 2;
            if (low < 1e-300) {
                return 0;
            }
        }
        while (high - low > 0x1p-50 * high) {
            double middle = (low + high) / 2;
            if (moment.applyAsDouble(middle) <= 2) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
