package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Beta;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * The sum of powers {@code f(x) = sum_i y_i <x_i, x>^c'} nearly interpolates random points.
 *
 * <h2>Source</h2>
 *
 * D19, Lemma 14 and its proof.
 *
 * <h2>Statement</h2>
 *
 * For {@code m = d^c} independent uniform points on the sphere and {@code t^2 = 2 log(m^2/delta) / d}, with probability at least {@code 1 - delta},
 *
 * <pre>{@code
 * |<x_i, x_j>| <= t,   |f(x_i) - y_i| <= (m - 1) t^c',   |a'^2 |g|^2 / m - 1| <= (m - 1) t^c'
 * }</pre>
 *
 * where {@code g(w) = sum_i (y_i / a') h_(c'-1)(<x_i, w>) x_i}, {@code a' = a'_(c'-1)}, represents f and {@code |g|^2 = sum_ij y_i y_j <x_i, x_j>^c' / a'^2}.
 * With {@code c' > 4c + 2} the error is {@code O(log^(c'/2)(d/delta) / d)}.
 *
 * <h2>Instances</h2>
 *
 * c = 1.25, d from 10 to 80, c' = 4 and 8 (above {@code 4c + 2 = 7}), random signs as labels. At d = 10 the radius t exceeds 1.
 *
 * <h2>How it is checked</h2>
 *
 * {@code P(|<u, x>| >= t)} is an incomplete beta function: exact for caps and for the union over the pairs. The errors by drawing points at
 * {@code delta = 1/10} and 1/2; their order by ladders in d of {@code max_i |f(x_i) - y_i| d / log^(c'/2)(10 d)}, whose exponent is at most 0.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code exp(-d t^2)} for {@code exp(-d t^2/2)}; a radius {@code sqrt 8} times smaller; the error of a single pair of typical correlation; {@code c' = 2}, which is
 * below {@code 4c + 2}; the coefficient {@code a_(c')} of the activation for that of its derivative, a factor c' in the norm.
 */
class InterpolatingPolynomialClaims {
    private static final double C = 1.25;

    /** Dimension and failure probability. */
    record Setting(int d, double delta, int degree) {
        int m() {
            return (int) Math.round(Math.pow(d, C));
        }

        /** {@code sqrt(2 log(m^2/delta) / d)}. */
        double radius() {
            return Math.sqrt(2 * Math.log(m() * (double) m() / delta) / d);
        }

        double error() {
            return (m() - 1) * Math.pow(radius(), degree);
        }

        double margin() {
            return Math.min(2 * delta, (1 + delta) / 2);
        }
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(Arbitraries.of(10, 20, 40), Arbitraries.of(0.5, 0.1), Arbitraries.of(4, 8))
                .as(Setting::new);
    }

    /** {@code P(|<u, x>| >= t)} for x uniform on the sphere of {@code R^d}. */
    private static double cap(double t, int d) {
        return t >= 1 ? 0 : Beta.regularizedBeta(1 - t * t, (d - 1) / 2.0, 0.5, 1e-14, 100_000);
    }

    private static double[] labels(int m, RandomStream stream) {
        return stream.part("labels").signs(m);
    }

    private static DMatrixRMaj correlations(int m, int d, RandomStream stream) {
        return LinearAlgebra.gram(PointLaw.SPHERE.rows(m, d, stream.part("points")));
    }

    private static double largest(DMatrixRMaj gram) {
        double largest = 0;
        for (int i = 0; i < gram.numRows; i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(gram.get(i, j)));
            }
        }
        return largest;
    }

    /** {@code f(x_i) - y_i}. */
    private static double[] errors(DMatrixRMaj gram, double[] y, int degree) {
        double[] errors = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < i; j++) {
                double power = Math.pow(gram.get(i, j), degree);
                errors[i] += y[j] * power;
                errors[j] += y[i] * power;
            }
        }
        return errors;
    }

    private static double largestError(int m, int d, int degree, RandomStream stream) {
        double largest = 0;
        for (double error : errors(correlations(m, d, stream), labels(m, stream), degree)) {
            largest = Math.max(largest, Math.abs(error));
        }
        return largest;
    }

    @Claim(
            id = "D19.lem14-corr",
            statement =
                    "P\\Big(\\forall i \\ne j:\\; |\\langle x_i, x_j\\rangle| \\le \\sqrt{2 \\ln(m^2/\\delta)/d}\\Big) \\ge 1 - \\delta,\\qquad"
                            + " P\\big(|\\langle u, x\\rangle| \\ge t\\big) \\le 2 e^{-d t^2/2}",
            hypotheses =
                    "$x_i$ independent, uniform on $S^{d-1}$; the explicit form of $O(\\sqrt{\\log(d/\\delta)/d})$")
    void correlationsAreSmall(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("d = " + drawn.d);
        if (drawn.radius() >= 1) {
            run.covers("radius above 1");
        }
        int[] dimensions = {1, 2, 3, 10, 40, 160, 640};
        run.check("caps, exact", 2.0, (halves, lab) -> {
                    double[] tails = new double[dimensions.length * 19];
                    double[] bounds = new double[tails.length];
                    for (int k = 0; k < tails.length; k++) {
                        int d = dimensions[k / 19];
                        double t = 0.05 * (k % 19 + 1);
                        tails[k] = d == 1 ? 1 : cap(t, d);
                        bounds[k] = 2 * Math.exp(-d * t * t / halves);
                    }
                    return Comparison.atMost(tails, bounds, 1e-12, "incomplete beta functions to 1e-13");
                })
                .falsifiedBy("exp(-d t^2)", 1.0)
                .falsifiedBy("exp(-d t^2 / 1.5)", 1.5);
        run.check("all pairs, exact", 1.0, (scale, lab) -> {
                    double[] failures = new double[9];
                    double[] allowed = new double[9];
                    for (int k = 0; k < 9; k++) {
                        Setting s =
                                new Setting(new int[] {10, 40, 160}[k / 3], new double[] {0.5, 0.1, 0.01}[k % 3], 2);
                        failures[k] = s.m() * (s.m() - 1) / 2.0 * cap(scale * s.radius(), s.d);
                        allowed[k] = s.delta;
                    }
                    return Comparison.atMost(failures, allowed, 1e-9, "1.6e5 pairs times 1e-14");
                })
                .falsifiedBy("log(m^2/delta)/d", Math.sqrt(0.5));
        run.check(
                        "drawn",
                        drawn.radius(),
                        (radius, lab) -> lab.failsAtMost(
                                drawn.delta,
                                drawn.margin(),
                                stream -> largest(correlations(drawn.m(), drawn.d, stream)) > radius))
                .falsifiedBy("log(m^2/delta)/(4d)", drawn.radius() / Math.sqrt(8));
    }

    @Claim(
            id = "D19.lem14-a",
            statement =
                    "P\\Big(\\forall i:\\; |f(x_i) - y_i| \\le (m-1)\\big(2 \\ln(m^2/\\delta)/d\\big)^{c'/2}\\Big) \\ge 1 - \\delta,\\qquad"
                            + " c' > 4c + 2:\\; \\max_i |f(x_i) - y_i| = O\\big(\\log^{c'/2}(d/\\delta)/d\\big)",
            hypotheses = "$m = d^c$, $f = \\sum_i y_i \\langle x_i, \\cdot\\rangle^{c'}$; $c = 1.25$")
    void theSumOfPowersNearlyInterpolates(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("c' = " + drawn.degree).covers("d = " + drawn.d);
        run.check(
                        "drawn",
                        drawn.error(),
                        (bound, lab) -> lab.failsAtMost(
                                drawn.delta,
                                drawn.margin(),
                                stream -> largestError(drawn.m(), drawn.d, drawn.degree, stream) > bound))
                .falsifiedBy(
                        "sqrt(m) d^(-c'/2) / 10", Math.sqrt(drawn.m()) * Math.pow(drawn.d, -drawn.degree / 2.0) / 10);
        double[] sizes = {10, 20, 40, 80};
        run.check(
                        "order, c = 1.25",
                        8,
                        (degree, lab) -> Rate.perReplicate(0, 0.3, sizes)
                                .atMost()
                                .decide(
                                        index -> {
                                            double[] values = new double[sizes.length];
                                            for (int k = 0; k < sizes.length; k++) {
                                                Setting s = new Setting((int) sizes[k], 0.1, degree);
                                                RandomStream stream = lab.stream()
                                                        .trial(index)
                                                        .part("d = " + s.d);
                                                values[k] = largestError(s.m(), s.d, degree, stream)
                                                        * s.d
                                                        / Math.pow(Math.log(10 * s.d), degree / 2.0);
                                            }
                                            return values;
                                        },
                                        lab.terms()))
                .falsifiedBy("c' = 2", 2);
    }

    @Claim(
            id = "D19.lem14-b",
            statement =
                    "\\|f\\|^2 \\le \\|g\\|^2 = \\frac{1}{a_{c'-1}'^2} \\sum_{i,j} y_i y_j \\langle x_i, x_j\\rangle^{c'}"
                            + " = \\frac{m}{a_{c'-1}'^2} + O\\Big(m^2 \\big(\\tfrac{\\log d}{d}\\big)^{c'/2}\\Big)",
            hypotheses =
                    "norm of the tangent kernel's space, $a'_n$ the coefficients of $\\sigma'$; with probability $1 - \\delta$ the remainder is at most"
                            + " $m (m-1) (2 \\ln(m^2/\\delta)/d)^{c'/2} / a_{c'-1}'^2$")
    void theRepresentativeHasASquaredNormOfOrderM(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("c' = " + drawn.degree).covers("d = " + drawn.d);
        run.note(
                "Lemma 14 names k_sigma and a_(c'); the norm that the proof of Theorem 7 uses is that of the tangent kernel, where an upper bound suffices.");
        double[] a = HermiteExpansion.of(DecentActivation.RELU, 9);
        double[] slopes = HermiteExpansion.ofDerivative(DecentActivation.RELU, 8);
        int degree = drawn.degree;
        double square = slopes[degree - 1] * slopes[degree - 1];
        // at t^2 <= 0.33 the remainder is below 3, less than c' - 1 = 7
        Setting large = new Setting(80, 0.1, 8);
        double largeSquare = slopes[7] * slopes[7];
        run.check(
                        "d = 80, c' = 8",
                        1 / largeSquare,
                        (constant, lab) -> lab.failsAtMost(
                                large.delta,
                                stream -> remainder(large, constant * largeSquare, stream) > large.error()))
                .falsifiedBy("1/a_(c')^2", 1 / (a[8] * a[8]));
        // the remainder has mean 0 and variance 2 (1 - 1/m) E t^(2c') <= 2 (2c'-1)!! / (d (d+2) ... (d + 4c' - 2)): at
        // most 0.04, far below (c' - 1)^2
        double variance = 2;
        for (int k = 0; k < degree; k++) {
            variance *= (2 * k + 1) / (drawn.d + 2.0 * k);
        }
        double deviation = Math.sqrt(variance);
        run.check(
                        "within five deviations, by Chebyshev's inequality",
                        1 / square,
                        (constant, lab) -> lab.failsAtMost(
                                0.04, 0.2, stream -> remainder(drawn, constant * square, stream) > 5 * deviation))
                .falsifiedBy("1/a_(c')^2", 1 / (a[degree] * a[degree]))
                .falsifiedBy("2/a'^2", 2 / square);
    }

    /** {@code |a'^2 |g|^2 / m - constant|}. */
    private static double remainder(Setting s, double constant, RandomStream stream) {
        double[] y = labels(s.m(), stream);
        double[] errors = errors(correlations(s.m(), s.d, stream), y, s.degree);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] * (y[i] + errors[i]);
        }
        return Math.abs(sum / s.m() - constant);
    }
}
