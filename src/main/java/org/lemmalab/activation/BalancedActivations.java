package org.lemmalab.activation;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Erf;

/**
 * Decent activations with {@code E s'(G) = 0}, G standard normal: those that D20 allows (conditions (1) to (3)), apart from constants.
 *
 * <p>Every even one qualifies, and any other less its mean slope times z.
 */
public final class BalancedActivations {

    /** {@code |z|}, the paper's example. */
    public static final DecentActivation ABSOLUTE_VALUE = DecentActivation.ABSOLUTE_VALUE;

    /** {@code relu(z) - z/2 = |z|/2}. */
    public static final DecentActivation RELU = DecentActivation.RELU.plusLinear("relu - z/2", -0.5, 0.5);

    /** {@code max(z, z/10) - 0.55 z}. */
    public static final DecentActivation LEAKY_RELU =
            DecentActivation.LEAKY_RELU.plusLinear("leaky relu - 0.55 z", -0.55, 0.45);

    /** {@code z - 1} above 1, {@code (1 - z) P(G > 1)/P(G < 1)} below. */
    public static final DecentActivation SHIFTED_LEAKY_RELU = shiftedLeakyRelu();

    /** {@code |z - 1/2|} less its mean slope {@code 1 - 2 P(G < 1/2)} times z. */
    public static final DecentActivation SHIFTED_ABSOLUTE_VALUE = new DecentActivation(
                    "|z - 1/2|", z -> Math.abs(z - 0.5), z -> z >= 0.5 ? 1 : -1, z -> 0, 1, 0, List.of(0.5))
            .plusLinear("|z - 1/2| - slope", Erf.erf(Math.sqrt(0.125)), 1 + Erf.erf(Math.sqrt(0.125)));

    /** {@code log cosh z}. */
    public static final DecentActivation LOG_COSH = new DecentActivation(
            "log cosh",
            z -> Math.abs(z) + Math.log1p(Math.exp(-2 * Math.abs(z))) - Math.log(2),
            Math::tanh,
            HyperbolicTangent.INSTANCE::derivative,
            1,
            1,
            List.of());

    /** {@code log(1 + e^z) - z/2 = log(2 cosh(z/2))}. */
    public static final DecentActivation SOFTPLUS = DecentActivation.SOFTPLUS.plusLinear("softplus - z/2", -0.5, 0.5);

    /** {@code z (Phi(z) - 1/2)}. */
    public static final DecentActivation GELU =
            DecentActivation.GELU.plusLinear("gelu - z/2", -0.5, DecentActivation.GELU.lipschitz() - 0.5);

    /** {@code (z/2) tanh(z/2)}. */
    public static final DecentActivation SILU =
            DecentActivation.SILU.plusLinear("silu - z/2", -0.5, DecentActivation.SILU.lipschitz() - 0.5);

    /** The cosine. */
    public static final DecentActivation COSINE =
            new DecentActivation("cos", Math::cos, z -> -Math.sin(z), z -> -Math.cos(z), 1, 1, List.of());

    /** {@code sin z - e^-1/2 z}. */
    public static final DecentActivation SINE =
            DecentActivation.SINE.plusLinear("sin - slope", -Math.exp(-0.5), 1 + Math.exp(-0.5));

    /** {@code tanh z - k z}, {@code k = E sech^2 G}. */
    public static final DecentActivation TANH =
            DecentActivation.TANH.plusLinear("tanh - slope", -0.6057055096021588, 0.6057055096021588);

    /** {@code erf z - 2 z/sqrt(3 pi)}. */
    public static final DecentActivation ERF =
            DecentActivation.ERF.plusLinear("erf - slope", -2 / Math.sqrt(3 * Math.PI), 2 / Math.sqrt(3 * Math.PI));

    /** {@code sqrt(1 + z^2)}. */
    public static final DecentActivation HYPERBOLA = new DecentActivation(
            "sqrt(1 + z^2)",
            z -> Math.sqrt(1 + z * z),
            z -> z / Math.sqrt(1 + z * z),
            z -> Math.pow(1 + z * z, -1.5),
            1,
            1,
            List.of());

    /** {@code z^2/2} on [-1, 1], {@code |z| - 1/2} outside. */
    public static final DecentActivation HUBER = new DecentActivation(
            "huber",
            z -> Math.abs(z) <= 1 ? z * z / 2 : Math.abs(z) - 0.5,
            z -> Math.max(-1, Math.min(1, z)),
            z -> Math.abs(z) < 1 ? 1 : 0,
            1,
            1,
            List.of(-1.0, 1.0));

    /** {@code min(z^2, 4)}. */
    public static final DecentActivation CUT_SQUARE = new DecentActivation(
            "min(z^2, 4)",
            z -> Math.min(z * z, 4),
            z -> z >= -2 && z < 2 ? 2 * z : 0,
            z -> Math.abs(z) < 2 ? 2 : 0,
            4,
            2,
            List.of(-2.0, 2.0));

    /** {@code exp(-z^2/2)}. */
    public static final DecentActivation GAUSSIAN_BUMP = new DecentActivation(
            "exp(-z^2/2)",
            z -> Math.exp(-z * z / 2),
            z -> -z * Math.exp(-z * z / 2),
            z -> (z * z - 1) * Math.exp(-z * z / 2),
            Math.exp(-0.5),
            1,
            List.of());

    /** {@code min(|z|, 1)}. */
    public static final DecentActivation CUT_ABSOLUTE_VALUE = new DecentActivation(
            "min(|z|, 1)",
            z -> Math.min(Math.abs(z), 1),
            z -> z < -1 || z >= 1 ? 0 : z >= 0 ? 1 : -1,
            z -> 0,
            1,
            0,
            List.of(-1.0, 0.0, 1.0));

    /** The constant 1: it meets the printed conditions, and no step moves it. */
    public static final DecentActivation CONSTANT =
            new DecentActivation("constant", z -> 1, z -> 0, z -> 0, 0, 0, List.of());

    /** The smooth ones that are not constant. */
    public static final List<DecentActivation> SMOOTH =
            List.of(LOG_COSH, SOFTPLUS, GELU, SILU, COSINE, SINE, TANH, ERF, HYPERBOLA, GAUSSIAN_BUMP);

    /** Those with kinks. */
    public static final List<DecentActivation> KINKED = List.of(
            ABSOLUTE_VALUE,
            RELU,
            LEAKY_RELU,
            SHIFTED_LEAKY_RELU,
            SHIFTED_ABSOLUTE_VALUE,
            HUBER,
            CUT_SQUARE,
            CUT_ABSOLUTE_VALUE);

    /** All that are not constant. */
    public static final List<DecentActivation> ALL =
            Stream.concat(SMOOTH.stream(), KINKED.stream()).toList();

    private BalancedActivations() {}

    private static DecentActivation shiftedLeakyRelu() {
        double ratio = Erf.erfc(Math.sqrt(0.5)) / Erf.erfc(-Math.sqrt(0.5));
        return new DecentActivation(
                "shifted leaky relu",
                z -> z >= 1 ? z - 1 : ratio * (1 - z),
                z -> z >= 1 ? 1 : -ratio,
                z -> 0,
                1,
                0,
                List.of(1.0));
    }
}
