package daniely2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Two steps of the union bound over pairs of net points: the signs of the output layer may be dropped, and the pairs are exponentially many in d.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 9: third line of its first display, and the last display.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * max <u, diag(a) M z> = max <u, M z>    over u in S, z in S', where S = diag(a) S;     |diag(a) M| = |M|
 * |S_q x S_d| <= b^(d + q) <= b^(2 d),   b = 1 + 1/sin(15 deg) = 4.8637,                   as q <= d
 * }</pre>
 *
 * q orthonormal rows of length d exist only for {@code q <= d}. A maximal set of points at distances above {@code 2 sin(15 deg)} is a net of 30 degrees, and caps around
 * its points count them: balls of radius {@code sin(15 deg)} around the points are disjoint and lie in one of radius {@code 1 + sin(15 deg)}, so there are at most
 * {@code b^d}.
 *
 * <h2>Instances</h2>
 *
 * Gaussian M up to 5 x 5, up to 12 random points on each side, random signs; the points are joined with their images under diag(a). On every instance also a pentagon,
 * which the flip of an axis does not keep. Dimensions 1 to 12; sets of points in dimensions 1 to 4.
 *
 * <h2>How it is checked</h2>
 *
 * All pairs are tried, norms come from eigenvalues: 100 roundings of |M|. The smallest eigenvalue of the Gram matrix of orthonormal rows is 1 to {@code 100 d u}. Of 600
 * random unit vectors in turn, those that are 30 degrees from every one kept before are kept and counted.
 *
 * <h2>Falsifiers</h2>
 *
 * A net that diag(a) does not keep; 0.9 in place of signs. q = d + 1 and {@code d^2 + 1}; d + 1 rows. {@code 2.4^d} points: in three dimensions 13.8, while a cap of 30
 * degrees covers {@code (1 - cos(30 deg))/2} of the sphere and a maximal set has 15 points at least.
 */
class UnionBoundClaims {
    private static final double BASE = 1 + 1 / Math.sin(Math.PI / 12);

    /** Directions u, a matrix M and signs a. */
    record Flip(SphereSubset net, SphereSubset other, DMatrixRMaj m, double[] signs) {
        /** A pentagon, which the flip of one axis does not keep. */
        static final Flip PENTAGON = new Flip(
                SphereSubset.circle(5),
                SphereSubset.circle(5),
                new DMatrixRMaj(new double[][] {{1, 0.3}, {0.2, -0.5}}),
                new double[] {-1, 1});

        DMatrixRMaj flipped(double size) {
            DMatrixRMaj product = m.copy();
            for (int i = 0; i < product.getNumElements(); i++) {
                double sign = signs[i / m.numCols];
                product.data[i] *= sign < 0 ? -size : 1;
            }
            return product;
        }

        @Override
        public String toString() {
            return "Flip[net=" + net + ", other=" + other + ", m=" + m + ", signs=" + Arrays.toString(signs) + "]";
        }
    }

