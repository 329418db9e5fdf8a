package org.lemmalab.assertions;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.stats.Decision;

/** Entry point of the laboratory's own assertions: {@code import static org.lemmalab.assertions.LabAssertions.assertThat}. */
public final class LabAssertions {
    private LabAssertions() {}

    /** Assertions on a matrix. */
    public static MatrixAssert assertThat(DMatrixRMaj actual) {
        return new MatrixAssert(actual);
    }

    /** Assertions on a decision. */
    public static DecisionAssert assertThat(Decision actual) {
        return new DecisionAssert(actual);
    }
}
