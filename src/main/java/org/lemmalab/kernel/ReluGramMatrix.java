package org.lemmalab.kernel;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.ArcSine;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.ParallelBlocks;

/**
 * The Gram matrix {@code H^inf} of an infinitely wide two-layer ReLU network whose first layer is trained (A19 (3)).
 *
 * <pre>{@code
 * H_ij = E_w[x_i.x_j 1{w.x_i >= 0, w.x_j >= 0}] = k(x_i.x_j),   w ~ N(0, I),
 * k(t) = t (pi - arccos t) / (2 pi) = t/4 + t arcsin(t) / (2 pi) = sum_j b_j t^j
 * }</pre>
 *
 * <p>Points are unit vectors. Near {@code t = +-1} the arc cosine magnifies the rounding error of {@code t} without bound (an exactly
 * singular matrix would show a smallest eigenvalue of 1e-9), so there the angle comes from {@code |x - y|} and {@code |x + y|}.
 */
public final class ReluGramMatrix {

    /* Up to here 1 / (2 pi sqrt(1 - t^2)) < 1.13: an error of t enters k(t) with a factor of about 1. Beyond, the angle is used. */
    private static final double STEEP = 0.99;

    private static final double COSINE_TOLERANCE = 4 * Arguments.UNIT_TOLERANCE;

    /* Rows per block: products large enough for the backend, blocks enough for the threads. Fixed, so that threads change no bit. */
    private static final int BLOCK = 512;

    private static final int TILE = 64;

    /* Below this many rows a matrix takes less time than waking another thread is worth. */
    private static final int PARALLEL_ROWS = 512;

    private ReluGramMatrix() {}

    /**
     * The kernel {@code k(t)}; exactly 0, 0 and 1/2 at -1, 0 and 1.
     *
     * @param t cosine of the angle; clipped to [-1, 1]
     * @throws IllegalArgumentException if {@code t} is NaN or outside [-1, 1] by more than 4e-9
     */
    public static double entry(double t) {
        return value(clipped(t));
    }

    /**
     * The kernel of two unit vectors, accurate to a few units in the last place of 1 also when they are nearly (anti)parallel:
     * the angle is {@code 2 atan2(|x - y|, |x + y|)}.
     *
     * @throws IllegalArgumentException if the lengths differ or a norm is not 1 within 1e-9
     */
    public static double entry(double[] x, double[] y) {
        Arguments.same("length of y", y.length, "length of x", x.length);
        Arguments.unitRows("x", DMatrixRMaj.wrap(1, x.length, x));
        Arguments.unitRows("y", DMatrixRMaj.wrap(1, y.length, y));
        return byAngle(x, 0, y, 0, x.length);
    }

    /**
     * The probability {@code (pi - arccos t) / (2 pi)} that a Gaussian vector has a non-negative product with both of two unit vectors.
     *
     * @param t cosine of their angle; clipped to [-1, 1]
     * @throws IllegalArgumentException if {@code t} is NaN or outside [-1, 1] by more than 4e-9
     */
    public static double orthantProbability(double t) {
        return (Math.PI - StrictMath.acos(clipped(t))) / (2 * Math.PI);
    }

    /**
     * The coefficient {@code b_j} of {@code t^j} in k: {@code b_1 = 1/4},
     * {@code b_{2l} = (2l-3)!! / ((2l-2)!! (2l-1) 2 pi)}, all others 0 (A19, proof of Theorem 6.1).
     *
     * @throws IllegalArgumentException if {@code j < 0}
     */
    public static double seriesCoefficient(int j) {
        Arguments.atLeast("j", j, 0);
        if (j == 1) {
            return 0.25;
        }
        if (j % 2 != 0 || j == 0) {
            return 0;
        }
        double ratio = 1;
        for (int i = 1; i < j / 2; i++) {
            ratio *= (2 * i - 1) / (2.0 * i);
        }
        return ratio / ((j - 1) * 2 * Math.PI);
    }

    /**
     * The matrix {@code H^inf} of the points, on all processors when it is large; the same to the last bit for any number of them.
     *
     * @param points n x d, one unit vector per row; not modified
     * @return n x n, exactly symmetric, diagonal exactly 1/2
     * @throws IllegalArgumentException if a row's norm differs from 1 by more than 1e-9
     */
    public static DMatrixRMaj of(DMatrixRMaj points) {
        return of(
                points,
                points.numRows < PARALLEL_ROWS ? 1 : Runtime.getRuntime().availableProcessors());
    }

