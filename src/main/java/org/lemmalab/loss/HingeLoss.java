package org.lemmalab.loss;

/** The hinge loss {@code max(0, 1 - u y)}; labels are -1 and 1. The subgradient at its kink is 0. */
public final class HingeLoss implements ConvexLoss {

    /** The only instance. */
    public static final HingeLoss INSTANCE = new HingeLoss();

    private HingeLoss() {}

    @Override
    public String name() {
        return "hinge";
    }

    @Override
    public double value(double u, double y) {
        return Math.max(0, 1 - u * y);
    }

    @Override
    public double derivative(double u, double y) {
        return u * y < 1 ? -y : 0;
    }

    @Override
    public double lipschitz() {
        return 1;
    }

    @Override
    public String toString() {
        return name();
    }
}
