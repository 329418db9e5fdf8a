package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * On points with their antipodes {@code H^inf} splits into its odd part, which is linear, and its even part.
 *
 * <h2>Source</h2>
 *
 * An addition to A19: Remark 5.1 and the failure of odd powers in Theorem 6.1 rest on it.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * points P and -P:  H = [[U, V], [V, U]],   U - V = P P^T/2,   U + V = t arcsin(t)/pi entrywise,  t = P P^T
 * }</pre>
 *
 * So odd functions of the points see nothing of H but the linear kernel, of rank at most d.
 *
 * <h2>Instances</h2>
 *
 * P of every geometry; with antipodes in P itself, points occur twice.
 *
 * <h2>How it is checked</h2>
 *
 * Entry by entry. The products t err by {@code (d + 2) u}; the library's arc sine by 8 u or, near {@code t = +-1}, where it takes half angles, by
 * {@code 2 d u}; the arc sine here comes from half angles throughout. Two entries of H and two arc sines: {@code 4 (d + 8) u} of numbers up to 1/2.
 *
 * <h2>Falsifiers</h2>
 *
 * U and V exchanged in the lower half; {@code P P^T/4}; {@code t^2/pi}, the first term of the even part; the odd part for the even one.
 */
class AntipodesClaims {
    private static final String TOLERANCE = "4 (d + 8) u: products of d terms, arc sines, half angles";

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(24, 6);
    }

    @Claim(
            id = "A19.antipodal-split",
            statement = "H^\\infty(P, -P) = \\begin{pmatrix} U & V \\\\ V & U \\end{pmatrix}, \\quad"
                    + " U - V = \\tfrac12 P P^\\top, \\quad U + V = \\tfrac1\\pi\\, t \\arcsin t, \\; t = P P^\\top",
            hypotheses = "the arc sine entrywise")
    void gramMatrixSplitsOnAntipodes(@ForAll("pointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        int n = set.n();
        DMatrixRMaj points = new DMatrixRMaj(2 * n, set.d());
        System.arraycopy(set.points().data, 0, points.data, 0, n * set.d());
        for (int k = 0; k < n * set.d(); k++) {
            points.data[n * set.d() + k] = -points.data[k];
        }
        DMatrixRMaj gram = ReluGramMatrix.of(points);
        double tolerance = 4 * (set.d() + 8) * 0x1p-53;
        run.check("blocks", n, (shift, lab) -> {
                    double[] actual = new double[2 * n * n];
                    double[] expected = new double[2 * n * n];
                    for (int i = 0; i < n; i++) {
                        for (int j = 0; j < n; j++) {
                            actual[i * n + j] = gram.get(n + i, n + j);
                            expected[i * n + j] = gram.get(i, (j + n - shift) % (2 * n));
                            actual[(n + i) * n + j] = gram.get(n + i, j);
                            expected[(n + i) * n + j] = gram.get(i, (j + shift) % (2 * n));
                        }
                    }
                    return Comparison.equal(actual, expected, tolerance, TOLERANCE);
                })
                .falsifiedBy("U and V exchanged below", 0);
        DoubleBinaryOperator half = (t, angle) -> t / 2;
        run.check("U - V", half, (form, lab) -> split(set.points(), gram, -1, form, tolerance))
                .falsifiedBy("P P^T/4", (t, angle) -> t / 4)
                .falsifiedBy("t arcsin(t)/pi", (t, angle) -> t * angle / Math.PI);
        DoubleBinaryOperator even = (t, angle) -> t * angle / Math.PI;
        run.check("U + V", even, (form, lab) -> split(set.points(), gram, 1, form, tolerance))
                .falsifiedBy("t^2/pi, its first term", (t, angle) -> t * t / Math.PI)
                .falsifiedBy("P P^T/2", half);
    }

    /** Compares {@code U + sign V} with a function of the cosines t and of {@code arcsin t}, which comes from half the angle. */
    private static Decision split(
            DMatrixRMaj points, DMatrixRMaj gram, int sign, DoubleBinaryOperator form, double tolerance) {
        int n = points.numRows;
        int d = points.numCols;
        double[] actual = new double[n * n];
        double[] expected = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double minus = 0;
                double plus = 0;
                for (int k = 0; k < d; k++) {
                    double difference = points.get(i, k) - points.get(j, k);
                    double sum = points.get(i, k) + points.get(j, k);
                    minus += difference * difference;
                    plus += sum * sum;
                }
                double arcSine = Math.PI / 2 - 2 * StrictMath.atan2(Math.sqrt(minus), Math.sqrt(plus));
                actual[i * n + j] = gram.get(i, j) + sign * gram.get(i, n + j);
                expected[i * n + j] =
                        form.applyAsDouble(LinearAlgebra.dot(points.data, i * d, points.data, j * d, d), arcSine);
            }
        }
        return Comparison.equal(actual, expected, tolerance, TOLERANCE);
    }
}
