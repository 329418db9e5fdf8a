package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LatticePoints;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The complexity of quadratic functions is bounded by the square of the matrix's trace norm, not by the norm itself.
 *
 * <h2>Source</h2>
 *
 * A19, Example 6.2, where the square is missing: {@code M_g} bounds {@code Q(y) = y^T H^-1 y}, and Corollary 6.2 bounds its root by
 * {@code 6 |A|_*}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * y_i = x_i^T A x_i, A symmetric:   printed Q(y) = O(|A|_*);   right Q(y) <= 36 |A|_*^2, sharper Q(y) <= 2 pi |A|_F^2
 * if |x^T A x| <= 1 on the whole sphere:   Q(y) <= 2 pi |A|_*
 * }</pre>
 *
 * The sharper form follows from {@code H >= K^2 / (2 pi)} (entrywise square) and {@code y_i = <A, x_i x_i^T>}; the last one from it, as then
 * {@code |A|_F^2 <= |A|_op |A|_* <= |A|_*}.
 *
 * <h2>Instances</h2>
 *
 * Random matrices, of rank one and of trace zero among them, scaled from 1/100 to 100, on points of every geometry with up to 60 points in
 * up to 6 dimensions. With each of them the slices {@code A = c e_1 e_1^T}, c = 10, 100, 10^4, on {@link LatticePoints} with
 * {@code t = +-c^(-1/2)} and {@code N = 1000 c^2}: there all labels are 1, {@code |A|_* = |A|_F = c}, and
 * {@code Q = 2 pi c^2 / (1 + pi c^2/(2N))} to leading order, so that {@code Q / |A|_*} exceeds every constant.
 *
 * <h2>How it is checked</h2>
 *
 * {@code Q} over its bound, against 1; {@link ResolvedComplexity} for the drawn points, decimals for the slices.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed form with the constants 36 and 1000; {@code 4 |A|_*^2}; {@code 6 |A|_F^2}; an operator norm of 1.1 instead of 1.
 */
class QuadraticFunctionClaims {
    private static final double[] SLICES = {10, 100, 1e4};
    private static final double[] SLICE_COMPLEXITIES =
            Arrays.stream(SLICES).map(QuadraticFunctionClaims::sliceComplexity).toArray();

    /** What matrix is drawn. */
    enum Family {
        GENERAL,
        RANK_ONE,
        TRACE_ZERO;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** A symmetric matrix, and points. */
    record Quadratic(PointSet set, Family family, double scale) {
        DMatrixRMaj matrix() {
            int d = set.d();
            RandomStream stream = set.stream().part("matrix");
            double[] g = stream.gaussians(d);
            DMatrixRMaj a = new DMatrixRMaj(d, d);
            double trace = 0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    double value = scale * (family == Family.RANK_ONE ? g[i] * g[j] : stream.gaussian());
                    a.set(i, j, value);
                    a.set(j, i, value);
                }
                trace += a.get(i, i);
            }
            for (int i = 0; i < d && d > 1 && family == Family.TRACE_ZERO; i++) {
                a.add(i, i, -trace / d);
            }
            return a;
        }

        /** {@code x_i^T A x_i}. */
        double[] labels() {
            DMatrixRMaj images = LinearAlgebra.product(set.points(), matrix());
            int d = set.d();
            double[] y = new double[set.n()];
            Arrays.setAll(y, i -> LinearAlgebra.dot(images.data, i * d, set.points().data, i * d, d));
            return y;
        }

        double complexity() {
            return new ResolvedComplexity(set.points()).quadraticForm(labels());
        }

