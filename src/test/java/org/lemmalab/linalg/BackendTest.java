package org.lemmalab.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class BackendTest {
    private static final double U = Math.ulp(1.0) / 2;
    private static final RandomStream STREAM = RandomStream.of(1, "BackendTest");

    static Stream<Backend> backends() {
        return Stream.of(LinearAlgebra.ejml(), LinearAlgebra.openBlas());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void productsAgreeWithNaiveSums(Backend backend) {
        for (int size : new int[] {1, 2, 7, 60}) {
            for (int transposed = 0; transposed < 4; transposed++) {
                boolean transA = (transposed & 1) != 0;
                boolean transB = (transposed & 2) != 0;
                int m = size;
                int k = size + 3;
                int n = 2 * size;
                RandomStream s = STREAM.part("products").trial(4L * size + transposed);
                DMatrixRMaj a = PointLaw.GAUSSIAN.rows(transA ? k : m, transA ? m : k, s);
                DMatrixRMaj b = PointLaw.GAUSSIAN.rows(transB ? n : k, transB ? k : n, s);
                DMatrixRMaj before = PointLaw.GAUSSIAN.rows(m, n, s);
                for (double beta : new double[] {0, 1, -0.5}) {
                    DMatrixRMaj c = before.copy();
                    if (beta == 0) {
                        c.fill(Double.NaN); // must be overwritten
                    }
                    backend.multiply(transA, transB, 1.5, a, b, beta, c);
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < n; j++) {
                            double exact = beta == 0 ? 0 : beta * before.get(i, j);
                            double absolute = Math.abs(exact);
                            for (int l = 0; l < k; l++) {
                                double term = 1.5 * (transA ? a.get(l, i) : a.get(i, l));
                                term *= transB ? b.get(j, l) : b.get(l, j);
                                exact += term;
                                absolute += Math.abs(term);
                            }
                            // Both sums of k + 1 terms with two roundings each: (k + 4) u sum |terms|, twice.
                            assertThat(c.get(i, j)).isCloseTo(exact, within(2 * (k + 4) * U * absolute));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void gramMatrixIsTheProductAndExactlySymmetric(Backend backend) {
        DMatrixRMaj x = PointLaw.SPHERE.rows(30, 17, STREAM.part("gram"));
        DMatrixRMaj gram = backend.gram(x);
        DMatrixRMaj product = new DMatrixRMaj(30, 30);
        backend.multiply(false, true, 1, x, x, 0, product);
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(gram, null);
        assertThat(gram.data).isEqualTo(transposed.data);
        // Entries are at most 1 in absolute terms sum (unit vectors): 17 u for each of the two sums.
        assertThat(gram.data).containsExactly(product.data, within(2 * 17 * U));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eigenvectorsDiagonalize(Backend backend) {
        for (int n : new int[] {1, 2, 5, 80}) {
            DMatrixRMaj s = symmetric(n, STREAM.part("eigen").trial(n));
            DMatrixRMaj before = s.copy();
            assertDiagonalized(backend, s);
            assertThat(s.data).isEqualTo(before.data);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eigenvaluesOfHighMultiplicityAreFound(Backend backend) {
        for (int trial = 0; trial < 200; trial++) {
            RandomStream stream = STREAM.part("multiplicity").trial(trial);
            int n = 30 + stream.integer(31);
            double[] signs = stream.signs(n); // points of the line: two blocks of 1/2, so n - 2 eigenvalues 0
            DMatrixRMaj s = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    s.set(i, j, signs[i] == signs[j] ? 0.5 : 0);
                }
            }
            assertDiagonalized(backend, s);
        }
    }

    /** Backward stable: V is orthonormal and V^T L V = S up to p(n) u |S|, p(n) = 10 n (LAPACK Users' Guide, 4.7). */
    private static void assertDiagonalized(Backend backend, DMatrixRMaj s) {
        int n = s.numRows;
        SymmetricEigen eigen = backend.symmetricEigen(s);
        assertThat(IntStream.range(1, n).allMatch(i -> eigen.values()[i - 1] >= eigen.values()[i]))
                .isTrue();
        double tolerance = 10 * n * U;
        assertThat(backend.gram(eigen.vectors()).data)
                .containsExactly(CommonOps_DDRM.identity(n).data, within(tolerance));
        assertThat(eigen.apply(value -> value).data)
                .containsExactly(s.data, within(tolerance * LinearAlgebra.norm(s.data)));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void choleskySolves(Backend backend) {
        int n = 40;
        RandomStream s = STREAM.part("cholesky");
        DMatrixRMaj spd = backend.gram(PointLaw.GAUSSIAN.rows(n, 3 * n, s));
        double[] x = s.gaussians(n);
        double[] b = LinearAlgebra.product(spd, x);
        Cholesky cholesky = backend.cholesky(spd);
        // Backward error 3 n u |S| (Higham, Theorem 10.4), plus that of b; errors grow by the condition number.
        double condition = backend.symmetricEigen(spd).largest()
                / backend.symmetricEigen(spd).smallest();
        double tolerance = 5 * n * n * U * condition * LinearAlgebra.norm(x);
        assertThat(cholesky.solve(b)).containsExactly(x, within(tolerance));
        double quadratic = LinearAlgebra.dot(x, b);
        assertThat(cholesky.quadraticForm(b)).isCloseTo(quadratic, within(5 * n * n * U * condition * quadratic));
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        backend.multiply(false, false, 1, spd, cholesky.inverse(), 0, identity);
        assertThat(identity.data).containsExactly(CommonOps_DDRM.identity(n).data, within(5 * n * n * U * condition));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void indefiniteMatrixHasNoCholeskyFactor(Backend backend) {
        DMatrixRMaj indefinite = new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}});
        assertThatThrownBy(() -> backend.cholesky(indefinite))
                .isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessageContaining("order 2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void badArgumentsAreNamed(Backend backend) {
        DMatrixRMaj a = new DMatrixRMaj(2, 3);
        DMatrixRMaj square = new DMatrixRMaj(2, 2);
        assertThatThrownBy(() -> backend.multiply(false, false, 1, a, a, 0, square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> backend.multiply(false, true, 1, a, a, 0, new DMatrixRMaj(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 2 x 2");
        assertThatThrownBy(() -> backend.multiply(false, false, 1, square, square, 0, square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factors");
        assertThatThrownBy(() -> backend.symmetricEigen(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("square");
        DMatrixRMaj skew = new DMatrixRMaj(new double[][] {{1, 2}, {-2, 1}});
        assertThatThrownBy(() -> backend.symmetricEigen(skew))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asymmetry 4");
        DMatrixRMaj poisoned = new DMatrixRMaj(new double[][] {{1, Double.NaN}, {Double.NaN, 1}});
        assertThatThrownBy(() -> backend.symmetricEigen(poisoned))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> backend.cholesky(poisoned))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void matricesWithoutEntriesAreProducts(Backend backend) {
        DMatrixRMaj c = new DMatrixRMaj(2, 2);
        c.fill(5);
        backend.multiply(false, false, 1, new DMatrixRMaj(2, 0), new DMatrixRMaj(0, 2), 0, c);
        assertThat(c.data).containsOnly(0);
        assertThat(backend.gram(new DMatrixRMaj(0, 3)).numRows).isZero();
    }

    private static DMatrixRMaj symmetric(int n, RandomStream s) {
        DMatrixRMaj g = PointLaw.GAUSSIAN.rows(n, n, s);
        DMatrixRMaj result = CommonOps_DDRM.transpose(g, null);
        CommonOps_DDRM.addEquals(result, g);
        return result;
    }
}
