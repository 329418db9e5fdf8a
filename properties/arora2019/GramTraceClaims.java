package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The trace of {@code H^inf}, and what its eigenvalues say about the complexity of labels.
 *
 * <h2>Source</h2>
 *
 * A19, appendix C after (27), and section D.3 (ii).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * H_ii = 1/2,  tr H = n/2,  so  lambda_0 <= 1/2 <= lambda_max <= n/2
 * |y|^2/lambda_max <= Q(y) = y^T H^-1 y <= |y|^2/lambda_0 <= n/lambda_0      (|y_i| <= 1, lambda_0 > 0)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry. Orthonormal points make both 1/2 sharp, n equal points n/2. The labels {@code sqrt(n) v_n} and
 * {@code sqrt(n) v_1} make the bounds on Q equalities; beside them fair signs and numbers in [-1, 1].
 *
 * <h2>How it is checked</h2>
 *
 * Eigenvalues err by at most {@code 10 n u |H|}, {@code |H| <= n/2}, {@code n <= 24}: below 1e-12. Q errs by the part {@code 10 n u c},
 * {@code c = lambda_max/lambda_0}; where that exceeds 1e-6, as for parallel points, Q is not computed.
 *
 * <h2>Falsifiers</h2>
 *
 * 1/4 on the diagonal, as if the two indicators were independent; traces n and 0.51 n; 0.49 and 0.51 for the sharp numbers. For Q: the
 * last eigenvalue but one, the second, the mean 1/2, {@code n - 1} for n.
 */
