package bubeck2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Orthonormal Hermite polynomials: definition, derivative, recurrence.
 *
 * <h2>Source</h2>
 *
 * B20, appendix A, its first display, (27) and (28); section 5.2, where {@code phi = H_m / sqrt(m)}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * H_m(x) = (-1)^m / sqrt(m!) exp(x^2/2) d^m/dx^m exp(-x^2/2),   H_(-1) = 0
 * H_m' = sqrt(m) H_(m-1),   phi' = H_(m-1)
 * sqrt(m/(m-1)) H_m = x H_(m-1) / sqrt(m-1) - H_(m-2)   for m >= 2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * m = 0, ..., 20 at drawn real and complex arguments, zero among them.
 *
 * <h2>How it is checked</h2>
 *
 * The derivatives of {@code exp(-x^2/2)} are {@code exp(-x^2/2)} times integer polynomials by the product rule, evaluated exactly
 * ({@link IntegerPolynomial}); the project's values come from a recurrence, exact to {@code 10 m 2^-53} of {@code |h_m|(|x|)}, the sum of the moduli of
 * the terms ({@link HermiteSize}), by which all numbers are divided. Expectations of products are sums of integers.
 *
 * <p>The derivative at z is the mean of {@code conj(a) p(z + a)} over 24 roots of unity a, exact for degrees up to 24; size
 * {@code |h_m|(|z| + 1)}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1/m!} and {@code 1/sqrt((m+1)!)}, no sign, the weight {@code exp(-x^2)}; {@code m H_(m-1)},
 * {@code sqrt(m-1) H_(m-1)}; 2x for x, a plus sign, {@code sqrt((m+1)/m)}; {@code H_m/m}.
 */
class HermitePolynomialClaims {
    private static final int DEGREE = 20;
    private static final double ROUNDING = 12 * DEGREE * 0x1p-53;
    private static final String RECURRENCE = "(10 m + 2 m) 2^-53 of the sum of the moduli of the terms, m <= 20";
    private static final List<IntegerPolynomial> POLYNOMIALS = IntStream.rangeClosed(0, DEGREE)
            .mapToObj(m -> IntegerPolynomial.derivativeOfTheGaussian(m, 1))
            .toList();
    private static final double[] PRODUCTS = products();

    /** {@code E P_m(G) P_k(G)} for m, k = 0 ... 12, from integers. */
    private static double[] products() {
        double[] products = new double[13 * 13];
        for (int m = 0; m < 13; m++) {
            for (int k = 0; k < 13; k++) {
                products[13 * m + k] = POLYNOMIALS
                        .get(m)
                        .times(POLYNOMIALS.get(k))
                        .gaussianMean()
                        .doubleValue();
            }
        }
        return products;
    }

    @Provide
    Arbitrary<Double> reals() {
        return Arbitraries.integers().between(-60, 60).map(i -> i / 10.0);
    }

    @Provide
    Arbitrary<ComplexPoint> points() {
        return ComplexPoint.any();
    }

    private static double rootOfFactorial(int m) {
        return Math.sqrt(HermiteSize.factorial(m));
    }

    /** A definition of {@code H_m(x)}. */
    private interface Definition {
        double at(int m, double x);
    }

