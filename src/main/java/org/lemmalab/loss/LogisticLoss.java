package org.lemmalab.loss;

/** The logistic loss {@code log(1 + e^(-u y))}; labels are -1 and 1. */
public final class LogisticLoss implements ConvexLoss {

    /** The only instance. */
    public static final LogisticLoss INSTANCE = new LogisticLoss();

    private LogisticLoss() {}

    @Override
    public String name() {
        return "logistic";
    }

    @Override
    public double value(double u, double y) {
        double margin = u * y;
        return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    @Override
    public double derivative(double u, double y) {
        return -y / (1 + Math.exp(u * y));
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
