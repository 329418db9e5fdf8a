package daniely2019;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A small network at Xavier initialization with zero outputs, {@code I(d, q, B)}, and points of the sphere off its kinks.
 *
 * @param activation s
 * @param d dimension
 * @param q half the number of neurons
 * @param scale B
 * @param seed of the weights and points
 */
record PairedNetwork(DecentActivation activation, int d, int q, double scale, long seed) {
    /** Every nonlinear activation, d and q from 1 to 6, B from 1/100 to 1000, never near 1. */
    static final class Any implements ArbitrarySupplier<PairedNetwork> {
        @Override
        public Arbitrary<PairedNetwork> get() {
            List<DecentActivation> all = new ArrayList<>(DecentActivation.SMOOTH);
            all.addAll(DecentActivation.KINKED);
            return with(all);
        }
    }

    /** The same with smooth activations. */
    static final class Smooth implements ArbitrarySupplier<PairedNetwork> {
        @Override
        public Arbitrary<PairedNetwork> get() {
            return with(DecentActivation.SMOOTH);
        }
    }

    private static Arbitrary<PairedNetwork> with(List<DecentActivation> activations) {
        return Combinators.combine(
                        Arbitraries.of(activations),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(0.01, 0.3, 2.5, 30.0, 1000.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(PairedNetwork::new);
    }

    /** Counts the instance under its families. */
    PairedNetwork cover(ClaimRun run) {
        run.covers(activation.name());
        if (d == 1) {
            run.covers("d = 1");
        }
        if (q == 1) {
            run.covers("q = 1");
        }
        return this;
    }

    /** The network. */
    TwoLayerNetwork network() {
        return network(scale);
    }

    /** The same with another scale of the outputs. */
    TwoLayerNetwork network(double otherScale) {
        return Initialization.paired(q, d, otherScale, activation, stream().part("network"));
    }

    /** The network with independent outputs N(0, 1): away from initialization. */
    TwoLayerNetwork perturbed() {
        return new TwoLayerNetwork(
                PointLaw.GAUSSIAN.rows(2 * q, d, stream().part("weights")),
                stream().part("outputs").gaussians(2 * q),
                activation);
    }

    /** n points of the sphere whose pre-activations stay 1e-3 away from the kinks of a network. */
    DMatrixRMaj points(int n, TwoLayerNetwork network) {
        DMatrixRMaj points = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            int attempt = 0;
            DMatrixRMaj point;
            do {
                point = PointLaw.SPHERE.rows(1, d, stream().part("points").trial(1000L * i + attempt++));
            } while (nearKink(network.preactivations(point)) && attempt < 1000);
            System.arraycopy(point.data, 0, points.data, i * d, d);
        }
        return points;
    }

    private boolean nearKink(DMatrixRMaj preactivations) {
        for (double z : preactivations.data) {
            for (double kink : activation.kinks()) {
                if (Math.abs(z - kink) < 1e-3) {
                    return true;
                }
            }
        }
        return false;
    }

    RandomStream stream() {
        return RandomStream.of(seed, "PairedNetwork");
    }
}
