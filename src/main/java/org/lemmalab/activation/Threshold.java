package org.lemmalab.activation;

/** The threshold {@code 1{z >= 0}}, hence 1 at 0, where it jumps (B20 Proposition 3); its derivative is taken as 0 everywhere. */
public final class Threshold implements Activation {

    /** The only instance. */
    public static final Threshold INSTANCE = new Threshold();

    private Threshold() {}

    @Override
    public String name() {
        return "threshold";
    }

    @Override
    public double value(double z) {
        return z >= 0 ? 1 : 0;
    }

    @Override
    public double derivative(double z) {
        return 0;
    }

    @Override
    public double lipschitz() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public String toString() {
        return name();
    }
}
