package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * A short training of a small network: the instance of the claims that hold on every run, whatever the width.
 *
 * @param m number of neurons
 * @param kappa standard deviation of the initial weights
 * @param step {@code eta lambda_max(H^inf)}
 * @param deadPoint whether the neurons that start active at the first point are turned around, so that none is
 */
record SmallTraining(PointSet set, int m, double kappa, double step, boolean deadPoint) {
    /** K, the number of steps. */
    static final int STEPS = 25;

    /** What {@link Recorded#rounding} is. */
    static final String ROUNDING =
            "4 (n + m + d + K) u (w + eta n (1 + sqrt(m) w) / sqrt(m)), w >= |w_r(k)| for all r, k";

    /** {@link #any}, for {@code @ForAll(supplier = ...)}. */
    static final class Any implements ArbitrarySupplier<SmallTraining> {
        @Override
        public Arbitrary<SmallTraining> get() {
            return any();
        }
    }

    /**
     * Up to 8 points of every geometry in up to 6 dimensions; 1 to 512 neurons, a fifth of the networks with a dead
     * point.
     */
    static Arbitrary<SmallTraining> any() {
        return of(PointSets.any(8, 6), 0.2, 0.8);
    }

    /** As {@link #any}, but on {@link #setsOrSinglePoint}. */
    static Arbitrary<SmallTraining> anyOrSinglePoint() {
        return of(setsOrSinglePoint(), 0.2, 0.8);
    }

    /** The points of {@link #any}, and as often a single one, where triangle inequalities can hold with equality. */
    static Arbitrary<PointSet> setsOrSinglePoint() {
        return Arbitraries.oneOf(PointSets.of(Arbitraries.of(PointSet.Geometry.SINGLE), 1, 6), PointSets.any(8, 6));
    }

    /** On the given points, with one of the given {@code eta lambda_max}. */
    static Arbitrary<SmallTraining> of(Arbitrary<PointSet> sets, Double... steps) {
        return Combinators.combine(
                        sets,
                        Arbitraries.of(1, 8, 32, 128, 512),
                        Arbitraries.of(0.05, 0.3, 1.0),
                        Arbitraries.of(steps),
                        Arbitraries.of(false, false, false, false, true))
                .as(SmallTraining::new);
    }

    /** Counts the instance under its families. */
    void cover(ClaimRun run) {
        run.covers(set.geometry().label()).covers("kappa = " + kappa).covers("m = " + m);
        if (deadPoint) {
            run.covers("no neuron active at some point");
        }
    }

    /** The training, from {@code y} fair signs. */
    Recorded train() {
        return start().train();
    }

    /** The same, with the instance and what happened counted under their families. */
    Recorded train(ClaimRun run) {
        Recorded recorded = train();
        cover(run);
        recorded.cover(run);
        return recorded;
    }

    /** Where it starts. */
    Start start() {
        return start(1);
    }

