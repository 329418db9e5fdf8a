package arora2019;

import instances.PointSet;
import instances.PointSets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.RandomStream;

/**
 * The pairs of a neuron and a point with {@code |w_r(0).x_i| <= R} (A19 (15)), for m neurons {@code w_r(0) ~ N(0, kappa^2 I)}: only there
 * can the indicator {@code 1{w_r.x_i >= 0}} change while {@code w_r} stays within R of {@code w_r(0)}.
 *
 * <p>As {@code w_r(0).x_i ~ N(0, kappa^2)}, all depends on the ratio {@code R/kappa}.
 */
record UnstablePairs(PointSet set, int m, double kappa) {
    /** {@code 2 / sqrt(2 pi)}: the width of {@code [-1, 1]} times the largest density of the normal law. */
    static final double SMALL_BALL = Math.sqrt(2 / Math.PI);

    /** Up to 8 points of every geometry in up to 5 dimensions, 1 to 64 neurons, kappa from 0.01 to 1. */
    static Arbitrary<UnstablePairs> any() {
        return Combinators.combine(PointSets.any(8, 5), Arbitraries.of(1, 8, 64), Arbitraries.of(0.01, 0.3, 1.0))
                .as(UnstablePairs::new);
    }

    /** The probability of a pair, {@code P(|N(0, 1)| <= ratio)}. */
    static double probability(double ratio) {
        return Erf.erf(ratio / Math.sqrt(2));
    }

    /** The same points with another number of neurons. */
    UnstablePairs with(int neurons) {
        return new UnstablePairs(set, neurons, kappa);
    }

    /** As many points, all equal to the first: the number of pairs is then n times a binomial number. */
    UnstablePairs ofCopies() {
        DMatrixRMaj points = set.points().copy();
        for (int i = 1; i < set.n(); i++) {
            System.arraycopy(points.data, 0, points.data, i * set.d(), set.d());
        }
        return new UnstablePairs(new PointSet(PointSet.Geometry.DUPLICATES, points, set.seed()), m, kappa);
    }

    DMatrixRMaj drawWeights(RandomStream stream) {
        return Initialization.gaussian(m, set.d(), kappa, stream).weights();
    }

    /** The portion of the {@code m n} pairs that are unstable at {@code R = ratio kappa}, for weights that are drawn. */
    double portion(double ratio, RandomStream stream) {
        int unstable = 0;
        for (double z : LinearAlgebra.productTransB(drawWeights(stream), set.points()).data) {
            unstable += Math.abs(z) <= ratio * kappa ? 1 : 0;
        }
        return (double) unstable / (m * set.n());
    }

    void cover(ClaimRun run) {
        run.covers(set.geometry().label()).covers("m = " + m);
    }
}
