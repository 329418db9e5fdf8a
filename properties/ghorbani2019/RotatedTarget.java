package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticNetworkLoss;

/**
 * A quadratic target with drawn eigenvalues and eigenvectors, and a number of neurons.
 *
 * @param n the number of neurons, N
 * @param offset {@code b0}
 */
record RotatedTarget(SpectrumFamily family, int d, int n, double offset, long seed) {

    /** Targets in up to {@code mostDimensions} dimensions: mostly fewer neurons than dimensions, up to two more. */
    static Arbitrary<RotatedTarget> any(int mostDimensions) {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(1)),
                        Tuple.of(6, Arbitraries.integers().between(2, mostDimensions)))
                .flatMap(d -> Combinators.combine(
                                Arbitraries.of(SpectrumFamily.values()),
                                Arbitraries.frequencyOf(
                                        Tuple.of(3, Arbitraries.integers().between(1, Math.max(1, d - 1))),
                                        Tuple.of(2, Arbitraries.integers().between(d, d + 2))),
                                Arbitraries.of(0.0, -3.0, 1.5),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((family, n, offset, seed) -> new RotatedTarget(family, d, n, offset, seed)));
    }

    /** Its own stream. */
    RandomStream stream() {
        return RandomStream.of(seed, "RotatedTarget");
    }

    /** The eigenvalues of B, descending. */
    double[] eigenvalues() {
        return family.values(d, stream().part("eigenvalues"));
    }

    /** The eigenvectors of B, one per row, in the order of the eigenvalues. */
    DMatrixRMaj eigenvectors() {
        return OrthonormalRows.draw(d, d, stream().part("eigenvectors"));
    }

    QuadraticTarget target() {
        return target(eigenvalues());
    }

    /** The target with other eigenvalues. */
    QuadraticTarget target(double[] eigenvalues) {
        return new QuadraticTarget(new SymmetricEigen(eigenvalues, eigenvectors()).apply(value -> value), offset);
    }

    /** Weights {@code sqrt(l_i) u_i} for the chosen eigenvalues, at most N, and zero rows: {@code W^T W} is the sum of {@code l_i u_i u_i^T}. */
    DMatrixRMaj along(int... chosen) {
        double[] values = eigenvalues();
        DMatrixRMaj vectors = eigenvectors();
        DMatrixRMaj weights = new DMatrixRMaj(n, d);
        for (int r = 0; r < chosen.length; r++) {
            for (int k = 0; k < d; k++) {
                weights.set(r, k, Math.sqrt(values[chosen[r]]) * vectors.get(chosen[r], k));
            }
        }
        return weights;
    }

    /** The same, of the first eigenvalues. */
    DMatrixRMaj alongPrincipal() {
        int[] first = new int[Math.min(n, d)];
        Arrays.setAll(first, i -> i);
        return along(first);
    }

    /** A starting point: standard normal weights and offset. */
    LandscapePoint start(long index) {
        RandomStream s = stream().part("start").trial(index);
        return new LandscapePoint(new DMatrixRMaj(n, d, true, s.gaussians(n * d)), s.gaussian());
    }

    /** A unit vector in the space of weights and offsets, uniformly distributed. */
    double[] direction(long index) {
        double[] direction = stream().part("direction").trial(index).gaussians(n * d + 1);
        double norm = LinearAlgebra.norm(direction);
        Arrays.setAll(direction, k -> direction[k] / norm);
        return direction;
    }

    /** {@code sum_i l_i(B)^2}. */
    double size() {
        double[] values = eigenvalues();
        return LinearAlgebra.dot(values, values);
    }

    /** The risk of the paper's network. */
    QuadraticNetworkLoss loss() {
        return new QuadraticNetworkLoss(target());
    }

    void cover(ClaimRun run) {
        run.covers(family.label()).covers(n < d ? "N < d" : n == d ? "N = d" : "N > d");
        if (n == 1) {
            run.covers("one neuron");
        }
        if (d == 1) {
            run.covers("d = 1");
        }
    }
}
