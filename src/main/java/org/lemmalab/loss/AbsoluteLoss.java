package org.lemmalab.loss;

/**
 * The absolute loss {@code min(|u - y|, ceiling)}; with ceiling 1 it has values in [0, 1], as A19 (9) requires, with an infinite one it is
 * the l1 loss of A19, figure 2.
 *
 * @param ceiling the largest value, {@code > 0}, infinite for none
 */
public record AbsoluteLoss(double ceiling) implements Loss {

    /** @throws IllegalArgumentException if the ceiling is not allowed */
    public AbsoluteLoss {
        if (!(ceiling > 0)) {
            throw new IllegalArgumentException("ceiling = " + ceiling + ", allowed: > 0");
        }
    }

    @Override
    public String name() {
        return ceiling == Double.POSITIVE_INFINITY ? "absolute" : "absolute up to " + ceiling;
    }

    @Override
    public double value(double u, double y) {
        return Math.min(Math.abs(u - y), ceiling);
    }

    @Override
    public double lipschitz() {
        return 1;
    }
}
