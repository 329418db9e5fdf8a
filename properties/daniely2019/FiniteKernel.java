package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/**
 * A kernel on n points: a positive semidefinite matrix of given rank, with nonzero eigenvalues in [1/2, 2], so that rank is not a matter of taste.
 *
 * @param n number of points
 * @param rank of the matrix, 0 to n
 * @param seed of its eigenvectors
 */
record FiniteKernel(int n, int rank, long seed) {
    /** Below this part of the largest an eigenvalue counts as zero; nonzero ones are above a quarter of it. */
    static final double CUT = 1e-6;

    /** {@code 40 n 2^-53} times the square of the condition number 4. */
    static final String ROUNDING = "40 n kappa^2 2^-53 with kappa = 4";

    /** Every n to 12 and every rank. */
    static final class Any implements ArbitrarySupplier<FiniteKernel> {
        @Override
        public Arbitrary<FiniteKernel> get() {
            return Arbitraries.integers()
                    .between(1, 12)
                    .flatMap(n -> Combinators.combine(
                                    Arbitraries.integers().between(0, n),
                                    Arbitraries.longs().between(0, 1_000_000))
                            .as((rank, seed) -> new FiniteKernel(n, rank, seed)));
        }
    }

    /** Those of rank below n. */
    static final class Singular implements ArbitrarySupplier<FiniteKernel> {
        @Override
        public Arbitrary<FiniteKernel> get() {
            return new Any().get().map(k -> new FiniteKernel(k.n, Math.min(k.rank, k.n - 1), k.seed));
        }
    }

    /** Counts the instance under its family. */
    FiniteKernel cover(ClaimRun run) {
        run.covers(rank == 0 ? "k = 0" : rank < n ? "singular" : "regular");
        return this;
    }

    /** {@code K = sum_i l_i v_i v_i^T}. */
    DMatrixRMaj matrix() {
        return withLast(1);
    }

    /** The same with the last nonzero eigenvalue times a factor. */
    DMatrixRMaj withLast(double factor) {
        DMatrixRMaj k = new DMatrixRMaj(n, n);
        if (rank == 0) {
            return k;
        }
        DMatrixRMaj vectors = OrthonormalRows.draw(rank, n, stream().part("vectors"));
        double[] values = new double[rank];
        for (int r = 0; r < rank; r++) {
            values[r] = stream().part("values").trial(r).uniform(0.5, 2) * (r == rank - 1 ? factor : 1);
        }
        DMatrixRMaj scaled = vectors.copy();
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < n; i++) {
                scaled.data[r * n + i] *= values[r];
            }
        }
        DMatrixRMaj product = LinearAlgebra.productTransA(vectors, scaled);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k.set(i, j, (product.get(i, j) + product.get(j, i)) / 2);
            }
        }
        return k;
    }

    /** {@code K^+}. */
    static DMatrixRMaj pseudoInverse(DMatrixRMaj k) {
        return LinearAlgebra.eigen(k).pseudoInverse(CUT);
    }

    /** The projection on the null space of K. */
    static DMatrixRMaj nullSpace(DMatrixRMaj k) {
        SymmetricEigen eigen = LinearAlgebra.eigen(k);
        double cut = CUT * Math.max(1, eigen.largest());
        return eigen.apply(value -> Math.abs(value) > cut ? 0 : 1);
    }

    double rounding() {
        return 40 * n * 16 * 0x1p-53;
    }

    RandomStream stream() {
        return RandomStream.of(seed, "FiniteKernel");
    }
}
