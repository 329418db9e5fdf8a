package arora2019;

import arora2019.PseudoInverseClaims.OrderedPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The two steps by which inversion reverses the order of matrices: a projection, and the factorisation of a determinant.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma E.1 and (39) in its proof.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * A >= 0:                    P_A = A^(1/2) A^+ A^(1/2) = A A^+ is the projection on range(A)
 * A >= 0, B invertible:      det(P_A B^-1 P_A - l (A^+ + P')) = det(B^-1) det(A^+ + P') det(A - l B),  P' = I - P_A
 * B >= A >= 0, B invertible: det(A - l B) = 0 only for l in [0, 1]
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * For the projection A of every rank 0..n, {@code n <= 6}, at scales from 10^-6 to 10^6, built from an orthonormal basis of its range. For
 * (39) {@link OrderedPair}s with {@code n <= 4} and {@code B = A + F}, of which A or F is regular: A of every rank, {@code A = 0} and
 * {@code A = B} among them.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code u = 1.1e-16}. The nonzero eigenvalues of A are within a factor 16 of each other, so functions of A are exact to
 * {@code 10 n u 16}, relative. {@code lambda_min(B)} is at least that of A or of F, whichever is regular, hence
 * {@code kappa(B) <= 180}; the inverse's error is {@code 10 n u kappa(B)}.
 *
 * <p>A determinant of {@code n <= 4} rows is exact to {@code 10 n^2 u |M|^n}. Both sides of (39) are divided by the sum of these
 * {@code |M|^n}, for the left side {@code (1/lambda_min(B) + 4|l|)^n}, for the right one the first two determinants times
 * {@code (|A| + |l| |B|)^n}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code A^(1/2) A^+}, I and A in place of P_A; {@code A + l B}, no P', {@code det(B)}; roots in [0, 0.9].
 */
class PseudoInverseProofClaims {
    /** Eigenvalues below this part of the largest count as zero; nonzero ones of A are above 1/16. */
    private static final double CUT = 1e-9;

    /** At most this is kappa(B): {@code (4 + 40) / (1/4)} and {@code 4.4 / 0.025}. */
    private static final double CONDITION = 180;

    /** A matrix {@code size Q^T diag(l) Q} of the given rank, Q with orthonormal rows and l in [1/4, 4]. */
    record Semidefinite(int n, int rank, double size, long seed) {
        DMatrixRMaj matrix() {
            double[] lengths = stream().part("lengths").gaussians(n);
            Arrays.setAll(lengths, r -> Math.sqrt(size) * Math.pow(2, Math.tanh(lengths[r])));
            DMatrixRMaj rows = basis();
            CommonOps_DDRM.multRows(lengths, rows);
            return LinearAlgebra.productTransA(rows, rows);
        }

        /** {@code Q^T Q}, the projection on the range. */
        DMatrixRMaj projection() {
            return LinearAlgebra.productTransA(basis(), basis());
        }

