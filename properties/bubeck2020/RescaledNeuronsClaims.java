package bubeck2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * With a positively homogeneous activation the outer weights of a network may be taken to be signs.
 *
 * <h2>Source</h2>
 *
 * B20, section 1, after (1).
 *
 * <h2>Statement</h2>
 *
 * {@code a s(<w, x> + b) = sign(a) s(<|a| w, x> + |a| b)}: moving {@code |a|} into the neuron changes neither the network's values nor its total weight
 * {@code W = sum_l |a_l| sqrt(|w_l|^2 + b_l^2)}. A neuron with {@code a = 0} becomes {@code w = b = 0}.
 *
 * <h2>Instances</h2>
 *
 * ReLU, absolute value, leaky ReLU; {@code d <= 5}, up to 6 neurons with Gaussian weights and biases; outer weights -2.5, then 0, 1e-9 and Gaussian
 * ones; five points, the origin among them.
 *
 * <h2>How it is checked</h2>
 *
 * Both sides divided by {@code S = sum_l |a_l| (sum_j |w_lj x_j| + |b_l|)}, the largest of the points, agree to {@code 2 (d + k + 4) 2^-53}: each takes at most
 * {@code d + k + 4} roundings of terms that add up to S.
 *
 * <h2>Falsifiers</h2>
 *
 * The hyperbolic tangent, the square, and the bias not rescaled.
 */
class RescaledNeuronsClaims {
    /** A network with several kinds of outer weights. */
    record Instance(DecentActivation activation, int d, int neurons, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "RescaledNeuronsClaims");
        }

        TwoLayerNetwork network(Activation s) {
            double[] outputs = stream().part("outputs").gaussians(neurons);
            double[] named = {-2.5, 0, 1e-9};
            System.arraycopy(named, 0, outputs, 0, Math.min(named.length, neurons));
            return new TwoLayerNetwork(
                    PointLaw.GAUSSIAN.rows(neurons, d, stream().part("weights")),
                    stream().part("biases").gaussians(neurons),
                    outputs,
                    s);
        }

        DMatrixRMaj points() {
            DMatrixRMaj points = PointLaw.GAUSSIAN.rows(5, d, stream().part("points"));
            Arrays.fill(points.data, 0, d, 0);
            return points;
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.RELU, DecentActivation.ABSOLUTE_VALUE, DecentActivation.LEAKY_RELU),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** Which activation, and whether the bias takes the factor as well. */
    private record Form(Activation activation, boolean withBias) {}

    @Claim(
            id = "B20.homog",
            statement =
                    "a\\,\\psi(w \\cdot x + b) = \\mathrm{sign}(a)\\,\\psi\\big(|a| w \\cdot x + |a| b\\big), \\qquad \\mathbf W(f) = \\sum_\\ell \\sqrt{\\| a_\\ell w_\\ell\\|^2 + (a_\\ell b_\\ell)^2}",
            hypotheses = "$\\psi$ positively homogeneous of degree 1")
    void outerWeightsMayBeSigns(@ForAll("instances") Instance instance, ClaimRun run) {
        run.covers(instance.activation.name());
        if (instance.d == 1) {
            run.covers("d = 1");
        }
        if (instance.neurons >= 3) {
            run.covers("outer weights 0 and 1e-9");
        }
        double tolerance = 2 * (instance.d + instance.neurons + 4) * 0x1p-53;
        run.check("values and total weight", new Form(instance.activation, true), (form, lab) -> {
                    TwoLayerNetwork network = instance.network(form.activation);
                    TwoLayerNetwork signed = rescaled(network, form.withBias);
                    double scale = scale(network, instance.points());
                    double[] values = network.predict(instance.points());
                    double[] rescaled = signed.predict(instance.points());
                    double[] left = new double[values.length + 1];
                    double[] right = new double[values.length + 1];
                    for (int i = 0; i < values.length; i++) {
                        left[i] = rescaled[i] / scale;
                        right[i] = values[i] / scale;
                    }
                    left[values.length] = signed.totalWeight() / network.totalWeight();
                    right[values.length] = 1;
                    return Comparison.equal(left, right, tolerance, "2 (d + k + 4) u of the terms' sizes");
                })
                .falsifiedBy("hyperbolic tangent", new Form(HyperbolicTangent.INSTANCE, true))
                .falsifiedBy("square", new Form(Quadratic.SQUARE, true))
                .falsifiedBy("bias not rescaled", new Form(instance.activation, false));
    }

    private static TwoLayerNetwork rescaled(TwoLayerNetwork network, boolean withBias) {
        int k = network.width();
        DMatrixRMaj weights = network.weights().copy();
        double[] biases = network.biases().clone();
        double[] signs = new double[k];
        for (int l = 0; l < k; l++) {
            double size = Math.abs(network.outputs()[l]);
            signs[l] = network.outputs()[l] < 0 ? -1 : 1;
            for (int j = 0; j < weights.numCols; j++) {
                weights.set(l, j, size * weights.get(l, j));
            }
            biases[l] *= withBias ? size : 1;
        }
        return new TwoLayerNetwork(weights, biases, signs, network.activation());
    }

    private static double scale(TwoLayerNetwork network, DMatrixRMaj points) {
        double largest = 0;
        for (int i = 0; i < points.numRows; i++) {
            double sum = 0;
            for (int l = 0; l < network.width(); l++) {
                double term = Math.abs(network.biases()[l]);
                for (int j = 0; j < points.numCols; j++) {
                    term += Math.abs(network.weights().get(l, j) * points.get(i, j));
                }
                sum += Math.abs(network.outputs()[l]) * term;
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
