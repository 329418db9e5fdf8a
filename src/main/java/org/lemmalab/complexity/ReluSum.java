package org.lemmalab.complexity;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The function {@code g(w) = sum_i c_i max(w.x_i, 0)} of a plane vector w, and its largest value on a disc.
 *
 * <p>g is linear on the sectors that the lines {@code w.x_i = 0} cut, so that its maximum over a disc around v of radius rho is attained at
 * v, at 0, where one of the lines meets the circle, or at {@code v + rho p/|p|}, where p is the gradient on a sector: a sum of some of the
 * {@code c_i x_i}. All of these are tried; as every candidate is evaluated by g itself, those of no sector do no harm.
 */
final class ReluSum {
    /*
     * Error of largest(), for unit x_i, |c_i| <= 1, u = 2^-53 and s = |v| + rho. Candidates lie in the disc up to 1e-12 s, so that the
     * result is too large by 2e-12 n s at most. How much too small? Lines that touch the circle up to 1e-10 s: removing their kinks from g
     * moves it by 1e-10 s each, and the others' candidates remain. A line farther from touching meets the circle within 4u/sqrt(1e-10) s =
     * 5e-11 s of the computed corner. A gradient of length q has a direction right to n u/q, which moves its candidate by n u rho/q along the
     * circle: if it stays in its sector, g moves by n u rho; if not, it passes a corner, which is as good. In all below 1e-9 n s.
     */
    static final double ERROR = 1e-9;

    private final DMatrixRMaj points;
    private final double[] coefficients;
    private final double[][] directions;

    /**
     * @param points {@code x_i}, n x 2, unit rows; kept, not modified
     * @param coefficients {@code c_i}, length n, at most 1 in absolute value; kept, not modified
     */
    ReluSum(DMatrixRMaj points, double[] coefficients) {
        this.points = points;
        this.coefficients = coefficients;
        directions = new double[1 << coefficients.length][];
        Arrays.setAll(directions, this::direction);
    }

    /** {@code p/|p|} for the sum p over a set of indices; 0 when p is. */
    private double[] direction(int set) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < coefficients.length; i++) {
            if ((set >> i & 1) == 1) {
                x += coefficients[i] * points.data[2 * i];
                y += coefficients[i] * points.data[2 * i + 1];
            }
        }
        double norm = Math.hypot(x, y);
        return norm == 0 ? new double[] {0, 0} : new double[] {x / norm, y / norm};
    }

    /** {@code g(w)}. */
    double at(double wx, double wy) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * Math.max(0, wx * points.data[2 * i] + wy * points.data[2 * i + 1]);
        }
        return sum;
    }

    /** {@code max g} over the disc {@code |w - v| <= rho}, right to {@link #ERROR} {@code n (|v| + rho)}. */
    double largest(double vx, double vy, double rho) {
        double best = at(vx, vy);
        double norm = Math.hypot(vx, vy);
        if (norm <= rho + 1e-12 * (norm + rho)) {
            best = Math.max(best, 0);
        }
        for (double[] p : directions) {
            best = Math.max(best, at(vx + rho * p[0], vy + rho * p[1]));
        }
        for (int i = 0; i < coefficients.length; i++) {
            double length = Math.hypot(points.data[2 * i], points.data[2 * i + 1]);
            double x = points.data[2 * i] / length;
            double y = points.data[2 * i + 1] / length;
            double distance = vx * x + vy * y;
            if (Math.abs(distance) <= rho) {
                double half = Math.sqrt((rho - distance) * (rho + distance));
                double footX = vx - distance * x;
                double footY = vy - distance * y;
                best = Math.max(best, at(footX - half * y, footY + half * x));
                best = Math.max(best, at(footX + half * y, footY - half * x));
            }
        }
        return best;
    }
}
