package daniely2019;

import java.util.function.DoubleUnaryOperator;
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
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;

/**
 * The norm of the Hermite representative is in general larger than that of the function.
 *
 * <h2>Source</h2>
 *
 * D19, Example 11.1.
 *
 * <h2>Statement</h2>
 *
 * {@code h_n(<x0, w>) / a_n} represents {@code f(x) = <x0, x>^n}; its squared norm is {@code 1/a_n^2}. The function's own is at most that,
 *
 * <pre>{@code
 * |f|_k^2 <= 1/a_n^2
 * }</pre>
 *
 * and less as soon as another coefficient of the same parity is there: on the sphere {@code 1 = |x|^2}, so that degrees of one parity overlap.
 *
 * <h2>Instances</h2>
 *
 * Seven activations with closed dual, degree n to 4 with {@code |a_n| > 1e-3}, on the circle (d = 2); the constant for ReLU; {@code z^2 - 1}, whose kernel has one degree alone.
 *
 * <h2>How it is checked</h2>
 *
 * On the circle k and f are functions of an angle, and {@code |f|_k^2 = sum_l |f_l|^2 / k_l} over their Fourier coefficients, which the
 * trapezoidal rule with 4096 nodes gives to 1e-11 (the kernels have three derivatives at worst, f has degree at most 4). The constant for ReLU has
 * {@code |1|_k^2 = pi^2 / 2}, whereas {@code 1/a_0^2 = 2 pi}.
 *
 * <h2>Falsifiers</h2>
 *
 * Equality as printed; its root, as {@code |h_n / a_n|} without the square; nine tenths of the bound, where it is attained.
 */
class HermiteNormClaims {
    private static final int NODES = 4096;

    /** An activation and a degree. */
    record Degree(ClosedFormActivation activation, int n) {
        double coefficient() {
            return HermiteExpansion.of(activation, n + 1)[n];
        }

        /** {@code |<u, .>^n|_k^2} on the circle. */
        double normSquared() {
            double sum = 0;
            for (int l = -n; l <= n; l++) {
                double f = fourier(angle -> Math.pow(Math.cos(angle), n), l);
                if (Math.abs(f) > 1e-12) {
                    sum += f * f / fourier(angle -> activation.productMoment(1, 1, Math.cos(angle)), l);
                }
            }
            return sum;
        }
    }

    private static double fourier(DoubleUnaryOperator f, int l) {
        double sum = 0;
        for (int i = 0; i < NODES; i++) {
            double angle = 2 * Math.PI * i / NODES;
            sum += f.applyAsDouble(angle) * Math.cos(l * angle);
        }
        return sum / NODES;
    }

    @Provide
    Arbitrary<Degree> degrees() {
        return Combinators.combine(
                        Arbitraries.of(
                                Relu.INSTANCE,
                                AbsoluteValue.INSTANCE,
                                ErrorFunction.INSTANCE,
                                new Exponential(0.8),
                                new Cosine(1, 0.7),
                                new Cosine(1, -Math.PI / 2),
                                Quadratic.SQUARE),
                        Arbitraries.integers().between(0, 4))
                .as(Degree::new)
                .filter(degree -> Math.abs(degree.coefficient()) > 1e-3);
    }

    @Claim(
            id = "D19.ex11-1-norm",
            statement =
                    "\\Big\\| \\frac{h_n(\\langle x_0, \\cdot\\rangle)}{a_n} \\Big\\|_{L^2} = \\frac1{a_n^2} = \\|f\\|_k^2",
            correction =
                    "\\Big\\| \\frac{h_n(\\langle x_0, \\cdot\\rangle)}{a_n} \\Big\\|^2_{L^2} = \\frac1{a_n^2} \\ge \\|f\\|_k^2",
            derivation =
                    "On the sphere $1 = \\|x\\|^2$, so features of degrees $n, n \\pm 2, \\dots$ are linearly dependent, and mixing them gives"
                            + " a shorter representative. For ReLU, $d = 2$, $f = 1$: $\\|f\\|_k^2 = \\pi^2/2 < 2\\pi = 1/a_0^2$. Every use as an upper bound survives.",
            hypotheses = "$f(x) = \\langle x_0, x\\rangle^n$, $a_n \\ne 0$; here $d = 2$",
            instances = 60)
    void representativesAreAtLeastAsLongAsTheFunction(@ForAll("degrees") Degree drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("n = " + drawn.n);
        double a = drawn.coefficient();
        double norm = drawn.normSquared();
        run.check(
                        "norm of f times a_n^2",
                        1.0,
                        (bound, lab) -> Comparison.atMost(
                                norm * a * a, bound, 1e-9, "Fourier coefficients to 1e-11, at least 1e-2 of them"))
                .falsifiedBy("1/5", 0.2);
        Degree alone = new Degree(Quadratic.SQUARE.centred(), 2);
        double single = alone.normSquared() * Math.pow(alone.coefficient(), 2);
        run.check(
                        "norm times a_2^2 for z^2 - 1, one degree alone",
                        1.0,
                        (bound, lab) -> Comparison.equal(single, bound, 1e-9, "Fourier coefficients to 1e-11"))
                .falsifiedBy("0.9", 0.9);
        double constant = new Degree(Relu.INSTANCE, 0).normSquared();
        run.check(
                        "norm of 1 for ReLU",
                        Math.PI * Math.PI / 2,
                        (value, lab) -> Comparison.equal(constant, value, 1e-9, "Fourier coefficients to 1e-11"))
                .printedAs("1/a_0^2 = 2 pi", 2 * Math.PI)
                .falsifiedBy("1/a_0, without the square", Math.sqrt(2 * Math.PI));
    }
}
