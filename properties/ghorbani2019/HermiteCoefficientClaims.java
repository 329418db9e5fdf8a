package ghorbani2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;

/**
 * The Hermite coefficients of an activation, and what is left beyond its affine part.
 *
 * <h2>Source</h2>
 *
 * G19, Theorems 1 and 4: {@code lambda_k = E s(G) He_k(G)}, {@code lambda~ = E s(G)^2 - lambda_1^2}, {@code lambda_0 = 0}; assumption A1.
 *
 * <h2>Statement</h2>
 *
 * With {@code He_k} unnormalised, {@code E He_k^2 = k!}:
 *
 * <pre>{@code
 * l~ = sum_(k >= 2) l_k^2 / k! = min over affine functions of E (s(G) - a - b G)^2,    l~ = 0 if and only if s is affine
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Seven families, six with random parameters: polynomials of degree 2 and affine functions, exponentials, cosines, relu, |z| and erf times a
 * factor 1 (centred), with {@code z^2 - 1} by name: {@code (l_1, l_2, l~) = (0, 2, 2)}.
 *
 * <h2>How it is checked</h2>
 *
 * The closed forms against quadrature that knows of the kink at 0 ({@link GaussianExpectation}). The series is cut at K = 40; what is left is
 * nonnegative and, as {@code E s'^2 = sum k l_k^2 / k!}, at most {@code (E s'^2 - sum_(k <= K) k l_k^2 / k!) / (K + 1)}. Rounding: the sums have 1200
 * terms of one size, hence {@code 1200 u E|...|}, and {@code E |s He_k| <= sqrt(k! E s^2)}.
 *
 * <h2>Falsifiers</h2>
 *
 * Coefficients of normalised polynomials; {@code He_2 = z^2}; series from k = 1 and from k = 3; {@code E s^2}; other affine functions than the best.
 */
class HermiteCoefficientClaims {
    private static final double ROUNDING = 1200 * 0x1p-53;
    private static final int TERMS = 40;

    @Provide
    Arbitrary<ClosedFormActivation> activations() {
        Arbitrary<Double> factor = Arbitraries.doubles().between(0.2, 1.2);
        Arbitrary<ClosedFormActivation> polynomial = Combinators.combine(
                        factor, Arbitraries.oneOf(Arbitraries.just(0.0), factor))
                .as(Quadratic::new);
        Arbitrary<ClosedFormActivation> cosine =
                Combinators.combine(factor, Arbitraries.doubles().between(0, 3)).as(Cosine::new);
        Arbitrary<ClosedFormActivation> exponential = factor.map(Exponential::new);
        return Arbitraries.oneOf(
                polynomial,
                cosine,
                exponential,
                Arbitraries.of(Relu.INSTANCE, AbsoluteValue.INSTANCE, ErrorFunction.INSTANCE, Quadratic.SQUARE));
    }

    /** The polynomial of degree k times a factor that may depend on the degree. */
    private enum Polynomials {
        UNNORMALISED,
        NORMALISED,
        MONOMIALS;

        double value(int k, double z) {
            return switch (this) {
                case UNNORMALISED -> HermitePolynomial.probabilists(k, z);
                case NORMALISED -> HermitePolynomial.probabilists(k, z) / Math.sqrt(factorial(k));
                case MONOMIALS -> Math.pow(z, k);
            };
        }
    }

