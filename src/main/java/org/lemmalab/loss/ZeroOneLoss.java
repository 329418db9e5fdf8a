package org.lemmalab.loss;

/** The error of classification by sign, {@code 1{u y <= 0}} for labels -1 and 1: the prediction 0 is an error (A19, corollary 5.2). */
public final class ZeroOneLoss implements Loss {

    /** The only instance. */
    public static final ZeroOneLoss INSTANCE = new ZeroOneLoss();

    private ZeroOneLoss() {}

    @Override
    public String name() {
        return "zero-one";
    }

    @Override
    public double value(double u, double y) {
        return u * y <= 0 ? 1 : 0;
    }

    @Override
    public double lipschitz() {
        return Double.POSITIVE_INFINITY;
    }
}
