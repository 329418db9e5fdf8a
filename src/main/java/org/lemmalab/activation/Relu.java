package org.lemmalab.activation;

/** The rectifier {@code max(z, 0)}; its derivative is {@code 1{z >= 0}}, hence 1 at 0 (A19, footnote 2). */
public final class Relu implements Activation {

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
}
