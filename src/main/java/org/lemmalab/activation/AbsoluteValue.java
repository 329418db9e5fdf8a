package org.lemmalab.activation;

import org.lemmalab.numeric.ArcSine;

/** The absolute value {@code |z|}; its derivative at 0 is 1. */
public final class AbsoluteValue implements ClosedFormActivation {

    /** The only instance. */
    public static final AbsoluteValue INSTANCE = new AbsoluteValue();

    private static final double MEAN = Math.sqrt(2 / Math.PI);

    private AbsoluteValue() {}

    @Override
    public String name() {
        return "abs";
    }

    @Override
    public double value(double z) {
        return Math.abs(z);
    }

    @Override
    public double derivative(double z) {
        return z >= 0 ? 1 : -1;
    }

    @Override
    public double lipschitz() {
        return 1;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public double mean(double variance) {
        return MEAN * Math.sqrt(variance);
    }

    @Override
    public double meanDerivative(double variance) {
        return 0;
    }

    @Override
    public double meanSlope(double variance) {
        return MEAN / (2 * Math.sqrt(variance));
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        double scale = Math.sqrt(varianceU * varianceV);
        double t = Math.max(-1, Math.min(1, covariance / scale));
        return 2 / Math.PI * scale * (Math.sqrt((1 - t) * (1 + t)) + t * ArcSine.of(t));
    }

    @Override
    public String toString() {
        return name();
    }
}
