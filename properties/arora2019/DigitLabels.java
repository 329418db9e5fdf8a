package arora2019;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * Images of zeros and ones with the three kinds of labels that A19, Figure 1 compares, all of norm {@code sqrt(n)}.
 *
 * @param points n x d, one image per row, of unit norm
 * @param eigen the eigendecomposition of their Gram matrix {@code H^inf}
 * @param labels each kind, length n
 */
record DigitLabels(DMatrixRMaj points, SymmetricEigen eigen, Map<Kind, double[]> labels) {
    /** The labels, those first that are fitted fastest. */
    enum Kind {
        TRUE,
        RANDOM,
        /** The eigenvector of the smallest eigenvalue. */
        WORST;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A random sample of {@code n} images, half of each class, with random labels for them. */
    static DigitLabels draw(int n, RandomStream stream) {
        TwoClassSample digits = TwoClasses.sample(n, stream.part("digits"));
        SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(digits.points()));
        return new DigitLabels(digits.points(), eigen, Map.of())
                .with(Kind.TRUE, digits.y())
                .with(Kind.RANDOM, stream.part("labels").signs(n))
                .with(Kind.WORST, eigenvector(eigen, n - 1));
    }

    /** {@code sqrt(n) v_i}. */
    private static double[] eigenvector(SymmetricEigen eigen, int index) {
        double[] coefficients = new double[eigen.values().length];
        coefficients[index] = Math.sqrt(coefficients.length);
        return eigen.combine(coefficients);
    }

    /** The same with other labels of one kind. */
    DigitLabels with(Kind kind, double[] y) {
        Map<Kind, double[]> changed = new EnumMap<>(Kind.class);
        changed.putAll(labels);
        changed.put(kind, y);
        return new DigitLabels(points, eigen, changed);
    }

    /** Wrong on purpose: the eigenvector of the largest eigenvalue as worst-case labels. */
    DigitLabels withTopEigenvectorAsWorst() {
        return with(Kind.WORST, eigenvector(eigen, 0));
    }

    /** Wrong on purpose: {@code H = I/2}. */
    DigitLabels withIdentityKernel() {
        double[] halves = new double[n()];
        Arrays.fill(halves, 0.5);
        return new DigitLabels(points, new SymmetricEigen(halves, CommonOps_DDRM.identity(n())), labels);
    }

    /** The labels of one kind. */
    double[] of(Kind kind) {
        return Objects.requireNonNull(labels.get(kind));
    }

    /** The number of images. */
    int n() {
        return points.numRows;
    }

    /** A step with which the slowest direction is fitted in few steps: {@code 0.8 / l_1}. */
    double step() {
        return 0.8 / eigen.largest();
    }

    /** The predicted {@code |y - u(k)| / sqrt(n)}: the main term of (8). */
    double predicted(Kind kind, double eta, int k) {
        return residual(eigen, of(kind), eta, k);
    }

    /** {@code |(I - eta H)^k y| / sqrt(n)}. */
    static double residual(SymmetricEigen eigen, double[] y, double eta, int k) {
        return new KernelGradientDescent(eigen, y, eta).residualNorm(k) / Math.sqrt(y.length);
    }

    /** The first k with {@link #predicted} below {@code goal < 1}, for {@code eta l_1 < 1}, where the prediction falls. */
    int predictedSteps(Kind kind, double eta, double goal) {
        KernelGradientDescent prediction = new KernelGradientDescent(eigen, of(kind), eta);
        double norm = goal * Math.sqrt(n());
        int high = 1;
        while (prediction.residualNorm(high) >= norm) {
            high *= 2;
        }
        int low = high / 2;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (prediction.residualNorm(middle) < norm) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
