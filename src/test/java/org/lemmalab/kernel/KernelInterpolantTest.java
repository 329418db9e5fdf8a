package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class KernelInterpolantTest {

    private static final int N = 30;

    private final RandomStream stream = RandomStream.of(1, "KernelInterpolantTest");
    private final DMatrixRMaj points = PointLaw.SPHERE.rows(N, 8, stream);
    private final double[] y = stream.signs(N);
    private final SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(points));
    private final double roundOff =
            10 * N * 0x1p-52 * eigen.largest() / eigen.smallest(); // Cholesky: 3 n^2 eps cond at worst

    @Test
    void interpolates() {
        double[] u = new KernelInterpolant(points, y).predict(points);
        for (int i = 0; i < N; i++) {
            assertThat(u[i]).isCloseTo(y[i], within(roundOff * Math.sqrt(N)));
        }
    }

    @Test
    void normAndLabelComplexityAreTheQuadraticFormByEigenvalues() {
        double q = 0;
        double trace = 0;
        double[] projections = eigen.project(y);
        for (int i = 0; i < N; i++) {
            q += projections[i] * projections[i] / eigen.values()[i];
            trace += 1 / eigen.values()[i];
        }
        LabelComplexity complexity = new LabelComplexity(ReluGramMatrix.of(points));
        assertThat(complexity.quadraticForm(y)).isCloseTo(q, within(roundOff * q));
        assertThat(complexity.measure(y)).isCloseTo(Math.sqrt(2 * q / N), within(roundOff * q));
        assertThat(complexity.traceOfInverse()).isCloseTo(trace, within(roundOff * trace));
        assertThat(new KernelInterpolant(points, y).rkhsNormSquared()).isCloseTo(q, within(roundOff * q));
    }

    @Test
    void badLabelsAreNamed() {
        assertThatThrownBy(() -> new KernelInterpolant(points, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length of y = 2, allowed: rows of points = 30");
        y[3] = Double.NaN;
        assertThatThrownBy(() -> new KernelInterpolant(points, y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("y[3] = NaN, allowed: finite");
    }
}
