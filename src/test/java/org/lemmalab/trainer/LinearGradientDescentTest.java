package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class LinearGradientDescentTest {

    private static final int N = 12;
    private static final int STEPS = 50;

    private final RandomStream stream = RandomStream.of(1, "LinearGradientDescentTest");
    private final double[] y = stream.signs(N);

    @Test
    void closedFormEqualsTheRecursionForAnyStepSize() {
        DMatrixRMaj gram = gramWithADuplicate();
        for (Backends backend : Backends.values()) {
            SymmetricEigen eigen = backend.eigen(gram);
            for (double factor : new double[] {0.5, 1, 1.7, 2.5}) { // 2.5: diverges
                double eta = factor / eigen.largest();
                KernelGradientDescent closed = new KernelGradientDescent(eigen, y, eta);
                double[][] u = KernelGradientDescent.iterate(gram, y, eta, STEPS);
                double growth = Math.max(1, Math.abs(1 - factor));
                for (int k = 0; k <= STEPS; k++) {
                    // n rounding errors per step and by the eigenvectors, each grown as the sequence may grow
                    double scale = LinearAlgebra.norm(y) * Math.pow(growth, k);
                    double tolerance = 10 * (k + 1) * N * 0x1p-52 * scale;
                    assertThat(closed.predictions(k)).containsExactly(u[k], within(tolerance));
                    assertThat(closed.residualNorm(k))
                            .isCloseTo(LinearAlgebra.norm(closed.residual(k)), within(tolerance));
                }
            }
        }
    }

    private enum Backends {
        EJML,
        CHOSEN;

        SymmetricEigen eigen(DMatrixRMaj gram) {
            return (this == EJML ? LinearAlgebra.ejml() : LinearAlgebra.backend()).symmetricEigen(gram);
        }
    }

    private DMatrixRMaj gramWithADuplicate() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(N, 5, stream);
        System.arraycopy(points.data, 0, points.data, 5, 5); // row 1 = row 0: singular
        return ReluGramMatrix.of(points);
    }

    @Test
    void auxiliaryPredictionsFollowTheLinearSequenceOfTheEmpiricalGram() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(N, 5, stream);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(40, 5, stream);
        DMatrixRMaj gram = EmpiricalGramMatrix.of(points, weights);
        double eta = 1 / LinearAlgebra.eigen(gram).largest();
        AuxiliaryGradientDescent run =
                new AuxiliaryGradientDescent(TangentFeatures.of(points, weights, stream.signs(40)), y, eta);
        KernelGradientDescent sequence = new KernelGradientDescent(gram, y, eta);
        for (int k = 0; k <= STEPS; k++) {
            // sums of 200 products; predictions stay below 2 |y|
            double tolerance = (k + 1) * 200 * 0x1p-52 * 2 * LinearAlgebra.norm(y);
            assertThat(run.steps()).isEqualTo(k);
            assertThat(run.predictions()).containsExactly(sequence.predictions(k), within(tolerance));
            run.step();
        }
    }

    @Test
    void auxiliaryLimitSolvesTheFeaturesWithTheLeastNorm() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(N, 5, stream);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(40, 5, stream);
        DMatrixRMaj features = TangentFeatures.of(points, weights, stream.signs(40));
        DMatrixRMaj gram = EmpiricalGramMatrix.of(points, weights);
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double[] limit = new AuxiliaryGradientDescent(features, y, 1).limit();
        double q = new LabelComplexity(gram).quadraticForm(y);
        double relative = 200 * 0x1p-52 * eigen.largest() / eigen.smallest(); // sums of 200 products, condition number
        assertThat(LinearAlgebra.productTransA(features, limit)).containsExactly(y, within(relative * Math.sqrt(N)));
        assertThat(LinearAlgebra.dot(limit, limit)).isCloseTo(q, within(relative * q));
    }

    @Test
    void auxiliaryLimitOfSingularFeaturesFitsTheProjectionOfTheLabels() {
        DMatrixRMaj features = new DMatrixRMaj(new double[][] {{1, 1, 0}}); // the third point has no active neuron
        AuxiliaryGradientDescent run = new AuxiliaryGradientDescent(features, new double[] {1, 0, 5}, 0.5);
        run.step();
        assertThat(run.weights()).containsExactly(new double[] {0.5}, within(0x1p-50)); // H has eigenvalues 2, 0, 0
        assertThat(run.limit()).containsExactly(new double[] {0.5}, within(0x1p-50));
    }

    @Test
    void badArgumentsAreNamed() {
        DMatrixRMaj gram = new DMatrixRMaj(new double[][] {{0.5}});
        assertThatThrownBy(() -> new KernelGradientDescent(gram, new double[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length of y = 2, allowed: order of the Gram matrix = 1");
        assertThatThrownBy(() -> new KernelGradientDescent(gram, new double[1], 1).residual(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k = -1, allowed: >= 0");
        assertThatThrownBy(() -> new AuxiliaryGradientDescent(gram, new double[1], Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eta = NaN");
    }
}
