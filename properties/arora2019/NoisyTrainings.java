package arora2019;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.OrthonormalBasis;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * Networks trained from one initialisation on the same images of zeros and ones, whose labels are drawn anew to growing portions.
 *
 * @param portions of random labels, in training and test
 * @param measure (10), for each portion
 * @param error mean {@code |f(x) - y|} over the test images
 * @param mistakes portion of test images with {@code f(x) y <= 0}
 */
record NoisyTrainings(double[] portions, double[] measure, double[] error, double[] mistakes) {

    /**
     * The sizes of a training.
     *
     * @param n training images
     * @param q test images
     * @param m neurons
     * @param steps of {@code 0.8 / lambda_max}
     */
    record Size(int n, int q, int m, int steps) {}

    /** The paper's kappa; {@link #draw} trains at {@code sqrt(m) kappa = 1} as the paper does. */
    static double kappa(int m) {
        return 1 / Math.sqrt(m);
    }

    /** Draws images, an initialisation and labels for each portion, and trains. The images are reduced to coordinates in their span. */
    static NoisyTrainings draw(Size size, double[] portions, RandomStream stream) {
        TwoClassSample all = TwoClasses.sample(size.n + size.q, stream.part("digits"));
        DMatrixRMaj coordinates = OrthonormalBasis.coordinates(all.points());
        TwoClassSample reduced = new TwoClassSample(coordinates, all.y());
        TwoClassSample training = reduced.rows(0, size.n);
        TwoClassSample test = reduced.rows(size.n, size.n + size.q);
        DMatrixRMaj gram = ReluGramMatrix.of(training.points());
        LabelComplexity complexity = new LabelComplexity(gram);
        double eta = 0.8 / LinearAlgebra.eigen(gram).largest();
        NoisyTrainings result = new NoisyTrainings(
                portions, new double[portions.length], new double[portions.length], new double[portions.length]);
        for (int j = 0; j < portions.length; j++) {
            double[] y = TwoClasses.redrawn(training.y(), portions[j], stream.part("training labels"));
            double[] truth = TwoClasses.redrawn(test.y(), portions[j], stream.part("test labels"));
            NormalizedNetwork initial =
                    Initialization.gaussian(size.m, coordinates.numCols, kappa(size.m), stream.part("network"));
            SampleSpaceGradientDescent trainer = new SampleSpaceGradientDescent(initial, training.points(), y, eta);
            trainer.steps(size.steps);
            double[] f = trainer.network().predict(test.points());
            result.measure[j] = complexity.measure(y);
            result.error[j] = mean(f, (u, i) -> Math.abs(u - truth[i]));
            result.mistakes[j] = mean(f, (u, i) -> u * truth[i] <= 0 ? 1 : 0);
        }
        return result;
    }

    private interface AtImage {
        double value(double f, int i);
    }

    private static double mean(double[] f, AtImage loss) {
        return IntStream.range(0, f.length)
                .mapToDouble(i -> loss.value(f[i], i))
                .average()
                .orElseThrow();
    }

    /** Whether the measure and both errors grow from each portion to the next. */
    boolean grow() {
        return IntStream.range(1, portions.length)
                .allMatch(j -> measure[j] > measure[j - 1] && error[j] > error[j - 1] && mistakes[j] > mistakes[j - 1]);
    }
}
