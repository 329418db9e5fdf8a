package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.NotPositiveDefiniteException;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class RandomFeatureLeastSquaresTest {
    private final RandomStream stream = RandomStream.of(1, "RandomFeatureLeastSquaresTest");
    private final DMatrixRMaj weights = PointLaw.SPHERE.rows(7, 4, stream);
    private final QuadraticTarget target = QuadraticTarget.diagonal(1, 2, 0, -1);

    @Test
    void agreesWithAnOrthogonalFactorisationOfAllSamples() {
        int n = 1300; // three blocks
        DMatrixRMaj points = new DMatrixRMaj(n, 4);
        DMatrixRMaj labels = new DMatrixRMaj(n, 1, true, target.draw(stream, points));
        int[] used = {0};
        RandomFeatureLeastSquares fit = new RandomFeatureLeastSquares(weights, Relu.INSTANCE, x -> {
            System.arraycopy(points.data, used[0] * 4, x.data, 0, x.getNumElements());
            double[] y = new double[x.numRows];
            System.arraycopy(labels.data, used[0], y, 0, y.length);
            used[0] += y.length;
            return y;
        });
        fit.add(300);
        fit.add(1000);
        assertThat(fit.samples()).isEqualTo(n);
        DMatrixRMaj features = LinearAlgebra.productTransB(points, weights);
        for (int k = 0; k < features.getNumElements(); k++) {
            features.data[k] = Relu.INSTANCE.value(features.data[k]);
        }
        LinearSolverDense<DMatrixRMaj> qr = LinearSolverFactory_DDRM.leastSquares(n, 7);
        assertThat(qr.setA(features)).isTrue();
        DMatrixRMaj expected = new DMatrixRMaj(7, 1);
        qr.solve(labels, expected);
        assertThat(fit.coefficients()).containsExactly(expected.data, within(1e-9)); // condition of F^T F below 1e4
    }

    @Test
    void needsAsManySamplesAsFeatures() {
        RandomFeatureLeastSquares fit =
                new RandomFeatureLeastSquares(weights, Relu.INSTANCE, x -> target.draw(stream, x));
        assertThatThrownBy(fit::coefficients).isInstanceOf(NotPositiveDefiniteException.class);
        fit.add(500);
        assertThat(fit.coefficients()).hasSize(7);
    }

    @Test
    void refusesBadInput() {
        assertThatThrownBy(() ->
                        new RandomFeatureLeastSquares(new DMatrixRMaj(2, 0), Relu.INSTANCE, x -> new double[x.numRows]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 0");
        RandomFeatureLeastSquares fit =
                new RandomFeatureLeastSquares(weights, Relu.INSTANCE, x -> new double[x.numRows - 1]);
        assertThatThrownBy(() -> fit.add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n = -1");
        assertThatThrownBy(() -> fit.add(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of labels = 2");
    }
}
