package bubeck2020;

import instances.PointSet;
import instances.PointSets;
import instances.UnbiasedBases;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.memorizer.ComplexNeuron;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The steps from the moments of the random complex neuron to one with bounded weights.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Lemma 4.
 *
 * <h2>Statement</h2>
 *
 * With {@code F = y . g}, G the indicator of a large weight, {@code E |g|^2 <= C n}, {@code P(|W . x_i| > s) <= exp(-s^(2/m)/C)}, also for W':
 *
 * <pre>{@code
 * F^2 <= |y|^2 |g|^2, so that E F^2 <= |y|^2 E |g|^2 <= C n |y|^2
 * s = (4 C log n)^(m/2):   exp(-s^(2/m)/C) = n^-4,   E G <= 2 n n^-4,   E F G <= sqrt(E F^2 E G) <= sqrt(2 C) |y| / n
 * |y|^2 / (2 sqrt(n gamma^2)) - sqrt(2 C) |y| / n >= |y|^2 / (4 sqrt(n gamma^2))   iff   |y| >= 4 sqrt(2 C) gamma / sqrt(n)
 * |w . e| <= s on an orthonormal basis   =>   |w|^2 <= d s^2
 * E |v|^2 = y^T ((x_i . x_j)^m) y / (n gamma^2) <= 3 |y|^2 / (2 n gamma^2)
 * }</pre>
 *
 * The last line bounds v without a basis among the points.
 *
 * <h2>Instances</h2>
 *
 * Neurons at drawn weights and phases on points of any geometry, and on one point, where the first line is an equality; events that are disjoint,
 * the worst case of a union; a variable on one event, the worst case of Cauchy-Schwarz; labels at the threshold and far from it; the sum of a basis, the
 * worst case of the fourth line; unbiased bases with labels along the largest eigenvector.
 *
 * <h2>How it is checked</h2>
 *
 * All are inequalities between numbers, divided by the larger side; a few roundings each, a sum of n or d products {@code n 2^-53}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code F^2 <= |y|^2}, nine tenths of the bound; half the exponent of s, 3 for 4; W alone in the union; 1.8 C for 2 C; the last
 * inequality for all y, or from half the threshold; {@code s^2}, {@code 0.9 d s^2}, a vector missing in the basis; 1 for 3/2.
 */
