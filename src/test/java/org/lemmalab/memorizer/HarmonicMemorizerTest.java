package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import instances.UnbiasedBases;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.RidgeNeuron.Selection;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class HarmonicMemorizerTest {
    private final RandomStream stream = RandomStream.of(3, "HarmonicMemorizerTest");

    @Test
    void memorizesUnbiasedBases() {
        DMatrixRMaj points = UnbiasedBases.pair(3);
        double[] y = stream.part("y").signs(128);
        HarmonicMemorizer memorizer =
                new HarmonicMemorizer(points, y, 2 / Math.sqrt(128), 1, Selection.PER_WEIGHT, stream).run(0.5, 1000);
        TwoLayerNetwork network = memorizer.network();
        double[] f = network.predict(points);
        double missed = 0;
        int left = 0;
        for (int i = 0; i < 128; i++) {
            assertThat(y[i] - f[i])
                    .isCloseTo(memorizer.residual()[i], within(1e-9)); // sums of some 100 terms below 1e3
            if (memorizer.kept()[i]) {
                missed += (y[i] - f[i]) * (y[i] - f[i]);
            } else {
                left++;
            }
        }
        assertThat(missed).isLessThanOrEqualTo(0.5 * 128);
        assertThat(left).isLessThanOrEqualTo(128 / 4);
        assertThat(network.width()).isEqualTo(memorizer.size());
    }

    /** The residual on the points that took part is orthogonal to the step's neuron. */
    @Test
    void everyStepEndsWhereTheErrorIsSmallest() {
        DMatrixRMaj points = UnbiasedBases.pair(2);
        double[] y = stream.part("line search").signs(32);
        HarmonicMemorizer memorizer = new HarmonicMemorizer(points, y, 0.4, 1, Selection.PER_WEIGHT, stream);
        for (int step = 0; step < 20; step++) {
            boolean[] kept = memorizer.kept();
            memorizer.step();
            TwoLayerNetwork network = memorizer.network();
            int last = network.width() - 1;
            double product = 0;
            double size = 0;
            for (int i = 0; i < 32; i++) {
                double neuron = Math.max(network.preactivations(points).get(last, i), 0);
                product += kept[i] ? memorizer.residual()[i] * neuron : 0;
                size += Math.abs(memorizer.residual()[i] * neuron);
            }
            assertThat(product).isCloseTo(0, within(1e-11 * Math.max(size, 1)));
        }
    }

    @Test
    void fewNeuronsMemorizeFiveHundredPoints() {
        DMatrixRMaj points = UnbiasedBases.pair(4);
        double[] y = stream.part("y").signs(512);
        HarmonicMemorizer memorizer =
                new HarmonicMemorizer(points, y, 2 / Math.sqrt(512), 8, Selection.PER_NORM, stream).run(0.01, 512);
        assertThat(memorizer.error()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void badInputIsRefused() {
        DMatrixRMaj twins = new DMatrixRMaj(new double[][] {{1, 0}, {0.6, 0.8}, {1, 0}});
        double[] y = {1, 1, -1};
        assertThatThrownBy(() -> new HarmonicMemorizer(twins, y, 0.9, 1, Selection.CORRELATION, stream))
                .hasMessageContaining("points 0 and 2")
                .hasMessageContaining("0.9");
        assertThatThrownBy(() -> new HarmonicMemorizer(twins, y, 1, 1, Selection.CORRELATION, stream))
                .hasMessageContaining("gamma = 1.0");
        assertThatThrownBy(() -> new HarmonicMemorizer(twins, new double[3], 0.9, 1, Selection.CORRELATION, stream))
                .hasMessageContaining("norm of labels");
        assertThatThrownBy(() -> new HarmonicMemorizer(
                        new DMatrixRMaj(0, 2), new double[0], 0.9, 1, Selection.CORRELATION, stream))
                .hasMessageContaining("rows of points = 0");
        DMatrixRMaj basis = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        HarmonicMemorizer memorizer =
                new HarmonicMemorizer(basis, new double[] {1, 0.5}, 0.9, 1, Selection.CORRELATION, stream);
        assertThatThrownBy(() -> memorizer.run(0, 10)).hasMessageContaining("eps = 0.0");
        assertThatThrownBy(memorizer::network).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memorizer.run(1e-30, 1)).hasMessageContaining("1 neurons reach");
    }

    @Test
    void theBestPhaseHasAtLeastTheMeanCorrelation() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(20, 7, stream);
        double[] r = stream.gaussians(20);
        for (int m = 1; m <= 8; m++) {
            RandomStream trial = stream.part("phase").trial(m);
            double[] w = trial.gaussians(7);
            double[] v = ComplexNeuron.direction(points, r, m, 2.5, w);
            double mean = 0;
            for (int k = 0; k < 2 * m; k++) {
                ComplexNeuron turned = ComplexNeuron.turned(m, w, v, Math.PI * (k + 0.3) / m);
                mean += LinearAlgebra.dot(r, turned.values(points)) / (2 * m);
            }
            double expected = Math.sqrt(2.5) * LinearAlgebra.dot(v, v);
            double size = Math.pow(4 + LinearAlgebra.norm(v), m); // bounds |phi| at these points
            assertThat(mean).isCloseTo(expected, within(1e-13 * size * 20));
            ComplexNeuron best =
                    ComplexNeuron.draw(points, r, m, 2.5, stream.part("phase").trial(m));
            assertThat(LinearAlgebra.dot(r, best.values(points))).isGreaterThanOrEqualTo(expected - 1e-13 * size * 20);
        }
    }

    @Test
    void thePhasesGoOnceRoundTheCircle() {
        for (int m = 1; m <= 8; m++) {
            double[] angles = ComplexNeuron.angles(m, stream.trial(m));
            assertThat(angles).hasSize(2 * m);
            for (int k = 0; k < 2 * m; k++) {
                assertThat(angles[k] - Math.PI * k / m).isBetween(-1e-14, Math.PI / m + 1e-14); // 2 pi rounds by 4e-16
            }
            assertThat(angles[2 * m - 1] - angles[0]).isCloseTo(Math.PI * (2 * m - 1) / m, within(1e-14));
        }
        assertThatThrownBy(() -> ComplexNeuron.angles(0, stream)).hasMessageContaining("degree = 0");
    }
}
