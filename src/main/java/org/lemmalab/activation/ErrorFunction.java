package org.lemmalab.activation;

import org.apache.commons.math3.special.Erf;
import org.lemmalab.numeric.ArcSine;

/** The error function {@code erf z = 2/sqrt(pi) int_0^z exp(-t^2) dt}: odd, hence without a quadratic part. */
public final class ErrorFunction implements ClosedFormActivation {

    /** The only instance. */
    public static final ErrorFunction INSTANCE = new ErrorFunction();

    private static final double SLOPE = 2 / Math.sqrt(Math.PI);

    private ErrorFunction() {}

    @Override
    public String name() {
        return "erf";
    }

    @Override
    public double value(double z) {
        return Erf.erf(z);
    }

    @Override
    public double derivative(double z) {
        return SLOPE * Math.exp(-z * z);
    }

    @Override
    public double lipschitz() {
        return SLOPE;
    }

    @Override
    public double[] kinks() {
        return new double[0];
    }

    @Override
    public double mean(double variance) {
        return 0;
    }

    @Override
    public double meanDerivative(double variance) {
        return SLOPE / Math.sqrt(1 + 2 * variance);
    }

    @Override
    public double meanSlope(double variance) {
        return 0;
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        return 2 / Math.PI * ArcSine.of(2 * covariance / Math.sqrt((1 + 2 * varianceU) * (1 + 2 * varianceV)));
    }

    @Override
    public String toString() {
        return name();
    }
}
