package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/** The three descents of D19: their steps against differences of the batch's mean loss. */
class StochasticTrainerTest {
    private static final double ETA = 0.3;
    private static final double STEP = 1e-5;
    /** {@code STEP^2/6} times a third derivative below 50, and {@code 2^-53 / STEP} times losses below 50. */
    private static final double DIFFERENCES = 3e-9;

    private static final RandomStream STREAM = RandomStream.of(1, "StochasticTrainerTest");
    private static final ConvexLoss LOSS = LogisticLoss.INSTANCE;
    private static final DMatrixRMaj POINTS = PointLaw.SPHERE.rows(5, 3, STREAM.part("points"));
    private static final double[] LABELS = {1, -1, 1, 1, -1};
    private static final TwoLayerNetwork NETWORK =
            Initialization.paired(4, 3, 1.5, DecentActivation.TANH, STREAM.part("network"));
    private static final RandomEmbedding EMBEDDING =
            RandomEmbedding.draw(new TangentFeatureScheme(DecentActivation.TANH, 3), 4, STREAM.part("embedding"));

    @Test
    void networkStepsFollowTheGradientInBothLayers() {
        NetworkDescent descent = new NetworkDescent(NETWORK, LOSS, ETA);
        for (int step = 0; step < 3; step++) {
            TwoLayerNetwork before = descent.network();
            assertThat(descent.predict(POINTS)).containsExactly(before.predict(POINTS));
            assertThat(descent.step(POINTS, LABELS)).containsExactly(before.predict(POINTS));
            TwoLayerNetwork after = descent.network();
            assertStep(
                    before.weights().data,
                    after.weights().data,
                    w -> LOSS.mean(
                            new TwoLayerNetwork(DMatrixRMaj.wrap(8, 3, w), before.outputs(), before.activation())
                                    .predict(POINTS),
                            LABELS));
            assertStep(
                    before.outputs(),
                    after.outputs(),
                    u -> LOSS.mean(
                            new TwoLayerNetwork(before.weights(), u, before.activation()).predict(POINTS), LABELS));
        }
    }

    @Test
    void stepsReturnThePredictionsBeforeThem() {
        for (StochasticTrainer trainer :
                List.of(new LinearizedDescent(NETWORK, LOSS, ETA), new RandomFeatureDescent(EMBEDDING, LOSS, ETA))) {
            for (int step = 0; step < 3; step++) {
                double[] before = trainer.predict(POINTS);
                assertThat(trainer.step(POINTS, LABELS)).containsExactly(before);
            }
        }
    }

    @Test
    void networkDescentLeavesItsStartAlone() {
        DMatrixRMaj weights = NETWORK.weights().copy();
        double[] outputs = NETWORK.outputs().clone();
        new NetworkDescent(NETWORK, LOSS, ETA).step(POINTS, LABELS);
        new LinearizedDescent(NETWORK, LOSS, ETA).step(POINTS, LABELS);
        assertThat(NETWORK.weights().data).containsExactly(weights.data);
        assertThat(NETWORK.outputs()).containsExactly(outputs);
    }

    @Test
    void randomFeatureStepsFollowTheGradientInTheCoefficients() {
        RandomFeatureDescent descent = new RandomFeatureDescent(EMBEDDING, LOSS, ETA);
        assertThat(descent.coefficients()).isEmpty();
        assertThat(descent.predict(POINTS)).containsOnly(0);
        double[] before = new double[12];
        for (int step = 0; step < 3; step++) {
            descent.step(POINTS, LABELS);
            double[] after = descent.coefficients();
            assertStep(before, after, v -> LOSS.mean(byRandomFeatures(v), LABELS));
            assertThat(descent.predict(POINTS)).containsExactly(byRandomFeatures(after), within(1e-13));
            before = after;
        }
    }

