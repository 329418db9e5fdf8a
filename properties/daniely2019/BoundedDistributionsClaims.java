package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.Boundedness;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * R-bounded distributions: the range of R, and the distributions with R = 1.
 *
 * <h2>Source</h2>
 *
 * D19, section 1 ('Bounded distributions'), appendix A.5, items 1, 2 and 4.
 *
 * <h2>Statement</h2>
 *
 * A distribution on the unit sphere is R-bounded when {@code E <u, x>^2 <= R^2 / d} for every unit u. The least R satisfies
 *
 * <pre>{@code
 * 1 <= R <= sqrt(d),   R = sqrt(d) for a point mass, also on x and -x
 * R = 1 for the sphere, the cube {-1/sqrt d, 1/sqrt d}^d, and an orthonormal basis
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Weighted clouds of 1 to 12 points in dimension 1 to 8; points and antipodes with any masses; random bases and unions of them; the cube up to
 * dimension 10 with all its vertices; the sphere in dimensions 1 to 50.
 *
 * <h2>How it is checked</h2>
 *
 * R is {@code sqrt(d lambda_max(E x x^T))}, exact to {@code 10 d 2^-53} for matrices of norm at most 1. On the sphere {@code E <u, x>^2} is an integral over the angle
 * with density {@code sin^(d-2)}, by Gauss-Legendre with 100 nodes, exact for these polynomials of sine and cosine to 1e-12; the law of the points that
 * this project draws is tested by sampling, a tenth told apart.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code d^(1/4)} as the upper bound, 1.1 as the lower; {@code 1/(d+1)} on the sphere; a vertex or a basis vector left out.
 */
class BoundedDistributionsClaims {
    /** A cloud of weighted points. */
    record Cloud(int n, int d, long seed) {
        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(n, d, stream().part("points"));
        }

