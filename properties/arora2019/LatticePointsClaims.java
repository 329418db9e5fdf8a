package arora2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.LatticePoints;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Lattice points: the constants of Theorem 6.1 cannot be lowered, and neither can those of its corollaries.
 *
 * <h2>Source</h2>
 *
 * A19, Theorem 6.1. The points are an addition of this suite.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * points x_jc = (t_j, sqrt(1 - t_j^2) e_jc), c = 1..N, orthonormal e_jc, labels y = g(t), g(t) = sum_j c_j t^j:
 *   Q(y) = y_t^T (k(t_j t_j') + D/N)^-1 y_t,   D_jj = 1/2 - k(t_j^2)
 *   Q(y) -> sum_j c_j^2 / b_j  from below, as N grows and the nodes fill [-1, 1]; infinite when an odd power above 1 occurs
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * For the reduction up to 5 random nodes in [-0.95, 0.95] with 2 to 12 copies; for the limit random coefficients of 1, 2, 4 and 6 on 20
 * Chebyshev nodes with {@code N = 10^24}; for the cube 6 nodes with {@code N = 10^4, 10^6, 10^8}.
 *
 * <h2>How it is checked</h2>
 *
 * The dense Q is exact to {@code 10 n u |H| / lambda_min(H)}, {@code u = 1.1e-16}, {@code lambda_min >= min D >= (1 - 0.95^2)/4}. Reduced
 * systems are solved in decimals, once also in double precision. 'Approached' means within one part in a thousand.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code D = 1/2}, {@code N^2} in place of N; limits off by 1%; other exponents of N.
 */
class LatticePointsClaims {
    /** Nodes with copies, and the coefficients of a target. */
    record Lattice(int nodes, int copies, long seed) {
        LatticePoints points() {
            RandomStream stream = RandomStream.of(seed, "LatticePointsClaims").part("nodes");
            return new LatticePoints(IntStream.range(0, nodes)
                    .mapToDouble(j -> stream.uniform(-0.95, 0.95))
                    .toArray());
        }

        /** Coefficients of the powers 0 to 6; only 1, 2, 4 and 6 occur. */
        double[] coefficients() {
            RandomStream stream = RandomStream.of(seed, "LatticePointsClaims").part("coefficients");
            double[] c = new double[7];
            for (int power : new int[] {1, 2, 4, 6}) {
                c[power] = stream.uniform(-1, 1);
            }
            return c;
        }
    }

    /** The reduced system: the diagonal D as a function of t, and what it is divided by for N copies. */
    private record Reduction(DoubleUnaryOperator diagonal, DoubleUnaryOperator divisor) {
        double quadraticForm(double[] nodes, double[] y, int copies) {
            DMatrixRMaj system = new DMatrixRMaj(nodes.length, nodes.length);
            for (int i = 0; i < nodes.length; i++) {
                for (int j = 0; j < nodes.length; j++) {
                    system.set(i, j, ReluGramMatrix.entry(nodes[i] * nodes[j]));
                }
                system.add(i, i, diagonal.applyAsDouble(nodes[i]) / divisor.applyAsDouble(copies));
            }
            return new LabelComplexity(system).quadraticForm(y);
        }
    }

    @Provide
    Arbitrary<Lattice> lattices() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(2, 12),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Lattice::new);
    }

    @Claim(
            id = "A19.thm6.1-lattice",
            statement = "y^\\top (H^\\infty)^{-1} y = y_t^\\top \\Bigl(k(t_j t_{j'}) + \\tfrac1N D\\Bigr)^{-1} y_t"
                    + " \\;\\longrightarrow\\; \\sum_j c_j^2 / b_j",
            hypotheses = "points $(t_j, \\sqrt{1-t_j^2}\\, e_{jc})$, $c = 1..N$, orthonormal $e_{jc}$;"
                    + " labels $g(t) = \\sum_j c_j t^j$",
            instances = 10)
    void sharpConstantsAreApproachedOnLatticePoints(@ForAll("lattices") Lattice lattice, ClaimRun run) {
        LatticePoints points = lattice.points();
        double[] c = lattice.coefficients();
        double[] y = points.labels(LatticePoints.polynomial(c), 1);
        double dense = new LabelComplexity(ReluGramMatrix.of(points.points(lattice.copies())))
                .quadraticForm(points.labels(LatticePoints.polynomial(c), lattice.copies()));
        Reduction reduction = new Reduction(t -> 0.5 - ReluGramMatrix.entry(t * t), copies -> copies);
        run.check(
                        "reduction",
                        reduction,
                        (form, lab) -> Comparison.equal(
                                new double[] {
                                    form.quadraticForm(points.nodes(), y, lattice.copies()) / dense,
                                    points.quadraticForm(LatticePoints.polynomial(c), lattice.copies()) / dense
                                },
                                new double[] {1, 1},
                                1e-10,
                                "10 n u |H| / lambda_min for n <= 60, |H| <= n/2, lambda_min >= 0.024"))
                .falsifiedBy("D = 1/2", new Reduction(t -> 0.5, copies -> copies))
                .falsifiedBy("N^2 in place of N", new Reduction(reduction.diagonal(), copies -> copies * copies));

        double approached =
                LatticePoints.chebyshev(20).quadraticForm(LatticePoints.polynomial(c), 1e24) / LatticePoints.limit(c);
        run.check(
                        "limit approached",
                        0.999,
                        (part, lab) -> Comparison.atLeast(approached, part, 1e-15, "30 correct digits, rounded"))
                .falsifiedBy("1% more than the limit", 1.01);
        run.check(
                        "limit not exceeded",
                        1.0,
                        (part, lab) -> Comparison.atMost(approached, part, 1e-15, "30 correct digits, rounded"))
                .falsifiedBy("1% less than the limit", 0.99);

        double[] copies = {1e4, 1e6, 1e8};
        double[] cubes = Arrays.stream(copies)
                .map(n -> LatticePoints.chebyshev(6).quadraticForm(LatticePoints.polynomial(0, 0, 0, 1), n))
                .toArray();
        run.check("the cube grows like N", 1.0, (exponent, lab) -> Rate.exact(exponent, 0.05, copies, cubes))
                .falsifiedBy("like sqrt(N)", 0.5)
                .falsifiedBy("bounded", 0.0);
    }
}