    @Test
    void linearizedStepsFollowTheGradientOfTheLinearization() {
        LinearizedDescent descent = new LinearizedDescent(NETWORK, LOSS, ETA);
        assertThat(descent.predict(POINTS)).containsOnly(0);
        for (int step = 0; step < 3; step++) {
            double[] before = descent.direction().data.clone();
            descent.step(POINTS, LABELS);
            double[] after = descent.direction().data;
            assertStep(before, after, v -> LOSS.mean(byLinearization(v), LABELS));
            // the linearization is the network's derivative along V
            double[] slopes = slopesAlong(descent.direction());
            assertThat(descent.predict(POINTS)).containsExactly(slopes, within(DIFFERENCES));
        }
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aBatchOfOneIsTheSameAsItsCopies(List<StochasticTrainer> pair) {
        DMatrixRMaj one = CommonOps_DDRM.extract(POINTS, 1, 2, 0, 3);
        DMatrixRMaj copies = new DMatrixRMaj(4, 3);
        for (int i = 0; i < 4; i++) {
            CommonOps_DDRM.insert(one, copies, i, 0);
        }
        for (int step = 0; step < 5; step++) {
            pair.get(0).step(one, new double[] {-1});
            pair.get(1).step(copies, new double[] {-1, -1, -1, -1});
        }
        assertThat(pair.get(0).predict(POINTS))
                .containsExactly(pair.get(1).predict(POINTS), within(1e-12)); // 5 steps of 50 roundings
        assertThat(pair.get(0).predict(one)[0]).isNegative();
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void examplesWithoutSlopeMoveNothing(List<StochasticTrainer> pair) {
        double[] before = pair.get(2).predict(POINTS);
        pair.get(2).step(POINTS, new double[5]); // the hinge loss of label 0 is constant
        assertThat(pair.get(2).predict(POINTS)).containsExactly(before);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void refusesBatchesThatDoNotFit(List<StochasticTrainer> pair) {
        StochasticTrainer trainer = pair.get(0);
        assertThatThrownBy(() -> trainer.step(POINTS, new double[4]))
                .hasMessage("length of labels = 4, allowed: rows of points = 5");
        assertThatThrownBy(() -> trainer.step(new DMatrixRMaj(5, 2), LABELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("columns of points = 2");
        assertThatThrownBy(() -> trainer.predict(new DMatrixRMaj(5, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("columns of points = 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesLearningRatesThatAreNotPositive(double eta) {
        String message = "eta = " + eta + ", allowed: finite and > 0";
        assertThatThrownBy(() -> new NetworkDescent(NETWORK, LOSS, eta)).hasMessage(message);
        assertThatThrownBy(() -> new RandomFeatureDescent(EMBEDDING, LOSS, eta)).hasMessage(message);
        assertThatThrownBy(() -> new LinearizedDescent(NETWORK, LOSS, eta)).hasMessage(message);
    }

    static Stream<List<StochasticTrainer>> trainers() {
        return Stream.of(
                List.of(
                        new NetworkDescent(NETWORK, LOSS, ETA),
                        new NetworkDescent(NETWORK, LOSS, ETA),
                        new NetworkDescent(NETWORK, HingeLoss.INSTANCE, ETA)),
                List.of(
                        new RandomFeatureDescent(EMBEDDING, LOSS, ETA),
                        new RandomFeatureDescent(EMBEDDING, LOSS, ETA),
                        new RandomFeatureDescent(EMBEDDING, HingeLoss.INSTANCE, ETA)),
                List.of(
                        new LinearizedDescent(NETWORK, LOSS, ETA),
                        new LinearizedDescent(NETWORK, LOSS, ETA),
                        new LinearizedDescent(NETWORK, HingeLoss.INSTANCE, ETA)));
    }

    private static void assertStep(double[] before, double[] after, ToDoubleFunction<double[]> loss) {
        assertThat(after).hasSameSizeAs(before);
        for (int k = 0; k < before.length; k++) {
            double[] moved = before.clone();
            moved[k] = before[k] + STEP;
            double above = loss.applyAsDouble(moved);
            moved[k] = before[k] - STEP;
            double slope = (above - loss.applyAsDouble(moved)) / (2 * STEP);
            assertThat(after[k]).isCloseTo(before[k] - ETA * slope, within(DIFFERENCES));
        }
    }

    /** {@code <v, Psi(x)>} with {@code Psi(x) = (s'(<w_j, x>) x)_j / sqrt q}. */
    private static double[] byRandomFeatures(double[] v) {
        double[] predictions = new double[POINTS.numRows];
        for (int j = 0; j < EMBEDDING.size(); j++) {
            addSlopes(predictions, 1 / Math.sqrt(EMBEDDING.size()), EMBEDDING.omegas(), v, j);
        }
        return predictions;
    }

    private static double[] byLinearization(double[] v) {
        double[] predictions = new double[POINTS.numRows];
        for (int j = 0; j < NETWORK.width(); j++) {
            addSlopes(predictions, NETWORK.outputs()[j], NETWORK.weights(), v, j);
        }
        return predictions;
    }

    private static void addSlopes(double[] predictions, double factor, DMatrixRMaj weights, double[] v, int j) {
        for (int i = 0; i < predictions.length; i++) {
            double z = LinearAlgebra.dot(weights.data, 3 * j, POINTS.data, 3 * i, 3);
            double along = LinearAlgebra.dot(v, 3 * j, POINTS.data, 3 * i, 3);
            predictions[i] += factor * DecentActivation.TANH.derivative(z) * along;
        }
    }

    private static double[] slopesAlong(DMatrixRMaj direction) {
        double[][] ends = new double[2][];
        for (int side = 0; side < 2; side++) {
            DMatrixRMaj weights = NETWORK.weights().copy();
            CommonOps_DDRM.addEquals(weights, side == 0 ? STEP : -STEP, direction);
            ends[side] = new TwoLayerNetwork(weights, NETWORK.outputs(), NETWORK.activation()).predict(POINTS);
        }
        double[] slopes = new double[POINTS.numRows];
        Arrays.setAll(slopes, i -> (ends[0][i] - ends[1][i]) / (2 * STEP));
        return slopes;
    }
}
