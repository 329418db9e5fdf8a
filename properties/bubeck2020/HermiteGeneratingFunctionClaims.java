package bubeck2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The generating function of the orthonormal Hermite polynomials.
 *
 * <h2>Source</h2>
 *
 * B20, appendix A, (26).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * exp(t x - t^2/2) = exp(x^2/2 - (x - t)^2/2) = sum_m t^m H_m(x) / sqrt(m!)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Real and complex x and t, zero among them.
 *
 * <h2>How it is checked</h2>
 *
 * The series is summed to m = 79. As {@code sum |t|^m |h_m|(r)/sqrt(m!) = exp(|t| r + |t|^2/2)}, the rest, put with 2t for t, is below
 * {@code 2^-80 exp(2 |t| r + 2 |t|^2)}, here 1e-17 of {@code exp(|t| r + |t|^2/2)}, and rounding is below {@code 15 * 80 * 2^-53} of it.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code t^m / m!}, {@code t^m / (m!)^0.45}; {@code exp(t x - t^2)}, {@code exp(t x - 0.45 t^2)}; x + t and x - 0.9 t for x - t.
 */
class HermiteGeneratingFunctionClaims {
    /** x and t. */
    record Arguments(ComplexPoint at, double modulus, int eighths) {
        Complex x() {
            return at.z();
        }

        Complex t() {
            double angle = Math.PI * eighths / 8;
            return new Complex(modulus * Math.cos(angle), modulus * Math.sin(angle));
        }

        /** {@code exp(|t| |x| + |t|^2/2)}. */
        double size() {
            return Math.exp(modulus * x().abs() + modulus * modulus / 2);
        }
    }

    @Provide
    Arbitrary<Arguments> arguments() {
        return Combinators.combine(
                        ComplexPoint.any(),
                        Arbitraries.of(0.0, 0.3, 1.0, 2.0),
                        Arbitraries.integers().between(0, 15))
                .as(Arguments::new);
    }

    /** {@code exp(t x - c t^2)} and {@code (m!)^-power}. */
    private record Series(double c, double power) {}

    @Claim(
            id = "B20.eq26",
            statement =
                    "e^{tx - t^2/2} = e^{x^2/2 - (x - t)^2/2} = \\sum_{m=0}^{\\infty} \\frac{t^m}{\\sqrt{m!}} H_m(x)",
            hypotheses = "$x$ and $t$ real or complex")
    void hermitePolynomialsAreThePowerSeriesOfTheGeneratingFunction(
            @ForAll("arguments") Arguments drawn, ClaimRun run) {
        drawn.at.cover(run);
        run.covers(drawn.modulus == 0 ? "t = 0" : drawn.eighths % 8 == 0 ? "real t" : "complex t");
        Complex x = drawn.x();
        Complex t = drawn.t();
        run.check("series", new Series(0.5, 0.5), (form, lab) -> {
                    Complex sum = Complex.ZERO;
                    Complex weight = Complex.ONE;
                    for (int m = 0; m < 80; m++) {
                        sum = sum.add(weight.multiply(HermitePolynomial.orthonormal(m, x)));
                        weight = weight.multiply(t).divide(Math.pow(m + 1, form.power));
                    }
                    Complex value = t.multiply(x)
                            .subtract(t.multiply(t).multiply(form.c))
                            .exp();
                    return equal(
                            sum.divide(drawn.size()),
                            value.divide(drawn.size()),
                            15 * 80 * 0x1p-53,
                            "15 * 80 * 2^-53 of exp(|t x| + |t|^2/2); the rest is below 1e-17 of it");
                })
                .falsifiedBy("t^m / m!", new Series(0.5, 1))
                .falsifiedBy("t^m / (m!)^0.45", new Series(0.5, 0.45))
                .falsifiedBy("exp(t x - t^2)", new Series(1, 0.5))
                .falsifiedBy("exp(t x - 0.45 t^2)", new Series(0.45, 0.5));
        run.check("completed square", 1.0, (sign, lab) -> {
                    Complex shifted = x.subtract(t.multiply(sign));
                    Complex square = x.multiply(x)
                            .subtract(shifted.multiply(shifted))
                            .multiply(0.5)
                            .exp();
                    Complex value =
                            t.multiply(x).subtract(t.multiply(t).multiply(0.5)).exp();
                    return equal(
                            square.divide(drawn.size()),
                            value.divide(drawn.size()),
                            400 * 0x1p-53,
                            "8 * 2^-53 of |x|^2 + |x - t|^2 < 50 in the exponent");
                })
                .falsifiedBy("x + t for x - t", -1.0)
                .falsifiedBy("x - 0.9 t", 0.9);
    }

    private static Decision equal(Complex observed, Complex claimed, double tolerance, String derivation) {
        return Comparison.equal(
                new double[] {observed.getReal(), observed.getImaginary()},
                new double[] {claimed.getReal(), claimed.getImaginary()},
                tolerance,
                derivation);
    }
}
