package org.lemmalab.activation;

/** The hyperbolic tangent. */
public final class HyperbolicTangent implements Activation {

    /** The only instance. */
    public static final HyperbolicTangent INSTANCE = new HyperbolicTangent();

    private HyperbolicTangent() {}

    @Override
    public String name() {
        return "tanh";
    }

    @Override
    public double value(double z) {
        return Math.tanh(z);
    }

    @Override
    public double derivative(double z) {
        double value = Math.tanh(z);
        return (1 - value) * (1 + value);
    }

    @Override
    public double lipschitz() {
        return 1;
    }

    @Override
    public double[] kinks() {
        return new double[0];
    }

    @Override
    public String toString() {
        return name();
    }
}
