package org.lemmalab.assertions;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lemmalab.assertions.LabAssertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.stats.Comparison;

class LabAssertionsTest {
    private final DMatrixRMaj one = CommonOps_DDRM.identity(2);
    private final DMatrixRMaj smaller = new DMatrixRMaj(new double[][] {{1, 0.5}, {0.5, 0.25}});

    @Test
    void comparesMatricesInTheSemidefiniteOrder() {
        assertThat(one).dominates(one, 0);
        assertThat(one).isCloseTo(one, 0);
        assertThatThrownBy(() -> assertThat(one).dominates(smaller, 0))
                .hasMessageContaining("to dominate")
                .hasMessageContaining("smallest eigenvalue of the difference is -0.25");
        assertThatThrownBy(() -> assertThat(one).isCloseTo(smaller, 0.1)).hasMessageContaining("to be within 0.1 of");
    }

    @Test
    void saysWhatWasDecided() {
        assertThat(Comparison.atMost(1, 2, 0, "exact")).supports();
        assertThat(Comparison.atMost(3, 2, 0, "exact")).refutes();
        assertThatThrownBy(() -> assertThat(Comparison.atMost(3, 2, 0, "exact")).supports())
                .hasMessageContaining("observed 3.0 against 2.0");
    }
}
