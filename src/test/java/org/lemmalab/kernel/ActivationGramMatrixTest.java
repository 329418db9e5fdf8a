package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

class ActivationGramMatrixTest {
    private static final DMatrixRMaj ROWS = new DMatrixRMaj(3, 2, true, 1, 0, 0.6, -0.8, -1, 0.5);

    @Test
    void entriesAreMeansOfProducts() {
        int n = 40_000;
        RandomStream stream = RandomStream.of(1, "ActivationGramMatrixTest");
        for (ClosedFormActivation s : new ClosedFormActivation[] {new Cosine(1, 0.3), Relu.INSTANCE}) {
            DMatrixRMaj gram = ActivationGramMatrix.of(s, LinearAlgebra.gram(ROWS));
            double[] sums = new double[9];
            double[] squares = new double[9];
            for (int t = 0; t < n; t++) {
                double[] z = LinearAlgebra.product(ROWS, stream.gaussians(2));
                for (int k = 0; k < 9; k++) {
                    double product = s.value(z[k / 3]) * s.value(z[k % 3]);
                    sums[k] += product;
                    squares[k] += product * product;
                }
            }
            for (int k = 0; k < 9; k++) {
                // six standard errors of the mean
                assertThat(gram.data[k]).isCloseTo(sums[k] / n, within(6 * Math.sqrt(squares[k]) / n));
            }
        }
    }

    @Test
    void isSymmetricAndReadsTheUpperTriangle() {
        DMatrixRMaj covariance = new DMatrixRMaj(2, 2, true, 1, 0.5, 77, 4);
        assertThat(ActivationGramMatrix.of(Quadratic.SQUARE, covariance).data).containsExactly(3, 4.5, 4.5, 48);
    }

    @Test
    void covarianceIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivationGramMatrix.of(Relu.INSTANCE, new DMatrixRMaj(2, 3)))
                .withMessageContaining("columns of covariance = 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivationGramMatrix.of(Relu.INSTANCE, new DMatrixRMaj(1, 1)))
                .withMessageContaining("covariance[0][0] = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivationGramMatrix.of(Relu.INSTANCE, new DMatrixRMaj(1, 1, true, Double.NaN)))
                .withMessageContaining("NaN");
    }
}
