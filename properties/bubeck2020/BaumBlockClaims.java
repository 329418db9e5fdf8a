package bubeck2020;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;

/**
 * What holds exactly for a block of the Baum network: the size of v, the centroid, and the geometry of u and v.
 *
 * <h2>Source</h2>
 *
 * B20, section 3, the sketch of the total weight after Proposition 4.
 *
 * <h2>Statement</h2>
 *
 * For d points, rows of an invertible X, labels {@code y_i = +-1}, {@code v = X^-1 y}, the hyperplane {@code u.x = b} through the points with {@code |u| = 1} and
 * the centroid c:
 *
 * <pre>{@code
 * |v| >= sqrt(d) / |X|_op
 * v.c = (1/d) sum y_i;   on the sphere E |c|^2 = 1/d;   for random signs P(|v.c| > 3/sqrt d) <= 1/100
 * (b u - c).u = 0,   |b u - c| <= |c|,   |v.(b u - c)| <= sqrt(|v|^2 - (v.u)^2) |b u - c|
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Blocks in 1 to 24 dimensions: sphere, normal, orthonormal rows (in the plane the last line is an equality), and two rows at an angle
 * of about 1e-3. In the first line also twice an orthonormal basis Q, an equality.
 *
 * <h2>How it is checked</h2>
 *
 * The computed v solves {@code (X + E) v = y} with {@code |E| <= 16 d 2^-53 |X|_F}, as every row of X is reproduced to a few roundings; the tolerances follow,
 * without the condition number. The mean of {@code |c|^2} by averaging over all 2^d signs of the points, under which the law of the sphere does not change: exact up
 * to 4 d roundings. The tail of {@code v.c} is binomial and exact.
 *
 * <h2>Falsifiers</h2>
 *
 * 1.1 sqrt(d), and sqrt(d) without {@code |X|_op}; labels weighted 1/(d+1); means {@code 1/d^2} and 1.1/d; 2/sqrt(d) in the tail; {@code b u - 1.1 c};
 * {@code |b u - c| <= 0.9 |c|}; half the bound of the last line.
 */
class BaumBlockClaims {
    private static final double U = 0x1p-53;

    /** The families of blocks. */
    enum Family {
        SPHERE,
        NORMAL,
        ORTHONORMAL,
        NEARLY_PARALLEL
    }

    /** A block. */
    record Drawn(Family family, int d, long seed) {
        BaumBlock block() {
            RandomStream stream = RandomStream.of(seed, "BaumBlockClaims");
            DMatrixRMaj x = switch (family) {
                case SPHERE, NEARLY_PARALLEL -> PointLaw.SPHERE.rows(d, d, stream);
                case NORMAL -> PointLaw.GAUSSIAN.rows(d, d, stream);
                case ORTHONORMAL -> OrthonormalRows.draw(d, d, stream);
            };
            if (family == Family.NEARLY_PARALLEL && d > 1) {
                for (int k = 0; k < d; k++) {
                    x.set(1, k, x.get(0, k) + 1e-3 * x.get(1, k));
                }
            }
            return BaumBlock.of(x, stream.part("labels").signs(d));
        }

        /** Equality in the bound on v: two times orthonormal rows. */
        BaumBlock twiceOrthonormal() {
            RandomStream stream = RandomStream.of(seed, "BaumBlockClaims").part("orthonormal");
            DMatrixRMaj x = OrthonormalRows.draw(d, d, stream);
            CommonOps_DDRM.scale(2, x);
            return BaumBlock.of(x, stream.part("labels").signs(d));
        }

        /** {@code 16 d 2^-53 |X|_F / max |x_i|}, with room: the relative backward error. */
        double backward() {
            return 16 * d * Math.sqrt(d) * U;
        }
    }

    @Provide
    Arbitrary<Drawn> blocks() {
        return Combinators.combine(
                        Arbitraries.of(Family.class),
                        Arbitraries.integers().between(1, 24),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Drawn::new);
    }