    /** The same with labels of the given size. */
    Start start(double size) {
        RandomStream stream = set.stream();
        NormalizedNetwork initial = Initialization.gaussian(m, set.d(), kappa, stream.part("network"));
        if (deadPoint) {
            turnAway(initial.weights());
        }
        double[] y = stream.part("labels").signs(set.n());
        Arrays.setAll(y, i -> size * y[i]);
        SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(set.points()));
        return new Start(initial, set.points(), y, step / eigen.largest());
    }

    private void turnAway(DMatrixRMaj weights) {
        double[] first = Arrays.copyOf(set.points().data, set.d());
        for (int r = 0; r < m; r++) {
            if (LinearAlgebra.dot(weights.data, r * set.d(), first, 0, set.d()) >= 0) {
                for (int k = r * set.d(); k < (r + 1) * set.d(); k++) {
                    weights.data[k] = -weights.data[k];
                }
            }
        }
    }

    /**
     * What a training starts from.
     *
     * @param network at step 0
     * @param points n x d
     * @param y labels, {@code |y_i| <= 1}
     */
    record Start(NormalizedNetwork network, DMatrixRMaj points, double[] y, double eta) {
        GradientDescent inWeightSpace() {
            return new GradientDescent(network, points, y, eta);
        }

        SampleSpaceGradientDescent inSampleSpace() {
            return new SampleSpaceGradientDescent(network, points, y, eta);
        }

        /** {@link #STEPS} steps in weight space. */
        Recorded train() {
            GradientDescent trainer = inWeightSpace();
            List<State> states = new ArrayList<>();
            states.add(new State(points, network, y));
            for (int k = 0; k < STEPS; k++) {
                trainer.step();
                states.add(new State(points, trainer.network(), y));
            }
            return new Recorded(points, y, eta, LinearAlgebra.eigen(ReluGramMatrix.of(points)), states);
        }
    }

    /**
     * What happened.
     *
     * @param points n x d
     * @param eigen of {@code H^inf}
     * @param states at k = 0, 1, ..., {@link #STEPS}
     */
    record Recorded(DMatrixRMaj points, double[] y, double eta, SymmetricEigen eigen, List<State> states) {
        int n() {
            return y.length;
        }

        int m() {
            return states.get(0).network.width();
        }

        State initial() {
            return states.get(0);
        }

        /** {@code |w_r(k) - w_r(0)|}. */
        double movement(int r, int k) {
            return states.get(k).distance(initial(), r);
        }

        /** The realised R: {@code max_k max_r |w_r(k) - w_r(0)|}. */
        double largestMovement() {
            double largest = 0;
            for (int k = 0; k < states.size(); k++) {
                for (int r = 0; r < m(); r++) {
                    largest = Math.max(largest, movement(r, k));
                }
            }
            return largest;
        }

        /** The event {@code A_ri}, that is r in the complement of {@code S_i}: {@code |w_r(0).x_i| <= radius}. */
        boolean isNear(int r, int i, double radius) {
            return Math.abs(initial().preactivations.get(r, i)) <= radius;
        }

        /**
         * At least {@code |w_r(k)|} for all neurons and steps:
         * {@code max_r |w_r(0)| + sum_k (eta/sqrt m) sum_i |y_i - u_i(k)|}, as no step of a neuron is longer than its
         * term of the sum.
         */
        double weightBound() {
            double[] weights = initial().network.weights().data;
            int d = points.numCols;
            double bound = 0;
            for (int r = 0; r < m(); r++) {
                bound = Math.max(bound, Math.sqrt(LinearAlgebra.dot(weights, r * d, weights, r * d, d)));
            }
            for (State state : states) {
                bound += eta
                        / Math.sqrt(m())
                        * Arrays.stream(state.residual).map(Math::abs).sum();
            }
            return bound;
        }

        /**
         * What rounding adds to one step of a neuron and to {@code w_r(k).x_i}, see {@link SmallTraining#ROUNDING}:
         * sums of n, m, d or K terms err by as many u; {@code 1 + sqrt(m) w} bounds the residuals.
         */
        double rounding() {
            double w = weightBound();
            double terms = n() + m() + points.numCols + STEPS;
            return 4 * terms * 0x1p-53 * (w + eta * n() * (1 + Math.sqrt(m()) * w) / Math.sqrt(m()));
        }

        /** Counts what happened under its families. */
        void cover(ClaimRun run) {
            State last = states.get(STEPS);
            int flips = 0;
            for (int at = 0; at < m() * n(); at++) {
                flips += last.isActive(at / n(), at % n()) != initial().isActive(at / n(), at % n()) ? 1 : 0;
            }
            run.covers(flips > 0 ? "indicators changed" : "no indicator changed");
            if (LinearAlgebra.norm(last.residual) < 1e-12) {
                run.covers("residual down to rounding");
            }
            if (isSomeNeuronDead()) {
                run.covers("a neuron that is never active");
            }
        }

        private boolean isSomeNeuronDead() {
            return IntStream.range(0, m())
                    .anyMatch(r -> states.stream()
                            .noneMatch(state -> IntStream.range(0, n()).anyMatch(i -> state.isActive(r, i))));
        }
    }

    /** The network at one step; its matrices are computed once or when asked for. */
    static final class State {
        final NormalizedNetwork network;
        final DMatrixRMaj preactivations;
        /** {@code y - u(k)}. */
        final double[] residual;

        private final DMatrixRMaj points;

        State(DMatrixRMaj points, NormalizedNetwork network, double[] y) {
            this.points = points;
            this.network = network;
            this.preactivations = network.preactivations(points);
            double[] u = network.predict(points);
            this.residual = new double[y.length];
            Arrays.setAll(residual, i -> y[i] - u[i]);
        }

        /** {@code I_ri(k)}. */
        boolean isActive(int r, int i) {
            return preactivations.get(r, i) >= 0;
        }

        /** {@code relu(w_r(k).x_i)}. */
        double activation(int r, int i) {
            return Relu.INSTANCE.value(preactivations.get(r, i));
        }

        /** {@code H(k)}, n x n. */
        DMatrixRMaj gram() {
            return EmpiricalGramMatrix.of(points, network.weights());
        }

        /** {@code Z(k)}, (m d) x n. */
        DMatrixRMaj features() {
            return TangentFeatures.of(points, network.weights(), network.signs());
        }

        /** {@code |w_r - w_r'|}. */
        double distance(State other, int r) {
            int d = points.numCols;
            double[] difference = new double[d];
            Arrays.setAll(difference, k -> network.weights().data[r * d + k] - other.network.weights().data[r * d + k]);
            return LinearAlgebra.norm(difference);
        }
    }
}
