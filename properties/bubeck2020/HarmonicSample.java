package bubeck2020;

import instances.UnbiasedBases;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.complex.Complex;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/**
 * Labelled unit points with {@code |x_i.x_j| <= gamma} and {@code n gamma^(m-2) <= 1/2}, and the complex neuron that B20 (22) draws for them:
 * {@code g(x) = Re(conj(a) phi((w + a v(w)).x))}, {@code v(w) = (n gamma^2)^(-1/2) sum_i y_i h_(m-1)(w.x_i) x_i}.
 *
 * @param points n x d
 * @param y labels
 * @param gamma coherence
 * @param m degree
 */
record HarmonicSample(String name, DMatrixRMaj points, double[] y, double gamma, int m) {
    /** Sets of points with their coherence and degree; the first six have at most three dimensions. */
    enum Family {
        SINGLE(1, 0.6, 4),
        PAIR(2, 0.4, 4),
        MERCEDES(3, 0.5, 5),
        PLANE_BASES(4, Math.sqrt(0.5), 8),
        PLANE_ORTHONORMAL(2, 0.7, 6),
        SPACE_ORTHONORMAL(3, 0.5, 5),
        EQUIANGULAR(8, 0.5, 6),
        BASES_16(32, 0.25, 5),
        ORTHONORMAL_64(64, 0.25, 6),
        BASES_64(128, 0.125, 5);

        final int n;
        final double gamma;
        final int m;

        Family(int n, double gamma, int m) {
            this.n = n;
            this.gamma = gamma;
            this.m = m;
        }

        DMatrixRMaj points(RandomStream stream) {
            return switch (this) {
                case SINGLE -> new DMatrixRMaj(1, 1, true, 1);
                case PAIR, MERCEDES -> fan(n, this == PAIR ? Math.acos(gamma) : 2 * Math.PI / 3);
                case PLANE_BASES -> fan(4, Math.PI / 4);
                case PLANE_ORTHONORMAL -> OrthonormalRows.draw(2, 2, stream);
                case SPACE_ORTHONORMAL -> OrthonormalRows.draw(3, 3, stream);
                case EQUIANGULAR -> equiangular(n, gamma);
                case BASES_16 -> UnbiasedBases.pair(2);
                case ORTHONORMAL_64 -> OrthonormalRows.draw(64, 64, stream);
                case BASES_64 -> UnbiasedBases.pair(3);
            };
        }

        /** Points of the plane at multiples of an angle. */
        private static DMatrixRMaj fan(int n, double angle) {
            DMatrixRMaj points = new DMatrixRMaj(n, 2);
            for (int i = 0; i < n; i++) {
                points.set(i, 0, Math.cos(i * angle));
                points.set(i, 1, Math.sin(i * angle));
            }
            return points;
        }

        /** All inner products gamma: the root of {@code (1 - gamma) I + gamma 1 1^T}. */
        private static DMatrixRMaj equiangular(int n, double gamma) {
            double inner = Math.sqrt(1 - gamma);
            double shift = (Math.sqrt(1 - gamma + n * gamma) - inner) / n;
            DMatrixRMaj points = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    points.set(i, k, shift + (i == k ? inner : 0));
                }
            }
            return points;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Labels with {@code y_i^2 <= n gamma^2} and {@code |y|^2 <= n}. */
    enum Labels {
        SIGNS,
        ONES,
        /** As few as possible, as large as allowed. */
        SPIKES,
        /** An eigenvector of the smallest eigenvalue of the m-th Hadamard power of the Gram matrix. */
        LOWEST
    }