    @Provide
    Arbitrary<Drawn> blocksOfTwoOrMore() {
        return Combinators.combine(
                        Arbitraries.of(Family.SPHERE, Family.NORMAL, Family.NEARLY_PARALLEL),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(2)),
                                Tuple.of(2, Arbitraries.integers().between(2, 24))),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Drawn::new);
    }

    private static void cover(Drawn drawn, ClaimRun run) {
        run.covers(drawn.family.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .covers(drawn.d == 1 ? "d = 1" : drawn.d == 2 ? "d = 2" : "d > 2");
    }

    /** {@code |v| >= factor sqrt(d) / |X|_op}, or without the operator norm. */
    private record Bound(double factor, boolean operatorNorm) {}

    @Claim(
            id = "B20.bw-v",
            statement = "Xv = y \\;\\Longrightarrow\\; \\|v\\| \\ge \\frac{\\sqrt d}{\\|X\\|_{op}}",
            hypotheses = "$X \\in \\mathbb R^{d \\times d}$ invertible, $y_i = \\pm 1$")
    void theDirectionIsNotShort(@ForAll("blocks") Drawn drawn, ClaimRun run) {
        cover(drawn, run);
        run.note("On the sphere |v| is of order d, not sqrt d (B20.bw-b): the bound is far from sharp.");
        BaumBlock[] blocks = {drawn.block(), drawn.twiceOrthonormal()};
        run.check(
                        "norm of v, drawn and 2 Q",
                        new Bound(1, true),
                        (bound, lab) -> Comparison.atLeast(
                                Arrays.stream(blocks)
                                        .mapToDouble(block -> LinearAlgebra.norm(block.v())
                                                * (bound.operatorNorm ? block.operatorNorm() : 1)
                                                / Math.sqrt(drawn.d))
                                        .toArray(),
                                bound.factor,
                                2 * drawn.backward(),
                                "32 d^(3/2) 2^-53: backward error of the solution, and of the operator norm"))
                .falsifiedBy("1.1 sqrt(d) / |X|", new Bound(1.1, true))
                .falsifiedBy("sqrt(d), without |X|", new Bound(1, false));
    }

    @Claim(
            id = "B20.bw-c",
            statement =
                    "v\\cdot c = \\frac1d \\sum_i y_i,\\qquad E\\|c\\|^2 = \\frac1d,\\qquad P\\Big(|v\\cdot c| > \\frac{3}{\\sqrt d}\\Big) \\le \\frac1{100}",
            hypotheses =
                    "$c = \\frac1d\\sum x_i$, $Xv = y$; the mean for independent uniform points of the sphere, the tail for random signs, $d \\ge 2$")
    void theCentroidIsShort(@ForAll("blocks") Drawn drawn, ClaimRun run) {
        cover(drawn, run);
        BaumBlock block = drawn.block();
        double size = LinearAlgebra.norm(block.v()) * block.radius();
        run.check(
                        "v.c",
                        drawn.d,
                        (count, lab) -> Comparison.equal(
                                LinearAlgebra.dot(block.v(), block.centroid()),
                                IntStream.range(0, drawn.d)
                                                .mapToDouble(i -> block.y()[i])
                                                .sum()
                                        / count,
                                drawn.backward() * size + 4 * drawn.d * U * size,
                                "(16 d^(3/2) + 4 d) 2^-53 |v| max |x_i|"))
                .falsifiedBy("sum y_i / (d + 1)", drawn.d + 1);
        int d = Math.min(drawn.d, 8);
        DMatrixRMaj points = PointLaw.SPHERE.rows(
                d, d, RandomStream.of(drawn.seed, "BaumBlockClaims").part("centroid"));
        run.check(
                        "mean of |c|^2",
                        (IntToDoubleFunction) dimension -> 1.0 / dimension,
                        (mean, lab) -> Comparison.equal(
                                meanOverSigns(points),
                                mean.applyAsDouble(d),
                                8 * (d + 2) * U,
                                "8 (d + 2) 2^-53 of means below 1"))
                .falsifiedBy("1/d^2", dimension -> 1.0 / (dimension * dimension))
                .falsifiedBy("1.1/d", dimension -> 1.1 / dimension);
        run.check(
                        "tail of v.c",
                        3.0,
                        (factor, lab) -> Comparison.atMost(
                                IntStream.rangeClosed(2, 100)
                                        .mapToDouble(n -> BinomialTail.farFromMean(factor / (2 * Math.sqrt(n)), n, 0.5))
                                        .toArray(),
                                0.01,
                                0,
                                "none: exact tails, right to 1e-11 of themselves"))
                .falsifiedBy("2/sqrt(d)", 2.0);
    }

    /** The mean of {@code |(1/d) sum s_i x_i|^2} over all signs s. */
    private static double meanOverSigns(DMatrixRMaj points) {
        int d = points.numRows;
        double sum = 0;
        for (int mask = 0; mask < 1 << d; mask++) {
            double[] weights = new double[d];
            for (int i = 0; i < d; i++) {
                weights[i] = ((mask >> i & 1) == 0 ? 1.0 : -1.0) / d;
            }
            double[] centroid = LinearAlgebra.productTransA(points, weights);
            sum += LinearAlgebra.dot(centroid, centroid);
        }
        return sum / (1 << d);
    }

    @Claim(
            id = "B20.bw-orth",
            statement =
                    "(bu - c)\\cdot u = 0,\\qquad \\|bu - c\\| \\le \\|c\\|,\\qquad |v\\cdot(bu - c)| \\le \\sqrt{\\|v\\|^2 - (v\\cdot u)^2}\\,\\|bu - c\\|",
            hypotheses = "$u\\cdot x_i = b$ for all $i$, $\\|u\\| = 1$, $c = \\frac1d\\sum x_i$, any $v$; $d \\ge 2$")
    void theCentroidDeviatesAlongTheHyperplane(@ForAll("blocksOfTwoOrMore") Drawn drawn, ClaimRun run) {
        cover(drawn, run);
        BaumBlock block = drawn.block();
        double[] c = block.centroid();
        double tolerance = (drawn.backward() + 4 * drawn.d * U) * block.radius();
        String derivation = "(16 d^(3/2) + 4 d) 2^-53 max |x_i|";
        run.check(
                        "(b u - c).u",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                LinearAlgebra.dot(deviation(block, c, factor), block.u()), 0, tolerance, derivation))
                .falsifiedBy("b u - 1.1 c", 1.1)
                .falsifiedBy("b u - 2 c", 2.0);
        double[] deviation = deviation(block, c, 1);
        run.check(
                        "|b u - c| <= |c|",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                LinearAlgebra.norm(deviation), factor * LinearAlgebra.norm(c), tolerance, derivation))
                .falsifiedBy("0.9 |c|", 0.9);
        double norm = LinearAlgebra.norm(block.v());
        double[] across = block.v().clone();
        double along = LinearAlgebra.dot(block.v(), block.u());
        for (int k = 0; k < drawn.d; k++) {
            across[k] -= along * block.u()[k];
        }
        run.check(
                        "v.(b u - c)",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                Math.abs(LinearAlgebra.dot(block.v(), deviation)),
                                factor * LinearAlgebra.norm(across) * LinearAlgebra.norm(deviation),
                                2 * tolerance * norm,
                                "twice " + derivation + " |v|"))
                .falsifiedBy("half of it", 0.5);
    }

    /** {@code b u - factor c}. */
    private static double[] deviation(BaumBlock block, double[] c, double factor) {
        return IntStream.range(0, c.length)
                .mapToDouble(k -> block.b() * block.u()[k] - factor * c[k])
                .toArray();
    }
}
