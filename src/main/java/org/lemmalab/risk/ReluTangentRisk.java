package org.lemmalab.risk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The least population risk of {@code f = c + sum_i 1{w_i . x >= 0} a_i . x}, the neural tangent class of rectifiers, with given weights
 * (G19 (3), section 4): exact at finite dimension and width.
 *
 * <p>These functions are linear in {@code N d} features {@code 1{w_i . x >= 0} x_k}. With {@code x ~ N(0, I)}, unit vectors u and v at the
 * angle t, and p and q the unit vectors of {@code u + v} and {@code u - v},
 *
 * <pre>{@code
 * E 1{u.x >= 0} x               = u / sqrt(2 pi)
 * E f* 1{u.x >= 0} x            = (2 B u + (E f* - u^T B u) u) / sqrt(2 pi)
 * E 1{u.x >= 0, v.x >= 0} x x^T = (pi - t)/(2 pi) I + sin t/(2 pi) (p p^T - q q^T)
 * }</pre>
 */
public final class ReluTangentRisk {
    private ReluTangentRisk() {}

    /**
     * The risks for the first 1, ..., N neurons.
     *
     * @param weights N x d, one neuron per row, none zero
     * @throws IllegalArgumentException when the dimensions differ or a row is zero or not finite
     */
    public static double[] ofFirst(QuadraticTarget target, DMatrixRMaj weights) {
        Arguments.matrix("weights", weights);
        int d = weights.numCols;
        Arguments.same("columns of weights", d, "dimension of target", target.dimension());
        DMatrixRMaj unit = unitRows(weights);
        double[] means = new double[unit.getNumElements()];
        double[] moments = new double[unit.getNumElements()];
        DMatrixRMaj image = LinearAlgebra.product(unit, target.matrix());
        for (int i = 0; i < unit.numRows; i++) {
            double form = LinearAlgebra.dot(image.data, i * d, unit.data, i * d, d);
            for (int k = i * d; k < (i + 1) * d; k++) {
                means[k] = unit.data[k] / Math.sqrt(2 * Math.PI);
                moments[k] = 2 * image.data[k] / Math.sqrt(2 * Math.PI) + (target.mean() - form) * means[k];
            }
        }
        double[] risks = new RandomFeatureRisk(gram(unit), moments, means, target.mean(), target.normSquared())
                .withOffset()
                .risks();
        double[] perNeuron = new double[unit.numRows];
        Arrays.setAll(perNeuron, i -> risks[(i + 1) * d - 1]);
        return perNeuron;
    }

    /** {@code E 1{u_i.x >= 0} x_k 1{u_j.x >= 0} x_l} at row {@code i d + k}, column {@code j d + l}. */
    private static DMatrixRMaj gram(DMatrixRMaj unit) {
        int d = unit.numCols;
        DMatrixRMaj gram = new DMatrixRMaj(unit.getNumElements(), unit.getNumElements());
        for (int i = 0; i < unit.numRows; i++) {
            double[] u = Arrays.copyOfRange(unit.data, i * d, (i + 1) * d);
            for (int j = 0; j <= i; j++) {
                DMatrixRMaj block = block(u, Arrays.copyOfRange(unit.data, j * d, (j + 1) * d));
                for (int k = 0; k < d; k++) {
                    for (int l = 0; l < d; l++) {
                        gram.set(i * d + k, j * d + l, block.get(k, l));
                        gram.set(j * d + l, i * d + k, block.get(k, l));
                    }
                }
            }
        }
        return gram;
    }

    /** {@code E 1{u.x >= 0, v.x >= 0} x x^T} of unit vectors. */
    private static DMatrixRMaj block(double[] u, double[] v) {
        int d = u.length;
        double[] sum = new double[d];
        double[] difference = new double[d];
        for (int k = 0; k < d; k++) {
            sum[k] = u[k] + v[k];
            difference[k] = u[k] - v[k];
        }
        double s = LinearAlgebra.norm(sum);
        double r = LinearAlgebra.norm(difference);
        double angle = 2 * Math.atan2(r, s);
        double weight = Math.sin(angle) / (2 * Math.PI);
        DMatrixRMaj block = new DMatrixRMaj(d, d);
        for (int k = 0; k < d; k++) {
            for (int l = 0; l < d; l++) {
                double p = s > 0 ? sum[k] / s * (sum[l] / s) : 0;
                double q = r > 0 ? difference[k] / r * (difference[l] / r) : 0;
                block.set(k, l, weight * (p - q));
            }
            block.add(k, k, (Math.PI - angle) / (2 * Math.PI));
        }
        return block;
    }

    private static DMatrixRMaj unitRows(DMatrixRMaj weights) {
        DMatrixRMaj unit = weights.copy();
        int d = weights.numCols;
        for (int i = 0; i < weights.numRows; i++) {
            double norm = LinearAlgebra.norm(Arrays.copyOfRange(weights.data, i * d, (i + 1) * d));
            Arguments.positive("norm of row " + i + " of weights", norm);
            for (int k = i * d; k < (i + 1) * d; k++) {
                unit.data[k] /= norm;
            }
        }
        return unit;
    }
}
