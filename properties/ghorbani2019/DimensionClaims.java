package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ActivationGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Random features and the neural tangent class are linear spaces of finite dimension.
 *
 * <h2>Source</h2>
 *
 * G19, section 1, 'Tractable', and section 2.2, '{@code N d} parameters instead of N'.
 *
 * <h2>Statement</h2>
 *
 * For weights of rank r in dimension d and {@code s(z) = z^2}:
 *
 * <pre>{@code
 * dim { sum_i a_i (w_i . x)^2 }         <= N,  = min(N, d (d + 1)/2) for almost all weights
 * dim { c + sum_i (w_i . x)(a_i . x) }  = 1 + r d - r (r - 1)/2
 * }</pre>
 *
 * The tangent class has {@code N d + 1} parameters and, for {@code N <= d} independent weights, {@code N (N - 1)/2} dimensions fewer: {@code (w_i . x)(w_j . x)}
 * comes twice. For {@code N >= d} it is all of {@code d (d + 1)/2 + 1} dimensions.
 *
 * <h2>Instances</h2>
 *
 * d from 1 to 6, N from 1 to 8, weights of rank 1 to {@code min(N, d)}: r orthogonal ones with lengths in [1/2, 2], then sums of two, or parallel
 * ones. For random features the first N, in random order, of {@code q_i} and {@code q_i + q_j} times such lengths, q an orthonormal basis of {@code d <= 4}
 * dimensions, and up to two Gaussian vectors more: as these have the full rank, which is where polynomials in the weights do not vanish, almost all have.
 *
 * <h2>How it is checked</h2>
 *
 * The rank of the Gram matrix in {@code L2}: for random features U, for the tangent class the inner products of the symmetric matrices
 * {@code w_i e_k^T + e_k w_i^T}, and one more for the constant. By the choice of weights positive eigenvalues are above {@code 1e-6} of the largest; the
 * others are rounding, {@code 64 * 48 u = 4e-13} of it at most. The cut is at 1e-9.
 *
 * <h2>Falsifiers</h2>
 *
 * The number of parameters, {@code N d + 1}; {@code r (r + 1)/2} fewer; N for the rank r; random features without the bound {@code d (d + 1)/2}, or with
 * {@code d^2}; and parallel weights.
 */
class DimensionClaims {
    /** Weights N x d of rank r. */
    record Weights(int d, int rank, int n, long seed) {
        DMatrixRMaj rows() {
            RandomStream stream = RandomStream.of(seed, "DimensionClaims");
            DMatrixRMaj orthogonal = OrthonormalRows.draw(rank, d, stream);
            DMatrixRMaj rows = new DMatrixRMaj(n, d);
            for (int i = 0; i < n; i++) {
                double length = stream.uniform(0.5, 2);
                int other = stream.integer(rank);
                for (int k = 0; k < d; k++) {
                    double extra = i < rank ? 0 : orthogonal.get(other, k);
                    rows.set(i, k, length * orthogonal.get(i % rank, k) + extra);
                }
            }
            return rows;
        }
    }