class ComplexNeuronBoundClaims {
    private static final int DRAWS = 8;

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(6, 5);
    }

    @Claim(
            id = "B20.lem4-F2",
            statement =
                    "\\mathbb E[F^2] \\le \\|\\mathbf y\\|^2\\, \\mathbb E\\|\\mathbf g\\|^2 \\le C_m\\, n\\, \\|\\mathbf y\\|^2",
            hypotheses =
                    "$F = \\mathbf y \\cdot \\mathbf g$; $\\mathbb E\\|\\mathbf g\\|^2 \\le C_m n$ is Lemma 6; here for every value of w and a")
    void secondMomentOfTheCorrelationIsBoundedByCauchySchwarz(
            @ForAll("pointSets") PointSet set, @ForAll("degrees") int m, ClaimRun run) {
        run.covers(set.geometry().label()).covers("m = " + m);
        RandomStream stream = set.stream();
        double[] y = stream.gaussians(set.n());
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        double[] unit = {1};
        double[] squares = new double[2 * DRAWS + 2];
        double[] norms = new double[2 * DRAWS + 2];
        double labels = LinearAlgebra.dot(y, y);
        for (int k = 0; k < DRAWS; k++) {
            double[] g = values(set.points(), y, m, stream);
            double[] single = values(one, unit, m, stream);
            squares[k] = Math.pow(LinearAlgebra.dot(y, g), 2);
            norms[k] = LinearAlgebra.dot(g, g);
            squares[DRAWS + k] = single[0] * single[0] * labels; // the label is |y|
            norms[DRAWS + k] = single[0] * single[0];
            squares[2 * DRAWS] += squares[k] / DRAWS;
            norms[2 * DRAWS] += norms[k] / DRAWS;
            squares[2 * DRAWS + 1] += squares[DRAWS + k] / DRAWS;
            norms[2 * DRAWS + 1] += norms[DRAWS + k] / DRAWS;
        }
        DoubleBinaryOperator product = (labelNorm, neuronNorm) -> labelNorm * neuronNorm;
        run.check("values and means over eight draws", product, (bound, lab) -> {
                    double[] observed = new double[squares.length];
                    double[] claimed = new double[squares.length];
                    for (int k = 0; k < squares.length; k++) {
                        double size = Math.max(1, labels * norms[k]);
                        observed[k] = squares[k] / size;
                        claimed[k] = bound.applyAsDouble(labels, norms[k]) / size;
                    }
                    return Comparison.atMost(observed, claimed, 40 * 0x1p-53, "4 n + 16 roundings, n at most 6");
                })
                .falsifiedBy("|y|^2", (labelNorm, neuronNorm) -> labelNorm)
                .falsifiedBy("|y| |g|^2", (labelNorm, neuronNorm) -> Math.sqrt(labelNorm) * neuronNorm)
                .falsifiedBy("0.9 |y|^2 |g|^2", (labelNorm, neuronNorm) -> 0.9 * labelNorm * neuronNorm);
    }

    @Provide
    Arbitrary<Integer> degrees() {
        return Arbitraries.integers().between(2, 6);
    }

    /** {@code g(x_i)} at a drawn weight and phase, {@code n gamma^2 = 1}. */
    private static double[] values(DMatrixRMaj points, double[] y, int m, RandomStream stream) {
        double[] w = stream.gaussians(points.numCols);
        double[] v = ComplexNeuron.direction(points, y, m, 1, w);
        return ComplexNeuron.turned(m, w, v, stream.uniform(0, 2 * Math.PI)).values(points);
    }

    /** The constant of Lemma 6, its degree, the number of points, {@code n gamma^2}. */
    record Truncation(double c, int m, int n, double scale) {
        double gamma() {
            return Math.sqrt(scale / n);
        }
    }

    @Provide
    Arbitrary<Truncation> truncations() {
        return Combinators.combine(
                        Arbitraries.of(0.3, 1.0, 20.0),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(2, 3, 10, 1000, 1_000_000),
                        Arbitraries.of(1.0, 1.7))
                .as(Truncation::new);
    }

    /** {@code s = (factor C log n)^(m share)}. */
    private record Cut(double factor, double share) {}

    @Claim(
            id = "B20.lem4-G",
            statement =
                    "\\mathbb E[G] \\le 2n \\cdot n^{-4}, \\qquad \\mathbb E[FG] \\le \\sqrt{\\mathbb E[F^2]\\, \\mathbb E[G]} \\le \\frac{\\sqrt{2C_m}}{n} \\|\\mathbf y\\|,"
                            + " \\qquad \\frac{\\|\\mathbf y\\|^2}{2\\sqrt{n\\gamma^2}} - \\frac{\\sqrt{2C_m}}{n} \\|\\mathbf y\\| \\ge \\frac{\\|\\mathbf y\\|^2}{4\\sqrt{n\\gamma^2}}",
            hypotheses =
                    "$s = (4C_m \\log n)^{m/2}$; two parts, $n$ points; the last inequality for $\\|\\mathbf y\\| \\ge 4\\sqrt{2C_m}\\, \\gamma/\\sqrt n$")
    void truncationCostsLittle(@ForAll("truncations") Truncation drawn, ClaimRun run) {
        run.covers(drawn.n == 2 ? "n = 2" : "n > 2").covers(drawn.m == 1 ? "m = 1" : "m > 1");
        run.note(
                "The factor 2 of the union bound goes into the constant. The last inequality needs labels that are not too small; with"
                        + " s y for y, s >= 1, the proof covers them all.");
        double log = Math.log(drawn.n);
        run.check("s^(2/m) / (C log n)", new Cut(4, 0.5), (cut, lab) -> {
                    double s = Math.pow(cut.factor * drawn.c * log, cut.share * drawn.m);
                    return Comparison.equal(
                            Math.pow(s, 2.0 / drawn.m) / (drawn.c * log),
                            4,
                            1e-13,
                            "two powers of numbers of exponent below 60");
                })
                .falsifiedBy("s = (4 C log n)^(m/4)", new Cut(4, 0.25))
                .falsifiedBy("s = (3 C log n)^(m/2)", new Cut(3, 0.5));
        run.check("union of disjoint events, times n^3", 2.0, (parts, lab) -> {
                    double each = Math.pow(drawn.n, -4);
                    double union = 0;
                    for (int i = 0; i < Math.min(2 * drawn.n, 2000); i++) {
                        union += each;
                    }
                    union *= 2 * drawn.n / (double) Math.min(2 * drawn.n, 2000);
                    return Comparison.atMost(union * Math.pow(drawn.n, 3), parts, 4000 * 0x1p-53, "2000 sums");
                })
                .falsifiedBy("one part", 1.0)
                .falsifiedBy("sqrt 3 for 2", Math.sqrt(3));
        double probability = 2 * Math.pow(drawn.n, -3);
        double bound = 1 / drawn.gamma(); // |y| = sqrt(n), E F^2 = C n |y|^2
        double norm = Math.sqrt(drawn.n);
        double square = drawn.c * drawn.n * norm * norm;
        run.check("(E F G)^2 for F on the event, over C |y|^2 / n^2", 2.0, (constant, lab) -> {
                    double height = Math.sqrt(square / probability);
                    double mean = height * probability; // E F G, F = height on the event
                    double unit = Math.sqrt(drawn.c) * norm / drawn.n;
                    return Comparison.atMost(Math.pow(mean / unit, 2), constant, 40 * 0x1p-53, "20 roundings of 2");
                })
                .falsifiedBy("1", 1.0)
                .falsifiedBy("1.8", 1.8);
        run.check("the last inequality, over |y|^2", 4.0, (factor, lab) -> {
                    double[] sizes = {1, 1.5, 10};
                    double[] left = new double[3];
                    double[] right = new double[3];
                    for (int k = 0; k < 3; k++) {
                        double size = factor * Math.sqrt(2 * drawn.c) * drawn.gamma() / norm * sizes[k];
                        left[k] = 0.5 * bound / norm - Math.sqrt(2 * drawn.c) / (drawn.n * size);
                        right[k] = 0.25 * bound / norm;
                        left[k] *= norm / bound;
                        right[k] *= norm / bound;
                    }
                    return Comparison.atLeast(left, right, 20 * 0x1p-53, "20 roundings");
                })
                .falsifiedBy("from half of that on", 2.0)
                .falsifiedBy("from 0.9 of that on", 3.6)
                .falsifiedBy("for all y", 1e-6);
    }

    /** A basis of R^d. */
    record Basis(int d, long seed) {
        DMatrixRMaj rows() {
            return OrthonormalRows.draw(d, d, stream());
        }

        RandomStream stream() {
            return RandomStream.of(seed, "ComplexNeuronBoundClaims");
        }
    }

    @Provide
    Arbitrary<Basis> bases() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Basis::new);
    }

    /** {@code |w|^2 <= factor d^power s^2}, s the maximum over all but so many vectors of the basis. */
    private record NormBound(double factor, double power, int missing) {}

    @Claim(
            id = "B20.lem4-basis",
            statement =
                    "|\\tilde w \\cdot e| \\le s \\text{ on an orthonormal basis} \\;\\Longrightarrow\\; \\|\\tilde w\\|^2 \\le d\\, s^2",
            hypotheses =
                    "also without a basis: $\\mathbb E\\|v\\|^2 = \\mathbf y^\\top (x_i \\cdot x_j)^{\\circ m} \\mathbf y/(n\\gamma^2) \\le \\frac{3}{2}\\|\\mathbf y\\|^2/(n\\gamma^2)$ under (14) and (19)")
    void boundsOnABasisBoundTheNorm(@ForAll("bases") Basis drawn, ClaimRun run) {
        run.covers(drawn.d == 1 ? "d = 1" : "d > 1");
        run.note(
                "Points added to make the sample contain a basis must keep the inner products small; the second bound does without.");
        DMatrixRMaj rows = drawn.rows();
        double[] gaussian = drawn.stream().part("w").gaussians(drawn.d);
        double[] ones = new double[drawn.d];
        Arrays.fill(ones, 1);
        double[] sum = LinearAlgebra.productTransA(rows, ones);
        run.check("drawn, and the sum of the basis", new NormBound(1, 1, 0), (form, lab) -> {
                    double[] ratios = {ratio(rows, gaussian, form), ratio(rows, sum, form)};
                    return Comparison.atMost(
                            ratios,
                            form.factor * Math.pow(drawn.d, form.power),
                            1e-12,
                            "20 d 2^-53, d at most 10, of ratios below 100");
                })
                .falsifiedBy("s^2", new NormBound(1, 0, 0))
                .falsifiedBy("0.9 d s^2", new NormBound(0.9, 1, 0))
                .falsifiedBy("sqrt(d) s^2", new NormBound(1, 0.5, 0));
        DMatrixRMaj fixed = OrthonormalRows.draw(6, 6, drawn.stream().part("fixed"));
        double[] last = row(fixed, 5);
        double[] skew = row(fixed, 0);
        for (int k = 0; k < 6; k++) {
            skew[k] = skew[k] / 10 + last[k];
        }
        run.check(
                        "a vector close to the last of six",
                        new NormBound(1, 1, 0),
                        (form, lab) -> Comparison.atMost(
                                ratio(fixed, skew, form), 6, 1e-12, "120 * 2^-53 of ratios below 101"))
                .falsifiedBy("the last vector is missing", new NormBound(1, 1, 1));
        run.check("E |v|^2 gamma^2 on unbiased bases", 1.5, (bound, lab) -> largestMeanSquare(bound))
                .falsifiedBy("1", 1.0)
                .falsifiedBy("1.05", 1.05);
    }

    private static double[] row(DMatrixRMaj rows, int i) {
        return Arrays.copyOfRange(rows.data, i * rows.numCols, (i + 1) * rows.numCols);
    }

    private static double ratio(DMatrixRMaj basis, double[] w, NormBound form) {
        double[] products = LinearAlgebra.product(basis, w);
        double largest = 0;
        for (int i = 0; i < products.length - form.missing; i++) {
            largest = Math.max(largest, Math.abs(products[i]));
        }
        return LinearAlgebra.dot(w, w) / (largest * largest);
    }

    /** With {@code |y|^2 = n} along the largest eigenvector; m = 6 in dimension 4 and 5 in dimension 16, the least that (19) allows. */
    private static Decision largestMeanSquare(double bound) {
        double[] largest = new double[2];
        for (int s = 1; s <= 2; s++) {
            DMatrixRMaj gram = LinearAlgebra.gram(UnbiasedBases.pair(s));
            for (int i = 0; i < gram.data.length; i++) {
                gram.data[i] = Math.pow(gram.data[i], s == 1 ? 6 : 5);
            }
            SymmetricEigen eigen = LinearAlgebra.eigen(gram);
            double[] y = row(eigen.vectors(), 0);
            largest[s - 1] = LinearAlgebra.dot(y, LinearAlgebra.product(gram, y));
        }
        return Comparison.atMost(largest, bound, 1e-13, "10 n 2^-53, n at most 32");
    }
}
