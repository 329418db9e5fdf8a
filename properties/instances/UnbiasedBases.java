package instances;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.numeric.Arguments;

/**
 * A pair of mutually unbiased orthonormal bases of R^p, p a power of 4: the rows of {@code [I; H^T / sqrt p]}, H the Kronecker power of the regular
 * Hadamard matrix of order 4. All 2p points have unit norm, points of different bases have inner product {@code +- 1/sqrt p} and
 * {@code (1/2p) sum x x^T = I/p}: the extremal case of B20's Definition 1 with omega = 1.
 */
public final class UnbiasedBases {
    private static final double[][] REGULAR = {{1, 1, 1, -1}, {1, 1, -1, 1}, {1, -1, 1, 1}, {-1, 1, 1, 1}};

    private UnbiasedBases() {}

    /**
     * The pair in dimension 4^s.
     *
     * @param s from 1 to 5
     * @return 2 4^s x 4^s
     */
    public static DMatrixRMaj pair(int s) {
        Arguments.atLeast("s", s, 1);
        Arguments.atLeast("5 - s", 5 - s, 0);
        int p = 1 << (2 * s);
        DMatrixRMaj points = new DMatrixRMaj(2 * p, p);
        for (int i = 0; i < p; i++) {
            points.set(i, i, 1);
            for (int k = 0; k < p; k++) {
                double sign = 1;
                for (int digit = 0; digit < s; digit++) {
                    sign *= REGULAR[(k >> (2 * digit)) & 3][(i >> (2 * digit)) & 3];
                }
                points.set(p + i, k, sign / Math.sqrt(p));
            }
        }
        return points;
    }

    /**
     * The pair lifted to R^(p+1), {@code x = (sqrt(1-t), sqrt(t) x')}: coherence {@code 1 - t + t/sqrt p}.
     *
     * @param t in (0, 1]
     */
    public static DMatrixRMaj lifted(int s, double t) {
        DMatrixRMaj pair = pair(s);
        DMatrixRMaj points = new DMatrixRMaj(pair.numRows, pair.numCols + 1);
        for (int i = 0; i < pair.numRows; i++) {
            points.set(i, 0, Math.sqrt(1 - t));
            for (int k = 0; k < pair.numCols; k++) {
                points.set(i, k + 1, Math.sqrt(t) * pair.get(i, k));
            }
        }
        return points;
    }
}
