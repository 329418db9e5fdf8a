package bubeck2020;

import instances.UnbiasedBases;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * Points in a named geometry, with the constants for which they are generic (B20, Definition 1).
 *
 * @param family which geometry
 * @param code how to build them
 * @param points n x d, one point of norm at least 1 per row
 */
record GenericPoints(String family, String code, DMatrixRMaj points) {

    /** Two mutually unbiased bases of {@code R^p}, {@code p = 4^s}: {@code gamma = 1/sqrt p}, {@code omega = 1}. */
    static GenericPoints unbiased(int s) {
        return new GenericPoints("unbiased bases", "unbiased(" + s + ")", UnbiasedBases.pair(s));
    }

    /** The same in {@code R^(p+1)} at coherence {@code 1 - t + t/sqrt p}. */
    static GenericPoints lifted(int s, double t) {
        return new GenericPoints("lifted unbiased bases", "lifted(" + s + ", " + t + ")", UnbiasedBases.lifted(s, t));
    }

    /** n points of {@code R^(n+1)} with all cosines {@code 0 <= rho <= 1}. */
    static GenericPoints equiangular(int n, double rho) {
        DMatrixRMaj points = new DMatrixRMaj(n, n + 1);
        for (int i = 0; i < n; i++) {
            points.set(i, 0, Math.sqrt(rho));
            points.set(i, i + 1, Math.sqrt(1 - rho));
        }
        return new GenericPoints("equiangular", "equiangular(" + n + ", " + rho + ")", points);
    }

    /** n points of the circle, an angle of {@code 2 pi/n} apart; with antipodes when n is even. */
    static GenericPoints circle(int n) {
        return new GenericPoints("circle", "circle(" + n + ")", planar(n, i -> 2 * Math.PI * i / n));
    }

    /** n points of half the circle, an angle of {@code pi/n} apart. */
    static GenericPoints halfCircle(int n) {
        return new GenericPoints("half circle", "halfCircle(" + n + ")", planar(n, i -> Math.PI * i / n));
    }

    /** Two points of the plane at this angle. */
    static GenericPoints parallelPair(double angle) {
        return new GenericPoints("nearly parallel", "parallelPair(" + angle + ")", planar(2, i -> angle * i));
    }

    /** A point of the plane and another at this angle from its antipode. */
    static GenericPoints antiparallelPair(double angle) {
        DMatrixRMaj points = planar(2, i -> angle * i);
        points.set(1, 0, -points.get(1, 0));
        points.set(1, 1, -points.get(1, 1));
        return new GenericPoints("nearly antiparallel", "antiparallelPair(" + angle + ")", points);
    }

    /** {@code n <= d} orthonormal points. */
    static GenericPoints orthonormal(int n, int d, long seed) {
        return new GenericPoints(
                "orthonormal", code("orthonormal", n, d, seed), OrthonormalRows.draw(n, d, stream(seed)));
    }

    /** Independent uniform points of the sphere. */
    static GenericPoints sphere(int n, int d, long seed) {
        return new GenericPoints("sphere", code("sphere", n, d, seed), PointLaw.SPHERE.rows(n, d, stream(seed)));
    }

    /** n points at about this distance from one point of the sphere; copies of it at spread 0. */
    static GenericPoints cluster(int n, int d, double spread, long seed) {
        return new GenericPoints(
                "one cluster", code("cluster", n, d + ", " + spread, seed), clustered(1, n, d, spread, seed));
    }

    /** The same around two points of the sphere in turn. */
    static GenericPoints twoClusters(int n, int d, double spread, long seed) {
        return new GenericPoints(
                "two clusters", code("twoClusters", n, d + ", " + spread, seed), clustered(2, n, d, spread, seed));
    }

