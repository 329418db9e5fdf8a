package arora2019;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The arithmetic that puts the generalisation bound together.
 *
 * <h2>Source</h2>
 *
 * A19, end of the proof of Lemma 5.4, and the last displays of section D.3.
 *
 * <h2>Statement</h2>
 *
 * With {@code t = sqrt(L/(2m))} and {@code L = log(2/delta)},
 *
 * <pre>{@code
 * sqrt(1/2 + t) <= sqrt(1/2) + sqrt t
 * (B/n) (sqrt(n/2) + sqrt(n t)) = B/sqrt(2n) (1 + (2L/m)^(1/4))
 * 2R/(n sqrt m) m n (sqrt 2 R/(sqrt(pi) kappa) + t) = 2 sqrt 2 R^2 sqrt m/(sqrt(pi) kappa) + R sqrt(2L),   2 sqrt 2/sqrt pi <= 2
 * }</pre>
 *
 * and, for the smallest integer {@code i >= B},
 *
 * <pre>{@code
 * i <= B + 1,   (B + 1)/sqrt(2n) <= B/sqrt(2n) + 1/sqrt n
 * 1/sqrt n + 2 (sqrt(Q/(2n)) + 2/sqrt n) = sqrt(2Q/n) + 5/sqrt n
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Positive numbers over many orders of magnitude; B also an integer and just above one.
 *
 * <h2>How it is checked</h2>
 *
 * Both sides relative to the right one. Each is at most 20 roundings of positive numbers: {@code 32u}, {@code u = 2^-53}.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponent 1/2 for 1/4, {@code R sqrt L}, 1.5 for 2; {@code t/2} for {@code sqrt t}; {@code B + 1/2}, {@code 0.7/sqrt n},
 * {@code sqrt(Q/n)}, {@code 4/sqrt n} in all.
 */
class BoundArithmeticClaims {
    private static final double TOLERANCE = 32 * 0x1p-53;
    private static final String DERIVATION = "20 roundings of positive numbers, relative";

    /** What Lemma 5.4 is about. */
    record Setting(int n, int m, double delta, double kappa, double neuronRadius, double radius) {
        double log() {
            return Math.log(2 / delta);
        }

        double t() {
            return Math.sqrt(log() / (2 * m));
        }
    }

    @Provide
    Arbitrary<Setting> settings() {
        Arbitrary<Double> scales = Arbitraries.doubles().between(-6, 3).map(exponent -> Math.pow(10, exponent));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 10_000),
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.doubles().between(-9, -0.01).map(exponent -> Math.pow(10, exponent)),
                        scales,
                        scales,
                        scales)
                .as(Setting::new);
    }

    @Claim(
            id = "A19.lem5.4-arith",
            statement = "\\tfrac Bn\\Bigl(\\sqrt{\\tfrac n2} + \\sqrt{n t}\\Bigr)"
                    + " + \\tfrac{2R}{n\\sqrt m}\\, mn\\Bigl(\\tfrac{\\sqrt2 R}{\\sqrt\\pi\\kappa} + t\\Bigr)"
                    + " = \\tfrac{B}{\\sqrt{2n}}\\Bigl(1 + \\bigl(\\tfrac{2L}{m}\\bigr)^{1/4}\\Bigr)"
                    + " + \\tfrac{2\\sqrt2 R^2\\sqrt m}{\\sqrt\\pi\\kappa} + R\\sqrt{2L}",
            hypotheses = "$t = \\sqrt{L/(2m)}$, $L = \\log(2/\\delta)$")
    void termsOfTheLemmaAddUp(@ForAll("settings") Setting s, ClaimRun run) {
        run.covers(s.t() < 0.5 ? "t < 1/2" : "t >= 1/2");
        double t = s.t();
        run.check(
                        "root of a sum",
                        Math::sqrt,
                        (DoubleUnaryOperator root, Lab lab) ->
                                atMost(Math.sqrt(0.5 + t), Math.sqrt(0.5) + root.applyAsDouble(t)))
                .falsifiedBy("t/2", x -> x / 2);
        double n = s.n;
        double b = s.radius;
        run.check(
                        "linear part",
                        0.25,
                        (exponent, lab) -> equal(
                                b / n * (Math.sqrt(n / 2) + Math.sqrt(n * t)),
                                b / Math.sqrt(2 * n) * (1 + Math.pow(2 * s.log() / s.m, exponent))))
                .falsifiedBy("exponent 1/2", 0.5);
        double r = s.neuronRadius;
        double c = Math.sqrt(2) / (Math.sqrt(Math.PI) * s.kappa);
        double remainder = 2 * r / (n * Math.sqrt(s.m)) * s.m * n * (c * r + t);
        run.check(
                        "remainder",
                        Math.sqrt(2),
                        (constant, lab) ->
                                equal(remainder, 2 * c * r * r * Math.sqrt(s.m) + constant * r * Math.sqrt(s.log())))
                .falsifiedBy("R sqrt L", 1.0);
        run.check(
                        "constant",
                        2.0,
                        (constant, lab) -> atMost(
                                remainder, constant * r * r * Math.sqrt(s.m) / s.kappa + r * Math.sqrt(2 * s.log())))
                .falsifiedBy("1.5", 1.5);
    }

    /** A complexity, a number of points and a radius B. */
    record Sizes(int n, double complexity, double radius) {}

    @Provide
    Arbitrary<Sizes> sizes() {
        Arbitrary<Double> radii = Arbitraries.oneOf(
                Arbitraries.doubles().between(0.01, 50),
                Arbitraries.integers().between(1, 50).map(i -> (double) i),
                Arbitraries.integers().between(1, 50).map(i -> i + 1e-9));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 10_000),
                        Arbitraries.doubles().between(-3, 4).map(exponent -> Math.pow(10, exponent)),
                        radii)
                .as(Sizes::new);
    }

    @Claim(
            id = "A19.thm5.1-sum",
            statement = "\\tfrac{1}{\\sqrt n} + 2\\Bigl(\\sqrt{\\tfrac{Q}{2n}} + \\tfrac{2}{\\sqrt n}\\Bigr)"
                    + " = \\sqrt{\\tfrac{2Q}{n}} + \\tfrac{5}{\\sqrt n}, \\qquad"
                    + " \\tfrac{\\lceil B\\rceil}{\\sqrt{2n}} \\le \\tfrac{B + 1}{\\sqrt{2n}}"
                    + " \\le \\tfrac{B}{\\sqrt{2n}} + \\tfrac{1}{\\sqrt n}",
            hypotheses = "$Q = y^\\top (H^\\infty)^{-1} y$")
    void remaindersAddUpToFiveOverRootN(@ForAll("sizes") Sizes s, ClaimRun run) {
        double root = Math.sqrt(s.n);
        double fraction = s.radius - Math.floor(s.radius);
        run.covers(fraction == 0 ? "B an integer" : fraction < 1e-8 ? "B just above an integer" : "B fractional");
        DoubleBinaryOperator sum = (leading, remainder) -> Math.sqrt(leading * s.complexity) / root + remainder / root;
        double left = 1 / root + 2 * (Math.sqrt(s.complexity / (2 * s.n)) + 2 / root);
        run.check("leading term", 2.0, (leading, lab) -> equal(left, sum.applyAsDouble(leading, 5)))
                .falsifiedBy("sqrt(Q/n)", 1.0);
        run.check("remainder", 5.0, (remainder, lab) -> equal(left, sum.applyAsDouble(2, remainder)))
                .falsifiedBy("4/sqrt n: without the training loss", 4.0);
        run.check("next integer", 1.0, (step, lab) -> atMost(Math.ceil(s.radius), s.radius + step))
                .falsifiedBy("B + 1/2", 0.5);
        run.check(
                        "radius",
                        1.0,
                        (constant, lab) -> atMost(
                                (s.radius + 1) / Math.sqrt(2 * s.n), s.radius / Math.sqrt(2 * s.n) + constant / root))
                .falsifiedBy("0.7/sqrt n", 0.7);
    }

    private static Decision equal(double left, double right) {
        return Comparison.equal(left / right, 1, TOLERANCE, DERIVATION);
    }

    private static Decision atMost(double left, double right) {
        return Comparison.atMost(left / right, 1, TOLERANCE, DERIVATION);
    }
}