    @Claim(
            id = "B20.herm-def",
            statement =
                    "H_m(x) = \\frac{(-1)^m}{\\sqrt{m!}} \\Bigl(\\frac{d^m}{dx^m} e^{-x^2/2}\\Bigr) e^{x^2/2}, \\qquad \\mathbb E\\, H_m H_k = \\delta_{mk}",
            hypotheses = "the leading coefficient is $1/\\sqrt{m!}$; $m \\le 20$")
    void derivativesOfTheGaussianAreTheOrthonormalPolynomials(@ForAll("reals") double x, ClaimRun run) {
        run.covers(x == 0 ? "x = 0" : "x != 0");
        Definition derivatives = (m, at) -> POLYNOMIALS.get(m).at(at) / rootOfFactorial(m);
        run.check("values", derivatives, (definition, lab) -> {
                    double[] observed = new double[DEGREE + 1];
                    double[] claimed = new double[DEGREE + 1];
                    for (int m = 0; m <= DEGREE; m++) {
                        double size = HermiteSize.at(m, Math.abs(x));
                        if (size > 0) { // odd m at 0: both are 0
                            observed[m] = HermitePolynomial.orthonormal(m, x) / size;
                            claimed[m] = definition.at(m, x) / size;
                        }
                    }
                    return Comparison.equal(observed, claimed, ROUNDING, RECURRENCE);
                })
                .falsifiedBy("1/m!", (m, at) -> POLYNOMIALS.get(m).at(at) / HermiteSize.factorial(m))
                .falsifiedBy("1/sqrt((m+1)!)", (m, at) -> POLYNOMIALS.get(m).at(at) / rootOfFactorial(m + 1))
                .falsifiedBy("no sign (-1)^m", (m, at) -> (m % 2 == 0 ? 1 : -1) * derivatives.at(m, at))
                .falsifiedBy(
                        "weight exp(-x^2)",
                        (m, at) ->
                                IntegerPolynomial.derivativeOfTheGaussian(m, 2).at(at) / rootOfFactorial(m));
        IntToDoubleFunction scale = m -> 1 / rootOfFactorial(m);
        run.check("inner products", scale, (factor, lab) -> {
                    double[] observed = PRODUCTS.clone();
                    double[] claimed = new double[PRODUCTS.length];
                    for (int m = 0; m < 13; m++) {
                        claimed[14 * m] = 1;
                        for (int k = 0; k < 13; k++) {
                            observed[13 * m + k] *= factor.applyAsDouble(m) * factor.applyAsDouble(k);
                        }
                    }
                    return Comparison.equal(observed, claimed, 10 * 0x1p-53, "ten roundings of integers' quotients");
                })
                .falsifiedBy("1/m!", m -> 1 / HermiteSize.factorial(m))
                .falsifiedBy("1/sqrt((m+1)!)", m -> 1 / rootOfFactorial(m + 1));
        run.check("leading coefficients", scale, (factor, lab) -> {
                    double[] observed = new double[DEGREE + 1];
                    double[] claimed = new double[DEGREE + 1];
                    for (int m = 0; m <= DEGREE; m++) {
                        observed[m] =
                                HermitePolynomial.orthonormal(m, 0x1p40) * rootOfFactorial(m) / Math.pow(0x1p40, m);
                        claimed[m] = factor.applyAsDouble(m) * rootOfFactorial(m);
                    }
                    return Comparison.equal(observed, claimed, ROUNDING, "12 m 2^-53 + m^2 2^-80 at x = 2^40");
                })
                .falsifiedBy("1/m!", m -> 1 / HermiteSize.factorial(m))
                .falsifiedBy("1/sqrt((m+1)!)", m -> 1 / rootOfFactorial(m + 1));
    }

    /** {@code h_m'(z) / divisor(m)} against {@code factor(m) h_(m-1)(z)} for m = first ... 20, over {@code |h_m|(|z| + 1)}. */
    private static Decision derivatives(Complex z, int first, IntToDoubleFunction divisor, IntToDoubleFunction factor) {
        double[] observed = new double[2 * (DEGREE + 1)];
        double[] claimed = new double[2 * (DEGREE + 1)];
        for (int m = first; m <= DEGREE; m++) {
            Complex slope = Complex.ZERO;
            for (int k = 0; k < 24; k++) {
                Complex a = new Complex(Math.cos(Math.PI * k / 12), Math.sin(Math.PI * k / 12));
                slope = slope.add(a.conjugate().multiply(HermitePolynomial.orthonormal(m, z.add(a))));
            }
            double size = HermiteSize.at(m, z.abs() + 1);
            slope = slope.divide(24 * divisor.applyAsDouble(m) * size);
            Complex value = m == 0
                    ? Complex.ZERO // H_(-1) = 0
                    : HermitePolynomial.orthonormal(m - 1, z).multiply(factor.applyAsDouble(m) / size);
            observed[2 * m] = slope.getReal();
            observed[2 * m + 1] = slope.getImaginary();
            claimed[2 * m] = value.getReal();
            claimed[2 * m + 1] = value.getImaginary();
        }
        return Comparison.equal(observed, claimed, 2 * ROUNDING, "24 m 2^-53 of |h_m|(|z| + 1), m <= 20");
    }

    @Claim(
            id = "B20.eq27",
            statement = "H_m' = \\sqrt m\\, H_{m-1}, \\qquad H_{-1} \\equiv 0",
            hypotheses = "on the complex plane; $0 \\le m \\le 20$")
    void derivativesOfHermitePolynomialsAreHermitePolynomials(@ForAll("points") ComplexPoint point, ClaimRun run) {
        point.cover(run);
        IntToDoubleFunction root = Math::sqrt;
        run.check("roots of unity", root, (factor, lab) -> derivatives(point.z(), 0, m -> 1, factor))
                .falsifiedBy("m H_(m-1)", m -> m)
                .falsifiedBy("sqrt(m-1) H_(m-1)", m -> Math.sqrt(m - 1))
                .falsifiedBy("sqrt(m+1) H_(m-1)", m -> Math.sqrt(m + 1));
        run.check("coefficients", 0, (shift, lab) -> {
                    double[] observed = new double[DEGREE * DEGREE];
                    double[] claimed = new double[DEGREE * DEGREE];
                    for (int m = 1; m <= DEGREE; m++) {
                        IntegerPolynomial slope = POLYNOMIALS.get(m).derivative();
                        for (int k = 0; k < m; k++) { // sqrt(m!) H_m = P_m turns the rule into P_m' = m P_(m-1)
                            observed[(m - 1) * DEGREE + k] =
                                    slope.coefficient(k).doubleValue();
                            claimed[(m - 1) * DEGREE + k] = (m + shift)
                                    * POLYNOMIALS.get(m - 1).coefficient(k).doubleValue();
                        }
                    }
                    return Comparison.equal(observed, claimed, 0, "integers");
                })
                .falsifiedBy("sqrt(m-1)", -1)
                .falsifiedBy("sqrt(m+1)", 1);
    }

