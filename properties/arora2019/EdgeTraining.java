package arora2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.NormalizedNetwork;

/**
 * Short trainings that are extreme: m equal neurons with {@code a_r = 1}, which the first step takes to their kinks
 * or over them; and one where few neurons are active.
 *
 * @param m number of neurons, a power of 4, so that {@code 1/sqrt(m)} is exact
 * @param n number of copies of a point
 */
record EdgeTraining(int m, int n) {
    /** {@link #any}, for {@code @ForAll(supplier = ...)}. */
    static final class Any implements ArbitrarySupplier<EdgeTraining> {
        @Override
        public Arbitrary<EdgeTraining> get() {
            return any();
        }
    }

    /** 1 to 64 neurons, 1 to 6 copies. */
    static Arbitrary<EdgeTraining> any() {
        return Combinators.combine(
                        Arbitraries.of(1, 4, 16, 64), Arbitraries.integers().between(1, 6))
                .as(EdgeTraining::new);
    }

    void cover(ClaimRun run) {
        run.covers("edge: m = " + m).covers("edge: " + (n == 1 ? "one point" : "copies of a point"));
    }

    /**
     * n copies of {@code x = 1} with labels -1. The first step is as long as it can be, R, and takes every neuron
     * from {@code part R} to {@code -(1 - part) R}, where it is active nowhere and stays.
     */
    SmallTraining.Start across(double part) {
        double[] points = new double[n];
        Arrays.fill(points, 1);
        double[] y = new double[n];
        Arrays.fill(y, -1);
        return start(1, new double[] {part / (2 - part)}, points, y, 0.5 / n);
    }

    /**
     * The points 1 and -1 with labels -1; the first step takes every neuron from {@code -R} to 0, where it is active
     * at both. Exact.
     */
    SmallTraining.Start ontoZero() {
        return start(1, new double[] {-1}, new double[] {1, -1}, new double[] {-1, -1}, 0.5);
    }

    /**
     * The points {@code (4/5, 3/5)} and {@code (1, 0)}. The first is fitted at the start and {@code w_r.x = 1.7 R}
     * there; at the second {@code w_r.x = 0.3 R}, and the first step turns the neurons off.
     */
    SmallTraining.Start overOneOfTwoKinks() {
        double first = 0.15 / 0.85;
        double second = (1 - 0.8 * first) / 0.6;
        return start(2, new double[] {first, second}, new double[] {0.8, 0.6, 1, 0}, new double[] {1, -1}, 0.5);
    }

    /**
     * The point {@code x = 1} and {@code 8p - 1} neurons, {@code p = n + 1} of them active: {@code lambda_0 = 1/2},
     * and a step shrinks the residual by {@code 1 - eta p/(8p - 1)}, just enough for the loss to contract by
     * {@code 1 - eta lambda_0/2}.
     */
    SmallTraining.Start fewActive() {
        int p = n + 1;
        int m = 8 * p - 1;
        double[] weights = new double[m];
        Arrays.fill(weights, 0, p, 0.1);
        Arrays.fill(weights, p, m, -0.1);
        return start(weights, 1, new double[] {1}, new double[] {1}, 1.0 / p);
    }

    /**
     * n copies of {@code x = 1} with labels 1, and all neurons active: a step shrinks the residual to a tenth, so that
     * it is rounding only after 16 of them.
     */
    SmallTraining.Start fitted() {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return start(1, new double[] {0.1}, ones, ones.clone(), 0.9 / n);
    }

    /** All neurons at {@code w/sqrt(m)}. */
    private SmallTraining.Start start(int d, double[] w, double[] points, double[] y, double eta) {
        double[] weights = new double[m * d];
        Arrays.setAll(weights, k -> w[k % d] / Math.sqrt(m));
        return start(weights, d, points, y, eta);
    }

    private static SmallTraining.Start start(double[] weights, int d, double[] points, double[] y, double eta) {
        int m = weights.length / d;
        double[] signs = new double[m];
        Arrays.fill(signs, 1);
        return new SmallTraining.Start(
                new NormalizedNetwork(DMatrixRMaj.wrap(m, d, weights), signs, Relu.INSTANCE),
                DMatrixRMaj.wrap(y.length, d, points),
                y,
                eta);
    }
}
