package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class EmpiricalGramMatrixTest {

    @Test
    void equalsTheGramMatrixOfTheTangentFeatures() {
        RandomStream stream = RandomStream.of(1, "EmpiricalGramMatrixTest");
        for (int m : new int[] {1, 3, 40}) {
            DMatrixRMaj points = PointLaw.SPHERE.rows(7, 3, stream);
            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(m, 3, stream);
            DMatrixRMaj features = TangentFeatures.of(points, weights, stream.signs(m));
            DMatrixRMaj gram = EmpiricalGramMatrix.of(points, weights);
            DMatrixRMaj expected = LinearAlgebra.productTransA(features, features);
            assertThat(features.numRows).isEqualTo(3 * m);
            for (int k = 0; k < 49; k++) { // sums of 3 m products of absolute sum <= 1
                assertThat(gram.data[k]).isCloseTo(expected.data[k], within(3 * m * 0x1p-52));
            }
        }
    }

    @Test
    void pointWithoutActiveNeuronHasAZeroRowAndTheKinkCountsAsActive() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1, 0}, {-1, 0}, {0, 1}});
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{2, 0}, {1, 0}});
        DMatrixRMaj gram = EmpiricalGramMatrix.of(points, weights);
        assertThat(gram.data).containsExactly(new double[] {1, 0, 0, 0, 0, 0, 0, 0, 1}, within(0.0)); // -0 is 0
    }

    @Test
    void differentDimensionsAreRefused() {
        DMatrixRMaj plane = new DMatrixRMaj(new double[][] {{1, 0}});
        DMatrixRMaj line = new DMatrixRMaj(new double[][] {{1}});
        assertThatThrownBy(() -> EmpiricalGramMatrix.of(plane, line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 1, allowed: columns of points = 2");
    }
}
