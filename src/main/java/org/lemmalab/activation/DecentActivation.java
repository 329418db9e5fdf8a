package org.lemmalab.activation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;

/**
 * A decent activation: continuous, with two bounded derivatives except at finitely many kinks (D19, section 2.3).
 *
 * @param name for reports
 * @param value the function
 * @param derivative its derivative; at a kink the value from the right
 * @param secondDerivative the derivative of that off the kinks; 0 at them
 * @param lipschitz the least upper bound of {@code |s'|}
 * @param curvature the least upper bound of {@code |s''|} off the kinks
 * @param kinkList the points without two derivatives, ascending
 */
public record DecentActivation(
        String name,
        DoubleUnaryOperator value,
        DoubleUnaryOperator derivative,
        DoubleUnaryOperator secondDerivative,
        double lipschitz,
        double curvature,
        List<Double> kinkList)
        implements Activation {

    /** {@code max(z, 0)}. */
    public static final DecentActivation RELU = piecewiseLinear(Relu.INSTANCE);

    /** {@code |z|}. */
    public static final DecentActivation ABSOLUTE_VALUE = piecewiseLinear(AbsoluteValue.INSTANCE);

    /** {@code max(z, z/10)}. */
    public static final DecentActivation LEAKY_RELU = new DecentActivation(
            "leaky relu", z -> Math.max(z, 0.1 * z), z -> z >= 0 ? 1 : 0.1, z -> 0, 1, 0, List.of(0.0));

    /** {@code max(z - 1/2, 0)}. */
    public static final DecentActivation SHIFTED_RELU = new DecentActivation(
            "shifted relu", z -> Math.max(z - 0.5, 0), z -> z >= 0.5 ? 1 : 0, z -> 0, 1, 0, List.of(0.5));

    /** z cut to [-1, 1]. */
    public static final DecentActivation HARD_TANH = new DecentActivation(
            "hard tanh",
            z -> Math.max(-1, Math.min(1, z)),
            z -> z >= -1 && z < 1 ? 1 : 0,
            z -> 0,
            1,
            0,
            List.of(-1.0, 1.0));

    /** The hyperbolic tangent; {@code |s''| <= 4/(3 sqrt 3)}. */
    public static final DecentActivation TANH = smooth(
            HyperbolicTangent.INSTANCE,
            z -> -2 * Math.tanh(z) * HyperbolicTangent.INSTANCE.derivative(z),
            4 / (3 * Math.sqrt(3)));

    /** The error function; {@code |s''| <= sqrt(8 / (pi e))}. */
    public static final DecentActivation ERF = smooth(
            ErrorFunction.INSTANCE,
            z -> -2 * z * ErrorFunction.INSTANCE.derivative(z),
            Math.sqrt(8 / (Math.PI * Math.E)));

    /** {@code 1/(1 + e^-z)}; {@code s' <= 1/4}, {@code |s''| <= 1/(6 sqrt 3)}. */
    public static final DecentActivation SIGMOID = new DecentActivation(
            "sigmoid",
            DecentActivation::logistic,
            DecentActivation::logisticSlope,
            z -> logisticSlope(z) * (1 - 2 * logistic(z)),
            0.25,
            1 / (6 * Math.sqrt(3)),
            List.of());

    /** {@code log(1 + e^z)}. */
    public static final DecentActivation SOFTPLUS = new DecentActivation(
            "softplus",
            z -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
            DecentActivation::logistic,
            DecentActivation::logisticSlope,
            1,
            0.25,
            List.of());

    /** {@code z Phi(z)} with the normal distribution function Phi; its slope is largest at sqrt 2. */
    public static final DecentActivation GELU = new DecentActivation(
            "gelu",
            z -> z * cumulative(z),
            z -> cumulative(z) + z * density(z),
            z -> (2 - z * z) * density(z),
            cumulative(Math.sqrt(2)) + Math.sqrt(2) * density(Math.sqrt(2)),
            2 * density(0),
            List.of());

    /** {@code z/(1 + e^-z)}; its slope is largest where {@code z tanh(z/2) = 2}. */
    public static final DecentActivation SILU = new DecentActivation(
            "silu",
            z -> z * logistic(z),
            z -> logistic(z) + z * logisticSlope(z),
            z -> logisticSlope(z) * (2 + z * (1 - 2 * logistic(z))),
            1.0998393201288669,
            0.5,
            List.of());

    /** The sine. */
    public static final DecentActivation SINE =
            new DecentActivation("sin", Math::sin, Math::cos, z -> -Math.sin(z), 1, 1, List.of());

    /** {@code z}: decent, but linear, which D19's theorems on memorization exclude. */
    public static final DecentActivation IDENTITY =
            new DecentActivation("identity", z -> z, z -> 1, z -> 0, 1, 0, List.of());

    /** The smooth ones that are not linear. */
    public static final List<DecentActivation> SMOOTH = List.of(TANH, ERF, SIGMOID, SOFTPLUS, SINE);

    /** Those with kinks. */
    public static final List<DecentActivation> KINKED =
            List.of(RELU, LEAKY_RELU, ABSOLUTE_VALUE, SHIFTED_RELU, HARD_TANH);

    @Override
    public double value(double z) {
        return value.applyAsDouble(z);
    }

    @Override
    public double derivative(double z) {
        return derivative.applyAsDouble(z);
    }

    /** The second derivative at z off the kinks; 0 at them. */
    public double secondDerivative(double z) {
        return secondDerivative.applyAsDouble(z);
    }

    @Override
    public double[] kinks() {
        return kinkList.stream().mapToDouble(z -> z).toArray();
    }

    /**
     * {@code s(z) + slope z}.
     *
     * @param name of the sum
     * @param slope finite
     * @param lipschitz the least upper bound of {@code |s' + slope|}
     */
    public DecentActivation plusLinear(String name, double slope, double lipschitz) {
        return new DecentActivation(
                name,
                z -> value(z) + slope * z,
                z -> derivative(z) + slope,
                secondDerivative,
                lipschitz,
                curvature,
                kinkList);
    }

    /** {@code factor s(z)}; the factor is finite and not 0. */
    public DecentActivation times(double factor) {
        return new DecentActivation(
                factor + " " + name,
                z -> factor * value(z),
                z -> factor * derivative(z),
                z -> factor * secondDerivative(z),
                Math.abs(factor) * lipschitz,
                Math.abs(factor) * curvature,
                kinkList);
    }

    @Override
    public String toString() {
        return name;
    }

    private static DecentActivation piecewiseLinear(Activation s) {
        return new DecentActivation(s.name(), s::value, s::derivative, z -> 0, s.lipschitz(), 0, List.of(0.0));
    }

    private static DecentActivation smooth(Activation s, DoubleUnaryOperator secondDerivative, double curvature) {
        return new DecentActivation(
                s.name(), s::value, s::derivative, secondDerivative, s.lipschitz(), curvature, List.of());
    }

    private static double cumulative(double z) {
        return Erf.erfc(-z / Math.sqrt(2)) / 2;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double logistic(double z) {
        return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    }

    private static double logisticSlope(double z) {
        return logistic(z) * logistic(-z);
    }
}
