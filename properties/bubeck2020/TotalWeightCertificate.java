package bubeck2020;

import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.complexity.NeuronSupremum;

/** What the best neuron's correlation says about the total weight of a network that approximates labels. */
final class TotalWeightCertificate {
    /** {@code 1 - 1/sqrt 2}: {@code f.y} is at least this part of {@code |y|^2} when {@code |f - y|^2 <= |y|^2/2}. */
    static final double CORRELATION = 1 - Math.sqrt(0.5);

    private TotalWeightCertificate() {}

    /** {@code max_{w,b} |sum_i y_i s(w.x_i - b)| / sqrt(|w|^2 + b^2)} as a function of y, for s with slope 1 on the right of 0. */
    static ToDoubleFunction<double[]> twoSided(DMatrixRMaj points, double left) {
        return y -> {
            double[] opposite = y.clone();
            for (int i = 0; i < y.length; i++) {
                opposite[i] = -y[i];
            }
            return Math.max(NeuronSupremum.of(points, y, left, 1), NeuronSupremum.of(points, opposite, left, 1));
        };
    }

    /** The least total weight of a ReLU network with {@code |f - y|^2 <= |y|^2/2} is at least this: {@code (1 - 1/sqrt 2) n / max |...|}. */
    static double leastWeight(DMatrixRMaj points, double[] y) {
        return CORRELATION * y.length / twoSided(points, 0).applyAsDouble(y);
    }
}
