package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class SingleStepTest {
    /** Sums of up to 30 products of numbers below 30, in two orders. */
    private static final double ROUNDING = 1e-12;

    private static final int D = 6;
    private static final int Q = 4;

    private final RandomStream stream = RandomStream.of(1, "SingleStepTest");
    private final DMatrixRMaj points = PointLaw.GAUSSIAN.rows(9, D, stream);
    private final double[] y = stream.signs(9);
    private final double[] a = {0.5, -0.5, 0.5, 0.5};
    private final DMatrixRMaj rotated = OrthonormalRows.draw(Q, D, stream);
    private final StepRule rule = StepRule.of(D, 9).withThreshold(0.4); // some examples are beyond it

    @Test
    void stepsDownTheLossByFiniteDifferences() {
        TwoLayerNetwork network = new TwoLayerNetwork(rotated, a, BalancedActivations.LOG_COSH);
        SingleStep step = new SingleStep(network, points, y, rule);
        assertThat(step.outputs().activeCount()).isBetween(1, 8);
        DMatrixRMaj moved = step.step();
        double h = 1e-5;
        for (int k = 0; k < moved.data.length; k++) {
            double slope = (loss(network, k, h) - loss(network, k, -h)) / (2 * h);
            // h^2/6 times a third derivative below 100, and 2^-53/h times losses below 10
            assertThat(moved.data[k]).isCloseTo(-rule.rate() * slope, within(rule.rate() * 2e-9));
        }
    }

    private double loss(TwoLayerNetwork network, int entry, double by) {
        DMatrixRMaj weights = network.weights().copy();
        weights.data[entry] += by;
        double[] h = new TwoLayerNetwork(weights, a, network.activation()).predict(points);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += Math.max(rule.threshold() - y[i] * h[i], 0);
        }
        return sum / y.length;
    }

    @Test
    void outputsAreThoseOfTheThreeNetworks() {
        for (DecentActivation s : Arrays.asList(BalancedActivations.ABSOLUTE_VALUE, BalancedActivations.CUT_SQUARE)) {
            for (int m : new int[] {1, 2, 9}) { // through the Gram matrix, and through the weights
                check(new TwoLayerNetwork(rotated, a, s), m, rule);
                check(new TwoLayerNetwork(firstCoordinates(), a, s), m, rule.withoutHinge());
                check(new TwoLayerNetwork(rotated, a, s), m, rule.withRate(-1));
            }
        }
    }

    private void check(TwoLayerNetwork network, int m, StepRule used) {
        DMatrixRMaj sample = new DMatrixRMaj(m, D, true, Arrays.copyOf(points.data, m * D));
        double[] labels = Arrays.copyOf(y, m);
        SingleStep step = new SingleStep(network, sample, labels, used);
        StepOutputs outputs = step.outputs();
        double[] before = network.predict(sample);
        double[] after = step.network().predict(sample);
        for (int k = 0; k < m; k++) {
            assertThat(outputs.active()[k]).isEqualTo(!used.hinge() || labels[k] * before[k] < used.threshold());
            assertThat(outputs.before()[k]).isCloseTo(before[k], within(ROUNDING));
            assertThat(outputs.after()[k]).isCloseTo(after[k], within(ROUNDING));
            DMatrixRMaj others = naive(network, sample, labels, used, k);
            double[] z = preactivations(others, sample, k);
            double[] u = preactivations(network.weights(), sample, k);
            double[] shifts = step.shifts(k);
            double sum = 0;
            for (int j = 0; j < Q; j++) {
                sum += a[j] * network.activation().value(z[j]);
                assertThat(shifts[j]).isCloseTo(z[j] - u[j], within(ROUNDING));
                assertThat(step.preactivations(k)[j]).isCloseTo(u[j], within(ROUNDING));
            }
            assertThat(outputs.leaveOneOut()[k]).isCloseTo(sum, within(ROUNDING));
            assertThat(outputs.jumps()[k]).isCloseTo(labels[k] * (after[k] - sum), within(ROUNDING));
            assertThat(step.leaveOneOutNetwork(k).weights().data).containsExactly(others.data, within(ROUNDING));
        }
        assertThat(step.network().weights().data)
                .containsExactly(naive(network, sample, labels, used, -1).data, within(ROUNDING));
    }

    /** The weights after the step of all examples but one, entry by entry. */
    private DMatrixRMaj naive(
            TwoLayerNetwork network, DMatrixRMaj sample, double[] labels, StepRule used, int without) {
        DMatrixRMaj weights = network.weights().copy();
        for (int i = 0; i < labels.length; i++) {
            double[] u = preactivations(network.weights(), sample, i);
            double h = 0;
            for (int j = 0; j < Q; j++) {
                h += a[j] * network.activation().value(u[j]);
            }
            if (i == without || used.hinge() && labels[i] * h >= used.threshold()) {
                continue;
            }
            for (int j = 0; j < Q; j++) {
                for (int k = 0; k < D; k++) {
                    double gradient = labels[i] * a[j] * network.activation().derivative(u[j]) * sample.get(i, k);
                    weights.add(j, k, used.rate() / labels.length * gradient);
                }
            }
        }
        return weights;
    }

    private static double[] preactivations(DMatrixRMaj weights, DMatrixRMaj sample, int i) {
        double[] u = new double[Q];
        for (int j = 0; j < Q; j++) {
            for (int k = 0; k < D; k++) {
                u[j] += weights.get(j, k) * sample.get(i, k);
            }
        }
        return u;
    }

    private static DMatrixRMaj firstCoordinates() {
        DMatrixRMaj w = new DMatrixRMaj(Q, D);
        for (int j = 0; j < Q; j++) {
            w.set(j, j, 1);
        }
        return w;
    }

    @Test
    void probesSeeWhatTheWholeSampleSees() {
        DecentActivation s = BalancedActivations.SHIFTED_LEAKY_RELU;
        TwoLayerNetwork network = new TwoLayerNetwork(firstCoordinates(), a, s);
        SingleStep whole = new SingleStep(network, points, y, rule);
        ProbedStep probed = new ProbedStep(rows(0, 3), Arrays.copyOf(y, 3), a, s, rule, 9);
        assertThatThrownBy(probed::outputs)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("3 of 9 examples have passed");
        probed.add(rows(3, 4), Arrays.copyOfRange(y, 3, 4));
        probed.add(rows(4, 9), Arrays.copyOfRange(y, 4, 9));
        for (int k = 0; k < 3; k++) {
            assertThat(probed.outputs().active()[k]).isEqualTo(whole.outputs().active()[k]);
            assertThat(probed.shifts(k)).containsExactly(whole.shifts(k), within(ROUNDING));
        }
        assertThat(probed.outputs().before())
                .containsExactly(Arrays.copyOf(whole.outputs().before(), 3), within(ROUNDING));
        assertThat(probed.outputs().after())
                .containsExactly(Arrays.copyOf(whole.outputs().after(), 3), within(ROUNDING));
        assertThat(probed.outputs().leaveOneOut())
                .containsExactly(Arrays.copyOf(whole.outputs().leaveOneOut(), 3), within(ROUNDING));
        assertThatThrownBy(() -> probed.add(rows(0, 1), new double[] {1}))
                .hasMessage("examples left = 0, allowed: >= 1");
    }

    private DMatrixRMaj rows(int from, int to) {
        return new DMatrixRMaj(to - from, D, true, Arrays.copyOfRange(points.data, from * D, to * D));
    }

    @Test
    void drawsTheWholeSampleBesideTheProbes() {
        StepRule step = StepRule.of(D, 700); // more than two blocks
        ProbedStep probed = ProbedStep.gaussian(2, 700, D, a, BalancedActivations.COSINE, step, stream.part("p"));
        RandomStream same = stream.part("p");
        DMatrixRMaj sample = new DMatrixRMaj(0, D);
        double[] labels = {};
        for (int size : new int[] {2, 256, 256, 186}) {
            double[] block = PointLaw.GAUSSIAN.rows(size, D, same).data;
            double[] data = Arrays.copyOf(sample.data, sample.data.length + block.length);
            System.arraycopy(block, 0, data, sample.data.length, block.length);
            sample = new DMatrixRMaj(sample.numRows + size, D, true, data);
            double[] signs = same.signs(size);
            labels = Arrays.copyOf(labels, labels.length + size);
            System.arraycopy(signs, 0, labels, labels.length - size, size);
        }
        TwoLayerNetwork network = new TwoLayerNetwork(firstCoordinates(), a, BalancedActivations.COSINE);
        double[] margins =
                new SingleStep(network, sample, labels, step).outputs().margins();
        assertThat(probed.outputs().margins()).containsExactly(Arrays.copyOf(margins, 2), within(ROUNDING));
    }

    @Test
    void theoremsRuleCancelsTheNumberOfExamples() {
        StepRule used = StepRule.of(100, 7);
        assertThat(used.threshold()).isEqualTo(Math.log(100));
        assertThat(used.rate() / 7).isCloseTo(Math.log(100) / 100, within(1e-17));
        assertThat(StepRule.of(1, 7).rate()).isZero();
    }

    @Test
    void countsWhatIsMemorized() {
        StepOutputs outputs = new StepOutputs(
                new double[] {1, -1, 1}, new boolean[] {true, false, true}, new double[3], new double[3], new double[] {
                    2, 3, 0
                });
        assertThat(outputs.margins()).containsExactly(2, -3, 0);
        assertThat(outputs.memorized()).isEqualTo(1);
        assertThat(outputs.activeCount()).isEqualTo(2);
    }

    @Test
    void rejectsWhatDoesNotFit() {
        TwoLayerNetwork network = new TwoLayerNetwork(rotated, a, BalancedActivations.COSINE);
        assertThatThrownBy(() -> new SingleStep(network, points, new double[] {1, 0, 1, 1, 1, 1, 1, 1, 1}, rule))
                .hasMessage("y[1] = 0.0, allowed: -1 or 1");
        assertThatThrownBy(() -> new SingleStep(network, points, new double[] {1}, rule))
                .hasMessage("length of y = 1, allowed: rows of points = 9");
        assertThatThrownBy(() -> new SingleStep(network, new DMatrixRMaj(9, 2), y, rule))
                .hasMessage("columns of points = 2, allowed: dimension = 6");
        assertThatThrownBy(() -> rule.withRate(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ProbedStep(points, y, new double[7], BalancedActivations.COSINE, rule, 9))
                .hasMessage("columns of probes = 6, allowed: >= 7");
        assertThatThrownBy(() -> new ProbedStep(points, y, a, BalancedActivations.COSINE, rule, 8))
                .hasMessage("examples = 8, allowed: >= 9");
    }
}
