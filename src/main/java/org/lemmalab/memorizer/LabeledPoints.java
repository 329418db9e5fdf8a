package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.LinearlyDependentException;
import org.lemmalab.linalg.RowSpace;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * Points that differ, with their labels: what a network has to memorize.
 *
 * @param points n x d, one point per row
 * @param labels one per point
 * @param rows the row of each point in the data it was taken from
 */
record LabeledPoints(DMatrixRMaj points, double[] labels, int[] rows) {

    /** The stream of the memorizers' random choices when the caller gives none. */
    static final RandomStream CHOICES = RandomStream.of(0, "memorizer");

    /**
     * The distinct points of the data, in the order of their first rows.
     *
     * @throws IllegalArgumentException if the data are empty or not finite, their lengths differ or equal points have different labels
     */
    static LabeledPoints distinct(DMatrixRMaj points, double[] labels) {
        Arguments.matrix("points", points);
        Arguments.finite("labels", labels);
        Arguments.same("length of labels", labels.length, "rows of points", points.numRows);
        int d = points.numCols;
        Map<List<Double>, Integer> first = new HashMap<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            List<Double> point = new ArrayList<>(d);
            for (int k = 0; k < d; k++) {
                point.add(points.data[i * d + k] + 0.0); // -0.0 is 0.0
            }
            Integer twin = first.putIfAbsent(point, i);
            if (twin == null) {
                kept.add(i);
            } else if (labels[twin] != labels[i]) {
                throw new IllegalArgumentException("labels of the equal rows " + twin + " and " + i + " of points = "
                        + labels[twin] + " and " + labels[i] + ", allowed: equal labels");
            }
        }
        int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
        double[] y = Arrays.stream(rows).mapToDouble(i -> labels[i]).toArray();
        return new LabeledPoints(select(points, rows), y, rows);
    }

    int size() {
        return labels.length;
    }

    int dimension() {
        return points.numCols;
    }

    /** The largest norm of a point, and 1 if all are 0. */
    double radius() {
        double squares = 0;
        for (int i = 0; i < size(); i++) {
            int from = i * dimension();
            squares = Math.max(squares, LinearAlgebra.dot(points.data, from, points.data, from, dimension()));
        }
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    /** Bounds the rounding of {@code u.x_i - b} for a unit vector u and {@code |b|} up to twice the radius. */
    double rounding() {
        return (dimension() + 4) * Math.ulp(1.0) * 3 * radius();
    }

    /** Cuts a sequence of points into {@code ceil(length / largest)} consecutive blocks whose sizes differ by at most 1. */
    static List<int[]> blocks(int[] sequence, int largest) {
        int count = (sequence.length + largest - 1) / largest;
        List<int[]> blocks = new ArrayList<>(count);
        for (long s = 0; s < count; s++) {
            int from = (int) (s * sequence.length / count);
            int to = (int) ((s + 1) * sequence.length / count);
            blocks.add(Arrays.copyOfRange(sequence, from, to));
        }
        return blocks;
    }

    /** The labels of a block. */
    double[] labels(int[] block) {
        return Arrays.stream(block).mapToDouble(i -> labels[i]).toArray();
    }

    /**
     * The space spanned by the rows {@code (x_i, -last)} of a block: affine functions {@code v.x - c} for {@code last > 0}, where
     * {@code c / last} is the last coordinate, and linear ones for {@code last = 0}.
     *
     * @throws IllegalArgumentException if the rows are linearly dependent
     */
    RowSpace span(int[] block, double last) {
        int d = dimension();
        DMatrixRMaj extended = new DMatrixRMaj(block.length, d + 1);
        for (int r = 0; r < block.length; r++) {
            System.arraycopy(points.data, block[r] * d, extended.data, r * (d + 1), d);
            extended.set(r, d, -last);
        }
        try {
            return RowSpace.of(extended);
        } catch (LinearlyDependentException e) {
            String dependence = last > 0
                    ? "in general position: it depends affinely, to rounding,"
                    : "usable: it depends linearly, to rounding,";
            throw new IllegalArgumentException(
                    "row " + rows[block[e.row()]] + " of points is not " + dependence
                            + " on the rows before it in the block " + rowsOf(block)
                            + ", allowed: independent points in every block",
                    e);
        }
    }

    /** The rows of a block in the data, for messages. */
    String rowsOf(int[] block) {
        int[] named = Arrays.stream(block).map(i -> rows[i]).toArray();
        String list = Arrays.toString(Arrays.copyOf(named, Math.min(named.length, 8)));
        return named.length <= 8 ? list : list.replace("]", ", ... " + named[named.length - 1] + "]");
    }

    private static DMatrixRMaj select(DMatrixRMaj points, int[] rows) {
        DMatrixRMaj selected = new DMatrixRMaj(rows.length, points.numCols);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(points.data, rows[i] * points.numCols, selected.data, i * points.numCols, points.numCols);
        }
        return selected;
    }
}
