package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticFormRisk;
import org.lemmalab.risk.TangentRisk;

class TangentDescentTest {
    private final RandomStream stream = RandomStream.of(1, "TangentDescentTest");

    private static double risk(QuadraticTarget target, TangentDescent run) {
        return QuadraticFormRisk.of(
                target, QuadraticFormRisk.ofTangent(run.weights(), run.coefficients()), run.offset());
    }

    @Test
    void stepsAgainstTheGradientOfTheSampledLoss() {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(5, 3, stream);
        double[] labels = stream.gaussians(5);
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        TangentDescent run = new TangentDescent(weights, 0.5, 5, x -> {
            x.setTo(points);
            return labels;
        });
        run.step(0.01);
        DMatrixRMaj before = run.coefficients();
        double offset = run.offset();
        run.step(0.01);
        double h = 0.125; // central differences are exact: the loss is quadratic
        for (int k = 0; k <= 6; k++) {
            double[] values = new double[2];
            for (int side = 0; side < 2; side++) {
                DMatrixRMaj moved = before.copy();
                double s = side == 0 ? h : -h;
                if (k < 6) {
                    moved.data[k] += s;
                }
                values[side] = loss(points, labels, weights, moved, k < 6 ? offset : offset + s);
            }
            double slope = (values[0] - values[1]) / (2 * h);
            double moved = k < 6 ? run.coefficients().data[k] - before.data[k] : run.offset() - offset;
            assertThat(moved).isCloseTo(-0.01 * slope, within(1e-12)); // 2^-53 of losses below 1e3, over h
        }
        assertThat(run.weights().data).containsExactly(weights.data);
        assertThat(run.steps()).isEqualTo(2);
    }

    private static double loss(DMatrixRMaj points, double[] labels, DMatrixRMaj w, DMatrixRMaj a, double c) {
        DMatrixRMaj h = LinearAlgebra.productTransB(points, w);
        DMatrixRMaj g = LinearAlgebra.productTransB(points, a);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double rest = labels[i] - c;
            for (int j = 0; j < w.numRows; j++) {
                rest -= 2 * h.get(i, j) * g.get(i, j);
            }
            sum += rest * rest / labels.length;
        }
        return sum;
    }

    @Test
    void reachesTheLeastRiskOfTheClass() {
        QuadraticTarget target = QuadraticTarget.diagonal(2, 1, 0.5, -1);
        TangentDescent run = new TangentDescent(
                PointLaw.GAUSSIAN.rows(2, 4, stream), target.offset(), 50, x -> target.draw(stream, x));
        run.steps(4000, 5e-3);
        run.steps(4000, 2e-4);
        double least = TangentRisk.of(target, run.weights());
        assertThat(least).isGreaterThan(0.1);
        assertThat(risk(target, run)).isBetween(least - 1e-12, least * 1.005); // noise: eps / batch times a few hundred
    }

    @Test
    void reachesTheLeastRiskOfTheClassOnAMixture() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.6, 0.5, 0.4);
        TangentDescent run =
                new TangentDescent(PointLaw.GAUSSIAN.rows(1, 3, stream), 0, 100, x -> mixture.draw(stream, x));
        run.steps(3000, 1e-2);
        run.steps(3000, 5e-4);
        double risk = QuadraticFormRisk.of(
                mixture, QuadraticFormRisk.ofTangent(run.weights(), run.coefficients()), run.offset());
        double least = TangentRisk.of(mixture, run.weights());
        assertThat(risk).isBetween(least - 1e-12, least + 1e-3); // noise: eps / batch times a few tens
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(2, 3, stream);
        assertThatThrownBy(() -> new TangentDescent(weights, 0, 0, x -> new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch = 0");
        assertThatThrownBy(() -> new TangentDescent(new DMatrixRMaj(0, 3), 0, 1, x -> new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of weights = 0");
        TangentDescent run = new TangentDescent(weights, 0, 1, x -> new double[1]);
        assertThatThrownBy(() -> run.step(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eps = NaN");
    }
}
