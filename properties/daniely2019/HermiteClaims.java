package daniely2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.DualActivation;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;

/**
 * Orthonormal Hermite polynomials, their correlations, and the series of a dual activation.
 *
 * <h2>Source</h2>
 *
 * D19, appendix A.1, and the proof in Example 11.
 *
 * <h2>Statement</h2>
 *
 * For {@code h_n = He_n / sqrt(n!)}, X and Y standard normal with correlation rho, {@code s = sum a_n h_n},
 *
 * <pre>{@code
 * E h_m(X) h_n(X) = [m = n],   h_n' = sqrt(n) h_(n-1),   E h_k(X) h_n(Y) = [k = n] rho^n,   E s(X) s(Y) = sum a_n^2 rho^n
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Degrees to 12 (pairs to 7), correlations from -1 to 1 with both ends; ten activations.
 *
 * <h2>How it is checked</h2>
 *
 * Gauss-Hermite with 30 nodes is exact for these polynomials; rounding is below {@code 30 2^-53} times the largest term, which 1e-12 covers.
 * Derivatives by Richardson's central difference with steps 1e-2 and 2e-2 on [-3, 3], exact to {@code 4 e^4 max |h_n^(5)| / 120}, with
 * {@code |h_n^(5)| <= sqrt(n!/(n-5)!) |h_(n-5)| < 3e5} for {@code n <= 12}: 4e-4 at most. The series is cut at N = 40: what is left is at most
 * {@code |rho|^40 (E s^2 - sum_(n < 40) a_n^2)}, and quadrature adds 1e-9.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code He_n} without the root, {@code n h_(n-1)}, {@code rho^(2n)} and {@code rho^(n/2)}, {@code sum |a_n| rho^n}, {@code rho^(n+1)}.
 */
class HermiteClaims {
    private static final int DEGREE = 12;

    @Claim(
            id = "D19.hermite-orth",
            statement = "\\mathbb E\\, h_m h_n = \\delta_{mn}, \\qquad h_n' = \\sqrt n\\, h_{n-1}",
            hypotheses = "$h_n = \\mathrm{He}_n / \\sqrt{n!}$; $m, n \\le 12$",
            instances = 1)
    void hermitePolynomialsAreOrthonormal(ClaimRun run) {
        GaussHermite rule = GaussHermite.of(30);
        double[] identity = new double[(DEGREE + 1) * (DEGREE + 1)];
        for (int n = 0; n <= DEGREE; n++) {
            identity[n * (DEGREE + 1) + n] = 1;
        }
        Polynomial orthonormal = HermitePolynomial::orthonormal;
        run.check("inner products", orthonormal, (h, lab) -> {
                    double[] products = new double[identity.length];
                    for (int m = 0; m <= DEGREE; m++) {
                        for (int n = 0; n <= DEGREE; n++) {
                            int left = m;
                            int right = n;
                            products[m * (DEGREE + 1) + n] = rule.expectation(z -> h.at(left, z) * h.at(right, z));
                        }
                    }
                    return Comparison.equal(products, identity, 1e-12, "exact rule, 30 roundings");
                })
                .falsifiedBy("He_n without 1/sqrt(n!)", HermitePolynomial::probabilists)
                .falsifiedBy("He_n / n!", (n, z) -> HermitePolynomial.orthonormal(n, z) / Math.sqrt(factorial(n)));
        DoubleUnaryOperator root = Math::sqrt;
        run.check("derivatives on [-3, 3]", root, (factor, lab) -> {
                    double[] observed = new double[13 * DEGREE];
                    double[] claimed = new double[observed.length];
                    for (int n = 1; n <= DEGREE; n++) {
                        for (int i = 0; i < 13; i++) {
                            double z = i / 2.0 - 3;
                            observed[13 * (n - 1) + i] = (4 * slope(n, z, 1e-2) - slope(n, z, 2e-2)) / 3;
                            claimed[13 * (n - 1) + i] =
                                    factor.applyAsDouble(n) * HermitePolynomial.orthonormal(n - 1, z);
                        }
                    }
                    return Comparison.equal(observed, claimed, 4e-4, "4 e^4 |h^(5)| / 120, e = 0.01");
                })
                .falsifiedBy("n h_(n-1)", n -> n)
                .falsifiedBy("sqrt(n + 1) h_(n-1)", n -> Math.sqrt(n + 1));
    }

