package org.lemmalab.complexity;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * The empirical Rademacher complexity of a {@link NetworkBall} of ReLU networks in the plane, enclosed by enumeration.
 *
 * <pre>{@code
 * R_S = 1/(n sqrt m) E_eps max { sum_r G_r(rho_r) : rho_r <= R, sum_r rho_r^2 <= B^2 },
 * G_r(rho) = max { sum_i a_r eps_i relu(w.x_i) : |w - w_r(0)| <= rho }
 * }</pre>
 *
 * <p>Every sign vector is visited and every {@code G_r} is exact, by finitely many candidates. The squares {@code rho_r^2} are split by a
 * dynamic program over multiples of {@code B^2/levels}: rounded down they are feasible and give the lower bound; rounded up they cost at most
 * {@code m - 1} multiples more and give the upper one, as {@code G_r} increases.
 */
public final class PlanarRademacherComplexity {
    private static final int MAX_POINTS = 8;

    private PlanarRademacherComplexity() {}

    /**
     * Bounds of {@code R_S}, each moved outwards by more than the rounding error.
     *
     * @param points n x 2, unit rows, n at most 8; not modified
     * @param levels how finely {@code B^2} is divided, at least 1; the width of the enclosure is about {@code (m - 1)/(2 levels)} of it
     * @throws IllegalArgumentException if the points or levels are not allowed, or the networks are not ReLU networks of the plane with
     *     {@code |a_r| <= 1}
     */
    public static Enclosure of(NetworkBall ball, DMatrixRMaj points, int levels) {
        NormalizedNetwork center = ball.center();
        int n = Arguments.unitRows("points", points).numRows;
        Arguments.same("columns of points", points.numCols, "dimension of the plane", 2);
        Arguments.same("dimension of the network", center.dimension(), "dimension of the plane", 2);
        Arguments.atLeast("levels", levels, 1);
        if (n > MAX_POINTS) {
            throw new IllegalArgumentException("n = " + n + ", allowed: <= " + MAX_POINTS);
        }
        if (center.activation() != Relu.INSTANCE) {
            throw new IllegalArgumentException(
                    "activation = " + center.activation().name() + ", allowed: relu");
        }
        double largestSign = Arrays.stream(center.signs()).map(Math::abs).max().orElse(0);
        if (largestSign > 1) {
            throw new IllegalArgumentException("largest |a_r| = " + largestSign + ", allowed: <= 1");
        }
        double scale = 1 / (n * Math.sqrt(center.width()));
        List<double[]> suprema =
                SignVectors.all(n).map(eps -> splits(ball, points, eps, levels)).toList();
        double error = n * ReluSum.ERROR * reach(ball);
        return new Enclosure(
                scale * (mean(suprema, levels) - error), scale * (mean(suprema, levels + center.width() - 1) + error));
    }

    private static double mean(List<double[]> vectors, int k) {
        return vectors.stream().mapToDouble(v -> v[k]).average().orElseThrow();
    }

    /** {@code sum_r (|w_r(0)| + R)}. */
    private static double reach(NetworkBall ball) {
        DMatrixRMaj weights = ball.center().weights();
        double sum = 0;
        for (int r = 0; r < weights.numRows; r++) {
            sum += Math.hypot(weights.get(r, 0), weights.get(r, 1)) + ball.neuronRadius();
        }
        return sum;
    }

    /** For k = 0, 1, ...: the largest {@code sum_r G_r(rho_r)} where the {@code rho_r^2} are multiples of h, k of them in all, cut at R. */
    private static double[] splits(NetworkBall ball, DMatrixRMaj points, double[] eps, int levels) {
        DMatrixRMaj weights = ball.center().weights();
        double[] total = new double[levels + weights.numRows];
        for (int r = 0; r < weights.numRows; r++) {
            double sign = ball.center().signs()[r];
            ReluSum g =
                    new ReluSum(points, Arrays.stream(eps).map(e -> sign * e).toArray());
            double[] own = new double[total.length];
            for (int k = 0; k < own.length; k++) {
                double rho = Math.min(ball.radius() * Math.sqrt((double) k / levels), ball.neuronRadius());
                own[k] = g.largest(weights.get(r, 0), weights.get(r, 1), rho);
            }
            total = largestSums(total, own);
        }
        return total;
    }

    /** {@code max_j (x[k - j] + y[j])} for every k. */
    private static double[] largestSums(double[] x, double[] y) {
        double[] sums = new double[x.length];
        Arrays.fill(sums, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < x.length; k++) {
            for (int j = 0; j <= k; j++) {
                sums[k] = Math.max(sums[k], x[k - j] + y[j]);
            }
        }
        return sums;
    }
}
