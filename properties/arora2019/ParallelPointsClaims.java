package arora2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Which unit vectors make the matrix {@code H^inf} singular.
 *
 * <h2>Source</h2>
 *
 * A19, Remark 5.1. The exact criterion is an addition of this suite.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * no two points parallel (x_i != +-x_j)  ==>  lambda_min(H) > 0
 * H singular  <==>  two points coincide, or those whose antipodes are present too, one of each pair, are linearly dependent
 * }</pre>
 *
 * The reason: {@code sum_i v_i x_i 1{w.x_i >= 0}} jumps at the hyperplane of each point, so it vanishes only when the jumps of the points that
 * share a hyperplane cancel. On a pair x, -x they do for v = (c, -c), and what is left is {@code sum c x}.
 *
 * <h2>Instances</h2>
 *
 * In 1 to 6 dimensions, pairwise at angles of at least 0.05 as lines: generic points; antipodal pairs with independent directions
 * (condition number below 10); one pair more, whose direction is their sum; pairs with dependent directions of a subspace; a point that
 * occurs twice. Up to 8 generic points join each.
 *
 * <h2>How it is checked</h2>
 *
 * The smallest eigenvalue, which is wrong by at most {@code 10 n u |H|}, {@code u = 1.1e-16}, {@code |H| <= n/2}: 1e-12 for {@code n <= 40}.
 * 'Singular' means below that, 'positive' above 1e-6: a hyperplane at the angle e from all others leaves an eigenvalue of the order e/12.
 *
 * <h2>Falsifiers</h2>
 *
 * 'No two equal' and 'no three equal' in place of 'no two parallel'. For the criterion: equal points alone, any antipodal pair, and more
 * pairs than dimensions.
 */
class ParallelPointsClaims {
    private static final double ROUNDING = 1e-12;
    private static final double POSITIVE = 1e-6;
    private static final double SEPARATION = 0.05;

    /** Which points are parallel. */
    enum Family {
        NO_PARALLELS,
        INDEPENDENT_PAIRS,
        MORE_PAIRS_THAN_DIMENSIONS,
        DEPENDENT_PAIRS_OF_A_SUBSPACE,
        EQUAL_POINTS;

        /** Two dependent directions that are not parallel need two dimensions, and three to leave some over. */
        boolean existsIn(int d) {
            return this == MORE_PAIRS_THAN_DIMENSIONS ? d >= 2 : this != DEPENDENT_PAIRS_OF_A_SUBSPACE || d >= 3;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Points with the number of antipodal pairs among them and the rank of the pairs' directions. */
    record Points(DMatrixRMaj matrix, int pairs, int rank, boolean equalOnes) {
        double smallestEigenvalue() {
            return LinearAlgebra.eigen(ReluGramMatrix.of(matrix)).smallest();
        }
    }

    /** Draws the families in d dimensions, with some generic points in each. */
    record Arrangement(int d, int generic, long seed) {
        Points of(Family family) {
            RandomStream stream = RandomStream.of(seed, "ParallelPointsClaims").part(family.name());
            int rank = switch (family) {
                case NO_PARALLELS, EQUAL_POINTS -> 0;
                case INDEPENDENT_PAIRS -> 1 + stream.integer(d);
                case MORE_PAIRS_THAN_DIMENSIONS -> d;
                case DEPENDENT_PAIRS_OF_A_SUBSPACE -> 2 + stream.integer(d - 2);
            };
            boolean dependent = rank > 0 && family != Family.INDEPENDENT_PAIRS;
            List<double[]> directions = directions(rank, dependent, stream);
            int pairs = directions.size();
            List<double[]> points = new ArrayList<>(directions);
            addGeneric(points, pairs == 0 ? 1 + generic : Math.min(generic, 8), stream);
            directions.forEach(x -> points.add(Arrays.stream(x).map(c -> -c).toArray()));
            if (family == Family.EQUAL_POINTS) {
                points.add(points.get(0));
            }
            return new Points(
                    new DMatrixRMaj(points.toArray(double[][]::new)), pairs, rank, family == Family.EQUAL_POINTS);
        }

        /** {@code q_i + q_(i+1)/2} with orthonormal q of the given rank, cyclically, and their sum when they are to be dependent. */
        private List<double[]> directions(int rank, boolean dependent, RandomStream stream) {
            List<double[]> directions = new ArrayList<>();
            if (rank == 0) {
                return directions;
            }
            DMatrixRMaj frame = OrthonormalRows.draw(rank, d, stream);
            for (int i = 0; i < rank; i++) {
                double[] coefficients = new double[rank];
                coefficients[i] = 1;
                coefficients[(i + 1) % rank] += 0.5;
                directions.add(unit(LinearAlgebra.productTransA(frame, coefficients)));
            }
            if (dependent) {
                double[] ones = new double[rank];
                Arrays.fill(ones, 1);
                directions.add(unit(LinearAlgebra.productTransA(frame, ones)));
            }
            return directions;
        }

        /** Adds up to {@code count} points whose lines are separated from all others; on the line there is room for one. */
        private void addGeneric(List<double[]> points, int count, RandomStream stream) {
            int size = d == 1 ? 1 : points.size() + count;
            while (points.size() < size) {
                double[] x = PointLaw.SPHERE.rows(1, d, stream).data;
                double largest = Math.cos(SEPARATION);
                if (points.stream().allMatch(y -> Math.abs(LinearAlgebra.dot(x, y)) < largest)) {
                    points.add(x);
                }
            }
        }

        private static double[] unit(double[] x) {
            double norm = LinearAlgebra.norm(x);
            return Arrays.stream(x).map(c -> c / norm).toArray();
        }
    }

    @Provide
    Arbitrary<Arrangement> arrangements() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Arrangement::new);
    }

