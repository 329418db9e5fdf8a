package org.lemmalab.activation;

/**
 * The activation {@code exp(k z)}.
 *
 * @param rate k
 */
public record Exponential(double rate) implements ClosedFormActivation {

    @Override
    public String name() {
        return "exp(" + rate + " z)";
    }

    @Override
    public double value(double z) {
        return Math.exp(rate * z);
    }

    @Override
    public double derivative(double z) {
        return rate * value(z);
    }

    @Override
    public double lipschitz() {
        return rate == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] kinks() {
        return new double[0];
    }

    @Override
    public double mean(double variance) {
        return Math.exp(rate * rate * variance / 2);
    }

    @Override
    public double meanDerivative(double variance) {
        return rate * mean(variance);
    }

    @Override
    public double meanSlope(double variance) {
        return rate * rate * mean(variance) / 2;
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        return mean(varianceU + varianceV + 2 * covariance);
    }
}
