package arora2019;

import instances.PointSets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LatticePoints;
import org.lemmalab.numeric.DecimalFunctions;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * A function whose Taylor series has the radius 2 is learnable where its argument is at most 1.
 *
 * <h2>Source</h2>
 *
 * A19, Example 6.4; its series are those of {@link ArcTangentSeriesClaims}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * y_i = phi(beta.x_i), phi(z) = z arctan(z/2), b = |beta| <= 1:
 *   sqrt(Q(y)) <= 3 sum_j 2j 2^(1-2j) b^(2j) / (2j-1) <= 3 b^2 / (1 - b^2/4) <= 4 b^2
 * so that Q(y) <= 16 b^4 <= 16 b^2
 * sharp:   Q(y) <= sum_j (2^(1-2j) b^(2j) / (2j-1))^2 / b_2j      (b_2j: the kernel's coefficients)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry with up to 60 points in up to 8 dimensions, b from 1/100 to 1 in the directions of {@link RidgeLabels}. With
 * each of them {@link LatticePoints} with 16 nodes and {@code N = 10^24}, b = 1/100, 1/10 and 1.
 *
 * <h2>How it is checked</h2>
 *
 * {@code Q} over its bound, against 1: {@link ResolvedComplexity} for the drawn points, decimals for the lattices, with the arc tangent to
 * 110 digits. The first 30 terms of the series have a rest below {@code 4^-30}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1.5 b^4}, {@code 16 b^6} and 95% of the limit (which is {@code (pi/2) b^4} at b = 0); {@code 16 b^2} for b up to 3, where the Taylor
 * series diverges; 2.9 for 3 and 3.9 for 4 in the chain; the orders {@code b^2} and {@code b^3} attained.
 */
class NotSoSmoothFunctionClaims {
    private static final MathContext DECIMALS = new MathContext(110);
    private static final double[] NORMS = {0.01, 0.1, 1};
    private static final double[] LATTICES =
            Arrays.stream(NORMS).map(norm -> Lattice.of(norm).complexity).toArray();
    private static final Lattice UP_TO_ONE = Lattice.of(1);
    private static final Lattice UP_TO_THREE = Lattice.of(3);

    @Provide
    Arbitrary<RidgeLabels> labels() {
        return Combinators.combine(PointSets.any(60, 8), Arbitraries.of(0.01, 0.1, 0.3, 0.5, 1.0))
                .as(RidgeLabels::new);
    }

