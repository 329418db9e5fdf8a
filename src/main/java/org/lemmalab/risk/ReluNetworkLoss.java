package org.lemmalab.risk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * The population risk of the network {@code f = c + sum_i a_i max(w_i . x, 0)} on a quadratic target, and its gradient (G19 (1), section 4).
 *
 * <p>U, V and u are the moments of {@link RandomFeatureRisk}; with t the angle between {@code w_i} and {@code w_j}, and {@code e_i} the unit
 * vector of {@code w_i},
 *
 * <pre>{@code
 * R(W, a, c) = E f*^2 - 2 a.V - 2 c E f* + a^T U a + 2 c a.u + c^2
 * dU_ij/dw_i = (|w_j| sin t e_i + (pi - t) w_j) / (2 pi)
 * dV_i/dw_i  = (2 B e_i + (E f* - e_i^T B e_i) e_i) / sqrt(2 pi),   du_i/dw_i = e_i / sqrt(2 pi)
 * }</pre>
 *
 * @param target f*
 */
public record ReluNetworkLoss(QuadraticTarget target) {

    /** The derivatives: N x d, length N, and a number. */
    public record Gradient(DMatrixRMaj weights, double[] secondLayer, double offset) {}

    /**
     * {@code R(W, a, c)}.
     *
     * @param weights W, N x d, one neuron per row, none zero
     * @throws IllegalArgumentException when dimensions or lengths differ, or a row is zero or not finite
     */
    public double value(DMatrixRMaj weights, double[] secondLayer, double c) {
        RandomFeatureRisk moments = RandomFeatureRisk.of(target, Relu.INSTANCE, weights);
        return target.normSquared()
                + c * (c - 2 * target.mean() + 2 * LinearAlgebra.dot(secondLayer, moments.means()))
                + LinearAlgebra.dot(secondLayer, LinearAlgebra.product(moments.gram(), secondLayer))
                - 2 * LinearAlgebra.dot(secondLayer, moments.moments());
    }

    /** The gradient; arguments as in {@link #value}. */
    public Gradient gradient(DMatrixRMaj weights, double[] secondLayer, double c) {
        RandomFeatureRisk moments = RandomFeatureRisk.of(target, Relu.INSTANCE, weights);
        double[] slopes = LinearAlgebra.product(moments.gram(), secondLayer);
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = 2 * (slopes[i] - moments.moments()[i] + c * moments.means()[i]);
        }
        double offset = 2 * (c - target.mean() + LinearAlgebra.dot(secondLayer, moments.means()));
        return new Gradient(weightGradient(weights, secondLayer, c), slopes, offset);
    }

    private DMatrixRMaj weightGradient(DMatrixRMaj weights, double[] a, double c) {
        int n = weights.numRows;
        int d = weights.numCols;
        double[] norms = new double[n];
        DMatrixRMaj unit = weights.copy();
        for (int i = 0; i < n; i++) {
            norms[i] = LinearAlgebra.norm(Arrays.copyOfRange(weights.data, i * d, (i + 1) * d));
            for (int k = i * d; k < (i + 1) * d; k++) {
                unit.data[k] /= norms[i];
            }
        }
        DMatrixRMaj cosines = LinearAlgebra.gram(unit);
        DMatrixRMaj image = LinearAlgebra.product(unit, target.matrix());
        DMatrixRMaj across = new DMatrixRMaj(n, n); // coefficients of w_j in row i
        double[] along = new double[n]; // of e_i
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double angle = i == j ? 0 : Math.acos(Math.max(-1, Math.min(1, cosines.get(i, j))));
                across.set(i, j, a[i] * a[j] * (Math.PI - angle) / Math.PI);
                along[i] += a[i] * a[j] * norms[j] * Math.sin(angle) / Math.PI;
            }
            double form = LinearAlgebra.dot(image.data, i * d, unit.data, i * d, d);
            along[i] += 2 * a[i] * (c + form - target.mean()) / Math.sqrt(2 * Math.PI);
        }
        DMatrixRMaj gradient = LinearAlgebra.product(across, weights);
        for (int i = 0; i < n; i++) {
            for (int k = i * d; k < (i + 1) * d; k++) {
                gradient.data[k] += along[i] * unit.data[k] - 4 * a[i] * image.data[k] / Math.sqrt(2 * Math.PI);
            }
        }
        return gradient;
    }
}
