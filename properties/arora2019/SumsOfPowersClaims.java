package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LatticePoints;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Roots of complexities add up, so that sums of linear functions and even powers are learnable.
 *
 * <h2>Source</h2>
 *
 * A19, the display after Theorem 6.1, and Corollary 6.2. Infinite sums are those of Examples 6.3 and 6.4.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * sqrt(Q(y1 + y2)) <= sqrt(Q(y1)) + sqrt(Q(y2)),                      Q(y) = y^T H^-1 y
 * y_i = sum_j alpha_j (beta_j.x_i)^(p_j), p_j = 1 or even:            sqrt(Q(y)) <= 3 sum_j p_j |alpha_j| |beta_j|^(p_j)
 * with the sharp constants 1/sqrt(b_p) (b_p: the kernel's coefficient):  sqrt(Q(y)) <= sum_j |alpha_j| |beta_j|^(p_j) / sqrt(b_(p_j))
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry with up to 60 points in up to 8 dimensions, the pseudo-inverse of H where H is singular. Pairs of labels:
 * independent, equal, opposite, with a zero vector. Sums of one to five terms: independent, with terms that nearly cancel, along one
 * direction. {@link LatticePoints} with 16 nodes and {@code N = 10^12}, and the circle with 129 points, join in.
 *
 * <h2>How it is checked</h2>
 *
 * {@link ResolvedComplexity}, itself a quadratic form, obeys the triangle inequality as H does. Its root is wrong by at most
 * {@code 4 n u / 10^-3} of {@code |y1| + |y2|}, by which both sides are divided. The other bounds: observed over bound, against 1. On the
 * circle Q is exact to {@code 4.1 n^3 u} ({@link OddPowersClaims}).
 *
 * <h2>Falsifiers</h2>
 *
 * Q without roots, 0.9 of the sum of the roots; no factor p, 1.2 in place of 3, {@code 0.95/sqrt(b_p)}, p = 3
 * and 5.
 */
class SumsOfPowersClaims {
    private static final int[] SHARP = {1, 2, 4, 6, 10};
    private static final double[] LATTICE_ROOTS = Arrays.stream(SHARP)
            .mapToDouble(p -> Math.sqrt(LatticePoints.chebyshev(16)
                    .quadraticForm(LatticePoints.polynomial(LearnableFunctionClaims.monomial(p)), 1e12)))
            .toArray();
    private static final int ON_CIRCLE = 129;

    /** How the terms of a sum are related. */
    enum Relation {
        INDEPENDENT,
        NEARLY_CANCELLING,
        ALONG_ONE_DIRECTION;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** {@code alpha (norm direction.x)^p}. */
    record Term(double alpha, double norm, double[] direction, int p) {
        double size() {
            return Math.abs(alpha) * Math.pow(norm, p);
        }
    }

    /** Points, and a target that is a sum of terms. */
    record PowerSum(PointSet set, int size, Relation relation) {
        List<Term> terms() {
            RandomStream stream = set.stream().part("terms");
            List<Term> terms = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                double[] direction = j == 0 || relation == Relation.INDEPENDENT
                        ? PointLaw.SPHERE.rows(1, set.d(), stream).data
                        : terms.get(0).direction;
                Term term = new Term(
                        stream.uniform(-2, 2),
                        stream.uniform(0.2, 1.5),
                        direction,
                        SHARP[stream.integer(SHARP.length)]);
                terms.add(j % 2 == 1 && relation == Relation.NEARLY_CANCELLING ? opposite(terms.get(j - 1)) : term);
            }
            return terms;
        }

        private static Term opposite(Term term) {
            return new Term(-0.999 * term.alpha, term.norm, term.direction, term.p);
        }

        double root() {
            double[] y = new double[set.n()];
            for (Term term : terms()) {
                double[] cosines = LinearAlgebra.product(set.points(), term.direction);
                for (int i = 0; i < y.length; i++) {
                    y[i] += term.alpha * Math.pow(term.norm * cosines[i], term.p);
                }
            }
            return Math.sqrt(new ResolvedComplexity(set.points()).quadraticForm(y));
        }
    }

    @Provide
    Arbitrary<PointSet> points() {
        return PointSets.any(60, 8);
    }

    @Provide
    Arbitrary<PowerSum> sums() {
        return Combinators.combine(points(), Arbitraries.integers().between(1, 5), Arbitraries.of(Relation.class))
                .as(PowerSum::new);
    }

    @Claim(
            id = "A19.triangle",
            statement =
                    "\\sqrt{(y^{(1)} + y^{(2)})^\\top (H^\\infty)^{-1} (y^{(1)} + y^{(2)})} \\le"
                            + " \\sqrt{(y^{(1)})^\\top (H^\\infty)^{-1} y^{(1)}} + \\sqrt{(y^{(2)})^\\top (H^\\infty)^{-1} y^{(2)}}",
            hypotheses = "$H^\\infty$ invertible, or its pseudo-inverse")
    void rootsOfComplexitiesAddUp(@ForAll("points") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label())
                .covers("equal labels")
                .covers("opposite labels")
                .covers("zero labels");
        ResolvedComplexity complexity = new ResolvedComplexity(set.points());
        double[] y = set.stream().part("labels").gaussians(set.n());
        double[][] others = {
            set.stream().part("other labels").gaussians(set.n()), y, scaled(-0.5, y), scaled(0, y), scaled(3, y)
        };
        DoubleBinaryOperator claimed = (q1, q2) -> Math.sqrt(q1) + Math.sqrt(q2);
        run.check("root of the sum", claimed, (form, lab) -> {
                    double[] roots = new double[others.length];
                    double[] bounds = new double[others.length];
                    for (int i = 0; i < others.length; i++) {
                        double size = LinearAlgebra.norm(y) + LinearAlgebra.norm(others[i]);
                        double[] sum = y.clone();
                        for (int k = 0; k < sum.length; k++) {
                            sum[k] += others[i][k];
                        }
                        double q1 = complexity.quadraticForm(y);
                        double q2 = complexity.quadraticForm(others[i]);
                        roots[i] = Math.sqrt(complexity.quadraticForm(sum)) / size;
                        bounds[i] = form.applyAsDouble(q1, q2) / size;
                    }
                    return Comparison.atMost(roots, bounds, 3e-11, "4 n u / 1e-3, n <= 60");
                })
                .falsifiedBy("Q(y1 + y2) <= Q(y1) + Q(y2), without roots", (q1, q2) -> Math.sqrt(q1 + q2))
                .falsifiedBy("0.9 of it", (q1, q2) -> 0.9 * (Math.sqrt(q1) + Math.sqrt(q2)));
    }

    @Claim(
            id = "A19.cor6.2",
            statement =
                    "y_i = \\sum_j \\alpha_j (\\beta_j^\\top x_i)^{p_j},\\; p_j \\in \\{1, 2, 4, 6, \\dots\\} \\;\\Longrightarrow\\;"
                            + " \\sqrt{y^\\top (H^\\infty)^{-1} y} \\le 3 \\sum_j p_j |\\alpha_j|\\, \\|\\beta_j\\|_2^{p_j}",
            hypotheses = "$H^\\infty$ invertible, or its pseudo-inverse")
    void sumsOfEvenPowersHaveBoundedComplexity(@ForAll("sums") PowerSum sum, ClaimRun run) {
        run.covers(sum.set().geometry().label())
                .covers(sum.size() == 1 ? "one term" : sum.relation().label());
        run.note("The bound is on the root; $M_g$ is its square.");
        double root = sum.root();
        IntToDoubleFunction printed = p -> 3 * p;
        run.check("printed constant", printed, (constant, lab) -> atMostOne(sum, root, constant))
                .falsifiedBy("3 in place of 3p", p -> 3)
                .falsifiedBy("1.2 p in place of 3p", p -> 1.2 * p);
        IntToDoubleFunction sharp = p -> 1 / Math.sqrt(ReluGramMatrix.seriesCoefficient(p));
        run.check("sharp constant", sharp, (constant, lab) -> atMostOne(sum, root, constant))
                .falsifiedBy("95% of it", p -> 0.95 * sharp.applyAsDouble(p));
        OddPowersClaims.Circle circle = OddPowersClaims.Circle.of(ON_CIRCLE);
        run.check(
                        "powers on the circle",
                        SHARP,
                        (powers, lab) -> Comparison.atMost(
                                Arrays.stream(powers)
                                        .mapToDouble(p -> Math.sqrt(circle.complexity(p)) / (3 * p))
                                        .toArray(),
                                1,
                                4.1 * Math.pow(ON_CIRCLE, 3) * 0x1p-53,
                                "4.1 n^3 u, n = 129"))
                .falsifiedBy("p = 3", new int[] {3})
                .falsifiedBy("p = 5", new int[] {5});
    }

    /** Decides that the roots of the drawn sum and of powers on the lattice are at most {@code sum_j c(p_j) |alpha_j| |beta_j|^(p_j)}. */
    private static Decision atMostOne(PowerSum sum, double root, IntToDoubleFunction constant) {
        double bound = sum.terms().stream()
                .mapToDouble(term -> term.size() * constant.applyAsDouble(term.p))
                .sum();
        double[] ratios = DoubleStream.concat(
                        DoubleStream.of(root / bound),
                        IntStream.range(0, SHARP.length)
                                .mapToDouble(i -> LATTICE_ROOTS[i] / constant.applyAsDouble(SHARP[i])))
                .toArray();
        return Comparison.atMost(ratios, 1, ResolvedComplexity.TOLERANCE, ResolvedComplexity.DERIVATION);
    }

    private static double[] scaled(double factor, double[] y) {
        return Arrays.stream(y).map(value -> factor * value).toArray();
    }
}