    @Claim(
            id = "G19.hermite",
            statement =
                    "\\lambda_k = \\mathbb E\\, \\sigma(G) \\mathrm{He}_k(G), \\quad"
                            + "\\tilde\\lambda = \\mathbb E\\, \\sigma(G)^2 - \\lambda_1^2 = \\sum_{k \\ge 2} \\frac{\\lambda_k^2}{k!}",
            hypotheses = "$\\lambda_0 = 0$; $\\mathrm{He}_k$ monic, $\\mathbb E\\, \\mathrm{He}_k^2 = k!$; "
                    + "$\\tilde\\lambda > 0$ if and only if $\\sigma$ is not affine")
    void whatIsLeftIsTheSumOfTheHigherCoefficients(@ForAll("activations") ClosedFormActivation raw, ClaimRun run) {
        ClosedFormActivation s = raw.centred();
        boolean affine = raw instanceof Quadratic q && q.square() == 0;
        run.covers(affine ? "affine" : raw.getClass().getSimpleName());
        double size = Math.sqrt(raw.secondMoment());
        run.check(
                        "the coefficients",
                        Polynomials.UNNORMALISED,
                        (polynomials, lab) -> Comparison.equal(
                                new double[] {
                                    raw.hermite0() / size,
                                    raw.hermite1() / size,
                                    raw.hermite2() / size,
                                    s.hermite0() / size,
                                    s.hermite2() / size
                                },
                                new double[] {
                                    coefficient(raw, polynomials, 0) / size,
                                    coefficient(raw, polynomials, 1) / size,
                                    coefficient(raw, polynomials, 2) / size,
                                    0,
                                    coefficient(s, polynomials, 2) / size
                                },
                                4 * ROUNDING,
                                "1200 u, times sqrt(k!) and 2 for the closed form"))
                .falsifiedBy("normalised polynomials", Polynomials.NORMALISED)
                .falsifiedBy("z^2 for He_2", Polynomials.MONOMIALS);

        double[] shares = shares(s);
        run.check("the series", 2, (from, lab) -> {
                    double sum = 0;
                    double slope = derivativeSquare(s);
                    double rounding = TERMS * ROUNDING * (raw.secondMoment() + slope);
                    for (int k = 1; k <= TERMS; k++) {
                        sum += k >= from ? shares[k] : 0;
                        slope -= k * shares[k];
                    }
                    double tail = Math.max(slope, 0) / (TERMS + 1);
                    return Comparison.equal(
                            s.nonlinearity(), sum + tail / 2, tail / 2 + rounding, "half the tail bound + 40 * 1200 u");
                })
                .falsifiedBy("from k = 1", 1)
                .falsifiedBy("from k = 3", 3);

        run.check(
                        "what the best affine function leaves",
                        1.0,
                        (slope, lab) -> Comparison.equal(
                                s.nonlinearity(),
                                GaussianExpectation.of(z -> {
                                    double rest = s.value(z) - slope * s.hermite1() * z;
                                    return rest * rest;
                                }),
                                8 * ROUNDING * raw.secondMoment(),
                                "8 * 1200 u E s^2"))
                .falsifiedBy("a constant: E s^2", 0.0)
                .falsifiedBy("slope l_1 / sqrt 2", Math.sqrt(0.5));

        ClosedFormActivation square = Quadratic.SQUARE.centred();
        run.check(
                        "z^2 - 1",
                        2.0,
                        (l2, lab) -> Comparison.equal(
                                new double[] {square.hermite1(), square.hermite2(), square.nonlinearity()},
                                new double[] {0, l2, l2 * l2 / 2},
                                0x1p-50,
                                "8 u"))
                .falsifiedBy("sqrt 2, of the normalised polynomial", Math.sqrt(2));
        run.check(
                        "zero for affine functions alone",
                        affine,
                        (isAffine, lab) -> isAffine
                                ? Comparison.atMost(
                                        s.nonlinearity(), 0, 8 * ROUNDING * raw.secondMoment(), "8 * 1200 u E s^2")
                                : Comparison.atLeast(
                                        s.nonlinearity(), 1e-4 * raw.secondMoment(), 0, "a number far above rounding"))
                .falsifiedBy("the other way round", !affine);
    }

    private static double coefficient(ClosedFormActivation s, Polynomials polynomials, int k) {
        return GaussianExpectation.of(z -> s.value(z) * polynomials.value(k, z));
    }

    /** {@code l_k^2 / k!}, k up to 40. */
    private static double[] shares(ClosedFormActivation s) {
        double[] shares = new double[TERMS + 1];
        for (int k = 0; k <= TERMS; k++) {
            double normalised = coefficient(s, Polynomials.NORMALISED, k);
            shares[k] = normalised * normalised;
        }
        return shares;
    }

    private static double derivativeSquare(ClosedFormActivation s) {
        return GaussianExpectation.of(z -> s.derivative(z) * s.derivative(z));
    }

    private static double factorial(int k) {
        double factorial = 1;
        for (int i = 2; i <= k; i++) {
            factorial *= i;
        }
        return factorial;
    }
}