        double[] masses() {
            double[] masses = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                masses[i] = -Math.log1p(-stream().part("mass").trial(i).uniform());
                sum += masses[i];
            }
            for (int i = 0; i < n; i++) {
                masses[i] /= sum;
            }
            return masses;
        }

        DMatrixRMaj basis() {
            return OrthonormalRows.draw(d, d, stream().part("basis"));
        }

        RandomStream stream() {
            return RandomStream.of(seed, "BoundedDistributionsClaims");
        }
    }

    @Provide
    Arbitrary<Cloud> clouds() {
        return clouds(1, 8);
    }

    @Provide
    Arbitrary<Cloud> cubes() {
        return clouds(2, 10);
    }

    @Provide
    Arbitrary<Cloud> spheres() {
        return clouds(1, 50);
    }

    private static Arbitrary<Cloud> clouds(int least, int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(least, most),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Cloud::new);
    }

    private static double rounding(int d) {
        return 10 * d * 0x1p-53 * Math.sqrt(d);
    }

    @Claim(
            id = "D19.rbound-any",
            statement = "1 \\le R \\le \\sqrt d, \\qquad R = \\sqrt{d\\,\\lambda_{\\max}(\\mathbb E\\,x x^\\top)}",
            hypotheses = "every distribution on $\\mathbb S^{d-1}$")
    void everyDistributionIsBoundedByTheRootOfTheDimension(@ForAll("clouds") Cloud cloud, ClaimRun run) {
        run.covers(cloud.n == 1 ? "one point" : cloud.n < cloud.d ? "fewer points than dimensions" : "many points");
        if (cloud.d == 1) {
            run.covers("d = 1");
        }
        DMatrixRMaj points = cloud.points();
        double drawn = Boundedness.of(points, cloud.masses());
        double point = Boundedness.of(CommonOps_DDRM.extract(points, 0, 1, 0, cloud.d));
        double basis = Boundedness.of(cloud.basis());
        run.check(
                        "upper bound, drawn and a point",
                        0.5,
                        (power, lab) -> Comparison.atMost(
                                new double[] {drawn, point},
                                Math.pow(cloud.d, power),
                                rounding(cloud.d),
                                "10 d 2^-53 sqrt(d)"))
                .falsifiedBy("d^(1/4)", 0.25)
                .falsifiedBy("d^0.45", 0.45);
        run.check(
                        "lower bound, drawn and a basis",
                        1.0,
                        (least, lab) -> Comparison.atLeast(
                                new double[] {drawn, basis}, least, rounding(cloud.d), "10 d 2^-53 sqrt(d)"))
                .falsifiedBy("1.1", 1.1);
    }

    @Claim(
            id = "D19.rbound-point",
            statement = "R(\\delta_x) = \\sqrt d",
            hypotheses = "the same on $\\{x, -x\\}$ with any masses")
    void pointMassesAttainTheRootOfTheDimension(@ForAll("spheres") Cloud cloud, ClaimRun run) {
        run.covers(cloud.d == 1 ? "d = 1" : "d > 1");
        DMatrixRMaj points = new DMatrixRMaj(2, cloud.d);
        DMatrixRMaj x = CommonOps_DDRM.extract(cloud.points(), 0, 1, 0, cloud.d);
        CommonOps_DDRM.insert(x, points, 0, 0);
        CommonOps_DDRM.scale(-1, x);
        CommonOps_DDRM.insert(x, points, 1, 0);
        double share = cloud.stream().part("share").uniform();
        double[] observed = {Boundedness.of(x), Boundedness.of(points, new double[] {share, 1 - share})};
        run.check(
                        "point and antipodes",
                        0.5,
                        (power, lab) -> Comparison.equal(
                                observed,
                                new double[] {Math.pow(cloud.d, power), Math.pow(cloud.d, power)},
                                rounding(cloud.d),
                                "10 d 2^-53 sqrt(d)"))
                .falsifiedBy("1", 0.0)
                .falsifiedBy("d^0.45", 0.45);
    }

    @Claim(
            id = "D19.A5-sphere",
            statement = "\\mathbb E\\,\\langle u, x\\rangle^2 = 1/d",
            hypotheses = "$x$ uniform on $\\mathbb S^{d-1}$, every unit $u$",
            instances = 20)
    void theSphereIsOneBounded(@ForAll("spheres") Cloud cloud, ClaimRun run) {
        run.covers(cloud.d == 1 ? "d = 1" : "d > 1");
        double exact = cloud.d == 1 ? 1 : meanSquareOfACoordinate(cloud.d);
        run.check(
                        "integral",
                        0,
                        (more, lab) ->
                                Comparison.equal(exact, 1.0 / (cloud.d + more), 1e-12, "Gauss-Legendre with 100 nodes"))
                .falsifiedBy("1/(d + 1)", 1);
        double[] u = PointLaw.SPHERE.rows(1, cloud.d, cloud.stream().part("u")).data;
        run.check(
                        "points drawn here",
                        1.0,
                        (factor, lab) ->
                                lab.meanEquals(factor / cloud.d, 0.1 / cloud.d, new Bounded(0, 1.5), stream -> {
                                    DMatrixRMaj x = PointLaw.SPHERE.rows(1, cloud.d, stream);
                                    double inner = LinearAlgebra.dot(u, x.data);
                                    return inner * inner;
                                }))
                .falsifiedBy("1.3/d", 1.3);
    }

    /** {@code int cos^2 sin^(d-2) / int sin^(d-2)} over [0, pi]. */
    private static double meanSquareOfACoordinate(int d) {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(100, 0, Math.PI);
        double all = rule.integrate(angle -> Math.pow(Math.sin(angle), d - 2));
        return rule.integrate(angle -> Math.pow(Math.cos(angle), 2) * Math.pow(Math.sin(angle), d - 2)) / all;
    }

    @Claim(
            id = "D19.A5-cube",
            statement = "\\mathbb E\\,\\langle u, x\\rangle^2 = 1/d",
            hypotheses = "$x$ uniform on $\\{\\pm 1/\\sqrt d\\}^d$, every unit $u$",
            instances = 40)
    void theCubeIsOneBounded(@ForAll("cubes") Cloud cloud, ClaimRun run) {
        run.covers("d = " + cloud.d);
        int d = cloud.d;
        DMatrixRMaj vertices = new DMatrixRMaj(1 << d, d);
        for (int i = 0; i < vertices.numRows; i++) {
            for (int k = 0; k < d; k++) {
                vertices.set(i, k, ((i >> k) & 1) == 0 ? 1 / Math.sqrt(d) : -1 / Math.sqrt(d));
            }
        }
        run.check(
                        "R of the vertices",
                        0,
                        (missing, lab) -> Comparison.equal(
                                Boundedness.of(CommonOps_DDRM.extract(vertices, 0, vertices.numRows - missing, 0, d)),
                                1,
                                (1 << d) * 0x1p-53 + rounding(d),
                                "2^d 2^-53 from the sum over vertices, 10 d 2^-53 sqrt(d)"))
                .falsifiedBy("one vertex missing", 1);
    }

    @Claim(
            id = "D19.A5-basis",
            statement = "\\mathbb E\\,\\langle u, x\\rangle^2 = 1/d",
            hypotheses = "$x$ uniform on an orthonormal basis, or on a union of bases; every unit $u$")
    void basesAreOneBounded(@ForAll("cubes") Cloud cloud, ClaimRun run) {
        int count = 1 + cloud.n % 3;
        run.covers(count + (count == 1 ? " basis" : " bases"));
        int d = cloud.d;
        DMatrixRMaj union = new DMatrixRMaj(count * d, d);
        for (int b = 0; b < count; b++) {
            CommonOps_DDRM.insert(OrthonormalRows.draw(d, d, cloud.stream().trial(b)), union, b * d, 0);
        }
        run.check(
                        "R",
                        0,
                        (missing, lab) -> Comparison.equal(
                                Boundedness.of(CommonOps_DDRM.extract(union, 0, union.numRows - missing, 0, d)),
                                1,
                                10 * rounding(d),
                                "100 d 2^-53 sqrt(d): bases are orthonormal to rounding"))
                .falsifiedBy("one vector missing", 1);
        double[] u = PointLaw.SPHERE.rows(1, d, cloud.stream().part("u")).data;
        double mean = Arrays.stream(LinearAlgebra.product(union, u))
                .map(inner -> inner * inner)
                .average()
                .orElseThrow();
        run.check(
                        "along a direction",
                        1.0,
                        (factor, lab) -> Comparison.equal(mean, factor / d, 10 * rounding(d), "100 d 2^-53 sqrt(d)"))
                .falsifiedBy("1.1/d", 1.1);
    }
}