    @Provide
    Arbitrary<Flip> flips() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((q, d, count, seed) -> {
                    RandomStream stream = RandomStream.of(seed, "UnionBoundClaims");
                    return new Flip(
                            new SphereSubset(PointLaw.SPHERE.rows(count, q, stream.part("u"))),
                            new SphereSubset(PointLaw.SPHERE.rows(count, d, stream.part("z"))),
                            PointLaw.GAUSSIAN.rows(q, d, stream.part("m")),
                            stream.part("signs").signs(q));
                });
    }

    @Claim(
            id = "D20.lem9.diag",
            statement =
                    "\\max_{u \\in S, z \\in S'} \\langle \\mathrm{diag}(a) M z, u\\rangle ="
                            + " \\max_{u \\in S, z \\in S'} \\langle M z, u\\rangle, \\quad \\|\\mathrm{diag}(a) M\\| = \\|M\\|",
            hypotheses = "$a \\in \\{\\pm 1\\}^q$; $S = \\mathrm{diag}(a) S$ for the first equation")
    void signsDoNotChangeTheMaximum(@ForAll("flips") Flip drawn, ClaimRun run) {
        run.covers(Arrays.stream(drawn.signs).allMatch(s -> s > 0) ? "all signs 1" : "a sign -1")
                .covers(drawn.m.numRows == 1 ? "q = 1" : "q > 1");
        run.note(
                "The net of the proof may be taken invariant under $\\mathrm{diag}(a)$: add its image, or use the equal norms.");
        List<Flip> flips = List.of(drawn, Flip.PENTAGON);
        double scale = 1
                + flips.stream()
                        .mapToDouble(f -> LinearAlgebra.operatorNorm(f.m))
                        .max()
                        .orElseThrow();
        run.check("maximum over a net", true, (invariant, lab) -> {
                    double[][] maxima = flips.stream()
                            .map(f -> {
                                SphereSubset net = invariant ? f.net.withFlips(f.signs) : f.net;
                                return new double[] {
                                    net.largestForm(f.flipped(1), f.other), net.largestForm(f.m, f.other)
                                };
                            })
                            .toArray(double[][]::new);
                    return equal(maxima, scale);
                })
                .falsifiedBy("a net that diag(a) does not keep", false);
        run.check("norm", 1.0, (size, lab) -> {
                    double[][] norms = flips.stream()
                            .map(f -> new double[] {
                                LinearAlgebra.operatorNorm(f.flipped(size)), LinearAlgebra.operatorNorm(f.m)
                            })
                            .toArray(double[][]::new);
                    return equal(norms, scale);
                })
                .falsifiedBy("0.9 in place of signs", 0.9);
    }

    private static Decision equal(double[][] pairs, double scale) {
        return Comparison.equal(
                Stream.of(pairs).mapToDouble(pair -> pair[0]).toArray(),
                Stream.of(pairs).mapToDouble(pair -> pair[1]).toArray(),
                100 * 0x1p-53 * scale,
                "100 roundings of |M|: 5 x 5 products and eigenvalues");
    }

    @Provide
    Arbitrary<Integer> dimensions() {
        return Arbitraries.integers().between(1, 12);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }

    @Claim(
            id = "D20.lem9.union",
            statement = "|S_{q,1} \\times S_{d,1}| = \\exp(O(d + q)) = \\exp(O(d))",
            hypotheses =
                    "$q \\le d$, as the $q$ rows of $W$ are orthonormal; here at most $4.8637^{d+q} \\le 4.8637^{2d}$ pairs")
    void pairsAreExponentialInTheDimension(@ForAll("dimensions") int d, @ForAll("seeds") long seed, ClaimRun run) {
        run.covers(d == 1 ? "d = 1" : "d > 1");
        int[] dimensions = {1, 2, 3, 4};
        double[] counts = IntStream.of(dimensions)
                .mapToDouble(k -> separated(k, RandomStream.of(seed, "UnionBoundClaims")))
                .toArray();
        run.check(
                        "points 30 degrees apart, dimensions 1 to 4",
                        BASE,
                        (base, lab) -> Comparison.atMost(
                                counts,
                                IntStream.of(dimensions)
                                        .mapToDouble(k -> Math.pow(base, k))
                                        .toArray(),
                                0,
                                "integers"))
                .falsifiedBy("2.4^d", 2.4);
        run.check("logarithm of the pairs over d", (DoubleUnaryOperator) n -> n, (neurons, lab) -> {
                    double pairs = (d + neurons.applyAsDouble(d)) * Math.log(BASE);
                    return Comparison.atMost(pairs / d, 2 * Math.log(BASE), 4e-15, "4 roundings");
                })
                .falsifiedBy("q = d + 1", n -> n + 1)
                .falsifiedBy("q = d^2 + 1", n -> n * n + 1);
        run.check("orthonormal rows", 0, (more, lab) -> {
                    RandomStream stream = RandomStream.of(seed, "UnionBoundClaims");
                    DMatrixRMaj basis = OrthonormalRows.draw(d, d, stream);
                    DMatrixRMaj rows = new DMatrixRMaj(d + more, d);
                    System.arraycopy(basis.data, 0, rows.data, 0, d * d);
                    for (int k = 0; k < more * d; k++) { // one more unit row, whichever
                        rows.data[d * d + k] = basis.data[k];
                    }
                    double smallest =
                            LinearAlgebra.eigen(LinearAlgebra.gram(rows)).smallest();
                    return Comparison.atLeast(smallest, 1, 100 * d * 0x1p-53, "100 d u");
                })
                .falsifiedBy("d + 1 rows", 1);
    }

    /** How many of 600 random unit vectors are kept, each 30 degrees or more from those before. */
    private static int separated(int dimension, RandomStream stream) {
        DMatrixRMaj points = PointLaw.SPHERE.rows(600, dimension, stream.part("points " + dimension));
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < points.numRows; i++) {
            int row = i * dimension;
            if (kept.stream()
                    .allMatch(k -> LinearAlgebra.dot(points.data, row, points.data, k * dimension, dimension)
                            <= Math.cos(Math.PI / 6))) {
                kept.add(i);
            }
        }
        return kept.size();
    }
}
