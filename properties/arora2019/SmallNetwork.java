package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;

/**
 * A network of m neurons with points and labels, {@code |y_i| <= 1}.
 *
 * <p>The weights are Gaussian with kappa = 1 or 0.05, or Gaussian and all inactive at the first point, or integers; then the points are unit
 * vectors of the axes, so that every {@code w_r.x_i} is an exact integer, and many are 0.
 */
record SmallNetwork(PointSet set, int m, Weights kind) {
    /** The law of the weights. */
    enum Weights {
        GAUSSIAN,
        NEARLY_ZERO,
        INACTIVE_AT_A_POINT,
        INTEGER_WITH_ZERO_PREACTIVATIONS;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Up to 8 points of every geometry in up to 5 dimensions, and up to 12 neurons; integer weights twice as often as others. */
    static Arbitrary<SmallNetwork> any() {
        return Combinators.combine(
                        PointSets.any(8, 5),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(
                                Weights.GAUSSIAN,
                                Weights.NEARLY_ZERO,
                                Weights.INACTIVE_AT_A_POINT,
                                Weights.INTEGER_WITH_ZERO_PREACTIVATIONS,
                                Weights.INTEGER_WITH_ZERO_PREACTIVATIONS))
                .as(SmallNetwork::new);
    }

    DMatrixRMaj points() {
        if (kind != Weights.INTEGER_WITH_ZERO_PREACTIVATIONS) {
            return set.points();
        }
        RandomStream stream = set.stream().part("axes");
        DMatrixRMaj points = new DMatrixRMaj(set.n(), set.d());
        for (int i = 0; i < set.n(); i++) {
            points.set(i, stream.integer(set.d()), stream.sign());
        }
        return points;
    }

    NormalizedNetwork network() {
        RandomStream stream = set.stream().part("network");
        double[] signs = stream.part("signs").signs(m);
        double[] weights = stream.gaussians(m * set.d());
        switch (kind) {
            case GAUSSIAN -> {}
            case NEARLY_ZERO -> Arrays.setAll(weights, k -> 0.05 * weights[k]);
            case INACTIVE_AT_A_POINT -> turnAway(weights);
            case INTEGER_WITH_ZERO_PREACTIVATIONS -> Arrays.setAll(weights, k -> Math.rint(weights[k]) + 0.0);
        }
        return new NormalizedNetwork(DMatrixRMaj.wrap(m, set.d(), weights), signs, Relu.INSTANCE);
    }

    /** Turns every neuron's weights around that is active at the first point. */
    private void turnAway(double[] weights) {
        int d = set.d();
        for (int r = 0; r < m; r++) {
            double z = LinearAlgebra.dot(weights, r * d, set.points().data, 0, d);
            for (int k = r * d; k < (r + 1) * d; k++) {
                weights[k] *= -Math.signum(z);
            }
        }
    }

    double[] labels() {
        RandomStream stream = set.stream().part("labels");
        double[] y = new double[set.n()];
        Arrays.setAll(y, i -> stream.uniform(-1, 1));
        return y;
    }

    void cover(ClaimRun run) {
        run.covers(set.geometry().label()).covers("weights " + kind.label());
    }

    @Override
    public String toString() {
        return "SmallNetwork(PointSet.of(" + set.geometry() + ", " + set.n() + ", " + set.d() + ", " + set.seed()
                + "L), " + m
                + ", " + kind + ") with points " + Arrays.toString(points().data) + " and weights "
                + Arrays.toString(network().weights().data);
    }
}
