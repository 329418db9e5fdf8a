package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A factorized scheme for which the approximation theorems are equalities: {@code omega = (a, b)} uniform on {@code {-1, 1}^2}, {@code psi(omega, x0) = C a x0},
 * {@code psi(omega, x) = C b x} at the other points. {@code f = k(., x0)} has norm C, vanishes at the other points, and
 * {@code f_omega(x) = (1/q) sum_i <C a_i x0, C b_i x>}.
 *
 * @param cube whether the distribution is the cube {@code {-1/sqrt d, 1/sqrt d}^d} with {@code x0 = e_1} (R = 1), or the point {@code -x0} ({@code R = sqrt(d)})
 * @param d dimension, at least 2
 * @param q number of features
 * @param size C
 */
record SignScheme(boolean cube, int d, int q, double size) {
    /** d from 2 to 6, q to 4, C of 0.5, 1.3 and 2. */
    static final class Any implements ArbitrarySupplier<SignScheme> {
        @Override
        public Arbitrary<SignScheme> get() {
            return Combinators.combine(
                            Arbitraries.of(true, false),
                            Arbitraries.integers().between(2, 6),
                            Arbitraries.integers().between(1, 4),
                            Arbitraries.of(0.5, 1.3, 2.0))
                    .as(SignScheme::new);
        }
    }

    /** R of the distribution. */
    double bound() {
        return cube ? 1 : Math.sqrt(d);
    }

    private double[] centre() {
        if (cube) {
            double[] e = new double[d];
            e[0] = 1;
            return e;
        }
        return PointLaw.SPHERE.rows(1, d, RandomStream.of(d, "SignScheme")).data;
    }

    private DMatrixRMaj points() {
        if (!cube) {
            double[] x = centre();
            for (int k = 0; k < d; k++) {
                x[k] = -x[k];
            }
            return DMatrixRMaj.wrap(1, d, x);
        }
        DMatrixRMaj vertices = new DMatrixRMaj(1 << d, d);
        for (int i = 0; i < vertices.numRows; i++) {
            for (int k = 0; k < d; k++) {
                vertices.set(i, k, ((i >> k) & 1) == 0 ? 1 / Math.sqrt(d) : -1 / Math.sqrt(d));
            }
        }
        return vertices;
    }

    /** {@code E_omega g(E_x loss)} over all {@code 4^q} draws: the mean of the errors' mean square, and of its root. */
    Moments moments() {
        DMatrixRMaj points = points();
        double[] inner = LinearAlgebra.product(points, centre());
        double square = 0;
        double root = 0;
        double absolute = 0;
        int draws = 1 << (2 * q);
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            for (int i = 0; i < q; i++) {
                int a = ((draw >> (2 * i)) & 1) * 2 - 1;
                int b = ((draw >> (2 * i + 1)) & 1) * 2 - 1;
                sum += size * a * size * b;
            }
            double meanSquare = 0;
            double meanAbsolute = 0;
            for (double value : inner) {
                double error = sum / q * value;
                meanSquare += error * error / inner.length;
                meanAbsolute += Math.abs(error) / inner.length;
            }
            square += meanSquare / draws;
            root += Math.sqrt(meanSquare) / draws;
            absolute += meanAbsolute / draws;
        }
        return new Moments(square, root, absolute);
    }

    /**
     * Means over omega.
     *
     * @param square of {@code |f - f_omega|_(2,D)^2}
     * @param root of {@code |f - f_omega|_(2,D)}
     * @param absolute of {@code E_x |f - f_omega|}
     */
    record Moments(double square, double root, double absolute) {}
}