        /** Q, and rows of zeros below it. */
        private DMatrixRMaj basis() {
            DMatrixRMaj rows = new DMatrixRMaj(n, n);
            if (rank > 0) {
                CommonOps_DDRM.insert(OrthonormalRows.draw(rank, n, stream().part("basis")), rows, 0, 0);
            }
            return rows;
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "PseudoInverseProofClaims");
        }
    }

    /** A pair with B invertible, and the l of (39). */
    record Pencil(OrderedPair pair, double lambda) {
        DMatrixRMaj a() {
            return pair.a();
        }

        DMatrixRMaj b() {
            return CommonOps_DDRM.add(pair.a(), pair.increment(), null);
        }
    }

    @Provide
    Arbitrary<Semidefinite> semidefinite() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(n -> Combinators.combine(
                                Arbitraries.integers().between(0, n),
                                Arbitraries.of(1e-6, 1.0, 1e6),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rank, size, seed) -> new Semidefinite(n, rank, size, seed)));
    }

    @Provide
    Arbitrary<Pencil> pencils() {
        Arbitrary<Double> scales = Arbitraries.of(0.1, 1.0, 10.0);
        Arbitrary<OrderedPair> pairs = Arbitraries.integers()
                .between(1, 4)
                .flatMap(n -> Arbitraries.frequencyOf(
                        Tuple.of(2, singularA(n, scales)),
                        Tuple.of(2, pairs(n, n, Arbitraries.integers().between(0, n - 1), scales)),
                        Tuple.of(1, pairs(n, n, Arbitraries.just(n), scales))));
        return Combinators.combine(pairs, Arbitraries.doubles().between(-2, 2).ofScale(6))
                .as(Pencil::new);
    }

    private static Arbitrary<OrderedPair> singularA(int n, Arbitrary<Double> scales) {
        return Arbitraries.integers().between(0, n - 1).flatMap(rank -> pairs(n, rank, Arbitraries.just(n), scales));
    }

    private static Arbitrary<OrderedPair> pairs(int n, int rankA, Arbitrary<Integer> ranksF, Arbitrary<Double> scales) {
        return Combinators.combine(ranksF, scales, Arbitraries.longs().between(0, 1_000_000))
                .as((rankF, scale, seed) -> new OrderedPair(n, rankA, rankF, scale, seed));
    }

    @Claim(
            id = "A19.lemE.1-proj",
            statement = "P_A = A^{1/2} A^{+} A^{1/2} = A A^{+}",
            hypotheses = "$A \\succeq 0$ of any rank; $P_A$ the projection on its range")
    void projectionIsTheMatrixTimesItsPseudoInverse(@ForAll("semidefinite") Semidefinite drawn, ClaimRun run) {
        run.covers(drawn.rank() == 0 ? "A = 0" : drawn.rank() < drawn.n() ? "A singular" : "A regular");
        double[] projection = drawn.projection().data;
        SymmetricEigen eigen = LinearAlgebra.eigen(drawn.matrix());
        DMatrixRMaj inverse = eigen.pseudoInverse(CUT);
        DMatrixRMaj root = eigen.apply(value -> Math.sqrt(Math.max(0, value)));
        Function<DMatrixRMaj, DMatrixRMaj> symmetric =
                pseudo -> LinearAlgebra.product(LinearAlgebra.product(root, pseudo), root);
        run.check("A^(1/2) A^+ A^(1/2)", symmetric, (form, lab) -> same(form.apply(inverse), projection))
                .falsifiedBy("A^(1/2) A^+", pseudo -> LinearAlgebra.product(root, pseudo))
                .falsifiedBy("I", pseudo -> CommonOps_DDRM.identity(drawn.n()));
        Function<DMatrixRMaj, DMatrixRMaj> oneSided = pseudo -> LinearAlgebra.product(drawn.matrix(), pseudo);
        run.check("A A^+", oneSided, (form, lab) -> same(form.apply(inverse), projection))
                .falsifiedBy("A", pseudo -> drawn.matrix())
                .falsifiedBy("I", pseudo -> CommonOps_DDRM.identity(drawn.n()));
    }

    private static Decision same(DMatrixRMaj matrix, double[] projection) {
        return Comparison.equal(matrix.data, projection, 1.1e-13, "10 n u kappa <= 10 * 6 * 1.1e-16 * 16");
    }

    /** The right side of (39): {@code det(B)^power det(A^+ + P' or A^+) det(A + sign l B)}. */
    private record Factors(int power, boolean complement, int sign) {}

    @Claim(
            id = "A19.eq39",
            statement = "\\det\\bigl(P_A B^{-1} P_A - \\lambda (A^{+} + P_A^\\perp)\\bigr)"
                    + " = \\det(B^{-1}) \\det(A^{+} + P_A^\\perp) \\det(A - \\lambda B)",
            hypotheses = "$B \\succeq A \\succeq 0$, $B$ invertible; its roots $\\lambda$ lie in $[0, 1]$")
    void determinantFactorises(@ForAll("pencils") Pencil pencil, ClaimRun run) {
        OrderedPair pair = pencil.pair();
        run.covers(pair.rankA() == 0 ? "A = 0" : pair.rankA() < pair.n() ? "A singular" : "A regular")
                .covers(pair.rankF() == 0 ? "B = A" : pair.rankF() < pair.n() ? "B - A singular" : "B - A regular");
        int n = pair.n();
        double lambda = pencil.lambda();
        DMatrixRMaj a = pencil.a();
        DMatrixRMaj b = pencil.b();
        SymmetricEigen eigenOfA = LinearAlgebra.eigen(a);
        SymmetricEigen eigenOfB = LinearAlgebra.eigen(b);
        DMatrixRMaj pseudoInverse = eigenOfA.pseudoInverse(CUT);
        DMatrixRMaj projection = eigenOfA.apply(value -> value > CUT * eigenOfA.largest() ? 1 : 0);
        DMatrixRMaj complement = CommonOps_DDRM.identity(n);
        CommonOps_DDRM.subtractEquals(complement, projection);
        DMatrixRMaj middle = CommonOps_DDRM.add(pseudoInverse, complement, null);
        DMatrixRMaj restricted =
                LinearAlgebra.product(LinearAlgebra.product(projection, eigenOfB.pseudoInverse(0)), projection);
        double left = CommonOps_DDRM.det(CommonOps_DDRM.add(1, restricted, -lambda, middle, null));
        double size = Math.pow(1 / eigenOfB.smallest() + 4 * Math.abs(lambda), n)
                + CommonOps_DDRM.det(middle)
                        / CommonOps_DDRM.det(b)
                        * Math.pow(eigenOfA.largest() + Math.abs(lambda) * eigenOfB.largest(), n);
        run.check("determinants", new Factors(-1, true, -1), (form, lab) -> {
                    double right = Math.pow(CommonOps_DDRM.det(b), form.power)
                            * CommonOps_DDRM.det(form.complement ? middle : pseudoInverse)
                            * CommonOps_DDRM.det(CommonOps_DDRM.add(1, a, form.sign * lambda, b, null));
                    return Comparison.equal(
                            left / size, right / size, 10 * 16 * CONDITION * 0x1p-53, "10 n^2 u kappa(B), n <= 4");
                })
                .falsifiedBy("A + lambda B", new Factors(-1, true, 1))
                .falsifiedBy("without the complement", new Factors(-1, false, -1))
                .falsifiedBy("det(B) in place of det(B^-1)", new Factors(1, true, -1));
        DMatrixRMaj rootOfInverse = eigenOfB.apply(value -> 1 / Math.sqrt(value));
        DMatrixRMaj ratio = LinearAlgebra.product(LinearAlgebra.product(rootOfInverse, a), rootOfInverse);
        double accuracy = 10 * 4 * CONDITION * 0x1p-53;
        double[] roots = LinearAlgebra.eigen(symmetrised(ratio)).values();
        run.check(
                        "roots",
                        1.0,
                        (largest, lab) -> Decision.worst(List.of(
                                Comparison.atLeast(roots[n - 1], 0, accuracy, "10 n u kappa(B), n <= 4"),
                                Comparison.atMost(roots[0], largest, accuracy, "10 n u kappa(B), n <= 4"))))
                .falsifiedBy("in [0, 0.9]", 0.9);
    }

    private static DMatrixRMaj symmetrised(DMatrixRMaj matrix) {
        return CommonOps_DDRM.add(0.5, matrix, 0.5, CommonOps_DDRM.transpose(matrix, null), null);
    }
}
