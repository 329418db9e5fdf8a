package arora2019;

import java.util.function.DoubleSupplier;
import org.lemmalab.loss.Loss;

/** A bound on the population loss of what was learned from n labels, by their complexity {@code Q = y^T (H^inf)^-1 y}. */
@FunctionalInterface
interface GeneralizationBound {
    /** Fresh points T that a population loss is averaged over. */
    int TEST_POINTS = 1000;

    /** The probability that such an average exceeds the population loss by {@link #TEST_ERROR} or more. */
    double ETA = 1e-3;

    /** {@code sqrt(log(1/eta) / (2T))}, by Hoeffding's inequality. */
    double TEST_ERROR = Math.sqrt(Math.log(1 / ETA) / (2 * TEST_POINTS));

    /** The bound at confidence {@code 1 - delta}. */
    double at(double complexity, int n, double delta);

    /** {@code 2 B / sqrt(2n) + 3 sqrt(log(2 i(i+1) / delta) / (2n))}, {@code B = i/10}, {@code i = max(1, ceil(10 sqrt Q))}. */
    static double ofInterpolant(double complexity, int n, double delta) {
        int i = index(complexity);
        return 2 * (0.1 * i) / Math.sqrt(2 * n) + deviation(i, n, delta);
    }

    /** The number i of the radius. */
    static int index(double complexity) {
        return Math.max(1, (int) Math.ceil(10 * Math.sqrt(complexity)));
    }

    /** The last term, which pays for the union over radii. */
    static double deviation(int i, int n, double delta) {
        return 3 * Math.sqrt(Math.log(2.0 * i * (i + 1) / delta) / (2 * n));
    }

    /** Whether a population loss, or an average of it up to an error, exceeds the bound; a loss never exceeds 1. */
    default boolean isExceeded(double complexity, int n, double delta, double error, DoubleSupplier loss) {
        double bound = at(complexity, n, delta);
        return bound < 1 && loss.getAsDouble() - error > bound;
    }

    /** The mean of a loss over points, and over labels that are c, or else {@code -c} with probability {@code flipped}. */
    static double average(Loss loss, double[] u, double[] c, double flipped) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += (1 - flipped) * loss.value(u[i], c[i]) + flipped * loss.value(u[i], -c[i]);
        }
        return sum / u.length;
    }
}