    @Provide
    Arbitrary<Weights> weights() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 8))
                .flatAs((d, n) -> Combinators.combine(
                                Arbitraries.integers().between(1, Math.min(n, d)),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rank, seed) -> new Weights(d, rank, n, seed)));
    }

    /** Weights for random features: independent as functions as long as there is room. */
    record Features(int d, int n, long seed) {
        int room() {
            return d * (d + 1) / 2;
        }

        DMatrixRMaj rows() {
            RandomStream stream = RandomStream.of(seed, "DimensionClaims features");
            DMatrixRMaj basis = OrthonormalRows.draw(d, d, stream);
            DMatrixRMaj rows = new DMatrixRMaj(n, d);
            int[] order = stream.permutation(room());
            for (int i = 0; i < n; i++) {
                double length = stream.uniform(0.5, 2);
                double[] w = i < room() ? sum(basis, order[i]) : stream.gaussians(d);
                for (int k = 0; k < d; k++) {
                    rows.set(i, k, length * w[k]);
                }
            }
            return rows;
        }

        /** {@code q_a} or {@code q_a + q_b}, {@code a < b}: number {@code index} of them all. */
        private double[] sum(DMatrixRMaj basis, int index) {
            int rest = index;
            for (int a = 0; a < d; a++) {
                for (int b = a; b < d; b++) {
                    if (rest-- == 0) {
                        double[] w = Arrays.copyOfRange(basis.data, a * d, (a + 1) * d);
                        for (int k = 0; k < d; k++) {
                            w[k] += a == b ? 0 : basis.get(b, k);
                        }
                        return w;
                    }
                }
            }
            throw new IllegalArgumentException("index = " + index + ", allowed: below " + room());
        }
    }

    @Provide
    Arbitrary<Features> features() {
        return Arbitraries.integers()
                .between(1, 4)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(1, d * (d + 1) / 2 + 2),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((n, seed) -> new Features(d, n, seed)));
    }

    /** A number of dimensions as a function of that of inputs, of neurons, and of the rank of the weights. */
    private interface Count {
        double of(int d, int n, int rank);
    }

    @Claim(
            id = "G19.tractable",
            statement = "\\dim \\mathcal F_{\\mathrm{RF}, N}(W) = \\min\\big(N, \\tfrac{d(d+1)}{2}\\big), \\quad"
                    + "\\dim \\mathcal F_{\\mathrm{NT}, N}(W) = 1 + r d - \\tfrac{r(r-1)}{2}",
            hypotheses = "$\\sigma(z) = z^2$; $r$ the rank of the weights; for RF almost all weights")
    void bothClassesHaveFiniteDimension(
            @ForAll("weights") Weights weights, @ForAll("features") Features features, ClaimRun run) {
        run.covers(weights.n < weights.d ? "N < d" : weights.n == weights.d ? "N = d" : "N > d")
                .covers(weights.rank < Math.min(weights.n, weights.d) ? "dependent weights" : "independent weights");
        if (weights.n == 1) {
            run.covers("N = 1");
        }
        run.covers(features.n > features.room() ? "more features than dimensions" : "fewer features than dimensions");
        Count claimed = (d, n, r) -> 1 + r * d - r * (r - 1) / 2.0;
        run.check(
                        "tangent class",
                        claimed,
                        (count, lab) -> Comparison.equal(
                                1.0 + rank(tangentGram(weights.rows())),
                                count.of(weights.d, weights.n, weights.rank),
                                0,
                                "a rank"))
                .falsifiedBy("N d + 1 parameters", (d, n, r) -> 1 + n * d)
                .falsifiedBy("r (r + 1)/2 fewer", (d, n, r) -> 1 + r * d - r * (r + 1) / 2.0)
                .falsifiedBy("min(N d, d (d + 1)/2) + 1", (d, n, r) -> 1 + Math.min(n * d, d * (d + 1) / 2.0))
                .falsifiedBy("N for r", (d, n, r) -> claimed.of(d, n, Math.min(n, d)));
        run.check(
                        "tangent class, N = 2, d = 5",
                        1.0,
                        (twice, lab) -> Comparison.equal(
                                1.0 + rank(tangentGram(new Weights(5, 2, 2, weights.seed).rows())),
                                11 - twice,
                                0,
                                "a rank"))
                .falsifiedBy("N d + 1 parameters", 0.0);
        run.check(
                        "random features",
                        (Count) (d, n, r) -> Math.min(n, r),
                        (count, lab) -> Comparison.equal(
                                rank(gram(features.rows())),
                                count.of(features.d, features.n, features.room()),
                                0,
                                "a rank"))
                .falsifiedBy("N", (d, n, r) -> n)
                .falsifiedBy("min(N, d^2)", (d, n, r) -> Math.min(n, d * d))
                .falsifiedBy("min(N, d (d - 1)/2)", (d, n, r) -> Math.min(n, d * (d - 1) / 2.0));
        run.check(
                        "random features, parallel weights",
                        1,
                        (dimension, lab) -> Comparison.equal(
                                rank(gram(new Weights(weights.d, 1, 3, weights.seed).rows())), dimension, 0, "a rank"))
                .falsifiedBy("N = 3", 3);
    }

    private static DMatrixRMaj gram(DMatrixRMaj weights) {
        return ActivationGramMatrix.of(Quadratic.SQUARE, LinearAlgebra.gram(weights));
    }

    /** The inner products of {@code w_i e_k^T + e_k w_i^T}: {@code 2 (w_i . w_j) 1{k = l} + 2 w_il w_jk}. */
    private static DMatrixRMaj tangentGram(DMatrixRMaj weights) {
        int d = weights.numCols;
        int size = weights.numRows * d;
        DMatrixRMaj inner = LinearAlgebra.gram(weights);
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double same = a % d == b % d ? inner.get(a / d, b / d) : 0;
                gram.set(a, b, 2 * same + 2 * weights.get(a / d, b % d) * weights.get(b / d, a % d));
            }
        }
        return gram;
    }

    private static int rank(DMatrixRMaj gram) {
        double[] values = LinearAlgebra.eigen(gram).values();
        return (int)
                Arrays.stream(values).filter(value -> value > 1e-9 * values[0]).count();
    }
}
