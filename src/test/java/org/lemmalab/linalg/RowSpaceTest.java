package org.lemmalab.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class RowSpaceTest {
    private static final RandomStream STREAM = RandomStream.of(1, "row space");

    @Test
    void theMinimumNormSolutionIsThePseudoInverseTimesTheRightHandSide() {
        DMatrixRMaj a = PointLaw.GAUSSIAN.rows(6, 9, STREAM.part("a"));
        double[] y = STREAM.part("y").gaussians(6);
        DMatrixRMaj pseudoInverse = new DMatrixRMaj(9, 6);
        CommonOps_DDRM.pinv(a, pseudoInverse);
        double[] expected = LinearAlgebra.product(pseudoInverse, y);
        assertThat(RowSpace.of(a).minimumNormSolution(y))
                .containsExactly(expected, within(1e-12)); // condition below 100
    }

    @Test
    void theOrthogonalDirectionIsAUnitVectorOffTheRows() {
        DMatrixRMaj a = PointLaw.SPHERE.rows(7, 8, STREAM.part("b"));
        double[] direction = RowSpace.of(a).orthogonalDirection(STREAM.part("z").gaussians(8));
        assertThat(LinearAlgebra.norm(direction)).isCloseTo(1, within(1e-15 * 8));
        assertThat(LinearAlgebra.product(a, direction)).containsExactly(new double[7], within(1e-14));
    }

    @Test
    void dependentRowsAreNamed() {
        DMatrixRMaj parallel = new DMatrixRMaj(new double[][] {{1, 2, 3}, {0, 1, 0}, {0.1, 0.5, 0.3}});
        assertThatThrownBy(() -> RowSpace.of(parallel))
                .isInstanceOfSatisfying(
                        LinearlyDependentException.class,
                        e -> assertThat(e.row()).isEqualTo(2))
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> RowSpace.of(new DMatrixRMaj(new double[][] {{1, 0}, {1, 0}})))
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> RowSpace.of(new DMatrixRMaj(new double[][] {{0, 0}})))
                .hasMessageContaining("row 0");
        assertThatThrownBy(() -> RowSpace.of(new DMatrixRMaj(new double[][] {{1}, {2}})))
                .hasMessageContaining("row 1");
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> RowSpace.of(new DMatrixRMaj(0, 2))).hasMessageContaining("rows of a");
        RowSpace plane = RowSpace.of(CommonOps_DDRM.identity(2));
        assertThatThrownBy(() -> plane.orthogonalDirection(new double[2])).hasMessageContaining("number of rows");
        assertThatThrownBy(() -> plane.minimumNormSolution(new double[3])).hasMessageContaining("3");
    }
}
