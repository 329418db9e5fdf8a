package arora2019;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;

/** The sums of A19, sections 3.1 and 3.4, written out for one network, with the activity of a neuron as an argument. */
final class NetworkFormulas {
    /** What {@link #rounding} is. */
    static final String ROUNDING = "4 (n + m + d + 8) u n (1 + s) s, s = 1 + |W|_F";

    /** Unit roundoff u. */
    private static final double UNIT = 0x1p-53;

    final NormalizedNetwork network;
    final DMatrixRMaj points;
    final double[] y;
    final int n;
    final int m;
    final int d;

    NetworkFormulas(SmallNetwork small) {
        this(small.network(), small.points(), small.labels());
    }

    NetworkFormulas(NormalizedNetwork network, DMatrixRMaj points, double[] y) {
        this.network = network;
        this.points = points;
        this.y = y;
        n = y.length;
        m = network.width();
        d = network.dimension();
    }

    /** {@code w_r.x_i}. */
    double preactivation(int r, int i) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            sum += network.weights().get(r, k) * points.get(i, k);
        }
        return sum;
    }

    /** {@code u_i}. */
    double prediction(int i) {
        double sum = 0;
        for (int r = 0; r < m; r++) {
            sum += network.signs()[r] * Math.max(0, preactivation(r, i));
        }
        return sum / Math.sqrt(m);
    }

    /** {@code Phi(W)}. */
    double loss() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (y[i] - prediction(i)) * (y[i] - prediction(i)) / 2;
        }
        return sum;
    }

    /** {@code m^-power a_r sum_i (u_i - y_i) I_ri x_i} for the neurons one after the other; {@code a_r = 1} without signs. */
    double[] gradient(DoublePredicate active, double power, boolean signs) {
        double[] gradient = new double[m * d];
        for (int i = 0; i < n; i++) {
            double difference = prediction(i) - y[i];
            for (int r = 0; r < m; r++) {
                double sign = signs ? network.signs()[r] : 1;
                double indicator = active.test(preactivation(r, i)) ? 1 : 0;
                for (int k = 0; k < d; k++) {
                    gradient[r * d + k] += Math.pow(m, -power) * sign * difference * indicator * points.get(i, k);
                }
            }
        }
        return gradient;
    }

    /** {@code (x_i.x_j / m) sum_r I_ri I_rj}, row by row; {@code x_i.x_j = 1} without products. */
    double[] gram(DoublePredicate active, boolean products) {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int both = 0;
                for (int r = 0; r < m; r++) {
                    boolean common = active.test(preactivation(r, i)) && active.test(preactivation(r, j));
                    both += common ? 1 : 0;
                }
                double product = 0;
                for (int k = 0; k < d; k++) {
                    product += points.get(i, k) * points.get(j, k);
                }
                gram[i * n + j] = (products ? product : 1) * both / m;
            }
        }
        return gram;
    }

    /** Z, as the library makes it. */
    DMatrixRMaj features() {
        return TangentFeatures.of(points, network.weights(), network.signs());
    }

    /** {@code Z (u - y)} for features Z. */
    double[] throughFeatures(DMatrixRMaj features) {
        double[] difference = network.predict(points);
        Arrays.setAll(difference, i -> difference[i] - y[i]);
        return LinearAlgebra.product(features, difference);
    }

    /** {@code W - eta gradient}. */
    double[] afterStep(double eta, double[] gradient) {
        double[] weights = network.weights().data.clone();
        Arrays.setAll(weights, k -> weights[k] - eta * gradient[k]);
        return weights;
    }

    /** The least {@code |w_r.x_i|}. */
    double distanceToKinks() {
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < m; r++) {
            for (int i = 0; i < n; i++) {
                least = Math.min(least, Math.abs(preactivation(r, i)));
            }
        }
        return least;
    }

    /** {@code (Phi(W + h e) - Phi(W - h e)) / 2h} for all coordinates e; leaves W as it was. */
    double[] differences(double h) {
        double[] weights = network.weights().data;
        double[] differences = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            double kept = weights[k];
            weights[k] = kept + h;
            double above = loss();
            weights[k] = kept - h;
            differences[k] = (above - loss()) / (2 * h);
            weights[k] = kept;
        }
        return differences;
    }

    /** Rounding of a sum of n terms of size at most {@code (1 + s) s}, {@code s = 1 + |W|_F}. */
    double rounding() {
        double size = 1 + LinearAlgebra.norm(network.weights().data);
        return 4 * (n + m + d + 8) * UNIT * n * (1 + size) * size;
    }
}
