package daniely2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * A small instance of the setting with uniformly random orthonormal rows.
 *
 * @param activation s
 * @param d dimension
 * @param q neurons
 * @param m examples
 * @param ones whether all signs are +1; otherwise they cancel
 * @param seed of weights, points and labels
 */
record SmallStep(DecentActivation activation, int d, int q, int m, boolean ones, long seed) {

    /** Points, one per row, with labels. */
    record Sample(DMatrixRMaj points, double[] y) {}

    /** Every activation, {@code q <= d <= largest} and {@code m <= largest}. */
    static Arbitrary<SmallStep> any(int largest) {
        return Arbitraries.integers()
                .between(1, largest)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.of(BalancedActivations.ALL),
                                Arbitraries.integers().between(1, d),
                                Arbitraries.integers().between(1, largest),
                                Arbitraries.of(false, true),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((s, q, m, ones, seed) -> new SmallStep(s, d, q, m, ones, seed)));
    }

    /** Counts the instance under its families. */
    SmallStep cover(ClaimRun run) {
        run.covers(activation.name()).covers(ones ? "all signs +1" : "signs cancel");
        run.covers(q == d ? "q = d" : "q < d");
        if (d == 1) {
            run.covers("d = 1");
        }
        if (q == 1) {
            run.covers("q = 1");
        }
        if (m == 1) {
            run.covers("m = 1");
        }
        return this;
    }

    StepSetting setting() {
        return new StepSetting(activation, d, q, m, ones ? q : q % 2);
    }

    TwoLayerNetwork network() {
        return setting().rotatedNetwork(stream().part("weights"));
    }

    RandomStream stream() {
        return RandomStream.of(seed, "SmallStep");
    }

    /** m Gaussian points with fair labels, at least a gap away from the kinks and from the end of the hinge. */
    Sample sample(double gap) {
        TwoLayerNetwork network = network();
        DMatrixRMaj points = new DMatrixRMaj(m, d);
        double[] y = new double[m];
        for (int i = 0; i < m; i++) {
            DMatrixRMaj point;
            int attempt = 0;
            do {
                RandomStream stream = stream().part("examples").trial(1000L * i + attempt++);
                point = PointLaw.GAUSSIAN.rows(1, d, stream);
                y[i] = stream.sign();
            } while (isNear(network, point, y[i], gap) && attempt < 1000);
            System.arraycopy(point.data, 0, points.data, i * d, d);
        }
        return new Sample(points, y);
    }

    private boolean isNear(TwoLayerNetwork network, DMatrixRMaj point, double y, double gap) {
        double h = network.predict(point)[0];
        return Math.abs(y * h - Math.log(d)) < gap
                || Arrays.stream(network.preactivations(point).data)
                        .anyMatch(u -> Arrays.stream(activation.kinks()).anyMatch(kink -> Math.abs(u - kink) < gap));
    }

    /** The theorem's step on a sample. */
    SingleStep step(Sample sample) {
        return new SingleStep(network(), sample.points, sample.y, StepRule.of(d, m));
    }

    /**
     * A size that the step's numbers do not exceed: outputs and new weights are sums of products of slopes at most L, points of norm r and
     * {@code m c} times as many, {@code c = ln d/(d sqrt q)}; errors of a slope are M times those of its argument.
     */
    double size(Sample sample) {
        double r = 1;
        for (int i = 0; i < m; i++) {
            double square = 0;
            for (int k = 0; k < d; k++) {
                square += sample.points.get(i, k) * sample.points.get(i, k);
            }
            r = Math.max(r, Math.sqrt(square));
        }
        double strength = m * setting().exampleRate() * (activation.lipschitz() + activation.curvature()) * r * r;
        return (1 + activation.lipschitz()) * r * Math.sqrt(q) * (1 + strength);
    }
}
