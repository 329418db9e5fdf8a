package org.lemmalab.loss;

import org.lemmalab.numeric.Arguments;

/**
 * The ramp loss {@code 1 - u y / margin}, cut to [0, 1]: 1 where {@code u y <= 0}, 0 where {@code u y >= margin} (A19, section D.4, has
 * margin 1). Labels are -1 and 1; it bounds the {@link ZeroOneLoss}.
 *
 * @param margin the width of the ramp, finite and {@code > 0}
 */
public record RampLoss(double margin) implements Loss {

    /** @throws IllegalArgumentException if the margin is not allowed */
    public RampLoss {
        Arguments.positive("margin", margin);
    }

    @Override
    public String name() {
        return margin == 1 ? "ramp" : "ramp of margin " + margin;
    }

    @Override
    public double value(double u, double y) {
        return Math.min(1, Math.max(0, 1 - u * y / margin));
    }

    @Override
    public double lipschitz() {
        return 1 / margin;
    }
}
