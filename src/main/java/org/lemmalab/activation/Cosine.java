package org.lemmalab.activation;

/**
 * The activation {@code cos(k z + b)}.
 *
 * @param frequency k
 * @param phase b
 */
public record Cosine(double frequency, double phase) implements ClosedFormActivation {

    @Override
    public String name() {
        return "cos(" + frequency + " z + " + phase + ")";
    }

    @Override
    public double value(double z) {
        return Math.cos(frequency * z + phase);
    }

    @Override
    public double derivative(double z) {
        return -frequency * Math.sin(frequency * z + phase);
    }

    @Override
    public double lipschitz() {
        return Math.abs(frequency);
    }

    @Override
    public double[] kinks() {
        return new double[0];
    }

    @Override
    public double mean(double variance) {
        return Math.cos(phase) * decay(variance);
    }

    @Override
    public double meanDerivative(double variance) {
        return -frequency * Math.sin(phase) * decay(variance);
    }

    @Override
    public double meanSlope(double variance) {
        return -frequency * frequency * mean(variance) / 2;
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        double sum = varianceU + varianceV;
        return (decay(sum - 2 * covariance) + Math.cos(2 * phase) * decay(sum + 2 * covariance)) / 2;
    }

    private double decay(double variance) {
        return Math.exp(-frequency * frequency * variance / 2);
    }
}
