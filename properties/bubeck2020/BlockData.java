package bubeck2020;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * Points in general position, with labels, for the constructions that work block by block.
 *
 * @param position which points
 * @param n number of rows
 * @param d dimension
 * @param seed what the points and labels are drawn from
 */
record BlockData(Position position, int n, int d, long seed) {
    /** The families of points: with probability 1 at most d of those that differ lie on a hyperplane. */
    enum Position {
        /** Independent normal points. */
        GAUSSIAN,
        /** Independent points of the sphere, d at least 2. */
        SPHERE,
        /** Points of the line. */
        LINE,
        /** At most d points. */
        ONE_BLOCK,
        /** d + 1 points. */
        SIMPLEX,
        /** k d + 1 points. */
        ONE_LEFT_OVER,
        /** One of the points is 0: no block that holds it is linearly independent. */
        WITH_ORIGIN,
        /** The second point is twice the first one, d at least 2: linearly dependent, affinely independent. */
        ON_A_RAY,
        /** The last row repeats the first one, label included. */
        REPEATED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The families of real labels. */
    enum Labels {
        REAL,
        SIGNS,
        CONSTANT,
        SPIKE,
        ZERO
    }

    /** The families of labels 0 and 1. */
    enum Bits {
        RANDOM,
        BALANCED,
        /** In the order of the first coordinate. */
        ALTERNATING,
        ALL_ZERO,
        ALL_ONE
    }

    /** Up to {@code maxPoints >= 12} rows in up to {@code maxDimension} dimensions, at least two of them where a family needs it. */
    static Arbitrary<BlockData> any(int maxPoints, int maxDimension) {
        return Combinators.combine(
                        Arbitraries.of(Position.class),
                        Arbitraries.integers().between(1, maxPoints),
                        Arbitraries.integers().between(1, maxDimension),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(BlockData::of);
    }

    /** Data of this family with about n rows in about d dimensions, as far as the family allows. */
    static BlockData of(Position position, int n, int d, long seed) {
        int atLeastTwo = Math.max(2, d);
        return switch (position) {
            case GAUSSIAN, WITH_ORIGIN, REPEATED -> new BlockData(position, Math.max(2, n), d, seed);
            case SPHERE, ON_A_RAY -> new BlockData(position, Math.max(2, n), atLeastTwo, seed);
            case LINE -> new BlockData(position, n, 1, seed);
            case ONE_BLOCK -> new BlockData(position, Math.min(n, d), d, seed);
            case SIMPLEX -> new BlockData(position, d + 1, d, seed);
            case ONE_LEFT_OVER -> new BlockData(position, Math.max(1, n / d) * d + 1, d, seed);
        };
    }

    DMatrixRMaj points() {
        PointLaw law = position == Position.SPHERE ? PointLaw.SPHERE : PointLaw.GAUSSIAN;
        DMatrixRMaj points = law.rows(n, d, stream().part("points"));
        for (int k = 0; k < d; k++) {
            switch (position) {
                case WITH_ORIGIN -> points.set(0, k, 0);
                case ON_A_RAY -> points.set(1, k, 2 * points.get(0, k));
                case REPEATED -> points.set(n - 1, k, points.get(0, k));
                default -> {}
            }
        }
        return points;
    }

    double[] labels(Labels family) {
        double[] y = new double[n];
        switch (family) {
            case REAL -> y = stream().part("labels").gaussians(n);
            case SIGNS -> y = stream().part("labels").signs(n);
            case CONSTANT -> Arrays.fill(y, -2.5);
            case SPIKE -> y[n / 2] = 1;
            case ZERO -> {}
        }
        return consistent(y);
    }

    double[] bits(Bits family) {
        double[] y = new double[n];
        int[] order = IntStream.range(0, n).toArray();
        if (family == Bits.ALTERNATING) {
            DMatrixRMaj points = points();
            order = Arrays.stream(order)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> points.get(i, 0)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        for (int r = 0; r < n; r++) {
            y[order[r]] = switch (family) {
                case RANDOM -> stream().part("bits").trial(r).integer(2);
                case BALANCED -> 2 * r < n ? 1 : 0;
                case ALTERNATING -> r % 2;
                case ALL_ZERO -> 0;
                case ALL_ONE -> 1;
            };
        }
        return consistent(y);
    }

    /** Whether some point is not in the first block. */
    boolean hasSeveralBlocks() {
        return distinct() > d;
    }

    /** The number of different points. */
    int distinct() {
        return position == Position.REPEATED ? n - 1 : n;
    }

    /** What the memorizers and the checks draw. */
    RandomStream stream() {
        return RandomStream.of(seed, "bubeck2020.BlockData");
    }

    private double[] consistent(double[] y) {
        if (position == Position.REPEATED) {
            y[n - 1] = y[0];
        }
        return y;
    }
}
