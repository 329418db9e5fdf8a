package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * Uniform points on the sphere with independent labels, and the estimates of {@code f(x) = sum_j y_j <x_j, x>^c'} by random ReLU neurons.
 *
 * @param x points, one per row
 * @param y labels -1 or 1
 */
record SphereSample(DMatrixRMaj x, double[] y) {
    /** Dimensions of {@link #ladder}. */
    static final double[] SIZES = {8, 16, 32};

    private static final double[] SLOPES = HermiteExpansion.ofDerivative(DecentActivation.RELU, 8);

    /** The degree of the powers and a cosine. */
    record Setting(int degree, double cosine) {
        static Arbitrary<Setting> any() {
            return Combinators.combine(Arbitraries.of(2, 4), Arbitraries.of(0.1, 0.3, 0.9))
                    .as(Setting::new);
        }
    }

    /** A scale by m and d. */
    interface Scale {
        double of(double m, double d);
    }

    /** A number drawn for a sample. */
    interface Observable {
        double of(SphereSample sample, RandomStream stream);
    }

    /** An observable over its scale, for samples of {@link #SIZES}. */
    static double[] ladder(RandomStream stream, Observable observable, Scale scale) {
        double[] values = new double[SIZES.length];
        for (int k = 0; k < values.length; k++) {
            int d = (int) SIZES[k];
            RandomStream own = stream.part("d = " + d);
            values[k] = observable.of(SphereSample.draw(points(d), d, own), own) / scale.of(points(d), d);
        }
        return values;
    }

    /** The number of points, {@code d^1.5}. */
    static int points(double d) {
        return (int) Math.round(Math.pow(d, 1.5));
    }

    /** The coefficient {@code a'_(c'-1)} of the slope. */
    static double slopeCoefficient(int degree) {
        return SLOPES[degree - 1];
    }

    static SphereSample draw(int m, int d, RandomStream stream) {
        return new SphereSample(
                PointLaw.SPHERE.rows(m, d, stream.part("points")),
                stream.part("labels").signs(m));
    }

    /** The mean over i of {@code E_w Y(w, x_i)^2 2 a'^2}, exact for ReLU. */
    double secondMoment(int degree) {
        DMatrixRMaj gram = LinearAlgebra.gram(x);
        DMatrixRMaj square = LinearAlgebra.product(gram, gram);
        double sum = 0;
        for (int j = 0; j < y.length; j++) {
            for (int k = 0; k < y.length; k++) {
                sum += y[j] * y[k] * square.get(j, k) * power(gram.get(j, k), degree - 1);
            }
        }
        return sum / y.length;
    }

    /** {@code Y(w_r, x_i)}: one row for each of the q weights. */
    double[][] summands(int q, int degree, RandomStream stream) {
        int d = x.numCols;
        double a = slopeCoefficient(degree);
        DMatrixRMaj w = PointLaw.GAUSSIAN.rows(q, d, stream.part("weights"));
        DMatrixRMaj z = LinearAlgebra.productTransB(w, x);
        DMatrixRMaj h = z.copy();
        for (int r = 0; r < q; r++) {
            for (int j = 0; j < y.length; j++) {
                h.set(r, j, y[j] / a * HermitePolynomial.orthonormal(degree - 1, z.get(r, j)));
            }
        }
        DMatrixRMaj values = LinearAlgebra.productTransB(LinearAlgebra.product(h, x), x);
        double[][] result = new double[q][y.length];
        for (int r = 0; r < q; r++) {
            for (int i = 0; i < y.length; i++) {
                result[r][i] = z.get(r, i) > 0 ? values.get(r, i) : 0;
            }
        }
        return result;
    }

    /** {@code f_omega(x_i) - f(x_i)}. */
    double[] errors(int q, int degree, RandomStream stream) {
        double[] errors = new double[y.length];
        for (double[] row : summands(q, degree, stream)) {
            for (int i = 0; i < errors.length; i++) {
                errors[i] += row[i] / q;
            }
        }
        DMatrixRMaj gram = LinearAlgebra.gram(x);
        for (int i = 0; i < errors.length; i++) {
            for (int j = 0; j < errors.length; j++) {
                errors[i] -= y[j] * power(gram.get(i, j), degree);
            }
        }
        return errors;
    }

    double meanSquare(int q, int degree, RandomStream stream) {
        double sum = 0;
        for (double e : errors(q, degree, stream)) {
            sum += e * e / y.length;
        }
        return sum;
    }

    private static double power(double t, int n) {
        double result = 1;
        for (int k = 0; k < n; k++) {
            result *= t;
        }
        return result;
    }
}
