package bubeck2020;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The constants at the end of the proof of Lemma 3: the arc sine's coefficients, the tail of {@code sum i^(-3/2)}, and what they give.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Lemma 3. The prefactor {@code 1/pi} comes from a wrong kernel (B20.lem3-kernel): with the right one it is {@code 1/(4 pi)}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * b_i = (2i)!/(2^i i!)^2,  c_i = b_i/(2i+1):   b_i >= c_i >= 1/(8 i^(3/2)),   i >= 1;   c_i i^(3/2) increases from 1/6 to 1/(2 sqrt pi)
 * sum_{i >= N} i^(-3/2) >= 2/sqrt(ceil N)                                                              (printed 2/sqrt N)
 * D^-1 H D^-1 >= (1/4 pi) sum_{i >= R/2} c_i I >= (1/8 - 1/(4 pi)) R^(-1/2) I,   R = log(2n)/log(1/gamma)   (printed 1/pi and 1/10)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code i <= 1000}; N in [1/2, 100], and N = 1.01; {@link GenericPoints} up to 30 and unbiased bases. As functions of R both sums are constant on
 * {@code (2(N-1), 2N]}, so that the infimum of {@code sqrt R} times them is taken at the left ends and at R = 1.
 *
 * <h2>How it is checked</h2>
 *
 * {@code c_i} are the kernel's coefficients, with {@code 2i + 8} roundings; {@code sum_{i >= N} c_i = pi/2 - sum_{i < N} c_i} with {@code 4N u} at most
 * {@code 4e-13}, for N beyond 1000 {@code 1/sqrt(pi N)} within {@code 1/N} of it. The sum of {@code i^(-3/2)} by 100 terms and Euler and Maclaurin's formula, whose next term is below
 * {@code 1e-15}. Eigenvalues to {@code 10 n u n}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1/(5 i^(3/2))}, {@code 5/(8 i^(3/2))} for b, {@code 1/(8 i)}; the printed {@code 2/sqrt N}, {@code 2.2/sqrt(ceil N)}; the printed {@code 1/pi}; 1/10 with the right
 * prefactor; 1.01 of the corrected constant, and 2/10 with the printed prefactor.
 */
class TailConstantsClaims {
    private static final int LARGEST = 1000;

    /** {@code c_0, ..., c_1000}. */
    private static final double[] C = IntStream.rangeClosed(0, LARGEST)
            .mapToDouble(i -> 2 * Math.PI * ReluGramMatrix.seriesCoefficient(2 * i + 2))
            .toArray();

    /** {@code sum_{i >= N} c_i}, N from 0 to 1000. */
    private static final double[] TAILS = tails();

    private static double[] tails() {
        double[] tails = new double[LARGEST + 1];
        tails[0] = Math.PI / 2;
        for (int n = 1; n <= LARGEST; n++) {
            tails[n] = tails[n - 1] - C[n - 1];
        }
        return tails;
    }

    private static double tail(double from) {
        double n = Math.ceil(from);
        return n <= LARGEST ? TAILS[(int) n] : 1 / Math.sqrt(Math.PI * n);
    }

