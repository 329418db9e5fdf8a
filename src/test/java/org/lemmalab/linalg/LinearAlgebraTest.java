package org.lemmalab.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class LinearAlgebraTest {
    private static final double U = Math.ulp(1.0) / 2;
    private static final RandomStream STREAM = RandomStream.of(1, "LinearAlgebraTest");

    @Test
    void backendIsChosenByName() {
        assertThat(LinearAlgebra.choose("ejml").name()).isEqualTo("ejml");
        assertThat(LinearAlgebra.choose("openblas").name()).isEqualTo("openblas");
        assertThat(LinearAlgebra.choose("auto").name()).isEqualTo("openblas");
        assertThat(LinearAlgebra.choose("").name()).isEqualTo("openblas");
        assertThatThrownBy(() -> LinearAlgebra.choose("mkl"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backend is 'mkl', must be auto, openblas or ejml");
        assertThat(LinearAlgebra.fallbackReason()).isEmpty();
    }

    @Test
    void backendsAgreeToTheLastDigits() {
        DMatrixRMaj x = PointLaw.SPHERE.rows(50, 300, STREAM.part("backends"));
        DMatrixRMaj one = LinearAlgebra.ejml().gram(x);
        DMatrixRMaj other = LinearAlgebra.openBlas().gram(x);
        assertThat(one.data).containsExactly(other.data, within(2 * 300 * U)); // sums of absolute terms are at most 1
        double[] values = LinearAlgebra.ejml().symmetricEigen(one).values();
        double[] otherValues = LinearAlgebra.openBlas().symmetricEigen(one).values();
        // Weyl: eigenvalues move by at most the two backward errors, each 10 n u |S|.
        double tolerance = 2 * 10 * 50 * U * LinearAlgebra.norm(one.data);
        assertThat(values).containsExactly(otherValues, within(tolerance));
    }

    @Test
    void openBlasServesThreadsAtOnce() {
        DMatrixRMaj x = PointLaw.GAUSSIAN.rows(90, 70, STREAM.part("threads"));
        DMatrixRMaj expected = LinearAlgebra.openBlas().gram(x);
        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(i -> LinearAlgebra.openBlas().gram(x).data))
                .allSatisfy(data -> assertThat(data).isEqualTo(expected.data));
    }

    @Test
    void operatorNormIsTheLargestStretch() {
        double golden = (1 + Math.sqrt(5)) / 2; // of a shear
        assertThat(LinearAlgebra.operatorNorm(new DMatrixRMaj(new double[][] {{1, 1}, {0, 1}})))
                .isCloseTo(golden, within(40 * U * golden)); // 10 n u of the squares
        assertThat(LinearAlgebra.operatorNorm(new DMatrixRMaj(new double[][] {{3}, {4}, {12}})))
                .isCloseTo(13, within(60 * U * 13));
        assertThat(LinearAlgebra.operatorNorm(new DMatrixRMaj(2, 3))).isZero();
    }

    @Test
    void vectorsFollowTheDefinition() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(LinearAlgebra.product(a, new double[] {1, 10, 100})).containsExactly(321, 654);
        assertThat(LinearAlgebra.productTransA(a, new double[] {1, 10})).containsExactly(41, 52, 63);
        assertThat(LinearAlgebra.norm(new double[] {3, 4})).isEqualTo(5);
        for (int n = 0; n < 10; n++) {
            double[] ones = IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
            assertThat(LinearAlgebra.dot(ones, ones)).isEqualTo(n * (n + 1) * (2 * n + 1) / 6.0);
        }
        assertThatThrownBy(() -> LinearAlgebra.product(a, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vector has length 2, must be 3");
    }

    @Test
    void eigenbasisExpandsAndInverts() {
        DMatrixRMaj s = new DMatrixRMaj(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 0}});
        SymmetricEigen eigen = LinearAlgebra.eigen(s);
        double tolerance = 10 * 3 * U * LinearAlgebra.norm(s.data);
        assertThat(eigen.values()).containsExactly(new double[] {3, 1, 0}, within(tolerance));
        assertThat(eigen.largest()).isCloseTo(3, within(tolerance));
        assertThat(eigen.smallest()).isCloseTo(0, within(tolerance));
        double[] y = {1, -2, 5};
        assertThat(eigen.combine(eigen.project(y))).containsExactly(y, within(10 * 3 * U * LinearAlgebra.norm(y)));
        double third = 1.0 / 3;
        assertThat(eigen.pseudoInverse(1e-10).data)
                .containsExactly(new double[] {2 * third, -third, 0, -third, 2 * third, 0, 0, 0, 0}, within(tolerance));
        assertThatThrownBy(() -> eigen.pseudoInverse(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("relativeCut is -1.0");
    }

    @Test
    void coordinatesKeepTheGramMatrix() {
        RandomStream s = STREAM.part("coordinates");
        DMatrixRMaj factors = PointLaw.GAUSSIAN.rows(20, 4, s.part("factors"));
        DMatrixRMaj lowRank = LinearAlgebra.product(factors, PointLaw.GAUSSIAN.rows(4, 30, s.part("basis")));
        assertCoordinates(lowRank, 4);
        DMatrixRMaj points = PointLaw.SPHERE.rows(12, 50, s.part("points"));
        System.arraycopy(points.data, 0, points.data, 50, 50); // a duplicate
        for (int j = 0; j < 50; j++) {
            points.data[100 + j] = -points.data[j]; // its antipode
            points.data[150 + j] = 0;
        }
        assertCoordinates(points, 9);
        assertCoordinates(new DMatrixRMaj(new double[][] {{0.6, 0.8}, {0, 1}, {1, 0}}), 2);
        assertThatThrownBy(() -> OrthonormalBasis.coordinates(new DMatrixRMaj(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("points are all zero");
        DMatrixRMaj poisoned = new DMatrixRMaj(new double[][] {{1, 0}, {Double.NaN, 0}});
        assertThatThrownBy(() -> OrthonormalBasis.coordinates(poisoned)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertCoordinates(DMatrixRMaj points, int rank) {
        DMatrixRMaj coordinates = OrthonormalBasis.coordinates(points);
        assertThat(coordinates.numCols).isEqualTo(rank);
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        // The basis is orthonormal within 10 d u; the products add d u: both relative to the squared norms.
        double largest = IntStream.range(0, points.numRows)
                .mapToDouble(i -> gram.get(i, i))
                .max()
                .orElseThrow();
        double tolerance = 20 * points.numCols * U * largest;
        assertThat(LinearAlgebra.gram(coordinates).data).containsExactly(gram.data, within(tolerance));
    }
}
