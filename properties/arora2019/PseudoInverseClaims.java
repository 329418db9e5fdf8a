package arora2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Inversion reverses the order of positive semidefinite matrices, when it is restricted to the smaller one's range.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma E.1 and the sentence after it (the lemma carries Theorem 6.1 from {@code H >= c K} to
 * {@code y^T H^+ y <= y^T K^+ y / c}).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * B >= A >= 0 symmetric:  A^+ >= P_A B^+ P_A,   P_A the projection on range(A)
 * B >= A > 0:            A^-1 >= B^-1
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code A = G G^T} of every rank 0..n, {@code B = A + F F^T} with the same for F at scales 1/100 to 100: singular and regular A and B,
 * {@code A = 0}, {@code A = B}. G has orthonormal columns times lengths in [1/2, 2], so that rank is not a matter of taste.
 *
 * <h2>How it is checked</h2>
 *
 * The smallest eigenvalue of {@code A^+ - P_A B^+ P_A}. Its exact value is at least 0. Its numerical error, with {@code u = 1.1e-16} and
 * matrices exact to {@code 10 n u} of their norm: {@code 160 n u} of {@code |A^+|} and twice as much of {@code |B^+|} from functions of A,
 * as {@code kappa(A) <= 16}, and {@code 3 |B^+|^2 10 n u |B|} from the pseudo-inverse of B (Wedin's bound at equal rank). The last one is
 * taken from B itself: where F nearly falls into range(A), {@code |B^+|} has no bound.
 *
 * <h2>Falsifiers</h2>
 *
 * Without the projection ({@code A^+ >= B^+}), and without the order hypothesis (B smaller than A by F). For regular matrices
 * {@code A^-2 >= B^-2}, and {@code A^-1 >= 1.1 B^-1}.
 */
class PseudoInverseClaims {
    /** Eigenvalues below this part of the largest count as zero; nonzero ones of A are above 1/16. */
    private static final double CUT = 1e-9;

    /** A and B with {@code B - A = sign F F^T}. */
    record OrderedPair(int n, int rankA, int rankF, double scale, long seed) {
        DMatrixRMaj a() {
            return semidefinite(rankA, 1, "A");
        }

        DMatrixRMaj increment() {
            return semidefinite(rankF, scale, "F");
        }

        private DMatrixRMaj semidefinite(int rank, double size, String name) {
            RandomStream stream = RandomStream.of(seed, "PseudoInverseClaims").part(name);
            DMatrixRMaj factors = new DMatrixRMaj(n, n);
            if (rank > 0) {
                DMatrixRMaj rows = OrthonormalRows.draw(rank, n, stream);
                for (int r = 0; r < rank; r++) {
                    double length = Math.sqrt(size) * stream.uniform(0.5, 2);
                    for (int k = 0; k < n; k++) {
                        factors.set(r, k, length * rows.get(r, k));
                    }
                }
            }
            return LinearAlgebra.productTransA(factors, factors);
        }
    }

    @Provide
    Arbitrary<OrderedPair> orderedPairs() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(n -> Combinators.combine(
                                Arbitraries.integers().between(0, n),
                                Arbitraries.integers().between(0, n),
                                Arbitraries.of(0.01, 1.0, 100.0),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rankA, rankF, scale, seed) -> new OrderedPair(n, rankA, rankF, scale, seed)));
    }

    @Provide
    Arbitrary<OrderedPair> regularPairs() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(n -> Combinators.combine(
                                Arbitraries.integers().between(0, n),
                                Arbitraries.of(0.01, 1.0, 100.0),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rankF, scale, seed) -> new OrderedPair(n, n, rankF, scale, seed)));
    }

    /** A variant of the lemma: which sign the increment has and whether the projection is there. */
    private record Form(int order, boolean projected) {}

    @Claim(
            id = "A19.lemE.1",
            statement = "B \\succeq A \\succeq 0 \\;\\Longrightarrow\\; A^{+} \\succeq P_A B^{+} P_A",
            hypotheses = "$A, B$ symmetric; either may be singular",
            instances = 600)
    void inversionReversesTheOrderOnTheRange(@ForAll("orderedPairs") OrderedPair pair, ClaimRun run) {
        run.covers(pair.rankA() == 0 ? "A = 0" : pair.rankA() < pair.n() ? "A singular" : "A regular")
                .covers(pair.rankF() == 0 ? "B = A" : "B > A");
        run.check("smallest eigenvalue", new Form(1, true), (form, lab) -> {
                    DMatrixRMaj a = pair.a();
                    DMatrixRMaj b = new DMatrixRMaj(a);
                    CommonOps_DDRM.addEquals(b, form.order(), pair.increment());
                    DMatrixRMaj inverseOfA = LinearAlgebra.eigen(a).pseudoInverse(CUT);
                    SymmetricEigen eigenOfB = LinearAlgebra.eigen(b);
                    DMatrixRMaj inverseOfB = eigenOfB.pseudoInverse(CUT);
                    DMatrixRMaj restricted = form.projected() ? sandwich(projection(a), inverseOfB) : inverseOfB;
                    DMatrixRMaj gap = symmetricDifference(inverseOfA, restricted);
                    double scale = Math.max(1, CommonOps_DDRM.elementMaxAbs(inverseOfA));
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(gap).smallest() / scale,
                            0,
                            10 * pair.n() * 0x1p-53 * (16 + magnification(eigenOfB) / scale),
                            "10 n u (16 |A^+| + 32 |B^+| + 3 |B^+|^2 |B|)");
                })
                .falsifiedBy("no projection", new Form(1, false))
                .falsifiedBy("order reversed: A >= B", new Form(-1, true));
    }

    /** {@code 32 |B^+| + 3 |B^+|^2 |B|}. */
    private static double magnification(SymmetricEigen b) {
        double norm = Math.max(Math.abs(b.largest()), Math.abs(b.smallest()));
        double inverse = Arrays.stream(b.values())
                .map(Math::abs)
                .filter(value -> value > CUT * norm)
                .map(value -> 1 / value)
                .max()
                .orElse(0);
        return inverse * (32 + 3 * inverse * norm);
    }

    /** A variant: {@code A^-power >= factor B^-power}. */
    private record Order(double power, double factor) {}

    @Claim(
            id = "A19.lemE.1-inv",
            statement = "B \\succeq A \\succ 0 \\;\\Longrightarrow\\; A^{-1} \\succeq B^{-1}",
            hypotheses = "$A, B$ symmetric")
    void inversionReversesTheOrderOfRegularMatrices(@ForAll("regularPairs") OrderedPair pair, ClaimRun run) {
        run.covers(pair.rankF() == 0 ? "B = A" : pair.rankF() < pair.n() ? "B - A singular" : "B - A regular");
        if (pair.n() == 1) {
            run.covers("numbers");
        }
        run.check("smallest eigenvalue", new Order(1, 1), (order, lab) -> {
                    DMatrixRMaj a = pair.a();
                    SymmetricEigen eigenOfA = LinearAlgebra.eigen(a);
                    SymmetricEigen eigenOfB = LinearAlgebra.eigen(CommonOps_DDRM.add(a, pair.increment(), null));
                    DMatrixRMaj gap = eigenOfA.apply(value -> Math.pow(value, -order.power));
                    CommonOps_DDRM.addEquals(
                            gap, -order.factor, eigenOfB.apply(value -> Math.pow(value, -order.power)));
                    double size = Math.pow(eigenOfA.smallest(), -order.power);
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(gap).smallest() / size,
                            0,
                            1.1e-11,
                            "10 n u kappa(B) <= 10 * 6 * 1.1e-16 * 4 * 404");
                })
                .falsifiedBy("A^-2 >= B^-2", new Order(2, 1))
                .falsifiedBy("A^-1 >= 1.1 B^-1", new Order(1, 1.1));
    }

    private static DMatrixRMaj projection(DMatrixRMaj a) {
        SymmetricEigen eigen = LinearAlgebra.eigen(a);
        return eigen.apply(value -> value > CUT * eigen.largest() ? 1 : 0);
    }

    /** {@code m - p} with the rounding's asymmetry averaged out: what is left of equal terms need not look symmetric. */
    private static DMatrixRMaj symmetricDifference(DMatrixRMaj m, DMatrixRMaj p) {
        DMatrixRMaj difference = CommonOps_DDRM.subtract(m, p, null);
        DMatrixRMaj sum = CommonOps_DDRM.add(difference, CommonOps_DDRM.transpose(difference, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    private static DMatrixRMaj sandwich(DMatrixRMaj p, DMatrixRMaj m) {
        return LinearAlgebra.product(LinearAlgebra.product(p, m), p);
    }
}
