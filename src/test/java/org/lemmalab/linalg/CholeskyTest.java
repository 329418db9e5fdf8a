package org.lemmalab.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/** Both factorisations; {@link BackendTest} has the solutions of whole systems. */
class CholeskyTest {
    private static final double U = 0x1p-53;
    private static final RandomStream STREAM = RandomStream.of(1, "CholeskyTest");

    @Test
    void halfSolutionsHoldTheQuadraticFormsOfAllLeadingBlocks() {
        int n = 12;
        DMatrixRMaj s = LinearAlgebra.gram(PointLaw.GAUSSIAN.rows(n, 3 * n, STREAM.part("blocks")));
        double[] b = STREAM.part("right-hand side").gaussians(n);
        double[] z = LinearAlgebra.cholesky(s).halfSolve(b);
        double[] other = new SemidefiniteCholesky(s, 1e-10).halfSolve(b);
        SymmetricEigen eigen = LinearAlgebra.eigen(s);
        double condition = eigen.largest() / eigen.smallest();
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += z[k - 1] * z[k - 1];
            double form = form(s, b, k);
            assertThat(sum).isCloseTo(form, within(10 * n * n * U * condition * form));
            assertThat(other[k - 1]).isCloseTo(z[k - 1], within(10 * n * n * U * condition * LinearAlgebra.norm(z)));
        }
        assertThat(new SemidefiniteCholesky(s, 1e-10).rank()).isEqualTo(n);
    }

    @Test
    void halfSolutionOfAKnownFactor() {
        // L = [[2, 0], [3, 4]]
        DMatrixRMaj s = new DMatrixRMaj(new double[][] {{4, 6}, {6, 25}});
        double[] b = {2, 11}; // L (1, 2)
        assertThat(LinearAlgebra.cholesky(s).halfSolve(b)).containsExactly(new double[] {1, 2}, within(1e-15));
        assertThat(new SemidefiniteCholesky(s, 0).halfSolve(b)).containsExactly(new double[] {1, 2}, within(1e-15));
    }

    /** The part of a row's square beyond the span of those before it: the squared sine of an angle for two rows. */
    @Test
    void leastUnexplainedIsTheSmallestResidual() {
        assertThat(LinearAlgebra.cholesky(new DMatrixRMaj(new double[][] {{7}})).leastUnexplained())
                .isEqualTo(1);
        DMatrixRMaj angle = new DMatrixRMaj(new double[][] {{1, 0.8 * 3}, {0.8 * 3, 9}});
        assertThat(LinearAlgebra.cholesky(angle).leastUnexplained()).isCloseTo(0.36, within(1e-14));
        int n = 6;
        DMatrixRMaj rows = PointLaw.GAUSSIAN.rows(n, 10, STREAM.part("rows"));
        double least = 1;
        DMatrixRMaj basis = rows.copy();
        for (int i = 0; i < n; i++) {
            double before = square(basis, i);
            for (int j = 0; j < i; j++) {
                double share = LinearAlgebra.dot(basis.data, 10 * i, basis.data, 10 * j, 10) / square(basis, j);
                for (int k = 0; k < 10; k++) {
                    basis.add(i, k, -share * basis.get(j, k));
                }
            }
            least = Math.min(least, square(basis, i) / before);
        }
        // Rows of ten dimensions: residuals of 1/10 and more, each known to some 10 n u.
        assertThat(LinearAlgebra.cholesky(LinearAlgebra.gram(rows)).leastUnexplained())
                .isCloseTo(least, within(100 * n * n * U));
    }

    @Test
    void dependentRowsAreLeftOut() {
        int n = 9;
        int rank = 4;
        DMatrixRMaj rows = PointLaw.GAUSSIAN.rows(n, rank, STREAM.part("dependent"));
        for (int k = 0; k < rank; k++) {
            rows.set(1, k, rows.get(0, k)); // a duplicate
            rows.set(3, k, -2 * rows.get(2, k)); // a multiple
            rows.set(5, k, 0);
        }
        DMatrixRMaj s = LinearAlgebra.gram(rows);
        SemidefiniteCholesky factor = new SemidefiniteCholesky(s, 1e-10);
        assertThat(factor.rank()).isEqualTo(rank);
        assertThat(LinearAlgebra.gram(factor.factor()).data).containsExactly(s.data, within(100 * n * U * 4 * rank));
        double[] c = STREAM.part("coefficients").gaussians(n);
        double[] b = LinearAlgebra.product(s, c); // in the range of S
        double[] z = factor.halfSolve(b);
        assertThat(new double[] {z[1], z[3], z[5]}).containsOnly(0);
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += z[k - 1] * z[k - 1];
            double[] inverse = pseudoInverseForm(s, b, k);
            // u over the smallest nonzero eigenvalue of the block, in which both lose.
            assertThat(sum).isCloseTo(inverse[0], within(100 * n * U * inverse[1] * (1 + inverse[0])));
        }
    }

    @Test
    void zeroMatrixHasRankZero() {
        SemidefiniteCholesky factor = new SemidefiniteCholesky(new DMatrixRMaj(3, 3), 0);
        assertThat(factor.rank()).isZero();
        assertThat(factor.halfSolve(new double[] {1, 2, 3})).containsOnly(0);
    }

    @Test
    void theCutDecidesWhatCountsAsDependent() {
        double c = Math.sqrt(1 - 1e-4);
        DMatrixRMaj s = new DMatrixRMaj(new double[][] {{9, 3 * c}, {3 * c, 1}});
        CommonOps_DDRM.scale(100, s); // the cut is relative to the diagonal
        assertThat(new SemidefiniteCholesky(s, 0.9e-4).rank()).isEqualTo(2);
        assertThat(new SemidefiniteCholesky(s, 1.1e-4).rank()).isEqualTo(1);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SemidefiniteCholesky(new DMatrixRMaj(2, 3), 0))
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SemidefiniteCholesky(new DMatrixRMaj(new double[][] {{Double.NaN}}), 0))
                .withMessageContaining("finite");
        DMatrixRMaj one = CommonOps_DDRM.identity(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SemidefiniteCholesky(one, 0).halfSolve(new double[3]))
                .withMessageContaining("length 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearAlgebra.cholesky(one).halfSolve(new double[3]))
                .withMessageContaining("length 3");
    }

    private static double square(DMatrixRMaj rows, int i) {
        return LinearAlgebra.dot(rows.data, rows.numCols * i, rows.data, rows.numCols * i, rows.numCols);
    }

    /** {@code b^T S^-1 b} of the leading block, from its eigenvalues. */
    private static double form(DMatrixRMaj s, double[] b, int k) {
        return pseudoInverseForm(s, b, k)[0];
    }

    /** {@code b^T S^+ b} of the leading block, and the ratio of the largest to the smallest nonzero eigenvalue, squared. */
    private static double[] pseudoInverseForm(DMatrixRMaj s, double[] b, int k) {
        SymmetricEigen eigen = LinearAlgebra.eigen(CommonOps_DDRM.extract(s, 0, k, 0, k));
        double[] projections = eigen.project(Arrays.copyOf(b, k));
        double sum = 0;
        double ratio = 1;
        for (int i = 0; i < k; i++) {
            double value = eigen.values()[i];
            if (value > 1e-9 * eigen.largest()) {
                sum += projections[i] * projections[i] / value;
                ratio = eigen.largest() / value;
            }
        }
        return new double[] {sum, ratio * ratio};
    }
}