    @Claim(
            id = "B20.phi",
            statement = "\\varphi = \\frac{1}{\\sqrt m} H_m \\;\\Longrightarrow\\; \\varphi' = H_{m-1}",
            hypotheses = "on the complex plane; $1 \\le m \\le 20$")
    void phiHasAHermitePolynomialAsDerivative(@ForAll("points") ComplexPoint point, ClaimRun run) {
        point.cover(run);
        IntToDoubleFunction root = Math::sqrt;
        run.check("roots of unity", root, (divisor, lab) -> derivatives(point.z(), 1, divisor, m -> 1))
                .falsifiedBy("H_m / m", m -> m)
                .falsifiedBy("H_m / sqrt(m+1)", m -> Math.sqrt(m + 1))
                .falsifiedBy("H_m", m -> 1);
    }

    /** {@code sqrt((m + shift)/(m-1)) H_m = argument x H_(m-1) / sqrt(m-1) - last H_(m-2)}. */
    private record Recurrence(double argument, double last, int shift) {}

    @Claim(
            id = "B20.eq28",
            statement = "\\sqrt{\\frac{m}{m-1}}\\, H_m(x) = \\frac{x}{\\sqrt{m-1}}\\, H_{m-1}(x) - H_{m-2}(x)",
            hypotheses =
                    "$m \\ge 2$; multiplied by $\\sqrt{m-1}$ also for $m = 1$, with $H_{-1} = 0$; $x$ real or complex")
    void hermitePolynomialsSatisfyTheRecurrence(@ForAll("points") ComplexPoint point, ClaimRun run) {
        point.cover(run);
        Complex z = point.z();
        Complex[] defined = new Complex[DEGREE + 1];
        Arrays.setAll(defined, m -> POLYNOMIALS.get(m).at(z).divide(rootOfFactorial(m)));
        run.check("m >= 2", new Recurrence(1, 1, 0), (form, lab) -> recurrence(z, defined, form, 2))
                .falsifiedBy("2x for x", new Recurrence(2, 1, 0))
                .falsifiedBy("plus H_(m-2)", new Recurrence(1, -1, 0))
                .falsifiedBy("sqrt((m+1)/(m-1)) H_m", new Recurrence(1, 1, 1));
        run.check("times sqrt(m-1), m >= 1", new Recurrence(1, 1, 0), (form, lab) -> recurrence(z, defined, form, 1))
                .falsifiedBy("1.1 H_(m-2)", new Recurrence(1, 1.1, 0))
                .falsifiedBy("sqrt(m+1) H_m", new Recurrence(1, 1, 1));
    }

    /** With values from the definition, over the sum of the moduli of the terms of the left side. */
    private static Decision recurrence(Complex z, Complex[] defined, Recurrence form, int first) {
        double[] observed = new double[2 * (DEGREE + 1)];
        double[] claimed = new double[2 * (DEGREE + 1)];
        for (int m = first; m <= DEGREE; m++) {
            double factor = first == 1 ? 1 : 1 / Math.sqrt(m - 1);
            Complex left = defined[m].multiply(factor * Math.sqrt(m + form.shift));
            Complex beforeLast = m < 2 ? Complex.ZERO : defined[m - 2];
            Complex right = z.multiply(form.argument * factor)
                    .multiply(defined[m - 1])
                    .subtract(beforeLast.multiply(form.last * factor * Math.sqrt(m - 1)));
            double size = factor * Math.sqrt(m) * HermiteSize.at(m, z.abs());
            if (size > 0) { // odd m at 0: both are 0
                observed[2 * m] = left.getReal() / size;
                observed[2 * m + 1] = left.getImaginary() / size;
                claimed[2 * m] = right.getReal() / size;
                claimed[2 * m + 1] = right.getImaginary() / size;
            }
        }
        return Comparison.equal(observed, claimed, 20 * 0x1p-53, "20 roundings of values rounded once");
    }
}
