package org.lemmalab.activation;

/**
 * The activation {@code a z + b z^2}; centred, {@code a z + b (z^2 - 1)}.
 *
 * @param linear a
 * @param square b
 */
public record Quadratic(double linear, double square) implements ClosedFormActivation {

    /** {@code z^2}. */
    public static final Quadratic SQUARE = new Quadratic(0, 1);

    @Override
    public String name() {
        return linear == 0 && square == 1 ? "square" : linear + " z + " + square + " z^2";
    }

    @Override
    public double value(double z) {
        return z * (linear + square * z);
    }

    @Override
    public double derivative(double z) {
        return linear + 2 * square * z;
    }

    @Override
    public double lipschitz() {
        return square == 0 ? Math.abs(linear) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] kinks() {
        return new double[0];
    }

    @Override
    public double mean(double variance) {
        return square * variance;
    }

    @Override
    public double meanDerivative(double variance) {
        return linear;
    }

    @Override
    public double meanSlope(double variance) {
        return square;
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        return linear * linear * covariance + square * square * (varianceU * varianceV + 2 * covariance * covariance);
    }
}
