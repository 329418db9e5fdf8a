package daniely2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Hermite polynomials of the weights represent powers of inner products.
 *
 * <h2>Source</h2>
 *
 * D19, Example 11 and its use in appendix A.4, where c' > 4c + 2 is chosen and f is represented 'by example ??'.
 *
 * <h2>Statement</h2>
 *
 * For unit {@code x0, x}, {@code w ~ N(0, I)}, {@code a_n} the coefficients of s, {@code a'_n = sqrt(n+1) a_(n+1)} those of {@code s'},
 *
 * <pre>{@code
 * E s(<w, x>) h_n(<x0, w>)                        = a_n <x0, x>^n               (Example 11.1)
 * E < h_(n-1)(<x0, w>) x0, s(<w, x>) x >          = a_(n-1) <x0, x>^n           (Example 11.2)
 * E < h_(n-1)(<x0, w>) x0, s'(<w, x>) x >         = a'_(n-1) <x0, x>^n          (the tangent scheme)
 * E < g(w), s'(<w, x>) x > = sum_i y_i <x_i, x>^c',   g(w) = sum_i (y_i / a'_(c'-1)) h_(c'-1)(<x_i, w>) x_i
 * }</pre>
 *
 * Divided by the coefficients these are the representatives; they need it to be different from 0, which fixes the parity of c'. Both have
 * squared norm {@code 1/a_n^2}.
 *
 * <h2>Instances</h2>
 *
 * Ten activations, n to 6, correlations from -0.9 to 0.9; 3 to 10 points in dimension 2 to 6 with labels, c' from 2 to 5.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code <x0, w> = Y} and {@code <w, x> = rho Y + sqrt(1 - rho^2) Z}: a double integral, split at the kinks in Z, in panels in Y, exact to
 * 1e-10 for {@code |s| <= 14}, {@code |rho| <= 0.9}. Sums over points add up.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code a_n^2} for {@code a_n}, the neighbouring coefficient, the neighbouring polynomial, coefficients of s where those of {@code s'} are due
 * (for ReLU and n = 2 a factor 1.2533).
 */
class HermiteRepresentativeClaims {
    private static final double QUADRATURE = 1e-9;
    private static final String DERIVATION = "double integral to 1e-10, times 10";

    /** An activation, a degree and an inner product. */
    record Power(DecentActivation activation, int n, double rho) {}

    @Provide
    Arbitrary<Power> powers() {
        return Combinators.combine(
                        new PairedNetwork.Any().get().map(PairedNetwork::activation),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(-0.9, -0.5, 0.3, 0.8))
                .as(Power::new);
    }

    /** {@code E f(rho Y + sqrt(1 - rho^2) Z) h_n(Y)}. */
    private static double moment(DoubleUnaryOperator f, double[] kinks, int n, double rho) {
        double rest = Math.sqrt((1 - rho) * (1 + rho));
        return GaussianIntegral.expectation(y -> {
            double[] moved = new double[kinks.length];
            for (int i = 0; i < kinks.length; i++) {
                moved[i] = (kinks[i] - rho * y) / rest;
            }
            return HermitePolynomial.orthonormal(n, y)
                    * GaussianIntegral.expectation(z -> f.applyAsDouble(rho * y + rest * z), moved);
        });
    }

    @Claim(
            id = "D19.ex11-1-rep",
            statement =
                    "\\mathbb E\\, \\sigma(\\langle w, x\\rangle)\\, \\frac{h_n(\\langle x_0, w\\rangle)}{a_n} = \\langle x_0, x\\rangle^n",
            hypotheses = "$a_n \\ne 0$; tested as $\\mathbb E\\, \\sigma h_n = a_n \\langle x_0, x\\rangle^n$",
            instances = 40)
    void scalarFeaturesRepresentPowers(@ForAll("powers") Power drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("n = " + drawn.n);
        run.note("Example 11 leaves the hypothesis that the coefficient is not 0 to the reader.");
        double[] a = HermiteExpansion.of(drawn.activation, 8);
        for (Power power : new Power[] {drawn, new Power(DecentActivation.SHIFTED_RELU, 2, 0.8)}) {
            double[] b = power.equals(drawn) ? a : HermiteExpansion.of(power.activation, 8);
            double moment = moment(power.activation::value, power.activation.kinks(), power.n, power.rho);
            run.check(
                            power.equals(drawn) ? "drawn" : "shifted ReLU, n = 2",
                            b[power.n],
                            (factor, lab) -> Comparison.equal(
                                    moment, factor * Math.pow(power.rho, power.n), QUADRATURE, DERIVATION))
                    .falsifiedBy("a_n^2 for a_n", b[power.n] * b[power.n] + 1e-3)
                    .falsifiedBy("a_(n-1) for a_n", b[power.n - 1])
                    .falsifiedBy("1.1 a_n", 1.1 * b[power.n] + 1e-3);
        }
    }

    @Claim(
            id = "D19.ex11-2-rep",
            statement =
                    "\\mathbb E\\, \\Big\\langle \\frac{h_{n-1}(\\langle x_0, w\\rangle)\\, x_0}{a_{n-1}},\\, \\sigma(\\langle w, x\\rangle)\\, x \\Big\\rangle"
                            + " = \\langle x_0, x\\rangle^n, \\qquad \\Big\\|\\frac{h_{n-1} x_0}{a_{n-1}}\\Big\\|^2 = \\frac1{a_{n-1}^2}",
            hypotheses = "$a_{n-1} \\ne 0$, $n \\ge 1$",
            instances = 40)
    void vectorFeaturesRepresentPowers(@ForAll("powers") Power drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("n = " + drawn.n);
        run.note(
                "Example 11.2 calls this the NTK scheme; section 2.6 has the derivative in its place (D19.ex11-2-ntk).");
        double[] a = HermiteExpansion.of(drawn.activation, 8);
        double moment = drawn.rho * moment(drawn.activation::value, drawn.activation.kinks(), drawn.n - 1, drawn.rho);
        run.check(
                        "inner product",
                        a[drawn.n - 1],
                        (factor, lab) ->
                                Comparison.equal(moment, factor * Math.pow(drawn.rho, drawn.n), QUADRATURE, DERIVATION))
                .falsifiedBy("a_n for a_(n-1)", a[drawn.n])
                .falsifiedBy("1.1 a_(n-1)", 1.1 * a[drawn.n - 1] + 1e-3);
        GaussHermite rule = GaussHermite.of(30);
        run.check(
                        "norm times the coefficient",
                        0,
                        (shift, lab) -> Comparison.equal(
                                rule.expectation(z -> HermitePolynomial.orthonormal(drawn.n - 1, z)
                                        * HermitePolynomial.orthonormal(drawn.n - 1 + shift, z)),
                                1,
                                1e-12,
                                "exact rule"))
                .falsifiedBy("the neighbouring polynomial", 1);
    }

    @Claim(
            id = "D19.ex11-2-ntk",
            statement =
                    "\\mathbb E\\, \\Big\\langle \\frac{h_{n-1}(\\langle x_0, w\\rangle)\\, x_0}{a'_{n-1}},\\, \\sigma'(\\langle w, x\\rangle)\\, x \\Big\\rangle"
                            + " = \\langle x_0, x\\rangle^n, \\qquad a'_{n-1} = \\sqrt n\\, a_n",
            hypotheses = "$a'_{n-1} \\ne 0$, $n \\ge 1$",
            instances = 40)
    void tangentFeaturesRepresentPowers(@ForAll("powers") Power drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("n = " + drawn.n);
        for (Power power : new Power[] {drawn, new Power(DecentActivation.RELU, 2, 0.8)}) {
            double[] a = HermiteExpansion.of(power.activation, 8);
            double moment =
                    power.rho * moment(power.activation::derivative, power.activation.kinks(), power.n - 1, power.rho);
            run.check(
                            power.equals(drawn) ? "drawn" : "ReLU, n = 2",
                            Math.sqrt(power.n) * a[power.n],
                            (factor, lab) -> Comparison.equal(
                                    moment, factor * Math.pow(power.rho, power.n), QUADRATURE, DERIVATION))
                    .falsifiedBy("a_(n-1) of the activation", a[power.n - 1])
                    .falsifiedBy("n a_n", power.n * a[power.n] + (power.n == 1 ? 0.1 : 1e-3));
        }
    }

    @Claim(
            id = "D19.A4-cprime",
            statement = "a'_{c'-1} = \\sqrt{c'}\\, a_{c'} \\ne 0",
            hypotheses =
                    "$c'$ even for ReLU, leaky ReLU, $|x|$, softplus; odd for tanh, erf, sigmoid, hard tanh, sin; any for the shifted ReLU")
    void everyActivationHasACoefficientOfSuitableParity(@ForAll("powers") Power drawn, ClaimRun run) {
        DecentActivation s = drawn.activation;
        run.covers(s.name());
        double[] a = HermiteExpansion.of(s, 12);
        double[] slopes = HermiteExpansion.ofDerivative(s, 11);
        double[] claimed = new double[11];
        for (int n = 0; n < 11; n++) {
            claimed[n] = Math.sqrt(n + 1) * a[n + 1];
        }
        run.check(
                        "a'_n for n <= 10",
                        claimed,
                        (form, lab) -> Comparison.equal(slopes, form, 1e-12, "integrals to 1e-14 of terms below 20"))
                .falsifiedBy("sqrt(n) a_(n+1)", scaled(claimed, n -> Math.sqrt(n / (n + 1))))
                .falsifiedBy("sqrt(n+1) a_n", scaled(claimed, n -> n == 0 ? 2 : a[(int) n] == 0 ? 3 : 1.1));
        boolean even = Math.abs(a[8]) > Math.abs(a[9]);
        run.check("coefficients of that parity, from 7 to 10", 0, (shift, lab) -> {
                    int first = (even ? 8 : 7) + shift;
                    return Comparison.atLeast(
                            new double[] {Math.abs(slopes[first - 1]), Math.abs(slopes[first + 1])},
                            1e-6,
                            0,
                            "integrals to 1e-14");
                })
                .falsifiedBy("the other parity", 1);
    }

    private static double[] scaled(double[] values, DoubleUnaryOperator factor) {
        double[] result = new double[values.length];
        for (int n = 0; n < values.length; n++) {
            result[n] = factor.applyAsDouble(n) * values[n];
        }
        return result;
    }

    /** A combination of powers. */
    record Sum(DecentActivation activation, int d, int m, long seed) {}

    @Provide
    Arbitrary<Sum> sums() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.RELU,
                                DecentActivation.ABSOLUTE_VALUE,
                                DecentActivation.TANH,
                                DecentActivation.SINE),
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.integers().between(3, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Sum::new);
    }

    @Claim(
            id = "D19.A4-fcheck",
            statement =
                    "\\mathbb E\\, \\langle g(w), \\sigma'(\\langle w, x\\rangle)\\, x\\rangle = \\sum_{i \\le m} y_i \\langle x_i, x\\rangle^{c'}",
            hypotheses =
                    "$g(w) = \\sum_i \\frac{y_i}{a'_{c'-1}}\\, h_{c'-1}(\\langle x_i, w\\rangle)\\, x_i$, $a'_{c'-1} \\ne 0$ the coefficient of $\\sigma'$",
            instances = 10)
    void sumsOfPowersAreRepresentedTermByTerm(@ForAll("sums") Sum drawn, ClaimRun run) {
        run.covers(drawn.activation.name());
        DecentActivation s = drawn.activation;
        int degree = s.kinkList().isEmpty() ? 3 : 2;
        double[] a = HermiteExpansion.of(s, 6);
        RandomStream stream = RandomStream.of(drawn.seed, "HermiteRepresentativeClaims");
        DMatrixRMaj points = PointLaw.SPHERE.rows(drawn.m + 1, drawn.d, stream.part("points"));
        double[] y = stream.part("labels").signs(drawn.m);
        double mean = 0;
        double f = 0;
        for (int i = 0; i < drawn.m; i++) {
            double rho = LinearAlgebra.dot(points.data, i * drawn.d, points.data, drawn.m * drawn.d, drawn.d);
            rho = Math.max(-0.9, Math.min(0.9, rho)); // the power as well: the identity holds for each
            mean += y[i] * rho * moment(s::derivative, s.kinks(), degree - 1, rho);
            f += y[i] * Math.pow(rho, degree);
        }
        double value = f;
        double observed = mean;
        run.check(
                        "f(x)",
                        Math.sqrt(degree) * a[degree],
                        (coefficient, lab) -> Comparison.equal(
                                observed,
                                coefficient * value,
                                drawn.m * QUADRATURE,
                                "a double integral to 1e-9 for each point"))
                .falsifiedBy("a_(c'-1) of the activation", a[degree - 1])
                .falsifiedBy("c' a_(c')", degree * a[degree]);
    }
}