    static HarmonicSample of(Family family, Labels labels, long seed) {
        RandomStream stream = RandomStream.of(seed, "HarmonicSample").part(family.name());
        DMatrixRMaj points = family.points(stream.part("points"));
        int n = family.n;
        double top = Math.sqrt(n) * family.gamma;
        double[] y = new double[n];
        RandomStream draws = stream.part("labels");
        for (int i = 0; i < n; i++) {
            y[i] = labels == Labels.ONES ? 1 : draws.sign();
            if (labels == Labels.SPIKES) {
                y[i] *= i < Math.max(1, (int) Math.floor(1 / (family.gamma * family.gamma) + 1e-9)) ? top : 0;
            } else {
                y[i] *= Math.min(1, top);
            }
        }
        HarmonicSample sample = new HarmonicSample(family.label(), points, y, family.gamma, family.m);
        return labels == Labels.LOWEST ? sample.withLowestLabels(top) : sample;
    }

    private HarmonicSample withLowestLabels(double top) {
        SymmetricEigen eigen = LinearAlgebra.eigen(hadamardPower(m));
        double[] lowest = new double[n()];
        double largest = 0;
        for (int i = 0; i < n(); i++) {
            lowest[i] = eigen.vectors().get(n() - 1, i);
            largest = Math.max(largest, Math.abs(lowest[i]));
        }
        double scale = Math.min(Math.sqrt(n()), top / largest);
        for (int i = 0; i < n(); i++) {
            lowest[i] *= scale;
        }
        return withLabels(lowest);
    }

    HarmonicSample withLabels(double[] labels) {
        return new HarmonicSample(name, points, labels, gamma, m);
    }

    HarmonicSample withDegree(int degree) {
        return new HarmonicSample(name, points, y, gamma, degree);
    }

    int n() {
        return points.numRows;
    }

    int d() {
        return points.numCols;
    }

    /** {@code n gamma^2}. */
    double scale() {
        return n() * gamma * gamma;
    }

    double squaredNorm() {
        return LinearAlgebra.dot(y, y);
    }

    /** {@code (x_i.x_j)^k}. */
    DMatrixRMaj hadamardPower(int k) {
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        for (int i = 0; i < gram.getNumElements(); i++) {
            gram.data[i] = Math.pow(gram.data[i], k);
        }
        return gram;
    }

    /** {@code y^T V^(ok) y}. */
    double quadraticForm(int k) {
        return LinearAlgebra.dot(y, LinearAlgebra.product(hadamardPower(k), y));
    }

    /** {@code v(w)}. */
    double[] velocity(double[] w) {
        double[] scores = LinearAlgebra.product(points, w);
        for (int i = 0; i < n(); i++) {
            scores[i] = y[i] * HermitePolynomial.orthonormal(m - 1, scores[i]) / Math.sqrt(scale());
        }
        return LinearAlgebra.productTransA(points, scores);
    }

    /** {@code Re(conj(a) phi(s + a t))}, a at this angle. */
    static double neuron(int m, double s, double t, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        Complex h = HermitePolynomial.orthonormal(m, new Complex(s + cos * t, sin * t));
        return (cos * h.getReal() + sin * h.getImaginary()) / Math.sqrt(m);
    }

    /** {@code y.g}, given {@code w.x_i} and {@code v.x_i}. */
    double correlation(double[] scores, double[] steps, double angle) {
        double sum = 0;
        for (int i = 0; i < n(); i++) {
            sum += y[i] * neuron(m, scores[i], steps[i], angle);
        }
        return sum;
    }

    /** {@code E f(w)}, {@code w ~ N(0, I_d)}: a product rule, exact for polynomials of degree below twice the nodes in each variable. */
    double expectation(int nodes, ToDoubleFunction<double[]> f) {
        GaussHermite rule = GaussHermite.of(nodes);
        double[] z = rule.nodes();
        double[] weights = rule.weights();
        double[] w = new double[d()];
        int count = (int) Math.round(Math.pow(nodes, d()));
        double sum = 0;
        for (int index = 0; index < count; index++) {
            double weight = 1;
            int rest = index;
            for (int k = 0; k < d(); k++) {
                w[k] = z[rest % nodes];
                weight *= weights[rest % nodes];
                rest /= nodes;
            }
            sum += weight * f.applyAsDouble(w);
        }
        return sum;
    }
}
