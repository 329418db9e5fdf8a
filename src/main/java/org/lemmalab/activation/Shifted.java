package org.lemmalab.activation;

/**
 * The activation {@code s - shift}.
 *
 * @param base s
 * @param shift what is taken off
 */
public record Shifted(ClosedFormActivation base, double shift) implements ClosedFormActivation {

    @Override
    public String name() {
        return shift == base.hermite0()
                ? "centred " + base.name()
                : base.name() + (shift < 0 ? " + " : " - ") + Math.abs(shift);
    }

    @Override
    public double value(double z) {
        return base.value(z) - shift;
    }

    @Override
    public double derivative(double z) {
        return base.derivative(z);
    }

    @Override
    public double lipschitz() {
        return base.lipschitz();
    }

    @Override
    public double[] kinks() {
        return base.kinks();
    }

    @Override
    public double mean(double variance) {
        return base.mean(variance) - shift;
    }

    @Override
    public double meanDerivative(double variance) {
        return base.meanDerivative(variance);
    }

    @Override
    public double meanSlope(double variance) {
        return base.meanSlope(variance);
    }

    @Override
    public double productMoment(double varianceU, double varianceV, double covariance) {
        return base.productMoment(varianceU, varianceV, covariance)
                - shift * (base.mean(varianceU) + base.mean(varianceV))
                + shift * shift;
    }
}
