package daniely2020;

import java.util.List;
import java.util.stream.Stream;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;

/** Activations that several claims draw, beside {@link BalancedActivations#ALL}. */
final class Activations {
    /** The balanced ones and ReLU, where the mean slope does not matter. */
    static final List<DecentActivation> WITH_RELU = Stream.concat(
                    BalancedActivations.ALL.stream(), Stream.of(DecentActivation.RELU))
            .toList();

    /** Even ones with {@code |s'| <= 1}. */
    static final List<DecentActivation> SLOPES_UP_TO_1 = List.of(
            BalancedActivations.ABSOLUTE_VALUE,
            BalancedActivations.LOG_COSH,
            BalancedActivations.COSINE,
            BalancedActivations.HYPERBOLA,
            BalancedActivations.HUBER);

    private Activations() {}
}
