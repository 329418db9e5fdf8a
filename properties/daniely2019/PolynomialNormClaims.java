package daniely2019;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.InnerProductKernel;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Inner product kernels on the sphere, and the norms of polynomials in their spaces.
 *
 * <h2>Source</h2>
 *
 * D19, appendix A.1, Lemma 8.
 *
 * <h2>Statement</h2>
 *
 * For {@code k(x, y) = sum_n b_n <x, y>^n} with all {@code b_n >= 0}, a kernel, and p homogeneous of degree n with coefficients {@code a_alpha}:
 *
 * <pre>{@code
 * |p|_k^2 <= (1/b_n) sum_alpha a_alpha^2 alpha!/n! <= (1/b_n) sum_alpha a_alpha^2,   the first an equality if b_n is alone
 * |<u, .>^n|_k^2 <= 1/b_n,   an equality iff no other degree of n's parity is there (printed: always)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * d to 4, n to 4, random coefficients; kernels {@code b_n rho^n}, {@code exp(rho)}, and {@code b_0 + b_2 rho^2}; duplicates and antipodes for definiteness.
 *
 * <h2>How it is checked</h2>
 *
 * On points {@code x_1, ..., x_N}, {@code p^T (K + e I)^-1 p} is at most {@code |p|_k^2}, and equal to it for a kernel of finite rank r, {@code e = 0} and N = 3 r + 10 random points,
 * with the pseudo-inverse cut at 1e-9 of the largest eigenvalue: rounding 1e-16 over that is 1e-7, and 1e-6 is allowed. With {@code e = 1e-8} rounding adds
 * {@code N 2^-53 / e} of the value, below 1e-6.
 *
 * <h2>Falsifiers</h2>
 *
 * A negative coefficient; half the bound; no factor {@code alpha!/n!} where it is an equality; equality in the second bound as printed:
 * {@code |1|_k^2 = 1/(b_0 + b_2/d)} for {@code b_0 + b_2 rho^2}.
 */
class PolynomialNormClaims {
    private static final double EXACT = 1e-6;
    private static final String CUT = "eigenvalues above 1e-9 of the largest: 1e-16 / 1e-9, times 10";

    /** A homogeneous polynomial of degree n in d variables. */
    record Polynomial(int d, int n, long seed) {
        List<int[]> exponents() {
            List<int[]> all = new ArrayList<>();
            extend(all, new int[d], 0, n);
            return all;
        }

        private static void extend(List<int[]> all, int[] exponents, int position, int rest) {
            if (position == exponents.length - 1) {
                int[] complete = exponents.clone();
                complete[position] = rest;
                all.add(complete);
                return;
            }
            for (int e = 0; e <= rest; e++) {
                exponents[position] = e;
                extend(all, exponents, position + 1, rest - e);
            }
            exponents[position] = 0;
        }

        double[] coefficients() {
            return stream().part("coefficients").gaussians(exponents().size());
        }

        double[] values(DMatrixRMaj points) {
            double[] values = new double[points.numRows];
            List<int[]> exponents = exponents();
            double[] a = coefficients();
            for (int i = 0; i < values.length; i++) {
                for (int t = 0; t < a.length; t++) {
                    double term = a[t];
                    for (int j = 0; j < d; j++) {
                        term *= Math.pow(points.get(i, j), exponents.get(t)[j]);
                    }
                    values[i] += term;
                }
            }
            return values;
        }

        /** {@code sum a_alpha^2 (alpha!/n!)^power}. */
        double size(double power) {
            double sum = 0;
            List<int[]> exponents = exponents();
            double[] a = coefficients();
            for (int t = 0; t < a.length; t++) {
                double quotient = 1 / factorial(n);
                for (int e : exponents.get(t)) {
                    quotient *= factorial(e);
                }
                sum += a[t] * a[t] * Math.pow(quotient, power);
            }
            return sum;
        }

        RandomStream stream() {
            return RandomStream.of(seed, "PolynomialNormClaims");
        }
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    @Provide
    Arbitrary<Polynomial> polynomials() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Polynomial::new);
    }

    /** {@code f^T K^+ f}. */
    private static double norm(InnerProductKernel kernel, DMatrixRMaj points, double[] f) {
        SymmetricEigen eigen = LinearAlgebra.eigen(kernel.gram(points));
        return LinearAlgebra.dot(f, LinearAlgebra.product(eigen.pseudoInverse(1e-9), f));
    }

    @Claim(
            id = "D19.A1-psd",
            statement =
                    "b_n \\ge 0,\\; \\sum_n b_n < \\infty \\;\\Longrightarrow\\; \\sum_n b_n \\langle x, y\\rangle^n \\succeq 0",
            hypotheses = "on $\\mathbb S^{d-1}$")
    void powerSeriesWithNonnegativeCoefficientsAreKernels(@ForAll("polynomials") Polynomial drawn, ClaimRun run) {
        run.covers("d = " + drawn.d);
        int n = 8;
        DMatrixRMaj points = new DMatrixRMaj(n + 2, drawn.d);
        CommonOps_DDRM.insert(PointLaw.SPHERE.rows(n, drawn.d, drawn.stream().part("points")), points, 0, 0);
        for (int k = 0; k < drawn.d; k++) {
            points.set(n, k, points.get(0, k)); // a duplicate
            points.set(n + 1, k, -points.get(0, k)); // an antipode
        }
        double[] b = new double[12];
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            b[j] = drawn.stream().part("b").trial(j).uniform() < 0.4
                    ? 0
                    : drawn.stream().part("b").trial(100 + j).uniform();
            sum += b[j];
        }
        double rounding = 40 * (n + 2) * 0x1p-53 * Math.max(sum, 1) * (n + 2);
        run.check("random series", 0.0, (negative, lab) -> {
                    double[] series = b.clone();
                    series[0] -= negative;
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(
                                            InnerProductKernel.ofSeries(series).gram(points))
                                    .smallest(),
                            0,
                            rounding,
                            "40 n 2^-53 times the trace");
                })
                .falsifiedBy("b_0 less the sum of all, and a tenth", sum + 0.1);
        run.check(
                        "rho + 0.1 rho^2",
                        0.1,
                        (second, lab) -> Comparison.atLeast(
                                LinearAlgebra.eigen(InnerProductKernel.ofSeries(0, 1, second)
                                                .gram(points))
                                        .smallest(),
                                0,
                                rounding,
                                "40 n 2^-53 times the trace"))
                .falsifiedBy("rho - 0.1 rho^2, on antipodes", -0.1);
    }

    @Claim(
            id = "D19.lem8-1",
            statement = "\\|p\\|_k^2 \\le \\frac1{b_n} \\sum_{|\\alpha| = n} a_\\alpha^2",
            hypotheses =
                    "$p = \\sum_{|\\alpha| = n} a_\\alpha x^\\alpha$, $b_n > 0$; here the sharper $\\frac{1}{b_n}\\sum a_\\alpha^2\\, \\alpha!/n!$, an equality for $k = b_n \\rho^n$",
            instances = 100)
    void homogeneousPolynomialsHaveTheNormOfTheirCoefficients(@ForAll("polynomials") Polynomial drawn, ClaimRun run) {
        run.covers("d = " + drawn.d).covers("n = " + drawn.n);
        double b = drawn.stream().part("b").uniform(0.2, 3);
        double[] series = new double[drawn.n + 1];
        series[drawn.n] = b;
        DMatrixRMaj points = PointLaw.SPHERE.rows(
                3 * drawn.exponents().size() + 10, drawn.d, drawn.stream().part("points"));
        run.check(
                        "b_n alone, against sum a^2 alpha!/n!",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                norm(InnerProductKernel.ofSeries(series), points, drawn.values(points))
                                        * b
                                        / drawn.size(1),
                                factor,
                                EXACT,
                                CUT))
                .falsifiedBy("half", 0.5)
                .falsifiedBy("1.1 times", 1.1);
        Polynomial mixed = new Polynomial(3, 2, drawn.seed);
        DMatrixRMaj more = PointLaw.SPHERE.rows(40, 3, drawn.stream().part("more"));
        run.check(
                        "rho^2 in three dimensions",
                        1.0,
                        (power, lab) -> Comparison.equal(
                                norm(InnerProductKernel.ofSeries(0, 0, 1), more, mixed.values(more)),
                                mixed.size(power),
                                EXACT * mixed.size(0),
                                CUT))
                .falsifiedBy("without alpha!/n!", 0.0)
                .falsifiedBy("the root of alpha!/n!", 0.5);
        DMatrixRMaj many = PointLaw.SPHERE.rows(80, drawn.d, drawn.stream().part("many"));
        InnerProductKernel exponential = new InnerProductKernel(Math::exp);
        run.check("exp(rho), against n! sum a^2 alpha!/n!", 1.0, (factor, lab) -> {
                    double[] f = drawn.values(many);
                    DMatrixRMaj gram = exponential.gram(many);
                    for (int i = 0; i < many.numRows; i++) {
                        gram.add(i, i, 1e-8);
                    }
                    double lower = LinearAlgebra.cholesky(gram).quadraticForm(f);
                    return Comparison.atMost(
                            lower / (factorial(drawn.n) * drawn.size(1)), factor, EXACT, "N 2^-53 / 1e-8 of the value");
                })
                .falsifiedBy("1/30", 1.0 / 30);
    }

    /** A kernel {@code b_0 + b_2 rho^2}. */
    record TwoDegrees(int d, double constant, double square, long seed) {}

    @Provide
    Arbitrary<TwoDegrees> twoDegrees() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(0.2, 1.0, 3.0),
                        Arbitraries.of(0.2, 1.0, 3.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(TwoDegrees::new);
    }

    @Claim(
            id = "D19.lem8-2",
            statement = "\\|\\langle u, \\cdot\\rangle^n\\|_k^2 = \\frac1{b_n}",
            correction =
                    "\\|\\langle u, \\cdot\\rangle^n\\|_k^2 \\le \\frac1{b_n}, \\quad \\text{with equality iff no other } b_{n'} > 0,\\; n' \\equiv n \\bmod 2",
            derivation =
                    "On the sphere $1 = \\|x\\|^2$, so $1 = t + (1 - t)\\|x\\|^2$ for every $t$; in $k = b_0 + b_2\\rho^2$ the shortest of these"
                            + " representations of the constant has squared norm $1/(b_0 + b_2/d) < 1/b_0$. Every use as an upper bound survives.",
            hypotheses = "unit $u$, $b_n > 0$",
            instances = 100)
    void powersHaveAtMostTheInverseCoefficientAsTheirNorm(@ForAll("twoDegrees") TwoDegrees drawn, ClaimRun run) {
        run.covers(drawn.d == 1 ? "d = 1" : "d > 1");
        RandomStream stream = RandomStream.of(drawn.seed, "PolynomialNormClaims");
        DMatrixRMaj points = PointLaw.SPHERE.rows(3 * (drawn.d * (drawn.d + 1) / 2) + 10, drawn.d, stream);
        InnerProductKernel kernel = InnerProductKernel.ofSeries(drawn.constant, 0, drawn.square);
        double[] one = new double[points.numRows];
        double[] square = new double[points.numRows];
        double[] u = PointLaw.SPHERE.rows(1, drawn.d, stream.part("u")).data;
        double[] inner = LinearAlgebra.product(points, u);
        for (int i = 0; i < one.length; i++) {
            one[i] = 1;
            square[i] = inner[i] * inner[i];
        }
        double constantNorm = norm(kernel, points, one);
        double squareNorm = norm(kernel, points, square);
        run.check(
                        "norm of 1",
                        drawn.constant + drawn.square / drawn.d,
                        (inverse, lab) -> Comparison.equal(constantNorm, 1 / inverse, EXACT / drawn.constant, CUT))
                .printedAs("1/b_0", drawn.constant)
                .falsifiedBy("1/(b_0 + b_2)", drawn.constant + drawn.square + (drawn.d == 1 ? 1 : 0));
        run.check(
                        "norms times b_n",
                        1.0,
                        (bound, lab) -> Comparison.atMost(
                                new double[] {constantNorm * drawn.constant, squareNorm * drawn.square},
                                bound,
                                10 * EXACT,
                                CUT))
                .falsifiedBy("1/5", 0.2);
        InnerProductKernel alone = InnerProductKernel.ofSeries(0, drawn.constant, drawn.square);
        double linear = norm(alone, points, inner);
        run.check(
                        "degree 1 beside degree 2",
                        1.0,
                        (factor, lab) -> Comparison.equal(linear * drawn.constant, factor, 10 * EXACT, CUT))
                .falsifiedBy("0.9", 0.9);
    }
}
