package org.lemmalab.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Expectations under N(0, 1) of functions that are smooth between finitely many kinks: Gauss-Legendre on panels of width at most 1 that end at the
 * kinks, on [-14, 14]; the density beyond is below 1e-43.
 */
public final class GaussianIntegral {
    private static final double REACH = 14;
    private static final int PANELS = 28;
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16);
    private static final double SCALE = 1 / Math.sqrt(2 * Math.PI);

    private GaussianIntegral() {}

    /**
     * {@code E f(G)}, G standard normal.
     *
     * @param kinks where f or a derivative may jump, in any order
     * @throws IllegalArgumentException if a kink is not finite
     */
    public static double expectation(DoubleUnaryOperator f, double... kinks) {
        double[] ends = ends(Arguments.finite("kinks", kinks));
        double sum = 0;
        for (int panel = 0; panel + 1 < ends.length; panel++) {
            double middle = (ends[panel] + ends[panel + 1]) / 2;
            double half = (ends[panel + 1] - ends[panel]) / 2;
            for (int i = 0; half > 0 && i < RULE.getNumberOfPoints(); i++) {
                double z = middle + half * RULE.getPoint(i);
                sum += half * RULE.getWeight(i) * Math.exp(-z * z / 2) * f.applyAsDouble(z);
            }
        }
        return SCALE * sum;
    }

    private static double[] ends(double[] kinks) {
        double[] ends = new double[PANELS + 1 + kinks.length];
        for (int i = 0; i <= PANELS; i++) {
            ends[i] = REACH * (2.0 * i / PANELS - 1);
        }
        for (int i = 0; i < kinks.length; i++) {
            ends[PANELS + 1 + i] = Math.max(-REACH, Math.min(REACH, kinks[i]));
        }
        Arrays.sort(ends);
        return ends;
    }
}
