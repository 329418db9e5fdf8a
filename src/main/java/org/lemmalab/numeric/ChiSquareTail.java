package org.lemmalab.numeric;

import org.apache.commons.math3.special.Gamma;

/**
 * Logarithms of the tails of the chi-square law with n degrees of freedom, also where the tails themselves underflow: the regularized incomplete
 * gamma functions of shape {@code n/2} at {@code x/2}, by the power series below the mean and by the continued fraction above it.
 *
 * <p>The common factor {@code z^a e^-z / Gamma(a)} is taken as {@code sqrt(a/(2 pi)) exp(-a (t - log(1+t)) - s(a))} with {@code t = z/a - 1} and s
 * the remainder of Stirling's formula, so that nothing cancels at large shapes.
 */
public final class ChiSquareTail {
    private static final double PRECISION = 0x1p-54;
    private static final double STIRLING_FROM = 16;

    private ChiSquareTail() {}

    /**
     * {@code log P(X >= x)}, absolute error at most {@code 1e-13 (1 + |log P|)}.
     *
     * @param degrees n, above 0
     * @param x any finite number; the result is 0 up to x = 0
     */
    public static double logUpper(double degrees, double x) {
        double a = Arguments.positive("degrees", degrees) / 2;
        double z = Arguments.finite("x", new double[] {x})[0] / 2;
        return z <= 0 ? 0 : z < a + 1 ? Math.log1p(-Math.exp(logSeries(a, z))) : logFraction(a, z);
    }

    /** {@code log P(X <= x)}: minus infinity up to x = 0; otherwise as {@link #logUpper}. */
    public static double logLower(double degrees, double x) {
        double a = Arguments.positive("degrees", degrees) / 2;
        double z = Arguments.finite("x", new double[] {x})[0] / 2;
        return z <= 0
                ? Double.NEGATIVE_INFINITY
                : z < a + 1 ? logSeries(a, z) : Math.log1p(-Math.exp(logFraction(a, z)));
    }

    /** {@code log P(|X - n| >= t)}, t above 0. */
    public static double logDeviation(double degrees, double t) {
        double upper = logUpper(degrees, degrees + Arguments.positive("t", t));
        double lower = logLower(degrees, degrees - t);
        double most = Math.max(upper, lower);
        return most + Math.log1p(Math.exp(Math.min(upper, lower) - most));
    }

    /** The lower function: {@code z^a e^-z / Gamma(a+1) (1 + z/(a+1) + z^2/((a+1)(a+2)) + ...)}. */
    private static double logSeries(double a, double z) {
        double term = 1;
        double sum = 1;
        for (double k = a + 1; term > PRECISION * sum; k++) {
            term *= z / k;
            sum += term;
        }
        return logFactor(a, z) - Math.log(a) + Math.log(sum);
    }

    /** The upper function: {@code z^a e^-z / Gamma(a)} over Legendre's continued fraction, by Lentz's method. */
    private static double logFraction(double a, double z) {
        double b = z + 1 - a;
        double c = Double.MAX_VALUE;
        double d = 1 / b;
        double h = d;
        double change = 0;
        for (double k = 1; Math.abs(change - 1) > 8 * PRECISION; k++) {
            double numerator = -k * (k - a);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            change = c * d;
            h *= change;
        }
        return logFactor(a, z) + Math.log(h);
    }

    /** {@code log(z^a e^-z / Gamma(a))}. */
    private static double logFactor(double a, double z) {
        if (a < STIRLING_FROM) {
            return a * Math.log(z) - z - Gamma.logGamma(a);
        }
        double t = (z - a) / a;
        double r = 1 / (a * a);
        double remainder = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / a;
        double logRatio = Math.abs(t) < 0.5 ? Math.log1p(t) : Math.log(z / a);
        return -a * (t - logRatio) + Math.log(a / (2 * Math.PI)) / 2 - remainder;
    }
}
