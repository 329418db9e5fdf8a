package org.lemmalab.loss;

/**
 * The absolute deviation {@code |u - y|}.
 *
 * @param subgradientAtZero what {@link #derivative} gives at {@code u = y}, in [-1, 1]
 */
public record AbsoluteDeviation(double subgradientAtZero) implements ConvexLoss {

    /** @throws IllegalArgumentException if the subgradient is not allowed */
    public AbsoluteDeviation {
        if (!(Math.abs(subgradientAtZero) <= 1)) {
            throw new IllegalArgumentException("subgradientAtZero = " + subgradientAtZero + ", allowed: -1 to 1");
        }
    }

    @Override
    public String name() {
        return "absolute deviation";
    }

    @Override
    public double value(double u, double y) {
        return Math.abs(u - y);
    }

    @Override
    public double derivative(double u, double y) {
        return u == y ? subgradientAtZero : Math.signum(u - y);
    }

    @Override
    public double lipschitz() {
        return 1;
    }
}