    @Claim(
            id = "B20.lem3-binom",
            statement = "\\frac{(2i)!}{(2^i i!)^2} \\ge \\frac{(2i)!}{(2^i i!)^2 (2i+1)} \\ge \\frac1{8\\, i^{3/2}}",
            hypotheses = "$i \\ge 1$")
    void coefficientsAreAboveTheirPower(ClaimRun run) {
        run.covers("i = 1")
                .covers("i = 1000")
                .note(
                        "The paper prints the inequality of the outer terms, which is true; the sum that it is used in needs the right one, with"
                                + " $1/(2i+1)$, which is true as well.");
        double[] b = IntStream.rangeClosed(1, LARGEST)
                .mapToDouble(i -> C[i] * (2 * i + 1))
                .toArray();
        double[] c = Arrays.copyOfRange(C, 1, LARGEST + 1);
        DoubleUnaryOperator claimed = i -> 1 / (8 * Math.pow(i, 1.5));
        run.check("as printed", claimed, (form, lab) -> Comparison.atLeast(b, values(form), 1e-12, "2i + 8 roundings"))
                .falsifiedBy("5/(8 i^(3/2))", i -> 5 * claimed.applyAsDouble(i));
        run.check(
                        "with 1/(2i+1)",
                        claimed,
                        (form, lab) -> Comparison.atLeast(c, values(form), 1e-12, "2i + 8 roundings"))
                .falsifiedBy("1/(5 i^(3/2))", i -> 1 / (5 * Math.pow(i, 1.5)))
                .falsifiedBy("1/(8 i)", i -> 1 / (8 * i));
        double[] scaled = IntStream.rangeClosed(1, LARGEST)
                .mapToDouble(i -> C[i] * Math.pow(i, 1.5))
                .toArray();
        run.check(
                        "limit of c_i i^(3/2)",
                        1 / (2 * Math.sqrt(Math.PI)),
                        (limit, lab) -> Comparison.equal(
                                scaled[LARGEST - 1], limit, limit / LARGEST, "relative distance below 1/i"))
                .falsifiedBy("1.01/(2 sqrt pi)", 1.01 / (2 * Math.sqrt(Math.PI)));
        run.check(
                        "increasing",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                Arrays.copyOfRange(scaled, 1, LARGEST),
                                IntStream.range(0, LARGEST - 1)
                                        .mapToDouble(i -> factor * scaled[i])
                                        .toArray(),
                                1e-12,
                                "2i + 8 roundings"))
                .falsifiedBy("by one per mille each", 1.001);
    }

    /** The bound at {@code i = 1, ..., 1000}. */
    private static double[] values(DoubleUnaryOperator bound) {
        return IntStream.rangeClosed(1, LARGEST)
                .mapToDouble(bound::applyAsDouble)
                .toArray();
    }

    @Provide
    Arbitrary<Double> starts() {
        return Arbitraries.doubles().between(0.5, 100).ofScale(3);
    }

    @Claim(
            id = "B20.lem3-zeta",
            statement = "\\sum_{i \\ge N} \\frac1{i^{3/2}} \\ge \\frac2{\\sqrt N}",
            correction = "\\sum_{i \\ge N} \\frac1{i^{3/2}} \\ge \\frac2{\\sqrt{\\lceil N \\rceil}}",
            hypotheses =
                    "used at $N = \\log(2n) / (2 \\log(1/\\gamma)) > \\frac12$, which need not be an integer; $i$ runs through the integers",
            derivation =
                    "The sum starts at $\\lceil N \\rceil$, and the integral bounds it by $2/\\sqrt{\\lceil N \\rceil}$ from below. For $N = 1.01$ the sum is $1.612$,"
                            + " and $2/\\sqrt N$ is $1.990$. For integers $N$ the printed inequality is true.")
    void tailsOfTheSumAreAboveTheIntegral(@ForAll("starts") double drawn, ClaimRun run) {
        run.covers(drawn == Math.rint(drawn) ? "integer" : "between integers")
                .covers("N = 1.01")
                .covers("N = 1000");
        double[] starts = {drawn, 1.01, 0.5, 1, 1000};
        DoubleUnaryOperator claimed = n -> 2 / Math.sqrt(Math.ceil(n));
        run.check(
                        "tail",
                        claimed,
                        (form, lab) -> Comparison.atLeast(
                                Arrays.stream(starts)
                                        .map(TailConstantsClaims::powers)
                                        .toArray(),
                                Arrays.stream(starts).map(form).toArray(),
                                1e-13,
                                "100 terms below 3 and a rest of 1e-15"))
                .printedAs("2/sqrt N", n -> 2 / Math.sqrt(n))
                .falsifiedBy("2.2/sqrt(ceil N)", n -> 1.1 * claimed.applyAsDouble(n));
        run.check(
                        "values of Hurwitz's zeta function",
                        new double[] {1.01, 5.01},
                        (at, lab) -> Comparison.equal(
                                Arrays.stream(at)
                                        .map(TailConstantsClaims::powers)
                                        .toArray(),
                                new double[] {1.6123753486854886, 0.8519291492623479},
                                1e-13,
                                "100 terms below 3 and a rest of 1e-15"))
                .falsifiedBy("at 0.99 and 4.99", new double[] {0.99, 4.99});
    }

    /** {@code sum_{i >= from} i^(-3/2)}. */
    private static double powers(double from) {
        double end = Math.ceil(from) + 100;
        double sum =
                2 / Math.sqrt(end) + Math.pow(end, -1.5) / 2 + Math.pow(end, -2.5) / 8 - 7 * Math.pow(end, -4.5) / 384;
        for (double i = end - 1; i >= from; i--) {
            sum += Math.pow(i, -1.5);
        }
        return sum;
    }

    @Provide
    Arbitrary<GenericPoints> sets() {
        return GenericPoints.any(30);
    }

    /** {@code prefactor sum_{i >= R/2} c_i >= constant / sqrt R}. */
    private record Display(double prefactor, double constant) {}

    @Claim(
            id = "B20.lem3-final",
            statement =
                    "D^{-1} H D^{-1} \\succeq \\Big( \\frac1\\pi \\sum_{i \\ge R/2} \\frac{(2i)!}{(2^i i!)^2} \\frac1{2i+1} \\Big) I_n"
                            + " \\succeq \\frac1{10 \\sqrt R}\\, I_n",
            correction =
                    "D^{-1} H D^{-1} \\succeq \\Big( \\frac1{4\\pi} \\sum_{i \\ge R/2} \\frac{(2i)!}{(2^i i!)^2} \\frac1{2i+1} \\Big) I_n"
                            + " \\succeq \\Big( \\frac18 - \\frac1{4\\pi} \\Big) \\frac1{\\sqrt R}\\, I_n",
            hypotheses = "$R = \\log(2n) / \\log(1/\\gamma)$, $|V_{ij}| \\le \\gamma$",
            derivation =
                    "The kernel is $V/4 + \\frac1{2\\pi} \\sum_i c_i V^{\\circ 2(i+1)}$, not $\\frac2\\pi \\sum_i \\ldots$ (B20.lem3-kernel): the sum has the prefactor"
                            + " $\\frac1{4\\pi}$. For two unbiased bases of $\\mathbb R^4$ the smallest eigenvalue is $\\frac1{12}$, and the printed bound $0.129$. The last"
                            + " inequality as printed is true of numbers, but with $\\frac1{4\\pi}$ it fails: the constant is $\\frac18 - \\frac1{4\\pi} = 0.0454$."
                            + " Lemma 3 with $\\frac1{10}$ is true, by another proof (B20.lem3).")
    void tailOfTheSeriesBoundsTheSmallestEigenvalue(@ForAll("sets") GenericPoints set, ClaimRun run) {
        run.covers(set.family()).covers("unbiased bases");
        GenericPoints[] sets = {set, GenericPoints.unbiased(1), GenericPoints.unbiased(2)};
        run.check(
                        "prefactor",
                        1 / (4 * Math.PI),
                        (prefactor, lab) -> Comparison.atLeast(
                                Arrays.stream(sets)
                                        .mapToDouble(x -> LinearAlgebra.eigen(x.directionKernel())
                                                .smallest())
                                        .toArray(),
                                Arrays.stream(sets)
                                        .mapToDouble(x -> Double.isInfinite(x.r()) ? 0 : prefactor * tail(x.r() / 2))
                                        .toArray(),
                                10 * 1024 * 0x1p-53,
                                "10 n u n, n = 32"))
                .printedAs("1/pi", 1 / Math.PI);
        double constant = 0.125 - 1 / (4 * Math.PI);
        run.check("last inequality", new Display(1 / (4 * Math.PI), constant), (display, lab) -> infimum(display))
                .falsifiedBy("1/10 with the right prefactor", new Display(1 / (4 * Math.PI), 0.1))
                .falsifiedBy("1.01 of the constant", new Display(1 / (4 * Math.PI), 1.01 * constant));
        run.check(
                        "last inequality, prefactor as printed",
                        new Display(1 / Math.PI, 0.1),
                        (display, lab) -> infimum(display))
                .falsifiedBy("2/10", new Display(1 / Math.PI, 0.2));
    }

    /** At R = 1 and the limits from the right at R = 2, 4, ... */
    private static Decision infimum(Display display) {
        return Comparison.atLeast(
                IntStream.rangeClosed(1, LARGEST)
                        .mapToDouble(n -> display.prefactor * TAILS[n] * Math.sqrt(n == 1 ? 1 : 2 * (n - 1)))
                        .toArray(),
                display.constant,
                1e-11,
                "4 N u sqrt(2 N), N = 1000");
    }
}
