package instances;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * Unit vectors in a named geometry.
 *
 * @param geometry which
 * @param points n x d, one unit vector per row
 * @param seed what the random part was drawn from
 */
public record PointSet(Geometry geometry, DMatrixRMaj points, long seed) {
    /** The geometries, generic and degenerate. */
    public enum Geometry {
        /** Independent uniform points of the sphere. */
        GENERIC,
        /** Many more points than dimensions: at most three dimensions. */
        CROWDED,
        /** One point. */
        SINGLE,
        /** Points of the line, that is {@code +-1}. */
        LINE,
        /** Orthonormal points: the Gram matrix is half the identity. */
        ORTHONORMAL,
        /** Some points occur twice. */
        DUPLICATES,
        /** Some points occur with their antipodes. */
        ANTIPODES,
        /** Pairs at an angle of about 1e-9. */
        NEAR_PARALLEL;

        /** Its name in a report. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Draws {@code n >= 1} points in {@code d >= 1} dimensions, as far as the geometry allows (orthonormal: n at most d). */
    public static PointSet of(Geometry geometry, int n, int d, long seed) {
        RandomStream stream = RandomStream.of(seed, "instances.PointSet");
        DMatrixRMaj points = switch (geometry) {
            case GENERIC -> PointLaw.SPHERE.rows(n, d, stream);
            case CROWDED -> PointLaw.SPHERE.rows(n, Math.min(d, 3), stream);
            case SINGLE -> PointLaw.SPHERE.rows(1, d, stream);
            case LINE -> PointLaw.SPHERE.rows(n, 1, stream);
            case ORTHONORMAL -> OrthonormalRows.draw(Math.min(n, d), d, stream);
            case DUPLICATES -> paired(PointLaw.SPHERE.rows(n, d, stream), 1, 0, stream);
            case ANTIPODES -> paired(PointLaw.SPHERE.rows(n, d, stream), -1, 0, stream);
            case NEAR_PARALLEL -> paired(PointLaw.SPHERE.rows(n, d, stream), 1, 1e-9, stream);
        };
        return new PointSet(geometry, points, seed);
    }

    /** Makes row 2i+1 the row 2i times a sign, turned by about the given angle. */
    private static DMatrixRMaj paired(DMatrixRMaj points, int sign, double angle, RandomStream stream) {
        int d = points.numCols;
        for (int i = 0; i + 1 < points.numRows; i += 2) {
            double squaredNorm = 0;
            for (int k = 0; k < d; k++) {
                double moved = sign * points.get(i, k) + angle * stream.gaussian();
                points.set(i + 1, k, moved);
                squaredNorm += moved * moved;
            }
            for (int k = 0; k < d; k++) {
                points.set(i + 1, k, points.get(i + 1, k) / Math.sqrt(squaredNorm));
            }
        }
        return points;
    }

    /** Number of points. */
    public int n() {
        return points.numRows;
    }

    /** Their dimension. */
    public int d() {
        return points.numCols;
    }

    /** What an instance needs at random besides its points; the same for the same instance. */
    public RandomStream stream() {
        return RandomStream.of(seed, "instances.PointSet").part("extras");
    }

    @Override
    public String toString() {
        String line = "PointSet.of(" + geometry + ", " + n() + ", " + d() + ", " + seed + "L)";
        return points.getNumElements() > 12 ? line : line + " = " + literal();
    }

    private String literal() {
        return IntStream.range(0, n())
                .mapToObj(i -> Arrays.toString(Arrays.copyOfRange(points.data, i * d(), (i + 1) * d())))
                .collect(Collectors.joining(", ", "{", "}"))
                .replace('[', '{')
                .replace(']', '}');
    }
}
