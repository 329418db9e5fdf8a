package org.lemmalab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class ReluGramMatrixTest {

    private static final double EPS = 0x1p-52;

    @Test
    void knownValues() {
        assertThat(ReluGramMatrix.entry(-1)).isZero();
        assertThat(ReluGramMatrix.entry(0)).isZero();
        assertThat(ReluGramMatrix.entry(1)).isEqualTo(0.5);
        assertThat(ReluGramMatrix.entry(-0.5)).isCloseTo(-1.0 / 12, within(EPS)); // arccos: 1 ulp of 2, over 4 pi
        assertThat(ReluGramMatrix.entry(0.5)).isCloseTo(1.0 / 6, within(EPS));
        assertThat(ReluGramMatrix.orthantProbability(0.5)).isCloseTo(1.0 / 3, within(EPS));
        assertThat(ReluGramMatrix.entry(1 + 1e-9)).isEqualTo(0.5);
    }

    @Test
    void seriesEqualsClosedForm() {
        for (double t : new double[] {-0.8, 0.3, 0.9}) {
            double sum = 0;
            for (int j = 400; j >= 0; j--) {
                sum += ReluGramMatrix.seriesCoefficient(j) * Math.pow(t, j);
            }
            assertThat(sum)
                    .isCloseTo(ReluGramMatrix.entry(t), within(8 * EPS)); // from small to large; tail below 1e-19
        }
    }

    @Test
    void partialSumsOfTheSeriesAtOne() {
        // 0.47150, 0.49102 and 0.49716 with 10, 100 and 1000 even terms (A19.H-series), to the digits printed
        assertThat(partialSumAtOne(10)).isCloseTo(0.47150, within(5e-6));
        assertThat(partialSumAtOne(100)).isCloseTo(0.49102, within(5e-6));
        assertThat(partialSumAtOne(1000)).isCloseTo(0.49716, within(5e-6));
    }

    private static double partialSumAtOne(int evenTerms) {
        double sum = 0;
        for (int j = 0; j <= 2 * evenTerms; j++) {
            sum += ReluGramMatrix.seriesCoefficient(j);
        }
        return sum;
    }

    @Test
    void nearlyParallelVectorsKeepFullAccuracy() {
        double[] x = {1, 0};
        for (double angle : new double[] {1e-12, 1e-7, 1e-3, 0.1, 2}) {
            double[] y = {Math.cos(angle), Math.sin(angle)};
            double[] opposite = {-y[0], -y[1]};
            double expected = Math.cos(angle) * (Math.PI - angle) / (2 * Math.PI);
            assertThat(ReluGramMatrix.entry(x, y)).isCloseTo(expected, within(4 * EPS));
            double mirrored = -Math.cos(angle) * angle / (2 * Math.PI);
            assertThat(ReluGramMatrix.entry(x, opposite)).isCloseTo(mirrored, within(4 * EPS));
        }
        assertThat(ReluGramMatrix.entry(x, x)).isEqualTo(0.5);
    }

    @Test
    void threeAntipodalPairsInThePlaneAreSingularToRoundOff() {
        DMatrixRMaj points = new DMatrixRMaj(6, 2);
        for (int i = 0; i < 3; i++) {
            for (int side = 0; side < 2; side++) {
                points.set(2 * i + side, 0, (1 - 2 * side) * Math.cos(i + 0.2));
                points.set(2 * i + side, 1, (1 - 2 * side) * Math.sin(i + 0.2));
            }
        }
        // |smallest eigenvalue| <= norm of the perturbation <= 6 entries of 4 EPS, and 6 EPS by the eigensolver
        assertThat(Math.abs(LinearAlgebra.eigen(ReluGramMatrix.of(points)).smallest()))
                .isLessThan(30 * EPS);
    }

    @Test
    void triangleInThePlane() {
        DMatrixRMaj points = new DMatrixRMaj(3, 2);
        for (int i = 0; i < 3; i++) {
            points.set(i, 0, Math.cos(2 * Math.PI * i / 3));
            points.set(i, 1, Math.sin(2 * Math.PI * i / 3));
        }
        assertThat(LinearAlgebra.eigen(ReluGramMatrix.of(points)).smallest()).isCloseTo(1.0 / 3, within(20 * EPS));
    }

    @Test
    void matrixHoldsTheEntriesForAnyNumberOfThreads() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(300, 3, stream()); // two blocks, many pairs beyond |t| = 0.99
        DMatrixRMaj one = ReluGramMatrix.of(points, 1);
        assertThat(ReluGramMatrix.of(points, 3).data).isEqualTo(one.data);
        DMatrixRMaj cross = ReluGramMatrix.cross(points, points);
        for (int i = 0; i < 300; i++) {
            assertThat(one.get(i, i)).isEqualTo(0.5);
            for (int j = 0; j < 300; j++) {
                double expected = i == j ? 0.5 : ReluGramMatrix.entry(row(points, i), row(points, j));
                assertThat(one.get(i, j)).isCloseTo(expected, within(8 * EPS)); // 3 products, then a factor <= 1.13
                assertThat(cross.get(i, j)).isCloseTo(expected, within(8 * EPS));
                assertThat(one.get(i, j)).isEqualTo(one.get(j, i));
            }
        }
    }

    private static double[] row(DMatrixRMaj a, int i) {
        double[] row = new double[a.numCols];
        System.arraycopy(a.data, i * a.numCols, row, 0, row.length);
        return row;
    }

    @Test
    void badArgumentsAreNamed() {
        assertRefused(() -> ReluGramMatrix.entry(1.1), "t = 1.1");
        assertRefused(() -> ReluGramMatrix.entry(Double.NaN), "t = NaN");
        assertRefused(
                () -> ReluGramMatrix.of(new DMatrixRMaj(new double[][] {{1, 0}, {0, 2}})),
                "norm of row 1 of points = 2.0");
        assertRefused(() -> ReluGramMatrix.of(new DMatrixRMaj(new double[][] {{1, Double.NaN}})), "points[0][1] = NaN");
        assertRefused(() -> ReluGramMatrix.of(new DMatrixRMaj(0, 2)), "rows of points = 0");
        assertRefused(() -> ReluGramMatrix.seriesCoefficient(-1), "j = -1");
        DMatrixRMaj plane = new DMatrixRMaj(new double[][] {{1, 0}});
        DMatrixRMaj space = new DMatrixRMaj(new double[][] {{1, 0, 0}});
        assertRefused(() -> ReluGramMatrix.cross(plane, space), "columns of x = 2, allowed: columns of points = 3");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static RandomStream stream() {
        return RandomStream.of(1, "ReluGramMatrixTest");
    }
}
