package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Relu;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.Backend;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.OrthonormalBasis;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class GradientDescentTest {

    private static final int STEPS = 40;

    private final RandomStream stream = RandomStream.of(1, "GradientDescentTest");

    @Test
    void weightSpaceAndSampleSpaceAgreeAlongARun() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(8, 5, stream);
        NormalizedNetwork initial = Initialization.gaussian(600, 5, 0.5, stream);
        double[] y = stream.signs(8);
        double eta = 1 / LinearAlgebra.eigen(ReluGramMatrix.of(points)).largest();
        assertSameRun(
                new GradientDescent(initial, points, y, eta),
                new SampleSpaceGradientDescent(initial, points, y, eta),
                initial);
    }

    @Test
    void reductionToTheSpanOfThePointsChangesNeitherPredictionsNorMovements() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(5, 12, stream);
        DMatrixRMaj coordinates = OrthonormalBasis.coordinates(points);
        assertThat(coordinates.numCols).isEqualTo(5);
        NormalizedNetwork initial = Initialization.gaussian(64, 12, 1, stream);
        // coordinates = X B^T with the rows of B orthonormal, so B = (C^T C)^-1 C^T X; the weights become W B^T
        Cholesky cholesky = LinearAlgebra.cholesky(LinearAlgebra.productTransA(coordinates, coordinates));
        DMatrixRMaj pseudoInverse = LinearAlgebra.productTransB(cholesky.inverse(), coordinates);
        DMatrixRMaj basis = LinearAlgebra.product(pseudoInverse, points);
        NormalizedNetwork projected = new NormalizedNetwork(
                LinearAlgebra.productTransB(initial.weights(), basis), initial.signs(), Relu.INSTANCE);
        double[] y = stream.signs(5);
        assertSameRun(
                new GradientDescent(initial, points, y, 0.5),
                new GradientDescent(projected, coordinates, y, 0.5),
                initial);
    }

    /*
     * Rounding moves a pre-activation by at most 2^-52 (n + d) |w_r| per step, a prediction by m^1/2 as much, which the update carries
     * on without growth as long as eta lambda_max <= 2 and no indicator differs. Both runs are asserted to stay clear of the kinks.
     */
    private static void assertSameRun(Trainer a, Trainer b, NormalizedNetwork initial) {
        double largest = 0;
        for (double weight : initial.weights().data) {
            largest = Math.max(largest, Math.abs(weight));
        }
        double perStep = 0x1p-52 * 20 * Math.sqrt(initial.dimension()) * largest * Math.sqrt(initial.width());
        for (int k = 0; k <= STEPS; k++) {
            double tolerance = (k + 1) * perStep;
            if (b instanceof SampleSpaceGradientDescent sampleSpace) {
                for (double p : sampleSpace.preactivations().data) {
                    assertThat(Math.abs(p)).isGreaterThan(tolerance);
                }
            }
            assertThat(b.steps()).isEqualTo(a.steps()).isEqualTo(k);
            assertThat(b.predictions()).containsExactly(a.predictions(), within(tolerance));
            assertThat(b.residual()).containsExactly(a.residual(), within(tolerance));
            assertThat(b.movement()).isCloseTo(a.movement(), within(tolerance));
            assertThat(b.largestNeuronMovement()).isCloseTo(a.largestNeuronMovement(), within(tolerance));
            assertThat(b.loss()).isCloseTo(a.loss(), within(tolerance * (1 + Math.sqrt(2 * a.loss()))));
            a.step();
            b.step();
        }
    }

    @Test
    void observablesOfSampleSpaceAreThoseOfTheNetwork() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(6, 4, stream);
        NormalizedNetwork initial = Initialization.gaussian(90, 4, 0.1, stream);
        SampleSpaceGradientDescent run = new SampleSpaceGradientDescent(initial, points, stream.signs(6), 0.5);
        assertThat(run.empiricalGram().data)
                .containsExactly(EmpiricalGramMatrix.of(points, initial.weights()).data, within(1e-15));
        run.steps(STEPS / 2);
        run.empiricalGram(); // counts from here on
        run.steps(STEPS - STEPS / 2);
        NormalizedNetwork now = run.network();
        DMatrixRMaj before = TangentFeatures.of(points, initial.weights(), initial.signs());
        DMatrixRMaj after = TangentFeatures.of(points, now.weights(), now.signs());
        double moved = 0;
        for (int k = 0; k < before.data.length; k++) {
            moved += Math.pow(after.data[k] - before.data[k], 2);
        }
        assertThat(run.flips()).isPositive();
        assertThat(run.tangentMovementSquared()).isCloseTo(run.flips() / 90.0, within(1e-14)); // 90 numbers <= 1
        assertThat(run.tangentMovementSquared()).isCloseTo(moved, within(2e-13)); // 2160 numbers, sum <= 6
        assertThat(run.predictions()).containsExactly(now.predict(points), within(1e-13)); // 90 sums of 4 products <= 1
        assertThat(run.empiricalGram().data)
                .containsExactly(EmpiricalGramMatrix.of(points, now.weights()).data, within(1e-15));
    }

    @Test
    void firstStepIsTheGradientStep() {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(6, 4, stream); // unit norm is not required
        NormalizedNetwork initial = Initialization.gaussian(9, 4, 1, stream);
        double[] y = stream.signs(6);
        GradientDescent run = new GradientDescent(initial, points, y, 0.25);
        run.step();
        double[] gradient = initial.gradient(points, y).data;
        for (int k = 0; k < gradient.length; k++) {
            double expected = initial.weights().data[k] - 0.25 * gradient[k];
            double scale = Math.abs(initial.weights().data[k]) + LinearAlgebra.norm(gradient);
            assertThat(run.network().weights().data[k]).isCloseTo(expected, within(20 * 0x1p-52 * scale));
        }
    }

    @Test
    void neuronAtItsKinkIsActive() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0, 1}});
        for (double weight : new double[] {-1, 1}) {
            NormalizedNetwork initial = new NormalizedNetwork(
                    new DMatrixRMaj(new double[][] {{weight, -0.0}}), new double[] {1}, Relu.INSTANCE);
            Trainer[] runs = {
                new GradientDescent(initial, points, new double[] {1}, 0.5),
                new SampleSpaceGradientDescent(initial, points, new double[] {1}, 0.5)
            };
            for (Trainer run : runs) {
                run.step();
                assertThat(run.predictions()).containsExactly(0.5);
                assertThat(run.movement()).isEqualTo(0.5);
            }
        }
    }

    @Test
    void negativeZeroCountsAsActive() {
        DMatrixRMaj zero = new DMatrixRMaj(new double[][] {{-0.0}});
        NeuronBlock block = new NeuronBlock(LinearAlgebra.backend(), zero, new double[] {1}, 0, 1);
        block.advance(new double[] {0.5}, new DMatrixRMaj(new double[][] {{1}}));
        double[] output = new double[1];
        block.addOutput(output);
        assertThat(output).containsExactly(0.5);
    }

    @Test
    void numberOfThreadsDoesNotChangeABit() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(20, 6, stream);
        NormalizedNetwork initial = Initialization.gaussian(1700, 6, 1, stream); // four blocks, the last one short
        double[] y = stream.signs(20);
        SampleSpaceGradientDescent one = new SampleSpaceGradientDescent(initial, points, y, 0.2);
        SampleSpaceGradientDescent three = new SampleSpaceGradientDescent(initial, points, y, 0.2, 3);
        one.steps(STEPS);
        three.steps(STEPS);
        assertThat(three.predictions()).isEqualTo(one.predictions());
        assertThat(three.preactivations().data).isEqualTo(one.preactivations().data);
        assertThat(three.coefficients().data).isEqualTo(one.coefficients().data);
    }

    @Test
    void backendsAgreeOnABlockOfNeurons() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(20, 6, stream);
        NormalizedNetwork initial = Initialization.gaussian(100, 6, 1, stream);
        double[] increment = stream.gaussians(20);
        double[] pure = blockOutput(LinearAlgebra.ejml(), points, initial, increment);
        double[] chosen = blockOutput(LinearAlgebra.backend(), points, initial, increment);
        // 100 neurons, each a sum of 20 products of absolute sum <= |increment|_1
        double scale = 0;
        for (double value : increment) {
            scale += Math.abs(value);
        }
        assertThat(chosen).containsExactly(pure, within(100 * 20 * 0x1p-53 * scale));
    }

    private static double[] blockOutput(
            Backend backend, DMatrixRMaj points, NormalizedNetwork initial, double[] increment) {
        NeuronBlock block =
                new NeuronBlock(backend, initial.preactivations(points), initial.signs(), 0, initial.width());
        block.advance(increment, LinearAlgebra.gram(points));
        double[] output = new double[increment.length];
        block.addOutput(output);
        return output;
    }

    @Test
    void stepsDoNotAllocate() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(50, 20, stream);
        NormalizedNetwork initial = Initialization.gaussian(700, 20, 1, stream);
        double[] y = stream.signs(50);
        assertDoesNotAllocate(new GradientDescent(initial, points, y, 0.1));
        assertDoesNotAllocate(new SampleSpaceGradientDescent(initial, points, y, 0.1));
    }

    private static void assertDoesNotAllocate(Trainer trainer) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        trainer.steps(20); // class loading, native buffers
        long before = threads.getCurrentThreadAllocatedBytes();
        trainer.steps(100);
        // One array of n = 50 numbers per step would be 41600 bytes.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2000);
    }

    @Test
    void badArgumentsAreNamed() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(3, 2, stream);
        NormalizedNetwork net = Initialization.gaussian(4, 2, 1, stream);
        double[] y = new double[3];
        assertRefused(() -> new GradientDescent(net, points, y, 0), "eta = 0.0, allowed: finite and > 0");
        assertRefused(
                () -> new GradientDescent(net, points, new double[2], 1),
                "length of y = 2, allowed: rows of points = 3");
        assertRefused(() -> new SampleSpaceGradientDescent(net, points, y, 1, 0), "threads = 0, allowed: >= 1");
        assertRefused(() -> new SampleSpaceGradientDescent(net, new DMatrixRMaj(0, 2), y, 1), "rows of points = 0");
        assertRefused(
                () -> new SampleSpaceGradientDescent(net, points, new double[] {0, Double.NaN, 0}, 1), "y[1] = NaN");
        NormalizedNetwork linear = new NormalizedNetwork(net.weights(), net.signs(), new Identity());
        assertRefused(
                () -> new SampleSpaceGradientDescent(linear, points, y, 1), "activation = identity, allowed: relu");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static final class Identity implements Activation {
        @Override
        public String name() {
            return "identity";
        }

        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z) {
            return 1;
        }

        @Override
        public double lipschitz() {
            return 1;
        }

        @Override
        public double[] kinks() {
            return new double[0];
        }
    }
}