    /** As {@link #of(DMatrixRMaj)}, on the given number of threads. */
    public static DMatrixRMaj of(DMatrixRMaj points, int threads) {
        Arguments.unitRows("points", points);
        int n = points.numRows;
        int blocks = (n + BLOCK - 1) / BLOCK;
        DMatrixRMaj[] block = new DMatrixRMaj[blocks];
        for (int b = 0; b < blocks; b++) {
            block[b] = CommonOps_DDRM.extract(points, b * BLOCK, Math.min((b + 1) * BLOCK, n), 0, points.numCols);
        }
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        ParallelBlocks.run(blocks * blocks, threads, pair -> {
            int row = pair / blocks;
            int column = pair % blocks;
            if (row <= column) {
                DMatrixRMaj x = block[row];
                DMatrixRMaj y = block[column];
                DMatrixRMaj cosines = row == column ? LinearAlgebra.gram(x) : LinearAlgebra.productTransB(x, y);
                new CosineBlock(cosines, x, y, row * BLOCK, column * BLOCK).mapTo(result);
            }
        });
        return result;
    }

    /**
     * The matrix {@code k(x_i . p_j)} between two sets of points.
     *
     * @param x q x d, one unit vector per row; not modified
     * @param points n x d, one unit vector per row; not modified
     * @return q x n
     * @throws IllegalArgumentException if the dimensions differ or a row's norm differs from 1 by more than 1e-9
     */
    public static DMatrixRMaj cross(DMatrixRMaj x, DMatrixRMaj points) {
        Arguments.unitRows("x", x);
        Arguments.unitRows("points", points);
        Arguments.same("columns of x", x.numCols, "columns of points", points.numCols);
        DMatrixRMaj result = LinearAlgebra.productTransB(x, points);
        for (int i = 0, at = 0; i < x.numRows; i++) {
            for (int j = 0; j < points.numRows; j++, at++) {
                result.data[at] = entry(result.data[at], x, i, points, j);
            }
        }
        return result;
    }

    private static double entry(double t, DMatrixRMaj x, int i, DMatrixRMaj y, int j) {
        return Math.abs(t) <= STEEP ? value(t) : byAngle(x.data, i * x.numCols, y.data, j * y.numCols, x.numCols);
    }

    private static double value(double t) {
        return t * ((Math.PI / 2 + ArcSine.of(t)) / (2 * Math.PI));
    }

    /* a = |x - y| = 2 sin(angle / 2) and b = |x + y| = 2 cos(angle / 2), so cos(angle) = (b - a)(b + a) / (a^2 + b^2). */
    private static double byAngle(double[] x, int fromX, double[] y, int fromY, int length) {
        double difference = 0;
        double sum = 0;
        for (int k = 0; k < length; k++) {
            double minus = x[fromX + k] - y[fromY + k];
            double plus = x[fromX + k] + y[fromY + k];
            difference += minus * minus;
            sum += plus * plus;
        }
        double supplement = 2 * StrictMath.atan2(Math.sqrt(sum), Math.sqrt(difference));
        return (sum - difference) / (sum + difference) * supplement / (2 * Math.PI);
    }

    private static double clipped(double t) {
        if (!(Math.abs(t) <= 1 + COSINE_TOLERANCE)) {
            throw new IllegalArgumentException("t = " + t + ", allowed: -1 <= t <= 1 within " + COSINE_TOLERANCE);
        }
        return Math.max(-1, Math.min(1, t));
    }

    /** The cosines between some rows x and some rows y of the points, which begin at {@code firstRow} and {@code firstColumn}. */
    private record CosineBlock(DMatrixRMaj cosines, DMatrixRMaj x, DMatrixRMaj y, int firstRow, int firstColumn) {

        /** Writes the kernel values on and above the diagonal and mirrors them, tile by tile for the cache. */
        void mapTo(DMatrixRMaj result) {
            for (int fromRow = 0; fromRow < x.numRows; fromRow += TILE) {
                for (int fromColumn = 0; fromColumn < y.numRows; fromColumn += TILE) {
                    mapTile(fromRow, fromColumn, result);
                }
            }
        }

        private void mapTile(int fromRow, int fromColumn, DMatrixRMaj result) {
            int n = result.numCols;
            int toColumn = Math.min(fromColumn + TILE, y.numRows);
            for (int i = fromRow; i < Math.min(fromRow + TILE, x.numRows); i++) {
                int row = firstRow + i;
                for (int j = Math.max(fromColumn, row - firstColumn); j < toColumn; j++) {
                    int column = firstColumn + j;
                    double value = row == column ? 0.5 : entry(cosines.data[i * y.numRows + j], x, i, y, j);
                    result.data[row * n + column] = value;
                    result.data[column * n + row] = value;
                }
            }
        }
    }
}
