package org.lemmalab.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class NeuronSupremumTest {
    private static final DMatrixRMaj SQUARE = new DMatrixRMaj(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}});

    @Test
    void linearNeuronsReachTheNormOfTheSum() {
        RandomStream stream = RandomStream.of(1, "NeuronSupremumTest");
        for (int trial = 0; trial < 20; trial++) {
            DMatrixRMaj points = PointLaw.GAUSSIAN.rows(1 + trial % 5, 1 + trial % 4, stream);
            double[] c = stream.gaussians(points.numRows);
            double[] sum = LinearAlgebra.productTransA(points, c);
            double total = 0;
            for (double weight : c) {
                total += weight;
            }
            double expected = Math.hypot(LinearAlgebra.norm(sum), total);
            assertThat(NeuronSupremum.of(points, c, 1, 1)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void noDirectionOfAGridIsBetterAndOneIsNearlyAsGood() {
        RandomStream stream = RandomStream.of(2, "NeuronSupremumTest");
        double step = 0.02;
        for (double left : new double[] {0, -1, 0.1}) {
            DMatrixRMaj points = PointLaw.SPHERE.rows(5, 2, stream);
            double[] c = stream.signs(5);
            double best = Double.NEGATIVE_INFINITY;
            for (double height = -Math.PI / 2; height <= Math.PI / 2; height += step) {
                for (double angle = 0; angle < 2 * Math.PI; angle += step) {
                    double x = Math.cos(height) * Math.cos(angle);
                    double y = Math.cos(height) * Math.sin(angle);
                    double sum = 0;
                    for (int i = 0; i < 5; i++) {
                        double z = x * points.get(i, 0) + y * points.get(i, 1) - Math.sin(height);
                        sum += c[i] * Math.max(z, left * z);
                    }
                    best = Math.max(best, sum);
                }
            }
            double supremum = NeuronSupremum.of(points, c, left, 1);
            assertThat(supremum).isGreaterThanOrEqualTo(best - 1e-12);
            assertThat(supremum)
                    .isLessThan(best + 5 * Math.sqrt(2) * step); // slope at most n |x~|, distance below step
        }
    }

    @Test
    void meansOverTheLabelsOfTheSquare() {
        assertThat(SignVectors.mean(4, y -> NeuronSupremum.of(SQUARE, y, 1, 1)))
                .isCloseTo(2.621320343559643, within(1e-14));
        assertThat(SignVectors.mean(4, y -> twoSided(y, 0))).isCloseTo(2.61656, within(1e-5));
        assertThat(SignVectors.mean(4, y -> twoSided(y, -1))).isCloseTo(2.74156, within(1e-5));
    }

    private static double twoSided(double[] y, double left) {
        double[] opposite = y.clone();
        for (int i = 0; i < y.length; i++) {
            opposite[i] = -y[i];
        }
        return Math.max(NeuronSupremum.of(SQUARE, y, left, 1), NeuronSupremum.of(SQUARE, opposite, left, 1));
    }

    @Test
    void directionsOrthogonalToAllPointsGiveZero() {
        DMatrixRMaj twice = new DMatrixRMaj(new double[][] {{1, 0}, {1, 0}});
        assertThat(NeuronSupremum.of(twice, new double[] {-1, -1}, -1, 1)).isCloseTo(0, within(1e-15));
        assertThat(NeuronSupremum.of(twice, new double[] {1, 1}, 0, 1)).isCloseTo(2 * Math.sqrt(2), within(1e-15));
    }

    @Test
    void aNegativeSupremumIsFound() {
        DMatrixRMaj line = new DMatrixRMaj(new double[][] {{1}, {-1}});
        // -(|w - b| + |w + b|) = -2 max(|w|, |b|), on the unit circle at most -sqrt(2)
        assertThat(NeuronSupremum.of(line, new double[] {-1, -1}, -1, 1)).isCloseTo(-Math.sqrt(2), within(1e-15));
    }

    @Test
    void refusesBadInput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeuronSupremum.of(SQUARE, new double[3], 0, 1))
                .withMessageContaining("length of coefficients");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeuronSupremum.of(new DMatrixRMaj(11, 1), new double[11], 0, 1))
                .withMessageContaining("10 - rows of points = -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeuronSupremum.of(SQUARE, new double[4], Double.NaN, 1))
                .withMessageContaining("slopes");
    }
}
