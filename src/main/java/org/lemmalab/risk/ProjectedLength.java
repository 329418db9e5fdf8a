package org.lemmalab.risk;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.lemmalab.numeric.Arguments;

/**
 * The law of the length {@code |P x|} of a uniform point x of the unit sphere of {@code R^d}, projected on k dimensions: {@code |P x|^2 ~ Beta(k/2, (d-k)/2)},
 * independent of the direction of {@code P x}.
 *
 * <p>Expectations by Gauss-Legendre in the angle {@code |P x| = sin(angle)}, whose density {@code sin^(k-1) cos^(d-k-1)} is at most
 * {@code exp(-(d-2) t^2 / 2)} times its largest value at a distance t from the mode: panels of width {@code 1/sqrt(d-2)} out to 9 of them.
 *
 * @param dimension d
 * @param rank k
 */
public record ProjectedLength(long dimension, long rank) {
    private static final int PANELS = 18;
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16);

    /** @throws IllegalArgumentException unless {@code 1 <= rank <= dimension} */
    public ProjectedLength {
        if (rank < 1 || rank > dimension) {
            throw new IllegalArgumentException("rank = " + rank + ", allowed: 1 to dimension = " + dimension);
        }
    }

    /**
     * {@code E f(|P x|)}.
     *
     * @param kinks where f or a derivative may jump, in any order; those outside (0, 1) do not matter
     * @throws IllegalArgumentException if a kink is not finite
     */
    public double expectation(DoubleUnaryOperator f, double... kinks) {
        Arguments.finite("kinks", kinks);
        if (rank == dimension) {
            return f.applyAsDouble(1);
        }
        double mode = mode();
        double[] ends = ends(mode, kinks);
        double sum = 0;
        double mass = 0;
        for (int panel = 0; panel + 1 < ends.length; panel++) {
            double middle = (ends[panel] + ends[panel + 1]) / 2;
            double half = (ends[panel + 1] - ends[panel]) / 2;
            for (int i = 0; half > 0 && i < RULE.getNumberOfPoints(); i++) {
                double angle = middle + half * RULE.getPoint(i);
                double weight = half * RULE.getWeight(i) * Math.exp(logDensity(angle, mode));
                mass += weight;
                sum += weight * f.applyAsDouble(Math.sin(angle));
            }
        }
        return sum / mass;
    }

    private double mode() {
        return Math.atan2(Math.sqrt(rank - 1), Math.sqrt(dimension - rank - 1));
    }

    /** The logarithm of the density over its value at the mode, without the cancellation of the two terms' large values. */
    private double logDensity(double angle, double mode) {
        double chord = 2 * Math.sin((angle - mode) / 2);
        double middle = (angle + mode) / 2;
        double sines = rank == 1 ? 0 : (rank - 1) * Math.log1p(Math.cos(middle) * chord / Math.sin(mode));
        double cosines = dimension - rank == 1
                ? 0
                : (dimension - rank - 1) * Math.log1p(-Math.sin(middle) * chord / Math.cos(mode));
        return sines + cosines;
    }

    private double[] ends(double mode, double[] kinks) {
        double width = Math.min(Math.PI / 2, 1 / Math.sqrt(Math.max(1, dimension - 2)));
        double[] ends = new double[PANELS + 1 + kinks.length];
        for (int i = 0; i <= PANELS; i++) {
            ends[i] = mode + width * (i - PANELS / 2);
        }
        for (int i = 0; i < kinks.length; i++) {
            ends[PANELS + 1 + i] = Math.asin(Math.max(0, Math.min(1, kinks[i])));
        }
        double low = Math.max(0, ends[0]);
        double high = Math.min(Math.PI / 2, ends[PANELS]);
        Arrays.setAll(ends, i -> Math.max(low, Math.min(high, ends[i])));
        Arrays.sort(ends);
        return ends;
    }
}