    /** Any of them with 1 to {@code maxPoints >= 3} points, half of them with norms in [1, 3]. */
    static Arbitrary<GenericPoints> any(int maxPoints) {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, maxPoints);
        Arbitrary<Integer> dimensions = Arbitraries.integers().between(1, 12);
        Arbitrary<Long> seeds = Arbitraries.longs().between(0, 1_000_000);
        Arbitrary<Double> fractions = Arbitraries.doubles().between(0.01, 0.99).ofScale(2);
        Arbitrary<Double> angles = Arbitraries.of(0.5, 0.1, 1e-2, 1e-4, 1e-6);
        Arbitrary<GenericPoints> unit = Arbitraries.oneOf(
                Combinators.combine(sizes, dimensions, seeds).as(GenericPoints::sphere),
                Combinators.combine(dimensions, dimensions, seeds)
                        .as((n, d, seed) -> orthonormal(Math.min(n, d), Math.max(n, d), seed)),
                Combinators.combine(sizes, fractions).as(GenericPoints::equiangular),
                Combinators.combine(sizes, dimensions, fractions, seeds).as(GenericPoints::cluster),
                Combinators.combine(sizes, dimensions, fractions, seeds).as(GenericPoints::twoClusters),
                Arbitraries.integers().between(1, (maxPoints - 1) / 2).map(half -> circle(2 * half + 1)),
                Arbitraries.integers().between(2, maxPoints).map(GenericPoints::halfCircle),
                angles.map(GenericPoints::parallelPair),
                angles.map(GenericPoints::antiparallelPair),
                Arbitraries.of(1, 2).map(GenericPoints::unbiased),
                Combinators.combine(Arbitraries.of(1, 2), fractions).as(GenericPoints::lifted));
        return Arbitraries.oneOf(unit, Combinators.combine(unit, seeds).as(GenericPoints::withNorms));
    }

    /** The same directions with independent norms in [1, 3]. */
    GenericPoints withNorms(long seed) {
        RandomStream stream = stream(seed).part("norms");
        DMatrixRMaj scaled = points.copy();
        for (int i = 0; i < n(); i++) {
            double norm = stream.uniform(1, 3);
            for (int k = 0; k < d(); k++) {
                scaled.set(i, k, norm * points.get(i, k));
            }
        }
        return new GenericPoints(family, code + ".withNorms(" + seed + "L)", scaled);
    }

    /** Number of points. */
    int n() {
        return points.numRows;
    }

    /** Their dimension. */
    int d() {
        return points.numCols;
    }

    /** The norms of the points. */
    double[] norms() {
        double[] norms = new double[n()];
        for (int i = 0; i < n(); i++) {
            norms[i] = Math.sqrt(LinearAlgebra.dot(points.data, i * d(), points.data, i * d(), d()));
        }
        return norms;
    }

    /** The directions of the points. */
    DMatrixRMaj directions() {
        double[] norms = norms();
        DMatrixRMaj unit = points.copy();
        for (int k = 0; k < unit.getNumElements(); k++) {
            unit.data[k] /= norms[k / d()];
        }
        return unit;
    }

    /** {@code omega n/d}, the largest eigenvalue of {@code sum_i x_i x_i^T}. */
    double largestEigenvalue() {
        DMatrixRMaj rows = n() <= d() ? points : CommonOps_DDRM.transpose(points, null);
        return LinearAlgebra.eigen(LinearAlgebra.gram(rows)).largest();
    }

    /** The least omega. */
    double omega() {
        return largestEigenvalue() * d() / n();
    }

    /**
     * {@code log(1/gamma)} at the least gamma, the larger one of the coherence and {@code 1/(2n)}; from the angles, so that it has all its
     * digits for nearly (anti)parallel points. 0 when two points are parallel: they are generic for no gamma.
     */
    double logInverseGamma() {
        DMatrixRMaj unit = directions();
        DMatrixRMaj cosines = LinearAlgebra.gram(unit);
        double largest = 0.5 / n();
        for (int i = 0; i < n(); i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(cosines.get(i, j)));
            }
        }
        double least = -Math.log(Math.min(1, largest));
        if (largest > 0.99) {
            least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n(); i++) {
                for (int j = 0; j < i; j++) {
                    least = Math.min(least, -Math.log1p(-defect(unit, i, j)));
                }
            }
        }
        return least;
    }

    /** {@code 1 - |cos|} of two unit vectors, from their difference or sum. */
    private static double defect(DMatrixRMaj unit, int i, int j) {
        double difference = 0;
        double sum = 0;
        for (int k = 0; k < unit.numCols; k++) {
            difference += Math.pow(unit.get(i, k) - unit.get(j, k), 2);
            sum += Math.pow(unit.get(i, k) + unit.get(j, k), 2);
        }
        return Math.min(1, Math.min(difference, sum) / 2);
    }

    /** The least gamma. */
    double gamma() {
        return Math.exp(-logInverseGamma());
    }

    /** {@code R = log(2n) / log(1/gamma) >= 1}; infinite when two points are parallel. */
    double r() {
        return Math.log(2.0 * n()) / logInverseGamma();
    }

    /** {@code alpha = (1/10) / sqrt(R)}. */
    double alpha() {
        return 0.1 * Math.sqrt(logInverseGamma() / Math.log(2.0 * n()));
    }

    /** The cosines {@code V_ij}, with ones on the diagonal. */
    DMatrixRMaj cosines() {
        DMatrixRMaj cosines = LinearAlgebra.gram(directions());
        for (int i = 0; i < n(); i++) {
            cosines.set(i, i, 1);
        }
        return cosines;
    }

    /** {@code h(V)}, {@code h(rho) = rho (1/4 + arcsin(rho)/(2 pi))}: the kernel's Gram matrix of the directions. */
    DMatrixRMaj directionKernel() {
        return ReluGramMatrix.of(directions());
    }

    /** {@code H_ij = |x_i| |x_j| h(V_ij)}: the kernel's Gram matrix of the points. */
    DMatrixRMaj kernel() {
        double[] norms = norms();
        DMatrixRMaj kernel = directionKernel();
        for (int i = 0; i < n(); i++) {
            for (int j = 0; j < n(); j++) {
                kernel.data[i * n() + j] *= norms[i] * norms[j];
            }
        }
        return kernel;
    }

    @Override
    public String toString() {
        return "GenericPoints." + code;
    }

    private static DMatrixRMaj planar(int n, IntToDoubleFunction angle) {
        DMatrixRMaj points = new DMatrixRMaj(n, 2);
        for (int i = 0; i < n; i++) {
            points.set(i, 0, Math.cos(angle.applyAsDouble(i)));
            points.set(i, 1, Math.sin(angle.applyAsDouble(i)));
        }
        return points;
    }

    private static DMatrixRMaj clustered(int clusters, int n, int d, double spread, long seed) {
        DMatrixRMaj centres = PointLaw.SPHERE.rows(clusters, d, stream(seed).part("centres"));
        RandomStream stream = stream(seed);
        DMatrixRMaj points = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            double[] noise = stream.gaussians(d);
            for (int k = 0; k < d; k++) {
                points.set(i, k, centres.get(i % clusters, k) + spread / Math.sqrt(d) * noise[k]);
            }
        }
        return new GenericPoints("", "", points).directions();
    }

    private static RandomStream stream(long seed) {
        return RandomStream.of(seed, "bubeck2020.GenericPoints");
    }

    private static String code(String name, int n, Object d, long seed) {
        return name + "(" + n + ", " + d + ", " + seed + "L)";
    }
}
