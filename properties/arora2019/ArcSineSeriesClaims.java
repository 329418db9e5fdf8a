package arora2019;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.numeric.ArcSine;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The arc sine's series, and the constants that the bounds on even powers take from it.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 6.1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * arcsin x = sum_{l >= 0} (2l-1)!! / (2l)!! x^(2l+1) / (2l+1),  |x| <= 1;   0!! = (-1)!! = 1
 * (2l-3)!! / (2l-2)!! >= 1 / (2l-1),  with equality at l = 1
 * p = 2l:  1/b_p <= 2 pi (p-1)^2 <= 2 pi p^2 <= 9 p^2;   p = 1:  1/b_1 = 4 <= 9     (b_p: the kernel's coefficients)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code |x| <= 0.9} with 400 terms, and {@code x = +-1}, where the series is slow, with 10, 100 and 1000. All l up to 1000, all p up to
 * 2000.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code u = 1.1e-16} and {@code c_l = (2l-1)!!/(2l)!!}. All terms have the sign of x. Up to {@code |x| = 0.9} the rest is below
 * {@code 0.81^400}. By Horner's rule term l has {@code 5l + 5} roundings, so that the sum is wrong by at most
 * {@code (5/2) u sum_l c_l |x|^(2l+1) = (5/2) u |x| / sqrt(1 - x^2) < 5.2 u} and {@code 5 u arcsin |x| < 5.6 u}; the arc sine by {@code 8 u}.
 * At 1 the rest after L terms is {@code 1 / sqrt(pi L)} up to a factor between {@code (1 + 1/(2L))^(-1/2)} and
 * {@code (1 - 1/(4L))^(-1/2)}, since {@code 1 / sqrt(pi (l + 1/2)) <= c_l <= 1 / sqrt(pi (l + 1/4))} and {@code x^(-3/2)} is convex.
 *
 * <p>Double factorials are integers, compared exactly. A coefficient {@code b_p} has p roundings and 4 more.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code (2l)!!/(2l+1)!!}, alternating signs, no factor {@code 1/(2l+1)}; {@code 1/sqrt(l)} and 1.1/(2l-1); {@code 2 pi (p-1)^(3/2)},
 * {@code 2 pi (p - 3/2)^2}, {@code (5/2)^2 p^2}; {@code 3.9} for p = 1.
 */
class ArcSineSeriesClaims {
    private static final int TERMS = 400;
    private static final int LARGEST = 1000;

    @Provide
    Arbitrary<Double> sines() {
        return Arbitraries.doubles().between(-0.9, 0.9).ofScale(12);
    }

    @Claim(
            id = "A19.arcsin-series",
            statement =
                    "\\arcsin x = \\sum_{\\ell \\ge 0} \\frac{(2\\ell-1)!!}{(2\\ell)!!} \\cdot \\frac{x^{2\\ell+1}}{2\\ell+1}",
            hypotheses = "$|x| \\le 1$; $0!! = (-1)!! = 1$")
    void arcSineIsItsSeries(@ForAll("sines") double drawn, ClaimRun run) {
        run.covers(drawn == 0 ? "x = 0" : Math.abs(drawn) == 0.9 ? "|x| = 0.9" : "0 < |x| < 0.9")
                .covers("|x| = 1");
        double[] inside = {drawn, 0.5, -0.9};
        // the ratio of the double factorials at l to those at l - 1, and what the result is divided by
        Series claimed = new Series(l -> (2 * l - 1) / (2.0 * l), l -> 2 * l + 1);
        Series inverted = new Series(l -> 2 * l / (2 * l + 1.0), claimed.divisor);
        run.check(
                        "inside",
                        claimed,
                        (series, lab) -> Comparison.equal(
                                Arrays.stream(inside)
                                        .map(x -> series.sum(x, TERMS))
                                        .toArray(),
                                Arrays.stream(inside).map(ArcSine::of).toArray(),
                                20 * 0x1p-53,
                                "5.2 u + 5.6 u + 8 u, at 0.9"))
                .falsifiedBy("(2l)!! / (2l+1)!!", inverted)
                .falsifiedBy("alternating signs", new Series(l -> -claimed.ratio.applyAsDouble(l), claimed.divisor))
                .falsifiedBy("no 1/(2l+1)", new Series(claimed.ratio, l -> 1));
        int[] lengths = {10, 100, 1000};
        run.check(
                        "rest at the ends",
                        claimed,
                        (series, lab) -> Comparison.equal(
                                Arrays.stream(lengths)
                                        .mapToDouble(length ->
                                                (series.sum(-1, length) - ArcSine.of(-1)) * Math.sqrt(Math.PI * length))
                                        .toArray(),
                                new double[] {1, 1, 1},
                                0.025,
                                "1 / sqrt(1 + 1/(2L)) to 1 / sqrt(1 - 1/(4L)), L = 10"))
                .falsifiedBy("(2l)!! / (2l+1)!!", inverted)
                .falsifiedBy("2l+2 in place of 2l+1", new Series(claimed.ratio, l -> 2 * l + 2));
    }

