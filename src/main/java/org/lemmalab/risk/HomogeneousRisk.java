package org.lemmalab.risk;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.lemmalab.loss.ConvexLoss;

/**
 * What no positively homogeneous predictor of a projection can do better on a sphere, when the labels do not depend on the point (after D19, Theorem 6).
 *
 * <p>Let x be uniform, {@code y = +-1} with {@code P(y = 1) = p}, {@code g(u) = p l(u, 1) + (1 - p) l(u, -1)} and {@code h(x) = h(P x)} with
 * {@code h(t z) = t h(z)} for {@code t >= 0}: for instance a network of k ReLU neurons, P the projection on the span of their weights. The
 * length {@code r = |P x|} is independent of the direction, so
 *
 * <pre>{@code
 * E l(h(x), y) = E g(r h(P x / r)) >= min_a E g(a r).
 * }</pre>
 *
 * @param loss l; its kinks, for the labels -1 and 1, are at -1 and 1
 * @param positive p
 */
public record HomogeneousRisk(ConvexLoss loss, double positive) {
    private static final double REACH = 1e6;

    /** @throws IllegalArgumentException unless {@code 0 <= positive <= 1} */
    public HomogeneousRisk {
        if (!(positive >= 0 && positive <= 1)) {
            throw new IllegalArgumentException("positive = " + positive + ", allowed: 0 to 1");
        }
    }

    /** {@code g(u)}, the risk of the constant prediction u. */
    public double ofConstant(double u) {
        return positive * loss.value(u, 1) + (1 - positive) * loss.value(u, -1);
    }

    /** {@code min_a E g(a r)}. */
    public double least(ProjectedLength length) {
        return at(length, minimiser(length));
    }

    /** A minimiser a of {@code E g(a r)}; where the minimum is not attained, one of modulus above {@code 1e6 sqrt(d/k)}. */
    public double minimiser(ProjectedLength length) {
        DoubleUnaryOperator slope = a -> length.expectation(r -> r * slopeOfConstant(a * r), kink(a));
        double side = -Math.signum(slope.applyAsDouble(0));
        double unit = Math.sqrt((double) length.dimension() / length.rank());
        double end = unit;
        while (side * slope.applyAsDouble(side * end) < 0) {
            end *= 2;
            if (end > REACH * unit) {
                return side * end;
            }
        }
        return side == 0
                ? 0
                : new BrentSolver(1e-13, 1e-13)
                        .solve(1000, slope::applyAsDouble, Math.min(0, side * end), Math.max(0, side * end));
    }

    private double at(ProjectedLength length, double a) {
        return length.expectation(r -> ofConstant(a * r), kink(a));
    }

    private double slopeOfConstant(double u) {
        return positive * loss.derivative(u, 1) + (1 - positive) * loss.derivative(u, -1);
    }

    /** Where {@code a r} is 1 or -1. */
    private static double kink(double a) {
        return a == 0 ? 1 : Math.min(1, 1 / Math.abs(a));
    }
}
