package org.lemmalab.complexity;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * The largest normalised correlation of one neuron with given coefficients (B20, proof of Proposition 1),
 *
 * <pre>{@code
 * sup over (w, b) != 0 of sum_i c_i s(<w, x_i> - b) / sqrt(|w|^2 + b^2),    s(t) = right max(t, 0) + left min(t, 0)
 * }</pre>
 *
 * <p>With {@code x~_i = (x_i, -1)} this is the maximum over the unit sphere of a function that is linear on the cones that the hyperplanes
 * {@code <u, x~_i> = 0} cut. On a face of a cone the maximum of {@code <p, u>} lies at p projected on the face's span and normalised, or on a
 * smaller face; where the {@code x~_i} do not span the space, directions orthogonal to all of them give 0. All of these are tried; as every
 * candidate is evaluated by the function itself, those outside of their face do no harm.
 */
public final class NeuronSupremum {
    private static final int MAX_POINTS = 10;
    private static final double DEPENDENT = 1e-9;

    private final DMatrixRMaj lifted;
    private final double[] coefficients;
    private final List<double[]> gradients = new ArrayList<>();
    private final List<double[]> directions = new ArrayList<>();

    private NeuronSupremum(DMatrixRMaj points, double[] coefficients, double left, double right) {
        int n = Arguments.matrix("points", points).numRows;
        Arguments.same("length of coefficients", coefficients.length, "rows of points", n);
        Arguments.finite("coefficients", coefficients);
        Arguments.finite("slopes", new double[] {left, right});
        Arguments.atLeast("10 - rows of points", MAX_POINTS - n, 0);
        this.coefficients = coefficients;
        int d = points.numCols;
        lifted = new DMatrixRMaj(n, d + 1);
        for (int i = 0; i < n; i++) {
            System.arraycopy(points.data, i * d, lifted.data, i * (d + 1), d);
            lifted.set(i, d, -1);
        }
        for (int active = 0; active < 1 << n; active++) {
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                weights[i] = coefficients[i] * ((active >> i & 1) == 1 ? right : left);
            }
            gradients.add(LinearAlgebra.productTransA(lifted, weights));
        }
        visit(new double[d][], 0, 0);
    }

    /**
     * The supremum, right to rounding when the {@code x~_i} are in general position up to repetitions, and never too large by more.
     *
     * @param points n x d, n at most 10; not modified
     * @param coefficients c, length n; not modified
     * @param left slope of s on the left of 0: 0 for ReLU, -1 for the absolute value, 1 for a linear neuron
     * @param right slope of s on the right of 0
     * @throws IllegalArgumentException if an argument is not finite or a size is not allowed
     */
    public static double of(DMatrixRMaj points, double[] coefficients, double left, double right) {
        NeuronSupremum search = new NeuronSupremum(points, coefficients, left, right);
        double best = Double.NEGATIVE_INFINITY;
        for (double[] u : search.directions) {
            best = Math.max(best, search.at(u, left, right));
        }
        return best;
    }

    /** Unit vectors {@code (w, b)}, length d + 1, at one of which the supremum is attained; arguments as in {@link #of}. */
    public static List<double[]> directions(DMatrixRMaj points, double[] coefficients, double left, double right) {
        return new NeuronSupremum(points, coefficients, left, right).directions;
    }

    private double at(double[] u, double left, double right) {
        double[] z = LinearAlgebra.product(lifted, u);
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += coefficients[i] * (z[i] > 0 ? right : left) * z[i];
        }
        return sum;
    }

    /** Tries the faces orthogonal to the first {@code count} vectors of an orthonormal system, and those of them that later points cut off. */
    private void visit(double[][] normals, int count, int next) {
        if (count == normals.length) {
            addLine(normals, count);
            return;
        }
        for (double[] gradient : gradients) {
            double[] rest = projected(gradient, normals, count);
            double norm = LinearAlgebra.norm(rest);
            if (norm > DEPENDENT * LinearAlgebra.norm(gradient)) {
                directions.add(scaled(rest, 1 / norm));
            }
        }
        boolean spanning = false;
        for (int i = 0; i < lifted.numRows; i++) {
            double[] point = row(i);
            double[] rest = projected(point, normals, count);
            double norm = LinearAlgebra.norm(rest);
            if (norm > DEPENDENT * LinearAlgebra.norm(point)) {
                spanning = true;
                if (i >= next) {
                    normals[count] = scaled(rest, 1 / norm);
                    visit(normals, count + 1, i + 1);
                }
            }
        }
        if (!spanning) {
            addLine(normals, count);
        }
    }

    /** Adds both unit vectors of a line orthogonal to the normals. */
    private void addLine(double[][] normals, int count) {
        double[] longest = new double[lifted.numCols];
        for (int k = 0; k < lifted.numCols; k++) {
            double[] axis = new double[lifted.numCols];
            axis[k] = 1;
            double[] rest = projected(axis, normals, count);
            if (LinearAlgebra.norm(rest) > LinearAlgebra.norm(longest)) {
                longest = rest;
            }
        }
        double norm = LinearAlgebra.norm(longest);
        directions.add(scaled(longest, 1 / norm));
        directions.add(scaled(longest, -1 / norm));
    }

    private double[] row(int i) {
        double[] row = new double[lifted.numCols];
        System.arraycopy(lifted.data, i * row.length, row, 0, row.length);
        return row;
    }

    private static double[] projected(double[] v, double[][] normals, int count) {
        double[] rest = v.clone();
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < count; j++) {
                double along = LinearAlgebra.dot(rest, normals[j]);
                for (int k = 0; k < rest.length; k++) {
                    rest[k] -= along * normals[j][k];
                }
            }
        }
        return rest;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = v.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] *= factor;
        }
        return result;
    }
}
