package bubeck2020;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Relu;
import org.lemmalab.activation.Threshold;
import org.lemmalab.memorizer.PivotedNeurons;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;

/**
 * Candidate neurons for points, among which n independent ones are to be found whatever the activation is: 40 n along a direction that separates the points, at
 * frequencies up to pi over the smallest gap and any phase; steps between neighbouring projections, and at them; n bumps {@code exp(-100 |x - x_i|^2)} around points of the sphere, for the exponential function.
 *
 * @param points n x d
 * @param weights one candidate per row
 * @param biases one per candidate
 */
record ManyNeurons(DMatrixRMaj points, DMatrixRMaj weights, double[] biases) {
    private static final double NARROW = 200;

    /** Piecewise linear, bounded, periodic and discontinuous ones; none is a polynomial. */
    static final List<Activation> ACTIVATIONS = List.of(
            Relu.INSTANCE, HyperbolicTangent.INSTANCE, new Cosine(1, 0), DecentActivation.SIGMOID, Threshold.INSTANCE);

    /** {@code 1{t = 0}}. */
    static final Activation POINT_MASS = new Jump("indicator of 0", z -> z == 0);

    /** The exponential function. */
    static final Activation EXPONENTIAL = new Exponential(1);

    /** The candidates; points must be distinct for them to be good. */
    static ManyNeurons of(DMatrixRMaj points, RandomStream stream) {
        int n = points.numRows;
        int d = points.numCols;
        SeparatedProjection line = SeparatedProjection.of(points, stream);
        double gap = Math.max(line.gap(), 1e-3); // duplicates: any scale will do
        DMatrixRMaj weights = new DMatrixRMaj(43 * n, d);
        double[] biases = new double[43 * n];
        for (int l = 0; l < 43 * n; l++) {
            int i = l % n;
            double scale = l < 40 * n ? stream.uniform(0, Math.PI) / gap : 4 / gap;
            for (int k = 0; k < d; k++) {
                weights.set(l, k, scale * line.direction()[k]);
            }
            double z = scale * line.projections()[i];
            if (l < 40 * n) {
                biases[l] = stream.uniform(0, 2 * Math.PI);
            } else if (l < 41 * n) {
                biases[l] = 2 - z; // between this point and the one before
            } else if (l < 42 * n) {
                biases[l] = -z;
            } else {
                double square = 0;
                for (int k = 0; k < d; k++) {
                    weights.set(l, k, NARROW * points.get(i, k));
                    square += points.get(i, k) * points.get(i, k);
                }
                biases[l] = -NARROW * square;
            }
        }
        return new ManyNeurons(points, weights, biases);
    }

    /** The neurons picked for an activation, among those whose values at the points have a norm from 0.1 to 1e6. */
    PivotedNeurons pick(Activation s) {
        double[] ones = new double[biases.length];
        Arrays.fill(ones, 1);
        DMatrixRMaj values = new TwoLayerNetwork(weights, biases, ones, s).outputFeatures(points);
        int d = weights.numCols;
        DMatrixRMaj kept = new DMatrixRMaj(biases.length, d);
        double[] keptBiases = new double[biases.length];
        int count = 0;
        for (int l = 0; l < biases.length; l++) {
            double square = 0;
            for (int i = 0; i < values.numRows; i++) {
                square += values.get(i, l) * values.get(i, l);
            }
            if (square >= 0.01 && square <= 1e12) {
                System.arraycopy(weights.data, l * d, kept.data, count * d, d);
                keptBiases[count++] = biases[l];
            }
        }
        kept.reshape(count, d, true);
        return new PivotedNeurons(points, kept, Arrays.copyOf(keptBiases, count), s);
    }
}
