package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The operator norm is nearly attained on finite nets of the two spheres.
 *
 * <h2>Source</h2>
 *
 * D20, Fact 8, and its use with epsilon = 1 in the proof of Lemma 9.
 *
 * <h2>Statement</h2>
 *
 * If every unit vector of R^q is within the angle alpha of a point of {@code S_q}, and of R^d within beta of one of {@code S_d}, {@code alpha + beta < pi/2},
 *
 * <pre>{@code
 * |W| cos(alpha + beta) <= max <u, W z>,   u in S_q, z in S_d
 * }</pre>
 *
 * as {@code <u, W z> >= |W| (cos alpha cos beta - sin alpha sin beta)} for the points next to the top singular vectors. Angles of {@code arccos(1/(1+e))/2}
 * give the factor 1 + e, with {@code (C/e)^Theta(d)} points. At e = 1, angles of 30 degrees, these are {@code C^d}, not 1.
 *
 * <h2>Instances</h2>
 *
 * q and d in {1, 2}; 5 to 24 equally spaced points of the circle, as many or not for u and z. W Gaussian, of rank one, orthogonal with determinant 1 and
 * -1, {@code diag(1, -1)}, 0. On every instance also the matrix of rank one whose singular vectors lie midway between the points of hexagons, {@code W = -1}, and
 * {@code -e_1 e_1^T}, {@code e_2 e_2^T}. e from 0.001 to 1.
 *
 * <h2>How it is checked</h2>
 *
 * All pairs of points are tried; |W| from the eigenvalues of {@code W W^T}: 20 roundings of |W|. For each e the least number {@code ceil(pi/angle)} of points of the
 * circle is counted.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code cos(max(alpha, beta))}, as if one net were enough; {@code cos((alpha + beta)/2)}. {@code (1/e)^2} and {@code (2.4/e)^2} points in the plane. At e = 1 one
 * point; two antipodes in the plane.
 */
class NetClaims {
    enum Family {
        GAUSSIAN,
        RANK_ONE,
        ROTATION,
        REFLECTION,
        ZERO
    }

