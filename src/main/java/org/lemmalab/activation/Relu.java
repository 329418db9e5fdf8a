package org.lemmalab.activation;

import org.lemmalab.numeric.ArcSine;

/** The rectifier {@code max(z, 0)}; its derivative is {@code 1{z >= 0}}, hence 1 at 0 (A19, footnote 2). */
public final class Relu implements ClosedFormActivation {

    /** The only instance. */
    public static final Relu INSTANCE = new Relu();

    private Relu() {}

    @Override
    public String name() {
        return "relu";
    }

    @Override
    public double value(double z) {
        return Math.max(z, 0);
    }

    @Override
    public double derivative(double z) {
        return z >= 0 ? 1 : 0;
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
        return Math.sqrt(variance / (2 * Math.PI));
    }

    @Override
    public double meanDerivative(double variance) {
        return 0.5;
    }

    @Override
    public double meanSlope(double variance) {
        return 1 / Math.sqrt(8 * Math.PI * variance);
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        double scale = Math.sqrt(varianceU * varianceV);
        double t = Math.max(-1, Math.min(1, covariance / scale));
        return scale * (Math.sqrt((1 - t) * (1 + t)) + t * (Math.PI / 2 + ArcSine.of(t))) / (2 * Math.PI);
    }

    @Override
    public String toString() {
        return name();
    }
}
