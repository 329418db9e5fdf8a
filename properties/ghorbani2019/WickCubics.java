package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * Polynomials of degree 3 and 1 in Gaussian variables by their coordinates in an orthonormal basis: first the products of Hermite polynomials
 * of degree 3 in all, over the square roots of their norms {@code a_1! ... a_d!}, then {@code x_1, ..., x_d}.
 */
final class WickCubics {
    private final int d;
    private final List<int[]> triples = new ArrayList<>();

    /** In dimension d. */
    WickCubics(int d) {
        this.d = d;
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) {
                for (int c = b; c < d; c++) {
                    triples.add(new int[] {a, b, c});
                }
            }
        }
    }

    /** The dimension of the cubic part, {@code d (d + 1) (d + 2) / 6}. */
    int cubics() {
        return triples.size();
    }

    /** The dimension of both parts. */
    int dimension() {
        return triples.size() + d;
    }

    /**
     * The function {@code ((w . x)^2 - 1) x_j}: its cubic part has the tensor {@code T = sym(e_j, w, w)} and thus the coordinates
     * {@code 6 T_abc / sqrt(a_1! ... a_d!)}; the linear part is {@code (|w|^2 - 1) x_j + 2 w_j w . x}.
     */
    double[] feature(double[] w, int j) {
        double[] result = new double[dimension()];
        for (int k = 0; k < triples.size(); k++) {
            int[] t = triples.get(k);
            double tensor = 0;
            for (int m = 0; m < 3; m++) {
                tensor += t[m] == j ? w[t[(m + 1) % 3]] * w[t[(m + 2) % 3]] / 3 : 0;
            }
            result[k] = 6 * tensor / Math.sqrt(normSquared(t));
        }
        for (int k = 0; k < d; k++) {
            result[triples.size() + k] = 2 * w[j] * w[k] + (k == j ? LinearAlgebra.dot(w, w) - 1 : 0);
        }
        return result;
    }

    /** The value at x of the cubic part with these coordinates. */
    double value(double[] coordinates, double[] x) {
        double sum = 0;
        for (int k = 0; k < triples.size(); k++) {
            int[] t = triples.get(k);
            double[] powers = new double[d];
            Arrays.stream(t).forEach(i -> powers[i]++);
            double product = 1;
            for (int i = 0; i < d; i++) {
                double z = x[i];
                product *= powers[i] == 0 ? 1 : powers[i] == 1 ? z : powers[i] == 2 ? z * z - 1 : z * z * z - 3 * z;
            }
            sum += coordinates[k] * product / Math.sqrt(normSquared(t));
        }
        return sum;
    }

    private static double normSquared(int[] t) {
        return t[0] == t[2] ? 6 : t[0] == t[1] || t[1] == t[2] ? 2 : 1;
    }
}
