package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class BoundednessTest {
    @Test
    void isOneOnABasisAndRootOfTheDimensionAtAPoint() {
        assertThat(Boundedness.of(CommonOps_DDRM.identity(7))).isCloseTo(1, within(1e-14));
        assertThat(Boundedness.of(new DMatrixRMaj(1, 4, true, 0.5, 0.5, 0.5, 0.5)))
                .isCloseTo(2, within(1e-14));
    }

    @Test
    void weighsThePointsByTheirMasses() {
        double r = Boundedness.of(CommonOps_DDRM.identity(2), new double[] {0.8, 0.2});
        assertThat(r * r).isCloseTo(2 * 0.8, within(1e-14));
    }

    @Test
    void rejectsWhatIsNoDistributionOnTheSphere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Boundedness.of(new DMatrixRMaj(1, 2, true, 1, 1)))
                .withMessageContaining("norm of row 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Boundedness.of(CommonOps_DDRM.identity(2), new double[] {0.5, 0.6}))
                .withMessageContaining("sum of masses = 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Boundedness.of(CommonOps_DDRM.identity(2), new double[] {-0.5, 1.5}))
                .withMessageContaining("masses[0] = -0.5");
    }
}
