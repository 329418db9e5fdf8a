package org.lemmalab.loss;

import org.lemmalab.numeric.Arguments;

/**
 * A convex loss times a factor.
 *
 * @param base the loss
 * @param factor finite and {@code > 0}
 */
public record ScaledLoss(ConvexLoss base, double factor) implements ConvexLoss {

    /** @throws IllegalArgumentException if the factor is not allowed */
    public ScaledLoss {
        Arguments.positive("factor", factor);
    }

    @Override
    public String name() {
        return factor + " times " + base.name();
    }

    @Override
    public double value(double u, double y) {
        return factor * base.value(u, y);
    }

    @Override
    public double derivative(double u, double y) {
        return factor * base.derivative(u, y);
    }

    @Override
    public double lipschitz() {
        return factor * base.lipschitz();
    }
}
