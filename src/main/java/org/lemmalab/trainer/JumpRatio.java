package org.lemmalab.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.lemmalab.activation.Activation;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.GaussianIntegral;

/**
 * What an example's own gradient adds to its output, in units of {@code ln d} (D20, Claim 13): with {@code t = ln d/sqrt q} and a shift of variance
 * {@code v} of every pre-activation by the other examples,
 *
 * <pre>{@code
 * R = E [s(Z + t s'(U)) - s(Z - t s'(U))] / (2t),   Z = U + sqrt(v) V,   U and V standard normal, independent.
 * }</pre>
 *
 * It tends to {@code E s'(U)^2} as t and v tend to 0. Quadrature in V, split at the kinks, within quadrature in U, split where the kinks are met: to 1e-10.
 */
public final class JumpRatio {
    private static final double REACH = 14;
    private static final int CELLS = 1400;
    private static final double[] WIDTHS = {-8, -5, -3, -1.5, 0, 1.5, 3, 5, 8};

    private JumpRatio() {}

    /**
     * R.
     *
     * @param s of at most polynomial growth
     * @param shiftVariance v, at least 0: for large m and d, {@code (m - 1) ln^2 d/(d q) E s'(U)^2}
     * @param ownShift t, positive
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double of(Activation s, double shiftVariance, double ownShift) {
        Arguments.positive("ownShift", ownShift);
        if (shiftVariance != 0) {
            Arguments.positive("shiftVariance", shiftVariance);
        }
        double rho = Math.sqrt(shiftVariance);
        double[] kinks = s.kinks();
        return GaussianIntegral.expectation(
                        u -> {
                            double step = ownShift * s.derivative(u);
                            return smoothed(s, u + step, rho, kinks) - smoothed(s, u - step, rho, kinks);
                        },
                        ends(s, kinks, rho, ownShift))
                / (2 * ownShift);
    }

    /** {@code E s(z + rho V)}. */
    private static double smoothed(Activation s, double z, double rho, double[] kinks) {
        if (rho == 0) {
            return s.value(z);
        }
        double[] scaled = new double[kinks.length];
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] = (kinks[k] - z) / rho;
        }
        return GaussianIntegral.expectation(v -> s.value(z + rho * v), scaled);
    }

    /** The kinks, and where {@code u + t s'(u)} or {@code u - t s'(u)} meets one, with the width over which V smooths. */
    private static double[] ends(Activation s, double[] kinks, double rho, double t) {
        List<Double> ends = new ArrayList<>();
        for (double kink : kinks) {
            ends.add(kink);
            for (double sign : new double[] {-t, t}) {
                for (double root : crossings(u -> u + sign * s.derivative(u) - kink)) {
                    for (double width : WIDTHS) {
                        ends.add(root + width * rho);
                    }
                }
            }
        }
        return ends.stream().mapToDouble(x -> x).toArray();
    }

    /** Where f changes sign, by bisection between the points of a grid. */
    private static List<Double> crossings(DoubleUnaryOperator f) {
        List<Double> roots = new ArrayList<>();
        double cell = 2 * REACH / CELLS;
        for (int i = 0; i < CELLS; i++) {
            double low = -REACH + i * cell;
            double high = low + cell;
            boolean positive = f.applyAsDouble(low) > 0;
            if (positive == f.applyAsDouble(high) > 0) {
                continue;
            }
            for (int halving = 0; halving < 60; halving++) {
                double middle = (low + high) / 2;
                if (f.applyAsDouble(middle) > 0 == positive) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            roots.add(low);
        }
        return roots;
    }
}
