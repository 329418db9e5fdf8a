package instances;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of {@link PointSet}: they shrink to fewer points, fewer dimensions and smaller seeds. */
public final class PointSets {
    private PointSets() {}

    /** Every geometry, the degenerate ones included, with 1 to {@code maxPoints} points in 1 to {@code maxDimension} dimensions. */
    public static Arbitrary<PointSet> any(int maxPoints, int maxDimension) {
        return of(Arbitraries.of(PointSet.Geometry.class), maxPoints, maxDimension);
    }

    /** The given geometries only. */
    public static Arbitrary<PointSet> of(Arbitrary<PointSet.Geometry> geometries, int maxPoints, int maxDimension) {
        return Combinators.combine(
                        geometries,
                        Arbitraries.integers().between(1, maxPoints),
                        Arbitraries.integers().between(1, maxDimension),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(PointSet::of);
    }
}