        /** The absolute eigenvalues. */
        double[] spectrum() {
            return Arrays.stream(LinearAlgebra.eigen(matrix()).values())
                    .map(Math::abs)
                    .toArray();
        }
    }

    @Provide
    Arbitrary<Quadratic> quadratics() {
        return Combinators.combine(PointSets.any(60, 6), Arbitraries.of(Family.class), Arbitraries.of(0.01, 1.0, 100.0))
                .as(Quadratic::new);
    }

    @Claim(
            id = "A19.ex6.2",
            statement =
                    "y_i = x_i^\\top A x_i \\;\\Longrightarrow\\; y^\\top (H^\\infty)^{-1} y \\le M_g = O(\\|A\\|_*)",
            correction = "y_i = x_i^\\top A x_i \\;\\Longrightarrow\\;"
                    + " y^\\top (H^\\infty)^{-1} y \\le 2\\pi \\|A\\|_F^2 \\le 36\\, \\|A\\|_*^2",
            hypotheses = "$A$ symmetric",
            derivation = "$A \\to cA$ multiplies the left side by $c^2$ and the printed bound by $c$."
                    + " By the series $H^\\infty \\succeq K^{\\circ 2}/(2\\pi)$, hence $2\\pi\\|A\\|_F^2$; Corollary 6.2 bounds the"
                    + " root by $6\\|A\\|_*$.")
    void quadraticFunctionsAreBoundedByTheSquareOfTheTraceNorm(@ForAll("quadratics") Quadratic drawn, ClaimRun run) {
        run.covers(drawn.set().d() == 1 ? "multiples of x^2" : drawn.family().label())
                .covers(drawn.set().geometry().label());
        run.note(
                "Qualifier: where $|x^\\top A x| \\le 1$ is required on the whole sphere, and not of the labels alone, the printed form holds"
                        + " with the constant $2\\pi$ (checked here). In fixed dimension $d$ the slice $|x_1| = c^{-1/2}$, on which all labels"
                        + " of $A = c\\, e_1 e_1^\\top$ are 1, does not violate it either: there $Q \\le 2\\pi(d-1)/(1-1/c)^2$.");
        double complexity = drawn.complexity();
        double[] spectrum = drawn.spectrum();
        double traceNorm = Arrays.stream(spectrum).sum();
        double frobeniusNorm = LinearAlgebra.norm(spectrum);
        double operatorNorm = Arrays.stream(spectrum).max().orElseThrow();

        DoubleUnaryOperator corrected = norm -> 36 * norm * norm;
        run.check(
                        "trace norm",
                        corrected,
                        (bound, lab) -> atMostOne(
                                complexity / bound.applyAsDouble(traceNorm),
                                slices((q, c) -> q / bound.applyAsDouble(c))))
                .printedAs("36 ||A||_*, without the square", norm -> 36 * norm)
                .printedAs("1000 ||A||_*, without the square", norm -> 1000 * norm)
                .falsifiedBy("4 ||A||_*^2", norm -> 4 * norm * norm);
        run.check(
                        "Frobenius norm",
                        2 * Math.PI,
                        (constant, lab) -> atMostOne(
                                complexity / (constant * frobeniusNorm * frobeniusNorm),
                                slices((q, c) -> q / (constant * c * c))))
                .falsifiedBy("6 ||A||_F^2", 6.0);
        run.check(
                        "printed form when |x^T A x| <= 1 on the sphere",
                        1.0,
                        (norm, lab) -> atMostOne(
                                norm * complexity / (2 * Math.PI * traceNorm * operatorNorm),
                                slices((q, c) -> norm * q / (2 * Math.PI * c * c))))
                .falsifiedBy("only |x^T A x| <= 1.1", 1.1);
    }

    private static Decision atMostOne(double drawn, double[] slices) {
        double[] ratios = Arrays.copyOf(slices, slices.length + 1);
        ratios[slices.length] = drawn;
        return Comparison.atMost(ratios, 1, ResolvedComplexity.TOLERANCE, ResolvedComplexity.DERIVATION);
    }

    /** A function of {@code Q} and {@code c} on every slice. */
    private static double[] slices(DoubleBinaryOperator f) {
        return IntStream.range(0, SLICES.length)
                .mapToDouble(i -> f.applyAsDouble(SLICE_COMPLEXITIES[i], SLICES[i]))
                .toArray();
    }

    /** {@code Q} of the labels {@code c t^2} on the nodes {@code t = +-c^(-1/2)} with {@code 1000 c^2} copies. */
    private static double sliceComplexity(double c) {
        double t = 1 / Math.sqrt(c);
        return new LatticePoints(t, -t).quadraticForm(LatticePoints.polynomial(0, 0, c), 1000 * c * c);
    }
}