    @Claim(
            id = "A19.ex6.4",
            statement = "y_i = \\phi(\\beta^\\top x_i),\\; \\phi(z) = z \\arctan\\tfrac z2 \\;\\Longrightarrow\\;"
                    + " y^\\top (H^\\infty)^{-1} y \\le 16\\, \\|\\beta\\|_2^4 \\le 16\\, \\|\\beta\\|_2^2",
            hypotheses = "$\\|\\beta\\|_2 \\le 1$; $H^\\infty$ invertible, or its pseudo-inverse")
    void notSoSmoothFunctionIsLearnable(@ForAll("labels") RidgeLabels drawn, ClaimRun run) {
        run.covers(drawn.set().geometry().label()).covers("|beta| = " + drawn.norm());
        run.note(
                "The sum that the example displays bounds the root of $y^\\top (H^\\infty)^{-1} y$. Its square is of the order"
                        + " $\\|\\beta\\|_2^4$, so that the printed $M_g = O(\\|\\beta\\|_2^2)$ is true for $\\|\\beta\\|_2 \\le 1$ without being sharp.");
        double b = drawn.norm();
        double[] complexities = drawn.complexities(z -> z * Math.atan(z / 2));
        DoubleUnaryOperator claimed = norm -> 16 * Math.pow(norm, 4);
        run.check(
                        "complexity",
                        claimed,
                        (bound, lab) -> Comparison.atMost(
                                DoubleStream.concat(
                                                Arrays.stream(complexities).map(q -> q / bound.applyAsDouble(b)),
                                                IntStream.range(0, NORMS.length)
                                                        .mapToDouble(i -> LATTICES[i] / bound.applyAsDouble(NORMS[i])))
                                        .toArray(),
                                1,
                                ResolvedComplexity.TOLERANCE,
                                ResolvedComplexity.DERIVATION))
                .falsifiedBy("1.5 b^4", norm -> 1.5 * Math.pow(norm, 4))
                .falsifiedBy("16 b^6", norm -> 16 * Math.pow(norm, 6));
        run.check(
                        "limit on lattice points",
                        1.0,
                        (part, lab) -> Comparison.atMost(
                                DoubleStream.concat(
                                                Arrays.stream(complexities).map(q -> q / (part * limit(b))),
                                                IntStream.range(0, NORMS.length)
                                                        .mapToDouble(i -> LATTICES[i] / (part * limit(NORMS[i]))))
                                        .toArray(),
                                1,
                                ResolvedComplexity.TOLERANCE,
                                ResolvedComplexity.DERIVATION))
                .falsifiedBy("95% of the limit", 0.95);
        run.check(
                        "printed order b^2",
                        UP_TO_ONE,
                        (lattice, lab) -> Comparison.atMost(
                                DoubleStream.concat(
                                                Arrays.stream(complexities).map(q -> q / (16 * b * b)),
                                                DoubleStream.of(
                                                        lattice.complexity / (16 * lattice.norm * lattice.norm)))
                                        .toArray(),
                                1,
                                ResolvedComplexity.TOLERANCE,
                                ResolvedComplexity.DERIVATION))
                .falsifiedBy("|beta| up to 3", UP_TO_THREE);
        double[] norms = {b, 0.01, 1};
        run.check(
                        "sum of the series",
                        3.0,
                        (constant, lab) -> Comparison.atMost(
                                Arrays.stream(norms)
                                        .map(x -> 3
                                                * ArcTangentSeriesClaims.sum(j -> 2.0 * j / (2 * j - 1), x, 1, 30)
                                                * (1 - x * x / 4)
                                                / (x * x))
                                        .toArray(),
                                constant,
                                3 * 40 * 0x1p-53,
                                "40 roundings, positive terms"))
                .falsifiedBy("2.9 in place of 3", 2.9);
        run.check(
                        "geometric series",
                        4.0,
                        (constant, lab) -> Comparison.atMost(
                                Arrays.stream(norms)
                                        .map(x -> 3 / (1 - x * x / 4))
                                        .toArray(),
                                constant,
                                4 * 4 * 0x1p-53,
                                "4 roundings"))
                .falsifiedBy("3.9 in place of 4", 3.9);
        run.check("order on lattice points", 4.0, (order, lab) -> Rate.exact(order, 0.05, NORMS, LATTICES))
                .falsifiedBy("the order b^2 is attained", 2.0)
                .falsifiedBy("b^3", 3.0);
    }

    /** {@code sum_j c_j^2 / b_2j} for the coefficients c of {@code phi(b t)}. */
    private static double limit(double b) {
        double[] c = new double[61];
        for (int j = 1; j <= 30; j++) {
            c[2 * j] = 2 * Math.pow(b / 2, 2 * j) / (2 * j - 1); // signs do not matter
        }
        return LatticePoints.limit(c);
    }

    /** Lattice points with labels {@code phi(norm t)}. */
    private record Lattice(double norm, double complexity) {
        static Lattice of(double norm) {
            BigDecimal half = new BigDecimal(norm / 2);
            return new Lattice(
                    norm,
                    LatticePoints.chebyshev(16)
                            .quadraticForm(
                                    t -> {
                                        BigDecimal x = t.multiply(half); // arctan x = arcsin(x / sqrt(1 + x^2))
                                        BigDecimal hypotenuse = BigDecimal.ONE
                                                .add(x.multiply(x))
                                                .sqrt(DECIMALS);
                                        return x.add(x)
                                                .multiply(DecimalFunctions.arcsin(
                                                        x.divide(hypotenuse, DECIMALS), DECIMALS));
                                    },
                                    1e24));
        }
    }
}
