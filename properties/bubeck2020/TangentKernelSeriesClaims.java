package bubeck2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
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
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The expansion of a tangent kernel in powers of the inner product.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Theorem 6 (appendix B).
 *
 * <h2>Statement</h2>
 *
 * Unit vectors {@code x_i}; w standard normal; {@code psi' = sum a_l H_l}:
 *
 * <pre>{@code
 * E psi'(w . x_i) psi'(w . x_j) x_i . x_j = sum_l a_l^2 (x_i . x_j)^(l+1)
 * }</pre>
 *
 * For the ReLU {@code a_0 = 1/2, a_(2i+1)^2 = C(2i, i) / (4^i (2i+1) 2 pi)}, and the other even coefficients are 0.
 *
 * <h2>Instances</h2>
 *
 * Correlations from -1 to 1 with both ends; ten activations and the identity.
 *
 * <h2>How it is checked</h2>
 *
 * The series is cut at 40 terms: the rest is at most {@code |rho|^41 (E psi'^2 - sum a_l^2)}, and quadrature adds 1e-9.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code rho^l}, {@code rho^(l+2)}, {@code |a_l|}, {@code a_l^2 / (l+1)}; other coefficients of the ReLU; norms other than 1.
 */
class TangentKernelSeriesClaims {
    /** An activation and a correlation. */
    record Pair(DecentActivation psi, double rho) {}

    @Provide
    Arbitrary<Pair> pairs() {
        List<DecentActivation> all = new ArrayList<>(DecentActivation.SMOOTH);
        all.addAll(DecentActivation.KINKED);
        all.add(DecentActivation.IDENTITY);
        return Combinators.combine(Arbitraries.of(all), Arbitraries.of(-1.0, -0.7, 0.3, 0.9, 1.0))
                .as(Pair::new);
    }

    /** A term of the series from {@code a_l}, rho and l. */
    private interface Term {
        double of(double a, double rho, int l);
    }

    @Claim(
            id = "B20.thm6-H",
            statement =
                    "\\mathbb E[\\psi'(w \\cdot x_i)\\, \\psi'(w \\cdot x_j)]\\; x_i \\cdot x_j = \\sum_{l \\ge 0} a_l^2\\, (x_i \\cdot x_j)^{l+1}",
            hypotheses = "$w \\sim N(0, I_d)$, $\\|x_i\\| = 1$, $\\psi' = \\sum_l a_l H_l$",
            instances = 40)
    void tangentKernelsAreThePowerSeriesOfTheSquaredCoefficients(@ForAll("pairs") Pair drawn, ClaimRun run) {
        run.covers(drawn.psi.name()).covers("rho = " + drawn.rho);
        run.note("Definition 1 allows norms above 1; this expansion is for norms equal to 1.");
        Term claimed = (a, rho, l) -> a * a * Math.pow(rho, l + 1);
        run.check("drawn", claimed, (term, lab) -> series(drawn.psi, drawn.rho, term))
                .falsifiedBy("rho^l", (a, rho, l) -> a * a * Math.pow(rho, l))
                .falsifiedBy("|a_l|", (a, rho, l) -> Math.abs(a) * Math.pow(rho, l + 1));
        run.check("ReLU, rho = 0.6", claimed, (term, lab) -> series(DecentActivation.RELU, 0.6, term))
                .falsifiedBy("rho^(l+2)", (a, rho, l) -> a * a * Math.pow(rho, l + 2))
                .falsifiedBy("a_l^2 / (l+1)", (a, rho, l) -> a * a * Math.pow(rho, l + 1) / (l + 1));
        IntToDoubleFunction arcSine = i -> HermiteSize.factorial(2 * i)
                / Math.pow(2, 2 * i)
                / Math.pow(HermiteSize.factorial(i), 2)
                / (2 * i + 1)
                / (2 * Math.PI);
        run.check("squared coefficients of the ReLU", arcSine, (odd, lab) -> reluCoefficients(odd))
                .falsifiedBy("no 1/(2i+1)", i -> arcSine.applyAsDouble(i) * (2 * i + 1))
                .falsifiedBy("2/pi for 1/(2 pi)", i -> 4 * arcSine.applyAsDouble(i));
        DoubleUnaryOperator unit = norm -> 1;
        run.check("cosine, points at an angle of 1", unit, (length, lab) -> cosine(length.applyAsDouble(1)))
                .falsifiedBy("norms 1.1", norm -> 1.1)
                .falsifiedBy("norms 2", norm -> 2);
    }

    private static Decision series(DecentActivation psi, double rho, Term term) {
        double[] a = HermiteExpansion.ofDerivative(psi, 40);
        double square = GaussianIntegral.expectation(z -> Math.pow(psi.derivative(z), 2), psi.kinks());
        double tail = square - Arrays.stream(a).map(value -> value * value).sum();
        double sum = 0;
        for (int l = 0; l < a.length; l++) {
            sum += term.of(a[l], rho, l);
        }
        return Comparison.equal(
                sum,
                rho * DualActivation.ofDerivative(psi).at(rho),
                Math.pow(Math.abs(rho), 41) * Math.max(tail, 0) + 1e-9,
                "|rho|^41 (E psi'^2 - sum a_l^2) + 1e-9 of quadrature");
    }

    private static Decision reluCoefficients(IntToDoubleFunction odd) {
        double[] observed = HermiteExpansion.ofDerivative(DecentActivation.RELU, 12);
        double[] claimed = new double[12];
        for (int l = 0; l < 12; l++) {
            observed[l] *= observed[l];
            claimed[l] = l == 0 ? 0.25 : l % 2 == 0 ? 0 : odd.applyAsDouble((l - 1) / 2);
        }
        return Comparison.equal(observed, claimed, 1e-9, "120 * 2^-53 of E |h_l| < 5e4 for l < 12");
    }

    /** {@code psi' = cos}: {@code E cos(w . x) cos(w . y) = exp(-(|x|^2 + |y|^2)/2) cosh(x . y)}, {@code a_(2k)^2 = exp(-1)/(2k)!}. */
    private static Decision cosine(double norm) {
        double product = norm * norm * Math.cos(1);
        double mean = product * Math.exp(-norm * norm) * Math.cosh(product);
        double sum = 0;
        for (int k = 0; k < 20; k++) {
            sum += Math.exp(-1) / HermiteSize.factorial(2 * k) * Math.pow(product, 2 * k + 1);
        }
        return Comparison.equal(mean, sum, 1e-13, "100 roundings of terms below 3; the rest is below 4^41/40!");
    }
}
