package arora2019;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

/**
 * Images of zeros and ones for training and for the test, and what the kernel interpolant
 * {@code f(x) = k(x, X) H^-1 y} makes of any labels.
 *
 * @param training n images with their true labels
 * @param test q images with their true labels
 * @param gram H, n x n
 * @param factor its Cholesky factor
 * @param inverse its inverse
 * @param response {@code k(x, X) H^-1}, q x n: test predictions are {@code response y}
 */
record NoisyDigits(
        TwoClassSample training,
        TwoClassSample test,
        DMatrixRMaj gram,
        Cholesky factor,
        DMatrixRMaj inverse,
        DMatrixRMaj response) {

    /** Labels of the training and the test images. */
    record Labels(double[] training, double[] test) {}

    /** The true labels and a matrix S: {@code y^T S y} for them, and its mean for random labels. */
    record Complexity(DMatrixRMaj s, double[] y) {
        /** The mean of {@code (2/n) y^T S y} when two labels both stay with probability {@code rho}. */
        double mean(double rho) {
            double ofLabels = LinearAlgebra.dot(y, LinearAlgebra.product(s, y));
            return 2 * (rho * ofLabels + (1 - rho) * CommonOps_DDRM.trace(s)) / y.length;
        }

        /** The same after a portion was drawn anew: {@code rho = (n-s)(n-s-1) / (n(n-1))} for s labels of n. */
        double meanAt(double portion) {
            double n = y.length;
            double stay = n - Math.round(portion * n);
            return mean(stay * (stay - 1) / (n * (n - 1)));
        }

        double[] increments(double[] portions) {
            return IntStream.range(1, portions.length)
                    .mapToDouble(j -> meanAt(portions[j]) - meanAt(portions[j - 1]))
                    .toArray();
        }
    }

    /** A random sample of {@code n + q} images, both even, half of each class. */
    static NoisyDigits draw(int n, int q, RandomStream stream) {
        TwoClassSample all = TwoClasses.sample(n + q, stream);
        TwoClassSample training = all.rows(0, n);
        TwoClassSample test = all.rows(n, n + q);
        DMatrixRMaj gram = ReluGramMatrix.of(training.points());
        Cholesky factor = LinearAlgebra.cholesky(gram);
        DMatrixRMaj inverse = factor.inverse();
        DMatrixRMaj cross = ReluGramMatrix.cross(test.points(), training.points());
        return new NoisyDigits(training, test, gram, factor, inverse, LinearAlgebra.product(cross, inverse));
    }

    /** The number of training images. */
    int n() {
        return gram.numRows;
    }

    /** The true labels with a portion drawn anew, in both samples. */
    Labels labels(double portion, RandomStream stream) {
        return new Labels(
                TwoClasses.redrawn(training.y(), portion, stream.part("training")),
                TwoClasses.redrawn(test.y(), portion, stream.part("test")));
    }

    /** {@code 2 Q(y) / n}, the square of the measure (10). */
    double squaredMeasure(Labels labels) {
        return 2 * factor.quadraticForm(labels.training()) / n();
    }

    /** The measure (10). */
    double measure(Labels labels) {
        return Math.sqrt(squaredMeasure(labels));
    }

    /** {@code |f(x) - y|} at each test image. */
    double[] errors(Labels labels) {
        double[] f = LinearAlgebra.product(response, labels.training());
        return IntStream.range(0, f.length)
                .mapToDouble(i -> Math.abs(f[i] - labels.test()[i]))
                .toArray();
    }

    /** 1 at each test image with {@code f(x) y <= 0}, else 0. */
    double[] mistakes(Labels labels) {
        double[] f = LinearAlgebra.product(response, labels.training());
        return IntStream.range(0, f.length)
                .mapToDouble(i -> f[i] * labels.test()[i] <= 0 ? 1 : 0)
                .toArray();
    }

    /** The mean of {@link #errors}. */
    double error(Labels labels) {
        return DoubleStream.of(errors(labels)).average().orElseThrow();
    }

    /** The mean of {@link #mistakes}. */
    double classificationError(Labels labels) {
        return DoubleStream.of(mistakes(labels)).average().orElseThrow();
    }

    /**
     * A bound on {@link #error} for all signs: {@code 1 + |f| / sqrt(q)} by Cauchy and Schwarz, and
     * {@code |f| <= |response| |y| = |response| sqrt(n)} with the spectral norm.
     */
    double largestError() {
        double squaredNorm = LinearAlgebra.eigen(LinearAlgebra.gram(response)).largest();
        return 1 + Math.sqrt(squaredNorm * n() / response.numRows);
    }
}
