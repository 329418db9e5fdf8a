package daniely2020;

import java.util.stream.IntStream;
import org.lemmalab.numeric.ChiSquareTail;

/**
 * The law of {@code |w + eta g|^2} for the absolute value: {@code (1 + t Z)^2 + t^2 chi^2_(d-1)} with Z standard normal and {@code t^2 = 1/(x d)}; its
 * mean is {@code 1 + 1/x}.
 *
 * @param d dimension, at least 64
 * @param x {@code d q/((m-1) ln^2 d)}
 */
record ShiftedNorm(int d, double x) {
    private static final double NEGLIGIBLE = 50;

    /** {@code ln P(| |w + eta g|^2 - E | >= 1/sqrt d)}. */
    double logDeviation() {
        double e = 1 / Math.sqrt(d);
        return logOutside(1 + 1 / x - e, 1 + 1 / x + e);
    }

    /**
     * {@code ln P(|w + eta g|^2 not in (low, high))} for an interval around the mean: the tails of chi-square given Z, integrated over Z by the
     * trapezoidal rule. The tails rise within {@code 1/sqrt(2x)} of Z and are analytic down to the edge of the support, where they are 32 times
     * differentiable or more; with steps of a third of that the rule errs by {@code e^(-2 pi^2 9)} of the integral. What is left out is below {@code e^-50} of the largest term.
     */
    double logOutside(double low, double high) {
        double step = Math.min(0.1, 1 / (3 * Math.sqrt(2 * x)));
        double width = Math.sqrt(d) * Math.max(high - 1 - 1 / x, 1 + 1 / x - low);
        double reach = 1.5 * Math.max(1, width) * Math.sqrt(x) + 12; // near 1 from |Z| = width sqrt x / 2 on
        double best = IntStream.rangeClosed(-200, 200)
                .mapToDouble(i -> logIntegrand(reach * i / 200, low, high))
                .max()
                .orElseThrow();
        double sum = 0;
        for (double z = -reach; z <= reach; z += step) {
            sum += z * z / 2 > NEGLIGIBLE - best ? 0 : Math.exp(logIntegrand(z, low, high) - best);
        }
        return best + Math.log(step * sum / Math.sqrt(2 * Math.PI));
    }

    private double logIntegrand(double z, double low, double high) {
        double t = 1 / Math.sqrt(x * d);
        double first = Math.pow(1 + t * z, 2);
        double upper = ChiSquareTail.logUpper(d - 1, (high - first) / (t * t));
        double lower = ChiSquareTail.logLower(d - 1, (low - first) / (t * t));
        double most = Math.max(upper, lower);
        return most + Math.log1p(Math.exp(Math.min(upper, lower) - most)) - z * z / 2;
    }

    /** The limit for large d of the probability: {@code P(|G| >= 1/sqrt(cross/x + 2/x^2))}, {@code cross = 4}. */
    static double limit(double x, double cross, double chiSquare) {
        return Math.exp(ChiSquareTail.logUpper(1, 1 / (cross / x + chiSquare / (x * x))));
    }
}
