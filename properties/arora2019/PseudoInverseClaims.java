package arora2019;

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
 * The smallest eigenvalue of {@code A^+ - P_A B^+ P_A}. Its exact value is at least 0. Its numerical error: a pseudo-inverse with
 * relative cut {@code c} of a matrix of condition {@code kappa <= 1/c} is wrong by at most about {@code n u kappa ||M^+||}; here
 * {@code kappa(A) <= 16} and {@code kappa(B) <= 16 (1 + 4e4)} where ranges are generic, so {@code n u kappa <= 1e-9} covers it with
 * room for directions at which F nearly falls into range(A).
 *
 * <h2>Falsifiers</h2>
 *
 * Without the projection ({@code A^+ >= B^+}), and without the order hypothesis (B smaller than A by F). For regular matrices
 * {@code A^-2 >= B^-2}, and {@code A^-1 >= 1.1 B^-1}.
 */
class PseudoInverseClaims {
    /** Eigenvalues below this part of the largest count as zero; the smallest true ratio is about 1/(16 * 4e4). */
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
            hypotheses = "$A, B$ symmetric; either may be singular")
    void inversionReversesTheOrderOnTheRange(@ForAll("orderedPairs") OrderedPair pair, ClaimRun run) {
        run.covers(pair.rankA() == 0 ? "A = 0" : pair.rankA() < pair.n() ? "A singular" : "A regular")
                .covers(pair.rankF() == 0 ? "B = A" : "B > A");
        run.check("smallest eigenvalue", new Form(1, true), (form, lab) -> {
                    DMatrixRMaj a = pair.a();
                    DMatrixRMaj b = new DMatrixRMaj(a);
                    CommonOps_DDRM.addEquals(b, form.order(), pair.increment());
                    DMatrixRMaj inverseOfA = LinearAlgebra.eigen(a).pseudoInverse(CUT);
                    DMatrixRMaj inverseOfB = LinearAlgebra.eigen(b).pseudoInverse(CUT);
                    DMatrixRMaj restricted = form.projected() ? sandwich(projection(a), inverseOfB) : inverseOfB;
                    DMatrixRMaj gap = symmetricDifference(inverseOfA, restricted);
                    double scale = Math.max(1, CommonOps_DDRM.elementMaxAbs(inverseOfA));
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(gap).smallest() / scale, 0, 1e-9, "n u kappa(B) <= 6 * 1e-16 * 6.4e5");
                })
                .falsifiedBy("no projection", new Form(1, false))
                .falsifiedBy("order reversed: A >= B", new Form(-1, true));
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
