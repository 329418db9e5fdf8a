package daniely2019;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.loss.ZeroOneLoss;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * The memorization problem of D19, section 3.3: {@code m = d^1.5} uniform points of the sphere with fair signs as labels, and q neurons for the tangent features.
 *
 * @param activation s
 * @param d the dimension
 * @param q the number of (pairs of) neurons
 */
record MemorizationTask(DecentActivation activation, int d, int q) {
    /** The activations of the theorem's instances: decent and not linear. */
    static final List<DecentActivation> ACTIVATIONS = List.of(
            DecentActivation.RELU,
            DecentActivation.TANH,
            DecentActivation.ERF,
            DecentActivation.SOFTPLUS,
            DecentActivation.SIGMOID,
            DecentActivation.ABSOLUTE_VALUE,
            DecentActivation.HARD_TANH,
            DecentActivation.SINE,
            DecentActivation.LEAKY_RELU);

    /** The task with {@code q = ceil(kappa m / d)}. */
    static MemorizationTask of(DecentActivation activation, int d, double kappa) {
        return new MemorizationTask(activation, d, (int) Math.ceil(kappa * size(d) / d));
    }

    /** The number of points {@code m = d^1.5}, rounded. */
    static int size(int d) {
        return (int) Math.round(Math.pow(d, 1.5));
    }

    int m() {
        return size(d);
    }

    DMatrixRMaj points(RandomStream stream) {
        return PointLaw.SPHERE.rows(m(), d, stream.part("points"));
    }

    double[] labels(RandomStream stream) {
        return stream.part("labels").signs(m());
    }

    /** The Gram matrix of the random embedding on the stream's points. */
    DMatrixRMaj gram(RandomStream stream) {
        return RandomEmbedding.draw(new TangentFeatureScheme(activation, d), q, stream.part("omegas"))
                .gram(points(stream));
    }

    /** {@code Var s'(G)}, G standard normal: the sum of {@code b_n} over {@code n >= 2}; 1 for a linear activation. */
    double variance() {
        if (activation.equals(DecentActivation.IDENTITY)) {
            return 1;
        }
        double mean = GaussianIntegral.expectation(activation::derivative, activation.kinks());
        return GaussianIntegral.expectation(
                z -> (activation.derivative(z) - mean) * (activation.derivative(z) - mean), activation.kinks());
    }

    /** The part of the sample with {@code y_i h(x_i) > 0}. */
    static double memorized(double[] predictions, double[] labels) {
        return 1 - ZeroOneLoss.INSTANCE.mean(predictions, labels);
    }
}