    /** A q x d matrix. */
    record Matrix(Family family, int q, int d, long seed) {
        DMatrixRMaj w() {
            RandomStream stream = RandomStream.of(seed, "NetClaims");
            double a = stream.uniform(0, 2 * Math.PI);
            double b = stream.uniform(0, 2 * Math.PI);
            DMatrixRMaj w = new DMatrixRMaj(q, d);
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < d; k++) {
                    double turn = i == 0 ? (k == 0 ? Math.cos(a) : -Math.sin(a)) : k == 0 ? Math.sin(a) : Math.cos(a);
                    double entry = switch (family) {
                        case GAUSSIAN -> stream.gaussian();
                        case RANK_ONE -> Math.cos(a - i * Math.PI / 2) * Math.cos(b - k * Math.PI / 2);
                        case ROTATION -> turn;
                        case REFLECTION -> k == 1 ? -turn : turn;
                        case ZERO -> 0;
                    };
                    w.set(i, k, entry);
                }
            }
            return w;
        }
    }

    /** {@code u z^T} with u and z midway between neighbours of hexagons. */
    private static final DMatrixRMaj MIDWAY = outer(Math.PI / 6, Math.PI / 6);

    private static DMatrixRMaj outer(double a, double b) {
        double[] u = {Math.cos(a), Math.sin(a)};
        double[] z = {Math.cos(b), Math.sin(b)};
        return new DMatrixRMaj(new double[][] {{u[0] * z[0], u[0] * z[1]}, {u[1] * z[0], u[1] * z[1]}});
    }

    @Provide
    Arbitrary<Matrix> matrices() {
        return Combinators.combine(
                        Arbitraries.of(Family.values()),
                        Arbitraries.of(1, 2),
                        Arbitraries.of(1, 2),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Matrix::new);
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(5, 24);
    }

    @Provide
    Arbitrary<Double> accuracies() {
        return Arbitraries.of(1.0, 0.5, 0.1, 0.01, 0.001);
    }

    @Claim(
            id = "D20.fact8",
            statement =
                    "\\|W\\| \\le (1 + \\epsilon) \\max_{u \\in S_{q,\\epsilon},\\, z \\in S_{d,\\epsilon}} \\langle u, W z\\rangle,"
                            + "\\quad |S_{d,\\epsilon}| = (C/\\epsilon)^{\\Theta(d)}",
            hypotheses =
                    "$S$ nets of angle $\\tfrac12 \\arccos\\frac{1}{1+\\epsilon}$; here at most $(2.5/\\epsilon)^2$ points"
                            + " of the circle for $\\epsilon \\le 1$")
    void netsNearlyAttainTheOperatorNorm(
            @ForAll("matrices") Matrix drawn,
            @ForAll("counts") int first,
            @ForAll("counts") int second,
            @ForAll("accuracies") double accuracy,
            ClaimRun run) {
        run.covers(drawn.family.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .covers("q = " + drawn.q + ", d = " + drawn.d)
                .covers("epsilon = " + accuracy);
        run.note(
                "The paper writes the size as $(1/\\epsilon)^{\\Theta(d)}$, which is meant for $\\epsilon$ away from 1.");
        run.check("angles", (DoubleBinaryOperator) (alpha, beta) -> Math.cos(alpha + beta), (factor, lab) -> {
                    double alpha = drawn.q == 1 ? 0 : Math.PI / first;
                    double beta = drawn.d == 1 ? 0 : Math.PI / second;
                    DMatrixRMaj w = drawn.w();
                    double[] bounds = {
                        factor.applyAsDouble(alpha, beta) * LinearAlgebra.operatorNorm(w),
                        factor.applyAsDouble(Math.PI / 6, Math.PI / 6) * LinearAlgebra.operatorNorm(MIDWAY)
                    };
                    double[] largest = {
                        SphereSubset.net(drawn.q, first).largestForm(w, SphereSubset.net(drawn.d, second)),
                        SphereSubset.circle(6).largestForm(MIDWAY, SphereSubset.circle(6))
                    };
                    double tolerance = 20 * 0x1p-53 * Math.max(1, LinearAlgebra.operatorNorm(w));
                    return Comparison.atLeast(largest, bounds, tolerance, "20 roundings of |W|");
                })
                .falsifiedBy("cos(max(alpha, beta))", (alpha, beta) -> Math.cos(Math.max(alpha, beta)))
                .falsifiedBy("cos((alpha + beta)/2)", (alpha, beta) -> Math.cos((alpha + beta) / 2));
        run.check("factor 1 + epsilon", 1.0, (share, lab) -> {
                    int count = (int) Math.ceil(share * points(accuracy));
                    int hexagon = (int) Math.ceil(share * points(1));
                    double[] largest = {
                        SphereSubset.net(drawn.q, count).largestForm(drawn.w(), SphereSubset.net(drawn.d, count)),
                        SphereSubset.circle(hexagon)
                                .largestForm(outer(Math.PI / 2, Math.PI / 2), SphereSubset.circle(hexagon))
                    };
                    double[] bounds = {LinearAlgebra.operatorNorm(drawn.w()) / (1 + accuracy), 0.5};
                    double tolerance = 20 * 0x1p-53 * Math.max(1, LinearAlgebra.operatorNorm(drawn.w()));
                    return Comparison.atLeast(largest, bounds, tolerance, "20 roundings of |W|");
                })
                .falsifiedBy("a third of the points", 1 / 3.0);
        run.check("number of points", 2.5, (c, lab) -> {
                    double[] counts = {points(accuracy), points(1)};
                    double[] bounds = {Math.pow(c / accuracy, 2), c * c};
                    return Comparison.atMost(counts, bounds, 0, "integers");
                })
                .falsifiedBy("(1/epsilon)^2", 1.0)
                .falsifiedBy("(2.4/epsilon)^2", 2.4);
    }

    /** The least number of points of the circle with the angle that gives the factor 1 + accuracy. */
    private static int points(double accuracy) {
        return (int) Math.ceil(2 * Math.PI / Math.acos(1 / (1 + accuracy)) - 1e-9); // a hexagon at accuracy 1
    }

    @Claim(
            id = "D20.fact8.eps1",
            statement =
                    "\\|W\\| \\le 2 \\max_{u \\in S_{q,1},\\, z \\in S_{d,1}} \\langle u, W z\\rangle,\\quad |S_{d,1}| = e^{\\Theta(d)}",
            hypotheses = "$S$ nets of 30 degrees; here 2 points for $d = 1$, 6 for $d = 2$")
    void oneAccuracyTakesMoreThanOnePoint(@ForAll("matrices") Matrix drawn, ClaimRun run) {
        run.covers("q = " + drawn.q + ", d = " + drawn.d);
        run.note(
                "Read literally, $(1/\\epsilon)^{\\Theta(d)}$ is 1 at $\\epsilon = 1$; one point is not enough. Lemma 9 may use"
                        + " $\\epsilon = 1/2$ as well.");
        List<DMatrixRMaj> matrices = List.of(
                drawn.w(),
                new DMatrixRMaj(new double[][] {{-1}}),
                outer(Math.PI, 0),
                outer(Math.PI / 2, Math.PI / 2),
                MIDWAY);
        run.check(
                        "factor 2",
                        (IntFunction<SphereSubset>) d -> SphereSubset.net(d, 6),
                        (sets, lab) -> factorTwo(matrices, sets))
                .falsifiedBy("one point", d -> SphereSubset.axis(d, false))
                .falsifiedBy("two antipodes", d -> SphereSubset.axis(d, true));
    }

    private static Decision factorTwo(List<DMatrixRMaj> matrices, IntFunction<SphereSubset> sets) {
        double[] norms =
                matrices.stream().mapToDouble(LinearAlgebra::operatorNorm).toArray();
        double[] doubled = matrices.stream()
                .mapToDouble(w -> 2 * sets.apply(w.numRows).largestForm(w, sets.apply(w.numCols)))
                .toArray();
        double size = Arrays.stream(norms).max().orElseThrow();
        return Comparison.atMost(norms, doubled, 20 * 0x1p-53 * size, "20 roundings of |W|");
    }
}
