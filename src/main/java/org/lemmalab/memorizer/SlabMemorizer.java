package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;

/**
 * The Baum network of B20 Proposition 4 for real labels: four ReLU neurons {@code f_{u,v,b-tau} - f_{u,v,b+tau}} for every block of at most
 * d points, where {@code |u.x - b| < tau} is a {@link Slab} around the block and the {@link DerivativeNeuron}s write the labels on it.
 */
public final class SlabMemorizer {
    private SlabMemorizer() {}

    /** As {@link #memorize(DMatrixRMaj, double[], RandomStream)} with a fixed stream. */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels) {
        return memorize(points, labels, LabeledPoints.CHOICES);
    }

    /**
     * A ReLU network of width {@code 4 ceil(n / d)} for n different points with {@code f(x_i) = y_i} to rounding. The biases are perturbed
     * with the weights: on a block {@code v.x_i - c = y_i} of smallest norm, which the affine independence of the block suffices for.
     *
     * @param points n x d, one point per row, in general position; a point may be repeated with the same label
     * @param labels real numbers
     * @param stream for the hyperplanes through blocks of fewer than d points
     * @throws IllegalArgumentException if the data are empty or not finite, equal points have different labels, or the points are not in
     *     general position to rounding
     * @throws ArithmeticException if double precision does not suffice, {@link Memorization#exact}
     */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels, RandomStream stream) {
        LabeledPoints data = LabeledPoints.distinct(points, labels);
        return Memorization.checked(network(data, data.radius(), stream), points, labels);
    }

    /**
     * The network as B20 prints it, with unperturbed biases ({@code c = 0}): on a block {@code v.x_i = y_i} of smallest norm.
     *
     * @throws IllegalArgumentException as {@link #memorize(DMatrixRMaj, double[], RandomStream)}, and if the points of a block are linearly
     *     dependent, which general position does not exclude
     * @throws ArithmeticException if double precision does not suffice, {@link Memorization#exact}
     */
    public static TwoLayerNetwork memorizeWithFixedBiases(DMatrixRMaj points, double[] labels, RandomStream stream) {
        LabeledPoints data = LabeledPoints.distinct(points, labels);
        return Memorization.checked(network(data, 0, stream), points, labels);
    }

    private static TwoLayerNetwork network(LabeledPoints data, double last, RandomStream stream) {
        List<int[]> blocks =
                LabeledPoints.blocks(IntStream.range(0, data.size()).toArray(), data.dimension());
        List<DerivativeNeuron> neurons = new ArrayList<>();
        double[] coefficients = new double[2 * blocks.size()];
        for (int s = 0; s < blocks.size(); s++) {
            int[] block = blocks.get(s);
            Slab slab = Slab.around(data, block, stream.trial(s));
            double[] z = data.span(block, last).minimumNormSolution(data.labels(block));
            double[] v = Arrays.copyOf(z, data.dimension());
            double c = z[data.dimension()] * last;
            neurons.add(DerivativeNeuron.exact(data.points(), slab.u(), slab.b() - slab.tau(), v, c));
            neurons.add(DerivativeNeuron.exact(data.points(), slab.u(), slab.b() + slab.tau(), v, c));
            coefficients[2 * s] = 1;
            coefficients[2 * s + 1] = -1;
        }
        return DerivativeNeuron.sum(neurons, coefficients, Relu.INSTANCE);
    }
}