    @Claim(
            id = "A19.rem5.1",
            statement =
                    "x_i \\ne \\pm x_j \\ \\text{for all } i \\ne j \\;\\Longrightarrow\\; \\lambda_{\\min}(H^\\infty) > 0",
            hypotheses = "'parallel' in its usual sense, which covers $x$ and $-x$")
    void gramMatrixIsDefiniteWhenNoTwoPointsAreParallel(@ForAll("arrangements") Arrangement drawn, ClaimRun run) {
        run.note(
                "The exact criterion is an addition: a single antipodal pair, or up to d pairs with independent directions, leave H"
                        + " positive definite.");
        Points generic = drawn.of(Family.NO_PARALLELS);
        run.check("no two parallel", generic, (points, lab) -> isPositive(points))
                .falsifiedBy(
                        "no two equal: three antipodal pairs in the plane",
                        new Arrangement(2, 0, drawn.seed()).of(Family.MORE_PAIRS_THAN_DIMENSIONS))
                .falsifiedBy("no three equal", drawn.of(Family.EQUAL_POINTS));

        Predicate<Points> criterion = points -> points.equalOnes() || points.rank() < points.pairs();
        List<Family> families = Arrays.stream(Family.values())
                .filter(family -> family.existsIn(drawn.d()))
                .toList();
        families.forEach(family -> run.covers(family.label()));
        run.check(
                        "exact criterion",
                        criterion,
                        (singular, lab) -> Decision.worst(families.stream()
                                .map(drawn::of)
                                .map(points -> singular.test(points) ? isSingular(points) : isPositive(points))
                                .toList()))
                .falsifiedBy("equal points only", Points::equalOnes)
                .falsifiedBy("any antipodal pair", points -> points.equalOnes() || points.pairs() > 0)
                .falsifiedBy(
                        "more antipodal pairs than dimensions",
                        points -> points.equalOnes() || points.pairs() > drawn.d());
    }

    private static Decision isPositive(Points points) {
        return Comparison.atLeast(points.smallestEigenvalue(), POSITIVE, 0, "far above the rounding of 1e-12");
    }

    private static Decision isSingular(Points points) {
        return Comparison.atMost(points.smallestEigenvalue(), 0, ROUNDING, "10 n u |H| for n <= 40");
    }
}
