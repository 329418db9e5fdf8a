package ghorbani2019;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A mixture with dense Sigma (eigenvalues 0.4 to 2.5) and Delta, and weights for it, in low dimension.
 *
 * @param d dimension
 * @param n neurons
 * @param levels the eigenvalues of {@code Delta~ = Sigma^(-1/2) Delta Sigma^(-1/2)}
 * @param size the largest modulus of them, below 1
 * @param neurons the geometry of the weights
 */
record SmallMixture(int d, int n, Levels levels, double size, Neurons neurons, long seed) {

    /** The eigenvalues of {@code Delta~} over their largest modulus. */
    enum Levels {
        POSITIVE,
        NEGATIVE,
        INDEFINITE,
        /** All equal: {@code Delta} is a multiple of Sigma. */
        CONSTANT,
        /** 1 and -1 in turn: of one modulus. */
        ALTERNATING,
        /** Only the first is not 0. */
        RANK_ONE
    }

    /** How the weights lie. */
    enum Neurons {
        GAUSSIAN,
        /** Every second one is a multiple of the one before. */
        COLLINEAR,
        /** Along the eigenvectors of {@code Delta~}, from the largest modulus down: those that a trained network finds. */
        PRINCIPAL
    }

    /** Up to this dimension and up to twice as many neurons, with these levels. */
    static Arbitrary<SmallMixture> any(int most, Levels... levels) {
        return Arbitraries.integers()
                .between(1, most)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(1, 2 * d),
                                Arbitraries.of(levels),
                                Arbitraries.of(0.1, 0.5, 0.9),
                                Arbitraries.of(Neurons.values()),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((n, level, size, neurons, seed) -> new SmallMixture(d, n, level, size, neurons, seed)));
    }

    void cover(ClaimRun run) {
        run.covers("Delta~ " + levels.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .covers("neurons " + neurons.name().toLowerCase(Locale.ROOT))
                .covers(n == 1 ? "N = 1" : n < d ? "1 < N < d" : n == d ? "N = d" : "N > d");
        if (d == 1) {
            run.covers("d = 1");
        }
    }

    /** The same with another number of neurons. */
    SmallMixture with(int neuronCount) {
        return new SmallMixture(d, neuronCount, levels, size, neurons, seed);
    }

    /** The eigenvalues of {@code Delta~}, by falling modulus. */
    double[] eigenvalues() {
        RandomStream stream = stream("levels");
        double[] values = new double[d];
        for (int i = 0; i < d; i++) {
            double modulus = i == 0 ? 1 : stream.uniform();
            double sign = stream.sign();
            values[i] = size
                    * switch (levels) {
                        case POSITIVE -> modulus;
                        case NEGATIVE -> -modulus;
                        case INDEFINITE -> sign * modulus;
                        case CONSTANT -> 1;
                        case ALTERNATING -> i % 2 == 0 ? 1 : -1;
                        case RANK_ONE -> i == 0 ? 1 : 0;
                    };
        }
        return Arrays.stream(values)
                .boxed()
                .sorted((a, b) -> Double.compare(Math.abs(b), Math.abs(a)))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    GaussianMixture mixture() {
        RandomStream stream = stream("Sigma");
        double[] variances = new double[d];
        Arrays.setAll(variances, i -> stream.uniform(0.4, 2.5));
        DMatrixRMaj axes = OrthonormalRows.draw(d, d, stream);
        DMatrixRMaj sigma = form(axes, variances);
        Arrays.setAll(variances, i -> Math.sqrt(variances[i]));
        DMatrixRMaj root = form(axes, variances);
        return new GaussianMixture(sigma, form(LinearAlgebra.product(principalAxes(), root), eigenvalues()));
    }

    /** The weights, n x d. */
    DMatrixRMaj weights() {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, d, stream("weights"));
        DMatrixRMaj principal = LinearAlgebra.product(principalAxes(), mixture().inverseRoot());
        for (int k = 0; k < n * d; k++) {
            if (neurons == Neurons.COLLINEAR && k / d % 2 == 1) {
                weights.data[k] = -2 * weights.data[k - d];
            } else if (neurons == Neurons.PRINCIPAL && k / d < d) {
                weights.data[k] = principal.data[k];
            }
        }
        return weights;
    }

    private DMatrixRMaj principalAxes() {
        return OrthonormalRows.draw(d, d, stream("Delta"));
    }

    /** {@code sum_i values_i r_i r_i^T} over the rows, exactly symmetric. */
    private static DMatrixRMaj form(DMatrixRMaj rows, double[] values) {
        DMatrixRMaj scaled = rows.copy();
        CommonOps_DDRM.multRows(values, scaled);
        DMatrixRMaj product = LinearAlgebra.productTransA(rows, scaled);
        DMatrixRMaj sum = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    private RandomStream stream(String part) {
        return RandomStream.of(seed, "SmallMixture").part(part);
    }
}