    /** A family of polynomials. */
    private interface Polynomial {
        double at(int n, double z);
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    private static double slope(int n, double z, double step) {
        return (HermitePolynomial.orthonormal(n, z + step) - HermitePolynomial.orthonormal(n, z - step)) / (2 * step);
    }

    @Provide
    Arbitrary<Double> correlations() {
        return Arbitraries.of(-1.0, -0.7, 0.0, 0.3, 0.9, 1.0);
    }

    @Claim(
            id = "D19.hermite-corr",
            statement = "\\mathbb E\\, h_k(X)\\, h_n(Y) = \\delta_{kn}\\, \\rho^n",
            hypotheses = "$(X, Y)$ standard normal with correlation $\\rho$; $k, n \\le 7$",
            instances = 12)
    void correlatedHermitePolynomialsHavePowersOfTheCorrelation(@ForAll("correlations") double rho, ClaimRun run) {
        run.covers("rho = " + rho);
        double[] all = {rho, -0.7, 0.3}; // for rho = 0 and 1 the wrong powers are the same
        run.check("moments", IntUnaryOperator.identity(), (power, lab) -> {
                    double[] observed = new double[3 * 64];
                    double[] claimed = new double[3 * 64];
                    for (int at = 0; at < observed.length; at++) {
                        double each = all[at / 64];
                        int k = at / 8 % 8;
                        int n = at % 8;
                        observed[at] = product(k, n, each);
                        claimed[at] = k == n ? Math.pow(each, power.applyAsInt(n)) : 0;
                    }
                    return Comparison.equal(observed, claimed, 1e-12, "exact rule, 900 roundings of terms below 1");
                })
                .falsifiedBy("rho^(2n)", n -> 2 * n)
                .falsifiedBy("rho^(n+1) for n > 0", n -> n == 0 ? 0 : n + 1);
    }

    private static double product(int k, int n, double rho) {
        GaussHermite rule = GaussHermite.of(30);
        double rest = Math.sqrt((1 - rho) * (1 + rho));
        return rule.expectation(x -> HermitePolynomial.orthonormal(k, x)
                * rule.expectation(z -> HermitePolynomial.orthonormal(n, rho * x + rest * z)));
    }

    /** An activation and a correlation. */
    record Dual(DecentActivation activation, double rho) {}

    @Provide
    Arbitrary<Dual> duals() {
        return Combinators.combine(
                        new PairedNetwork.Any().get().map(PairedNetwork::activation),
                        Arbitraries.of(-1.0, -0.7, 0.3, 0.9, 1.0))
                .as(Dual::new);
    }

    /** A term of the series from {@code a_n}, rho and n. */
    private interface Term {
        double of(double a, double rho, int n);
    }

    @Claim(
            id = "D19.dual-series",
            statement = "\\hat\\sigma(\\rho) = \\sum_n a_n^2\\, \\rho^n",
            hypotheses = "$\\sigma = \\sum_n a_n h_n \\in L^2(\\gamma)$",
            instances = 40)
    void dualActivationsAreThePowerSeriesOfTheSquaredCoefficients(@ForAll("duals") Dual drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("rho = " + drawn.rho);
        double[] a = HermiteExpansion.of(drawn.activation, 40);
        double square =
                GaussianIntegral.expectation(z -> Math.pow(drawn.activation.value(z), 2), drawn.activation.kinks());
        double tail = square - Arrays.stream(a).map(value -> value * value).sum();
        double dual = DualActivation.of(drawn.activation).at(drawn.rho);
        Term claimed = (value, rho, n) -> value * value * Math.pow(rho, n);
        run.check("series", claimed, (term, lab) -> {
                    double sum = 0;
                    for (int n = 0; n < a.length; n++) {
                        sum += term.of(a[n], drawn.rho, n);
                    }
                    return Comparison.equal(
                            sum,
                            dual,
                            Math.pow(Math.abs(drawn.rho), 40) * Math.max(tail, 0) + 1e-9,
                            "|rho|^40 (E s^2 - sum a_n^2) + 1e-9 of quadrature");
                })
                .falsifiedBy("|a_n| for a_n^2", (value, rho, n) -> Math.abs(value) * Math.pow(rho, n))
                .falsifiedBy("rho^(n+1)", (value, rho, n) -> value * value * Math.pow(rho, n + 1))
                .falsifiedBy("a_n^2 / (n + 1)", (value, rho, n) -> value * value * Math.pow(rho, n) / (n + 1));
    }
}
