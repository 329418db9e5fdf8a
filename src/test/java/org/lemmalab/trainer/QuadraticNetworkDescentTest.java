package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lemmalab.assertions.LabAssertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.MixtureNetworkLoss;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.QuadraticNetworkLoss;

class QuadraticNetworkDescentTest {
    private static final double EPS = 0x1p-6;

    private final RandomStream stream = RandomStream.of(1, "QuadraticNetworkDescentTest");

    /** Always these samples. */
    private static SampleSource constant(DMatrixRMaj points, double... labels) {
        return x -> {
            x.setTo(points);
            return labels;
        };
    }

    private static double loss(DMatrixRMaj points, double[] labels, DMatrixRMaj weights, double[] a, double c) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double rest = labels[i] - c;
            for (int j = 0; j < a.length; j++) {
                double h = 0;
                for (int k = 0; k < points.numCols; k++) {
                    h += points.get(i, k) * weights.get(j, k);
                }
                rest -= a[j] * h * h;
            }
            sum += rest * rest;
        }
        return sum / labels.length;
    }

    /** The derivative at 0 of a polynomial of degree 4. */
    private static double derivative(DoubleUnaryOperator f) {
        double h = 0.25;
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - f.applyAsDouble(2 * h) + f.applyAsDouble(-2 * h))
                / (12 * h);
    }

    @Test
    void stepsAgainstTheGradientOfTheSampledLoss() {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(4, 3, stream);
        double[] labels = stream.gaussians(4);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        double[] a = {0.7, -1.3};
        QuadraticNetworkDescent run =
                QuadraticNetworkDescent.ofBothLayers(weights, a, 0.4, 4, constant(points, labels));
        run.step(EPS);
        double rounding = 1e-11; // stencil exact: 2^-53 of losses below 1e4, over h
        for (int k = 0; k < 6; k++) {
            int entry = k;
            double slope = derivative(s -> {
                DMatrixRMaj moved = weights.copy();
                moved.data[entry] += s;
                return loss(points, labels, moved, a, 0.4);
            });
            assertThat(run.weights().data[k]).isCloseTo(weights.data[k] - EPS * slope, within(rounding));
        }
        for (int j = 0; j < 2; j++) {
            int entry = j;
            double slope = derivative(s -> {
                double[] moved = a.clone();
                moved[entry] += s;
                return loss(points, labels, weights, moved, 0.4);
            });
            assertThat(run.secondLayer()[j]).isCloseTo(a[j] - EPS * slope, within(rounding));
        }
        double slope = derivative(s -> loss(points, labels, weights, a, 0.4 + s));
        assertThat(run.offset()).isCloseTo(0.4 - EPS * slope, within(rounding));
        assertThat(run.steps()).isEqualTo(1);
    }

    @Test
    void fixedSecondLayerStaysAtOne() {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(4, 3, stream);
        double[] labels = stream.gaussians(4);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        double[] ones = {1, 1};
        SampleSource source = constant(points, labels);
        QuadraticNetworkDescent fixed = QuadraticNetworkDescent.withFixedSecondLayer(weights, 0.4, 4, source);
        QuadraticNetworkDescent joint = QuadraticNetworkDescent.ofBothLayers(weights, ones, 0.4, 4, source);
        fixed.step(EPS);
        joint.step(EPS);
        assertThat(fixed.secondLayer()).containsExactly(1, 1);
        assertThat(joint.secondLayer()[0]).isNotEqualTo(1);
        assertThat(fixed.weights().data).containsExactly(joint.weights().data);
        assertThat(fixed.offset()).isEqualTo(joint.offset());
    }

    @Test
    void batchStepIsTheMeanOfItsSamplesSteps() {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(300, 4, stream); // large enough for native products
        double[] labels = stream.gaussians(300);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(3, 4, stream);
        QuadraticNetworkDescent all =
                QuadraticNetworkDescent.withFixedSecondLayer(weights, 1, 300, constant(points, labels));
        all.step(EPS);
        DMatrixRMaj sum = new DMatrixRMaj(3, 4);
        for (int i = 0; i < 300; i++) {
            DMatrixRMaj point = CommonOps_DDRM.extractRow(points, i, null);
            QuadraticNetworkDescent single =
                    QuadraticNetworkDescent.withFixedSecondLayer(weights, 1, 1, constant(point, labels[i]));
            single.step(EPS);
            CommonOps_DDRM.addEquals(sum, 1.0 / 300, single.weights());
        }
        assertThat(all.weights()).isCloseTo(sum, 1e-12); // 300 terms below 10
    }

    @Test
    void meanStepIsThePopulationGradient() {
        QuadraticTarget target = new QuadraticTarget(new DMatrixRMaj(new double[][] {{1.5, -0.4}, {-0.4, 0.3}}), -0.7);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(3, 2, stream);
        GaussHermite rule = GaussHermite.of(3); // the step has degree 4
        DMatrixRMaj mean = new DMatrixRMaj(3, 2);
        double offset = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                DMatrixRMaj point = new DMatrixRMaj(new double[][] {{rule.nodes()[i], rule.nodes()[j]}});
                QuadraticNetworkDescent run = QuadraticNetworkDescent.withFixedSecondLayer(
                        weights, 0.2, 1, constant(point, target.values(point)));
                run.step(EPS);
                double mass = rule.weights()[i] * rule.weights()[j];
                CommonOps_DDRM.addEquals(mean, mass, run.weights());
                offset += mass * run.offset();
            }
        }
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(target);
        DMatrixRMaj expected = weights.copy();
        CommonOps_DDRM.addEquals(expected, -EPS, loss.weightGradient(weights, 0.2));
        assertThat(mean).isCloseTo(expected, 1e-13); // nine terms of order 1
        assertThat(offset).isCloseTo(0.2 - EPS * loss.offsetDerivative(weights, 0.2), within(1e-13));
    }

    @Test
    void reachesTheLeastRiskOfAMixture() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.6, 0.3);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(1, 2, stream);
        QuadraticNetworkDescent run =
                QuadraticNetworkDescent.ofBothLayers(weights, new double[] {-1}, 0, 100, x -> mixture.draw(stream, x));
        run.steps(2000, 5e-3);
        run.steps(3000, 5e-4);
        double risk = new MixtureNetworkLoss(mixture).value(run.weights(), run.secondLayer(), run.offset());
        assertThat(risk).isCloseTo(NetworkRisk.of(mixture, 1), within(2e-3)); // noise: eps / batch times a few tens
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        SampleSource source = x -> new double[x.numRows];
        assertThatThrownBy(() -> QuadraticNetworkDescent.withFixedSecondLayer(weights, 0, 0, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch = 0");
        assertThatThrownBy(() -> QuadraticNetworkDescent.withFixedSecondLayer(weights, Double.NaN, 1, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset[0] = NaN");
        assertThatThrownBy(() -> QuadraticNetworkDescent.ofBothLayers(weights, new double[1], 0, 1, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length of second layer = 1");
        QuadraticNetworkDescent run = QuadraticNetworkDescent.withFixedSecondLayer(weights, 0, 1, source);
        assertThatThrownBy(() -> run.step(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eps = 0");
        QuadraticNetworkDescent short1 =
                QuadraticNetworkDescent.withFixedSecondLayer(weights, 0, 2, x -> new double[1]);
        assertThatThrownBy(() -> short1.step(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of labels = 1");
    }

    @Test
    void givesCopies() {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        QuadraticNetworkDescent run =
                QuadraticNetworkDescent.withFixedSecondLayer(weights, 0, 1, x -> new double[] {1});
        double norm = LinearAlgebra.norm(weights.data);
        run.weights().zero();
        run.secondLayer()[0] = 5;
        assertThat(LinearAlgebra.norm(run.weights().data)).isEqualTo(norm);
        assertThat(run.secondLayer()[0]).isEqualTo(1);
    }
}
