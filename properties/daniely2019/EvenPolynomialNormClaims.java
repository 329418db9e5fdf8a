package daniely2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.InnerProductKernel;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Even polynomials in the ReLU network's tangent kernel space, and the constant among them.
 *
 * <h2>Source</h2>
 *
 * D19, section 3.2, the sentence before Theorem 6.
 *
 * <h2>Statement</h2>
 *
 * The kernel {@code rho (pi - arccos rho)/(2 pi) = sum b_n rho^n} has {@code b_0 = 0}, {@code b_1 = 1/4}, {@code b_2 = 1/(2 pi)}, {@code b_4 = 1/(12 pi)}. For
 * {@code p = sum_(|alpha| even, 2 <= |alpha| <= c) a_alpha x^alpha}
 *
 * <pre>{@code
 * |p|^2 <= max_(2 <= n <= c even) (1/b_n) sum a_alpha^2:   2 pi for c = 2, 12 pi for c = 4
 * |1|^2 = 4 pi Gamma((d+1)/2)^2 / Gamma(d/2)^2, about 2 pi d   (printed: the constant is in the same ball, whatever d)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * d from 2 to 5, c = 2 and 4, random unit coefficients and the power {@code x_1^c}; the constant in every dimension to 1000.
 *
 * <h2>How it is checked</h2>
 *
 * {@code p^T (K + 1e-8 I)^-1 p} on 150 points is at most {@code |p|^2}; rounding adds {@code 150 2^-53 / 1e-8}, below 1e-5 of it. The constant: its norm is
 * {@code 1 / E k(x, y)}, an integral over the angle, by Gauss-Legendre on 64 panels, to 1e-11.
 *
 * <h2>Falsifiers</h2>
 *
 * The class with its constant, as printed; two thirds of the bound, which {@code x_1^2} exceeds; {@code 2 pi d}, which is only an upper bound.
 */
class EvenPolynomialNormClaims {
    private static final InnerProductKernel RELU =
            new InnerProductKernel(rho -> rho * (Math.PI - Math.acos(rho)) / (2 * Math.PI));

    /** Dimension, degree and seed. */
    record Even(int d, int c, long seed) {}

    @Provide
    Arbitrary<Even> evens() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 5),
                        Arbitraries.of(2, 4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Even::new);
    }

    @Claim(
            id = "D19.incl",
            statement =
                    "\\Big\\{ \\sum_{|\\alpha| \\text{ even},\\, |\\alpha| \\le c} a_\\alpha x^\\alpha : \\sum a_\\alpha^2 \\le M^2 \\Big\\} \\subset H^{O(M)}_{\\mathrm{tk}^h}",
            correction =
                    "\\Big\\{ \\sum_{|\\alpha| \\text{ even},\\, 2 \\le |\\alpha| \\le c} a_\\alpha x^\\alpha : \\sum a_\\alpha^2 \\le M^2 \\Big\\} \\subset H^{M \\max_n b_n^{-1/2}}_{\\mathrm{tk}^h}",
            derivation =
                    "For ReLU $b_0 = 0$: the constant is represented through $\\|x\\|^2$ and its like alone, and $\\|1\\|^2 = 4\\pi\\,"
                            + " \\Gamma(\\tfrac{d+1}2)^2 / \\Gamma(\\tfrac d2)^2 \\sim 2\\pi d$ grows with the dimension. Without it the constant is $2\\pi$ for $c = 2$, $12\\pi$ for $c = 4$.",
            hypotheses = "ReLU; the $O$ depends on $c$ only",
            instances = 60)
    void evenPolynomialsWithoutAConstantLieInTheBall(@ForAll("evens") Even drawn, ClaimRun run) {
        run.covers("d = " + drawn.d).covers("c = " + drawn.c);
        RandomStream stream = RandomStream.of(drawn.seed, "EvenPolynomialNormClaims");
        DMatrixRMaj points = PointLaw.SPHERE.rows(150, drawn.d, stream.part("points"));
        DMatrixRMaj gram = RELU.gram(points);
        for (int i = 0; i < points.numRows; i++) {
            gram.add(i, i, 1e-8);
        }
        Cholesky factor = LinearAlgebra.cholesky(gram);
        double bound = drawn.c == 2 ? 2 * Math.PI : 12 * Math.PI;
        double drawnNorm = factor.quadraticForm(random(drawn, stream, points));
        double square = factor.quadraticForm(power(points, 2));
        double constant = constantNorm(drawn.d);
        run.check(
                        "random coefficients",
                        1.0,
                        (share, lab) -> Comparison.atMost(drawnNorm, share * bound, 1e-5 * bound, "150 2^-53 / 1e-8"))
                .falsifiedBy("1/100", 0.01);
        run.check(
                        "x_1^2, c = 2",
                        1.0,
                        (share, lab) ->
                                Comparison.atMost(square, share * 2 * Math.PI, 1e-5 * bound, "150 2^-53 / 1e-8"))
                .falsifiedBy("two thirds of 2 pi", 2.0 / 3);
        run.check(
                        "the class for c = 2",
                        false,
                        (withConstant, lab) -> Comparison.atMost(
                                withConstant ? Math.max(square, constant) : square,
                                2 * Math.PI,
                                1e-5 * bound,
                                "150 2^-53 / 1e-8"))
                .printedAs("with the constant", true);
    }

    /** A polynomial of even degrees 2 to c in powers of coordinates and products of two squares, with unit coefficients. */
    private static double[] random(Even drawn, RandomStream stream, DMatrixRMaj points) {
        double[] values = new double[points.numRows];
        double[] a = PointLaw.SPHERE.rows(1, 3 * drawn.d, stream.part("a")).data;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < drawn.d; j++) {
                double x = points.get(i, j);
                double next = points.get(i, (j + 1) % drawn.d);
                values[i] += a[3 * j] * x * next;
                values[i] += drawn.c == 2 ? 0 : a[3 * j + 1] * Math.pow(x, 4) + a[3 * j + 2] * x * x * next * next;
            }
        }
        return values;
    }

    private static double[] power(DMatrixRMaj points, int n) {
        double[] values = new double[points.numRows];
        Arrays.setAll(values, i -> Math.pow(points.get(i, 0), n));
        return values;
    }

    private static double constantNorm(int d) {
        return 4 * Math.PI * Math.exp(2 * (Gamma.logGamma((d + 1) / 2.0) - Gamma.logGamma(d / 2.0)));
    }

    @Claim(
            id = "D19.incl-const",
            statement =
                    "\\|1\\|^2_{\\mathrm{tk}^h} = \\frac{4\\pi\\, \\Gamma(\\frac{d+1}2)^2}{\\Gamma(\\frac d2)^2} \\sim 2\\pi d",
            hypotheses = "ReLU, $d \\ge 2$",
            instances = 1)
    void normOfTheConstantGrowsWithTheDimension(ClaimRun run) {
        int[] dimensions = {2, 3, 5, 10, 20, 100, 1000};
        double[] observed = new double[dimensions.length];
        for (int j = 0; j < dimensions.length; j++) {
            observed[j] = 1 / meanKernel(dimensions[j]) / dimensions[j];
        }
        DoubleUnaryOperator formula = d -> constantNorm((int) d);
        run.check(
                        "norm / d",
                        formula,
                        (form, lab) -> Comparison.equal(
                                observed,
                                Arrays.stream(dimensions)
                                        .mapToDouble(d -> form.applyAsDouble(d) / d)
                                        .toArray(),
                                1e-9,
                                "integral to 1e-11, logarithms of gamma functions to 1e-13 of 6000"))
                .falsifiedBy("2 pi d", d -> 2 * Math.PI * d)
                .falsifiedBy("2 pi", d -> 2 * Math.PI);
    }

    /** {@code E k(x, y)}, y uniform on the sphere: an integral over the angle with density {@code sin^(d-2)}. */
    private static double meanKernel(int d) {
        double sum = 0;
        double all = 0;
        int panels = 64;
        for (int p = 0; p < panels; p++) {
            GaussIntegrator rule =
                    new GaussIntegratorFactory().legendre(16, Math.PI * p / panels, Math.PI * (p + 1) / panels);
            all += rule.integrate(angle -> Math.pow(Math.sin(angle), d - 2));
            sum += rule.integrate(
                    angle -> Math.cos(angle) * (Math.PI - angle) / (2 * Math.PI) * Math.pow(Math.sin(angle), d - 2));
        }
        return sum / all;
    }
}
