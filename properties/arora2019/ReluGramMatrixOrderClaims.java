package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LatticePoints;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The matrix {@code H^inf} in the order of positive semidefinite matrices: above zero and above multiples of the powers of K that are
 * learnable.
 *
 * <h2>Source</h2>
 *
 * A19, Section 3.2 ('Gram matrix') and the proof of Theorem 6.1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * H >= 0,   H >= K/4,   H >= K^(2l) / (2 pi (2l-1)^2),   even H >= b_2l K^(2l)        (K = X^T X, entrywise powers, l >= 1)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, so that H and K may be singular. Constants are put to the test where they are sharp: for 1/4 the antipode of
 * the first point joins in (on a pair x, -x and v = (1, -1): {@code v^T H v = 1}, {@code v^T K v = 4}); for l = 1 there are
 * {@link LatticePoints} with 6 nodes and 4 copies, and for the cube 17 equispaced points of the circle.
 *
 * <h2>How it is checked</h2>
 *
 * The smallest eigenvalue. Its numerical error is below {@code 10 n u |M|} with {@code u = 1.1e-16}, {@code n <= 40} and
 * {@code |M| <= n/2}: below 1e-12.
 *
 * <h2>Falsifiers</h2>
 *
 * The complementary angle and three times the angle in place of the angle; 0.26 and 1/2 in place of 1/4; constants 1.4 times too large;
 * odd powers.
 */
class ReluGramMatrixOrderClaims {
    private static final double TOLERANCE = 1e-12;
    private static final String DERIVATION = "10 n u |M| for n <= 40, |M| <= 20";

    private static final DMatrixRMaj LATTICE = LatticePoints.chebyshev(6).points(4);
    private static final DMatrixRMaj CIRCLE = circle(17);

    /** The claim {@code H >= factor c_l K^(2l + shift)} for l = 1..8. */
    private record PowerForm(double factor, int shift) {}

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(40, 8);
    }

    @Provide
    Arbitrary<PointSet> smallPointSets() {
        return PointSets.any(12, 6);
    }

    @Claim(id = "A19.kernel-psd", statement = "H^\\infty \\succeq 0", hypotheses = "unit vectors, equal ones allowed")
    void gramMatrixIsSemidefinite(@ForAll("pointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        UnaryOperator<DMatrixRMaj> gramMatrix = ReluGramMatrix::of;
        run.check("smallest eigenvalue", gramMatrix, (form, lab) -> nonnegative(smallest(form.apply(set.points()))))
                .falsifiedBy(
                        "arccos t in place of pi - arccos t", x -> entrywise(x, t -> t * Math.acos(t) / (2 * Math.PI)))
                .falsifiedBy(
                        "3 arccos t in place of arccos t",
                        x -> entrywise(x, t -> t * (Math.PI - 3 * Math.acos(t)) / (2 * Math.PI)));
    }

    @Claim(id = "A19.H-ge-K4", statement = "H^\\infty \\succeq \\tfrac14 K, \\qquad K = X^\\top X")
    void gramMatrixIsAboveAQuarterOfTheProducts(@ForAll("smallPointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        DMatrixRMaj points = withAntipodeOfTheFirst(set.points());
        run.check("smallest eigenvalue", 0.25, (constant, lab) -> nonnegative(smallestGap(points, t -> constant * t)))
                .falsifiedBy("0.26 in place of 1/4", 0.26)
                .falsifiedBy("1/2 in place of 1/4", 0.5);
    }

    @Claim(
            id = "A19.H-ge-K2l",
            statement =
                    "H^\\infty \\succeq \\frac{K^{\\circ 2\\ell}}{2\\pi(2\\ell-1)^2}, \\qquad \\ell = 1, 2, \\ldots")
    void gramMatrixIsAboveItsEvenPowers(@ForAll("smallPointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        run.check(
                        "printed constants",
                        new PowerForm(1, 0),
                        (form, lab) -> nonnegative(
                                smallestGaps(set.points(), form, l -> 1 / (2 * Math.PI * (2 * l - 1) * (2 * l - 1)))))
                .falsifiedBy("1.4 times the constants", new PowerForm(1.4, 0))
                .falsifiedBy("odd powers 2l + 1", new PowerForm(1, 1));
        run.check(
                        "coefficients of the series",
                        new PowerForm(1, 0),
                        (form, lab) -> nonnegative(
                                smallestGaps(set.points(), form, l -> ReluGramMatrix.seriesCoefficient(2 * l))))
                .falsifiedBy("1.4 times the coefficients", new PowerForm(1.4, 0))
                .falsifiedBy("odd powers 2l + 1", new PowerForm(1, 1));
    }

    private static Decision nonnegative(double... eigenvalues) {
        return Comparison.atLeast(eigenvalues, 0, TOLERANCE, DERIVATION);
    }

    private static double smallest(DMatrixRMaj matrix) {
        return LinearAlgebra.eigen(matrix).smallest();
    }

    /** The smallest eigenvalues of {@code H - factor c_l K^(2l + shift)} for l = 1..8, and for l = 1 on the two sharp sets. */
    private static double[] smallestGaps(DMatrixRMaj points, PowerForm form, IntToDoubleFunction constant) {
        IntFunction<DoubleUnaryOperator> power =
                l -> t -> form.factor() * constant.applyAsDouble(l) * Math.pow(t, 2 * l + form.shift());
        double[] gaps = new double[10];
        Arrays.setAll(gaps, i -> i < 8 ? smallestGap(points, power.apply(i + 1)) : 0);
        gaps[8] = smallestGap(LATTICE, power.apply(1));
        gaps[9] = smallestGap(CIRCLE, power.apply(1));
        return gaps;
    }

    /** The smallest eigenvalue of {@code H - f(K)}, f entrywise. */
    private static double smallestGap(DMatrixRMaj points, DoubleUnaryOperator f) {
        return smallest(CommonOps_DDRM.subtract(ReluGramMatrix.of(points), entrywise(points, f), null));
    }

    private static DMatrixRMaj entrywise(DMatrixRMaj points, DoubleUnaryOperator f) {
        DMatrixRMaj matrix = LinearAlgebra.gram(points);
        Arrays.setAll(matrix.data, i -> f.applyAsDouble(Math.max(-1, Math.min(1, matrix.data[i]))));
        return matrix;
    }

    private static DMatrixRMaj withAntipodeOfTheFirst(DMatrixRMaj points) {
        DMatrixRMaj more = new DMatrixRMaj(points.numRows + 1, points.numCols);
        System.arraycopy(points.data, 0, more.data, 0, points.getNumElements());
        for (int k = 0; k < points.numCols; k++) {
            more.set(points.numRows, k, -points.get(0, k));
        }
        return more;
    }

    private static DMatrixRMaj circle(int n) {
        DMatrixRMaj points = new DMatrixRMaj(n, 2);
        for (int i = 0; i < n; i++) {
            points.set(i, 0, Math.cos(2 * Math.PI * i / n));
            points.set(i, 1, Math.sin(2 * Math.PI * i / n));
        }
        return points;
    }
}
