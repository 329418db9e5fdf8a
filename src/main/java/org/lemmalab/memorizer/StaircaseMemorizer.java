package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A memorizer of real labels with half the neurons of {@link SlabMemorizer}: the points are sorted along a random direction u and cut into
 * blocks of at most d + 1; at the threshold {@code b_s} before block s the network changes from one affine function to the next,
 * {@code f(x) = sum_s 1{u.x > b_s} (g_s - g_{s-1})(x)} with {@code g_s(x_i) = y_i} on block s and {@code g_0 = 0}.
 */
public final class StaircaseMemorizer {
    private static final int DIRECTIONS = 20;

    private StaircaseMemorizer() {}

    /** As {@link #memorize(DMatrixRMaj, double[], RandomStream)} with a fixed stream. */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels) {
        return memorize(points, labels, LabeledPoints.CHOICES);
    }

    /**
     * A ReLU network of width {@code 2 ceil(n / (d + 1))} for n different points with {@code f(x_i) = y_i} to rounding.
     *
     * @param points n x d, one point per row, in general position; a point may be repeated with the same label
     * @param labels real numbers
     * @param stream for the direction u: up to 20 are tried until one is exact to rounding
     * @throws IllegalArgumentException if the data are empty or not finite, equal points have different labels, or the points of a block are
     *     affinely dependent to rounding
     * @throws ArithmeticException if double precision does not suffice, {@link Memorization#exact}: thousands of points in the plane leave
     *     blocks too thin
     */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels, RandomStream stream) {
        LabeledPoints data = LabeledPoints.distinct(points, labels);
        ArithmeticException failure = new ArithmeticException();
        for (int attempt = 0; attempt < DIRECTIONS; attempt++) {
            double[] u = PointLaw.SPHERE.rows(1, data.dimension(), stream.trial(attempt)).data;
            double[] heights = LinearAlgebra.product(data.points(), u);
            int[] order = IntStream.range(0, data.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> heights[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<int[]> blocks = LabeledPoints.blocks(order, data.dimension() + 1);
            double[] thresholds = new double[blocks.size()];
            double gap = placeThresholds(thresholds, heights, blocks, data.radius());
            if (gap <= 40 * data.rounding()) {
                failure = new ArithmeticException("the gap between two rows of points along a random direction = " + gap
                        + " is rounding, allowed: > " + 40 * data.rounding());
                continue;
            }
            TwoLayerNetwork network = network(data, u, blocks, thresholds);
            Memorization reached = Memorization.of(network, points, labels);
            if (reached.exact()) {
                return network;
            }
            failure = reached.inexact();
        }
        throw failure;
    }

    /** Puts one threshold before every block, in the middle of the gap; returns the smallest gap. */
    private static double placeThresholds(double[] thresholds, double[] heights, List<int[]> blocks, double radius) {
        thresholds[0] = heights[blocks.get(0)[0]] - radius;
        double smallest = radius;
        for (int s = 1; s < thresholds.length; s++) {
            int[] before = blocks.get(s - 1);
            double low = heights[before[before.length - 1]];
            double high = heights[blocks.get(s)[0]];
            thresholds[s] = (low + high) / 2;
            smallest = Math.min(smallest, high - low);
        }
        return smallest;
    }

    private static TwoLayerNetwork network(LabeledPoints data, double[] u, List<int[]> blocks, double[] thresholds) {
        int d = data.dimension();
        double radius = data.radius();
        double[] previous = new double[d + 1];
        List<DerivativeNeuron> neurons = new ArrayList<>();
        double[] coefficients = new double[blocks.size()];
        Arrays.fill(coefficients, 1);
        for (int s = 0; s < thresholds.length; s++) {
            int[] block = blocks.get(s);
            double[] affine = data.span(block, radius).minimumNormSolution(data.labels(block));
            double[] v = new double[d];
            for (int k = 0; k < d; k++) {
                v[k] = affine[k] - previous[k];
            }
            double c = (affine[d] - previous[d]) * radius;
            neurons.add(DerivativeNeuron.exact(data.points(), u, thresholds[s], v, c));
            previous = affine;
        }
        return DerivativeNeuron.sum(neurons, coefficients, Relu.INSTANCE);
    }
}
