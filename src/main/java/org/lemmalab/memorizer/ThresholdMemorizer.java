package org.lemmalab.memorizer;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Threshold;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;

/**
 * Baum's network of thresholds {@code 1{z >= 0}} for labels 0 and 1 (B20 Proposition 3): two neurons
 * {@code 1{u.x >= b - tau} - 1{u.x >= b + tau}} for every block of at most d points of one class. It is the class that needs fewer neurons;
 * for class 0 the network is 1 minus the sum, with one neuron {@code 1{0 >= 0}} more.
 */
public final class ThresholdMemorizer {
    private ThresholdMemorizer() {}

    /** As {@link #memorize(DMatrixRMaj, double[], RandomStream)} with a fixed stream. */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels) {
        return memorize(points, labels, LabeledPoints.CHOICES);
    }

    /**
     * A threshold network with {@code f(x_i) = y_i} exactly. Width for n different points, n_1 of class 1 and n_0 of class 0:
     * the smaller of {@code 2 ceil(n_1 / d)} and {@code 2 ceil(n_0 / d) + 1}, at least 1 and at most {@code n / d + 3}.
     *
     * @param points n x d, one point per row, in general position; a point may be repeated with the same label
     * @param labels 0 or 1
     * @param stream for the hyperplanes through blocks of fewer than d points
     * @throws IllegalArgumentException if the data are empty or not finite, a label is not 0 or 1, equal points have different labels, or
     *     the points are not in general position to rounding
     */
    public static TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels, RandomStream stream) {
        LabeledPoints data = LabeledPoints.distinct(points, labels);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != 0 && labels[i] != 1) {
                throw new IllegalArgumentException("labels[" + i + "] = " + labels[i] + ", allowed: 0 or 1");
            }
        }
        List<int[]> ones = blocks(data, 1);
        List<int[]> zeros = blocks(data, 0);
        boolean complement = ones.size() > zeros.size();
        List<int[]> blocks = complement ? zeros : ones;
        int width = Math.max(1, 2 * blocks.size() + (complement ? 1 : 0));
        DMatrixRMaj weights = new DMatrixRMaj(width, data.dimension());
        double[] biases = new double[width];
        double[] outputs = new double[width];
        for (int s = 0; s < blocks.size(); s++) {
            Slab slab = Slab.around(data, blocks.get(s), stream.trial(s));
            for (int side = 0; side < 2; side++) {
                int l = 2 * s + side;
                System.arraycopy(slab.u(), 0, weights.data, l * data.dimension(), data.dimension());
                biases[l] = side == 0 ? slab.tau() - slab.b() : -slab.tau() - slab.b();
                outputs[l] = (side == 0) == complement ? -1 : 1;
            }
        }
        if (complement) {
            outputs[width - 1] = 1; // 1{0 >= 0}
        }
        return Memorization.checked(new TwoLayerNetwork(weights, biases, outputs, Threshold.INSTANCE), points, labels);
    }

    private static List<int[]> blocks(LabeledPoints data, double label) {
        int[] members = IntStream.range(0, data.size())
                .filter(i -> data.labels()[i] == label)
                .toArray();
        return LabeledPoints.blocks(members, data.dimension());
    }
}
