package arora2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The series of {@code z arctan(z/2)} has the radius 2, so that a condition on its absolute values at larger arguments excludes it.
 *
 * <h2>Source</h2>
 *
 * A19, Example 6.4 and the paragraph after it.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * z arctan(z/2) = sum_j (-1)^(j-1) 2^(1-2j) z^(2j) / (2j-1),  |z| <= 2
 * sum_j s^(2j) 2^(1-2j) / (2j-1) = s artanh(s/2) for s < 2, infinite for s >= 2;   s = C sqrt(log(1/epsilon))
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code |z| <= 1} and {@code z = -2}; C from 1/2 to 20 with s from 1/2 to 2.5, s = 2 exactly among them.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code u = 1.1e-16}: the series at {@code |z| <= 1} by 30 terms, whose rest is below {@code 4^-30} and whose 35 roundings act on
 * terms that sum to less than 0.55. At {@code |z| = 2} the L-th rest of an alternating convex series is between half of the next term and
 * half of the last one, {@code 1/(2L+1)} and {@code 1/(2L-1)}.
 *
 * <p>Divergence: from term 401 to term 800 the sum is at least {@code ln(1601/801) > 1/2} when {@code s >= 2}, and at most
 * {@code (2/801) x^802 / (1 - x^2) < 0.01}, {@code x = s/2}, when {@code s <= 1.99}.
 *
 * <h2>Falsifiers</h2>
 *
 * Half of the terms' size, no signs, {@code 2j + 1}; thresholds {@code exp(-3.7/C^2)} and {@code exp(-4.1/C^2)}; half of the value, and the
 * one with signs.
 */
class ArcTangentSeriesClaims {
    /** The s at which the series is looked at. */
    private static final double[] ARGUMENTS = {0.5, 1, 1.9, 1.97, 1.99, 2, 2.01, 2.1, 2.5};

    @Provide
    Arbitrary<Double> arguments() {
        return Arbitraries.doubles().between(-1, 1).ofScale(12);
    }

    @Provide
    Arbitrary<Double> constants() {
        return Arbitraries.doubles().between(0.5, 20).ofScale(3);
    }

    @Claim(
            id = "A19.ex6.4-series",
            statement = "z \\arctan\\frac z2 = \\sum_{j \\ge 1} \\frac{(-1)^{j-1}\\, 2^{1-2j}}{2j-1} z^{2j}",
            hypotheses = "$|z| \\le 2$ (the paper needs $|z| \\le 1$)")
    void arctangentIsItsSeries(@ForAll("arguments") double drawn, ClaimRun run) {
        run.covers(Math.abs(drawn) == 1 ? "|z| = 1" : "|z| < 1").covers("|z| = 2");
        double[] z = {drawn, 1, -0.8};
        IntToDoubleFunction claimed = j -> (j % 2 == 0 ? -1.0 : 1.0) / (2 * j - 1);
        run.check(
                        "inside",
                        claimed,
                        (c, lab) -> Comparison.equal(
                                Arrays.stream(z).map(x -> sum(c, x, 1, 30)).toArray(),
                                Arrays.stream(z).map(x -> x * Math.atan(x / 2)).toArray(),
                                2.2e-15,
                                "35 u * 0.55"))
                .falsifiedBy("2^(-2j)", j -> claimed.applyAsDouble(j) / 2)
                .falsifiedBy("no signs", j -> Math.abs(claimed.applyAsDouble(j)))
                .falsifiedBy("2j + 1 in place of 2j - 1", j -> (j % 2 == 0 ? -1.0 : 1.0) / (2 * j + 1));
        int[] lengths = {10, 100, 1000};
        run.check(
                        "rest at |z| = 2",
                        claimed,
                        (c, lab) -> Comparison.equal(
                                Arrays.stream(lengths)
                                        .mapToDouble(length -> 2 * length * (Math.PI / 2 - sum(c, -2, 1, length)))
                                        .toArray(),
                                new double[] {1, 1, 1},
                                0.053,
                                "2L/(2L+1) to 2L/(2L-1), L = 10"))
                .falsifiedBy("2^(-2j)", j -> claimed.applyAsDouble(j) / 2);
    }

    @Claim(
            id = "A19.ex6.4-AZ",
            statement = "\\sum_{j \\ge 1} \\frac{(C \\sqrt{\\log(1/\\epsilon)})^{2j}\\, 2^{1-2j}}{2j-1} = \\infty"
                    + " \\iff \\epsilon \\le e^{-4/C^2}",
            hypotheses =
                    "$C > 0$, $0 < \\epsilon < 1$; that the compared theorem needs this sum is the paper's attribution")
    void comparedConditionExcludesTheFunction(@ForAll("constants") double constant, ClaimRun run) {
        run.covers("s < 2").covers("s = 2").covers("s > 2");
        DoubleUnaryOperator claimed = c -> Math.exp(-4 / (c * c));
        run.check(
                        "threshold",
                        claimed,
                        (threshold, lab) -> Decision.worst(Arrays.stream(ARGUMENTS)
                                .mapToObj(s -> {
                                    double epsilon = Math.exp(-s * s / (constant * constant));
                                    double block = sum(j -> 1.0 / (2 * j - 1), s, 401, 800);
                                    return epsilon <= threshold.applyAsDouble(constant)
                                            ? Comparison.atLeast(block, 0.5, 0, "0.69 at least, in 400 roundings")
                                            : Comparison.atMost(block, 0.1, 0, "0.01 at most, in 400 roundings");
                                })
                                .toList()))
                .falsifiedBy("epsilon <= exp(-3.7 / C^2)", c -> Math.exp(-3.7 / (c * c)))
                .falsifiedBy("epsilon <= exp(-4.1 / C^2)", c -> Math.exp(-4.1 / (c * c)));
        DoubleUnaryOperator value = s -> s / 2 * Math.log((2 + s) / (2 - s));
        double[] convergent = Arrays.stream(ARGUMENTS).filter(s -> s < 2).toArray();
        run.check(
                        "value below the threshold",
                        value,
                        (form, lab) -> Comparison.equal(
                                Arrays.stream(convergent)
                                        .map(s -> sum(j -> 1.0 / (2 * j - 1), s, 1, 5000))
                                        .toArray(),
                                Arrays.stream(convergent).map(form).toArray(),
                                5005 * 6 * 0x1p-53,
                                "5005 roundings of a sum below 6; rest below 1e-20"))
                .falsifiedBy("s arctan(s/2), as with signs", s -> s * Math.atan(s / 2))
                .falsifiedBy("half of it", s -> s / 4 * Math.log((2 + s) / (2 - s)));
    }

    /** {@code sum_j c_j 2^(1-2j) z^(2j)} over {@code from <= j <= to}. */
    static double sum(IntToDoubleFunction c, double z, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToDouble(j -> 2 * c.applyAsDouble(j) * Math.pow(z / 2, 2 * j))
                .sum();
    }
}