class GramTraceClaims {
    private static final double ROUNDING = 1e-12;
    private static final String DERIVATION = "10 n u |H| for n <= 24, |H| <= 12";
    private static final double RESOLVED = 1e-6;

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(24, 6);
    }

    /** The claim {@code lambda_0 <= least}, {@code lambda_max >= largest}, {@code lambda_max <= share n}. */
    private record Range(double least, double largest, double share) {
        Decision holdsFor(DMatrixRMaj points) {
            SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(points));
            return Decision.worst(List.of(
                    Comparison.atMost(eigen.smallest(), least, ROUNDING, DERIVATION),
                    Comparison.atLeast(eigen.largest(), largest, ROUNDING, DERIVATION),
                    Comparison.atMost(eigen.largest(), share * points.numRows, ROUNDING, DERIVATION)));
        }
    }

    @Claim(
            id = "A19.trace",
            statement = "H^\\infty_{ii} = \\tfrac12, \\quad \\mathrm{tr}\\, H^\\infty = \\tfrac n2, \\quad"
                    + " \\lambda_0 \\le \\tfrac12 \\le \\|H^\\infty\\|_2 \\le \\tfrac n2")
    void traceIsHalfTheNumberOfPoints(@ForAll("pointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label()).covers("n equal points").covers("orthonormal");
        DMatrixRMaj points = set.points();
        int n = set.n();
        run.check("diagonal", 0.5, (diagonal, lab) -> {
                    double[] entries = new double[n];
                    double[] expected = new double[n];
                    DMatrixRMaj cross = ReluGramMatrix.cross(points, points); // computes the diagonal like any entry
                    Arrays.setAll(entries, i -> cross.get(i, i));
                    Arrays.fill(expected, diagonal);
                    return Comparison.equal(
                            entries, expected, 16 * 0x1p-53, "the angle from |x - x| = 0, and a dozen roundings");
                })
                .falsifiedBy("1/4", 0.25);
        run.check("trace", 0.5, (share, lab) -> {
                    DMatrixRMaj gram = ReluGramMatrix.of(points);
                    double sum =
                            Arrays.stream(LinearAlgebra.eigen(gram).values()).sum();
                    return Comparison.equal(
                            new double[] {CommonOps_DDRM.trace(gram), sum},
                            new double[] {share * n, share * n},
                            24 * ROUNDING,
                            "n eigenvalues, each up to " + DERIVATION);
                })
                .falsifiedBy("n", 1.0)
                .falsifiedBy("0.51 n", 0.51);
        DMatrixRMaj equal = new DMatrixRMaj(n, set.d());
        for (int i = 0; i < n; i++) {
            System.arraycopy(points.data, 0, equal.data, i * set.d(), set.d());
        }
        run.check(
                        "eigenvalues",
                        new Range(0.5, 0.5, 0.5),
                        (range, lab) -> Decision.worst(List.of(
                                range.holdsFor(points),
                                range.holdsFor(equal),
                                range.holdsFor(CommonOps_DDRM.identity(n)))))
                .falsifiedBy("lambda_0 <= 0.49", new Range(0.49, 0.5, 0.5))
                .falsifiedBy("lambda_max >= 0.51", new Range(0.5, 0.51, 0.5))
                .falsifiedBy("lambda_max <= 0.49 n", new Range(0.5, 0.5, 0.49));
    }

    /** What stands for the number of labels, less than n by so many, in {@code Q <= n/lambda}; and lambda. */
    private record Bound(int less, ToDoubleFunction<SymmetricEigen> lambda) {}

    @Claim(
            id = "A19.thm5.1-B",
            statement = "\\frac{\\|y\\|_2^2}{\\lambda_{\\max}} \\le y^\\top (H^\\infty)^{-1} y"
                    + " \\le \\frac{\\|y\\|_2^2}{\\lambda_0} \\le \\frac{n}{\\lambda_0}",
            hypotheses = "$|y_i| \\le 1$ for the last one; $\\lambda_0 > 0$",
            instances = 1000)
    void complexityIsBoundedByTheLeastEigenvalue(@ForAll("pointSets") PointSet set, ClaimRun run) {
        DMatrixRMaj gram = ReluGramMatrix.of(set.points());
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        int n = set.n();
        double error = 10 * n * 0x1p-53 * eigen.largest() / Math.max(eigen.smallest(), Double.MIN_NORMAL);
        if (error > RESOLVED) {
            run.covers(set.geometry().label() + ", nearly singular: not resolved");
            return;
        }
        run.covers(set.geometry().label());
        List<double[]> labels = labels(eigen, set.stream().part("labels"));
        LabelComplexity complexity = new LabelComplexity(gram);
        double[] q = labels.stream().mapToDouble(complexity::quadraticForm).toArray();
        double[] squares =
                labels.stream().mapToDouble(y -> LinearAlgebra.dot(y, y)).toArray();
        String derivation = "relative: 10 n u lambda_max/lambda_0";
        ToDoubleFunction<SymmetricEigen> least = SymmetricEigen::smallest;
        run.check("from above", least, (lambda, lab) -> {
                    double[] shares = new double[q.length];
                    Arrays.setAll(shares, i -> q[i] * lambda.applyAsDouble(eigen) / squares[i]);
                    return Comparison.atMost(shares, 1, error, derivation);
                })
                .falsifiedBy("last eigenvalue but one", e -> e.values()[Math.max(0, n - 2)])
                .falsifiedBy("mean eigenvalue 1/2", e -> 0.5);
        run.check("radius", new Bound(0, least), (bound, lab) -> {
                    double[] roots = Arrays.stream(q).map(Math::sqrt).toArray();
                    double radius = Math.sqrt((n - bound.less) / bound.lambda.applyAsDouble(eigen));
                    return Comparison.atMost(roots, radius, error * radius, derivation);
                })
                .falsifiedBy("n - 1 for n", new Bound(1, least))
                .falsifiedBy("lambda_max", new Bound(0, SymmetricEigen::largest));
        ToDoubleFunction<SymmetricEigen> largest = SymmetricEigen::largest;
        run.check("from below", largest, (lambda, lab) -> {
                    double[] shares = new double[q.length];
                    Arrays.setAll(shares, i -> q[i] * lambda.applyAsDouble(eigen) / squares[i]);
                    return Comparison.atLeast(shares, 1, error, derivation);
                })
                .falsifiedBy("second eigenvalue", e -> e.values()[Math.min(1, n - 1)])
                .falsifiedBy("mean eigenvalue 1/2", e -> 0.5);
    }

    /** {@code sqrt(n)} times the last and the first eigenvector, fair signs, and numbers in [-1, 1]. */
    private static List<double[]> labels(SymmetricEigen eigen, RandomStream stream) {
        int n = eigen.values().length;
        List<double[]> labels = new ArrayList<>();
        for (int index : new int[] {n - 1, 0}) {
            double[] coefficients = new double[n];
            coefficients[index] = Math.sqrt(n);
            labels.add(eigen.combine(coefficients));
        }
        labels.add(stream.signs(n));
        double[] uniform = new double[n];
        Arrays.setAll(uniform, i -> stream.uniform(-1, 1));
        labels.add(uniform);
        return labels;
    }
}