    /** {@code sum_l c_l x^(2l+1) / divisor(l)}, {@code c_0 = 1}, {@code c_l = ratio(l) c_(l-1)}. */
    private record Series(IntToDoubleFunction ratio, IntToDoubleFunction divisor) {
        double sum(double x, int terms) {
            double sum = 0;
            for (int l = terms - 1; l >= 0; l--) {
                sum = 1 / divisor.applyAsDouble(l) + sum;
                sum *= l == 0 ? x : ratio.applyAsDouble(l) * x * x;
            }
            return sum;
        }
    }

    @Claim(
            id = "A19.coef",
            statement =
                    "\\frac{(2\\ell-3)!!}{(2\\ell-2)!!} \\ge \\frac{1}{2\\ell-1}, \\quad \\text{with equality at } \\ell = 1")
    void doubleFactorialsAreBoundedBelow(ClaimRun run) {
        run.covers("l = 1").covers("l > 1");
        double[] ratios = new double[LARGEST + 1];
        BigInteger odd = BigInteger.ONE; // (2l-3)!!
        BigInteger even = BigInteger.ONE; // (2l-2)!!
        for (int l = 1; l <= LARGEST; l++) {
            ratios[l] = new BigDecimal(odd)
                    .divide(new BigDecimal(even), MathContext.DECIMAL64)
                    .doubleValue();
            odd = odd.multiply(BigInteger.valueOf(2L * l - 1));
            even = even.multiply(BigInteger.valueOf(2L * l));
        }
        IntToDoubleFunction claimed = l -> 1.0 / (2 * l - 1);
        run.check(
                        "lower bound",
                        claimed,
                        (bound, lab) -> Comparison.atLeast(
                                IntStream.rangeClosed(1, LARGEST)
                                        .mapToDouble(l -> ratios[l] / bound.applyAsDouble(l))
                                        .toArray(),
                                1,
                                0,
                                "exact at l = 1; at least 3/2 beyond"))
                .falsifiedBy("1.1 / (2l-1)", l -> 1.1 / (2 * l - 1))
                .falsifiedBy("1 / sqrt(l)", l -> 1 / Math.sqrt(l));
        IntToDoubleFunction coefficient = ReluGramMatrix::seriesCoefficient;
        run.check(
                        "coefficient of the kernel",
                        coefficient,
                        (b, lab) -> Comparison.equal(
                                IntStream.rangeClosed(1, LARGEST)
                                        .mapToDouble(
                                                l -> 2 * Math.PI * (2 * l - 1) * b.applyAsDouble(2 * l) / ratios[l])
                                        .toArray(),
                                IntStream.rangeClosed(1, LARGEST)
                                        .mapToDouble(l -> 1)
                                        .toArray(),
                                (2 * LARGEST + 8) * 0x1p-53,
                                "2l + 8 roundings"))
                .falsifiedBy("(2l-1)!! / (2l)!!", p -> coefficient.applyAsDouble(p) * (p - 1) / p);
    }

    @Claim(
            id = "A19.thm6.1-final",
            statement =
                    "2\\pi (2\\ell-1)^2 \\le 2\\pi p^2 \\le (3p)^2 \\;\\; (p = 2\\ell), \\qquad 4 \\le 3^2 \\;\\; (p = 1)")
    void finalConstantsAreBelowThreeTimesThePower(ClaimRun run) {
        run.covers("p = 1").covers("p = 2").covers("p > 2");
        IntToDoubleFunction inverse = p -> 1 / ReluGramMatrix.seriesCoefficient(p);
        IntToDoubleFunction first = p -> 2 * Math.PI * (p - 1) * (p - 1);
        IntToDoubleFunction second = p -> 2 * Math.PI * p * p;
        IntToDoubleFunction last = p -> 9.0 * p * p;
        run.check("1/b_p <= 2 pi (p-1)^2", first, (bound, lab) -> evenPowers(inverse, bound))
                .falsifiedBy("exponent 3/2", p -> 2 * Math.PI * Math.pow(p - 1, 1.5));
        run.check("2 pi (p-1)^2 <= 2 pi p^2", second, (bound, lab) -> evenPowers(first, bound))
                .falsifiedBy("p - 3/2 in place of p", p -> 2 * Math.PI * Math.pow(p - 1.5, 2));
        run.check("2 pi p^2 <= (3p)^2", last, (bound, lab) -> evenPowers(second, bound))
                .falsifiedBy("5/2 in place of 3", p -> 6.25 * p * p);
        run.check(
                        "p = 1",
                        9.0,
                        (bound, lab) ->
                                Comparison.atMost(1 / ReluGramMatrix.seriesCoefficient(1), bound, 0, "exact: 4"))
                .falsifiedBy("3.9 in place of 9", 3.9);
    }

    /** Decides that {@code left(p) <= right(p)} for all even p up to 2000. */
    private static Decision evenPowers(IntToDoubleFunction left, IntToDoubleFunction right) {
        return Comparison.atMost(
                IntStream.rangeClosed(1, LARGEST)
                        .mapToDouble(l -> left.applyAsDouble(2 * l) / right.applyAsDouble(2 * l))
                        .toArray(),
                1,
                (2 * LARGEST + 8) * 0x1p-53,
                "2l + 8 roundings");
    }
}
