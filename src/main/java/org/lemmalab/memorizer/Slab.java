package org.lemmalab.memorizer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.RowSpace;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * The slab {@code |u.x - b| < tau} around the hyperplane {@code u.x = b} through a block of points; no other point is closer than
 * {@code 2 tau} to the hyperplane (B20 Proposition 3, proof).
 *
 * @param u unit normal, length d
 * @param b offset
 * @param tau half the smallest distance of a point off the block
 */
public record Slab(double[] u, double b, double tau) {

    /**
     * A slab around some of the points: the hyperplane is unique up to its sign for a block of d points, and random for fewer.
     *
     * @param points n x d, one point per row, all different
     * @param block at most d rows of {@code points}
     * @throws IllegalArgumentException if the points are empty, not finite or not all different, the block has not 1 to d rows, or the points
     *     are not in general position to rounding: the block is affinely dependent or the hyperplane holds another point
     */
    public static Slab around(DMatrixRMaj points, int[] block, RandomStream stream) {
        LabeledPoints data = LabeledPoints.distinct(points, new double[points.numRows]);
        Arguments.same("number of different points", data.size(), "rows of points", points.numRows);
        if (block.length < 1 || block.length > points.numCols) {
            throw new IllegalArgumentException(
                    "length of block = " + block.length + ", allowed: 1 to columns of points = " + points.numCols);
        }
        return around(data, block, stream);
    }

    static Slab around(LabeledPoints data, int[] block, RandomStream stream) {
        double radius = data.radius();
        RowSpace span = data.span(block, radius);
        int d = data.dimension();
        double[] normal =
                span.orthogonalDirection(stream.gaussians(d + 1)); // orthogonal to (x_i, -radius): u and b / radius
        double[] u = new double[d];
        System.arraycopy(normal, 0, u, 0, d);
        double scale = 1 / LinearAlgebra.norm(u);
        for (int k = 0; k < d; k++) {
            u[k] *= scale;
        }
        double b = normal[d] * radius * scale;
        double[] products = LinearAlgebra.product(data.points(), u);
        boolean[] inside = new boolean[data.size()];
        double deviation = data.rounding();
        for (int i : block) {
            inside[i] = true;
            deviation = Math.max(deviation, Math.abs(products[i] - b));
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < inside.length; i++) {
            double distance = Math.abs(products[i] - b);
            if (!inside[i]) {
                if (distance <= 40 * deviation) { // tau would be less than 20 times what rounding moves a point
                    throw new IllegalArgumentException(
                            "row " + data.rows()[i] + " of points is not in general position: its distance "
                                    + distance + " to the hyperplane through the block " + data.rowsOf(block)
                                    + " is rounding, allowed: > " + 40 * deviation);
                }
                nearest = Math.min(nearest, distance);
            }
        }
        return new Slab(u, b, nearest < Double.POSITIVE_INFINITY ? nearest / 2 : radius);
    }
}
