package org.lemmalab.memorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/** The three memorizers that work block by block. */
class BaumMemorizerTest {
    private static final RandomStream STREAM = RandomStream.of(1, "baum");

    private interface Memorizer {
        TwoLayerNetwork memorize(DMatrixRMaj points, double[] labels);
    }

    private static final List<Memorizer> ALL =
            List.of(ThresholdMemorizer::memorize, SlabMemorizer::memorize, StaircaseMemorizer::memorize);

    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "3,5", "5,5", "6,5", "26,5", "50,5", "24,5", "40,12"})
    void realLabelsAreMemorizedWithTheStatedWidths(int n, int d) {
        for (PointLaw law : new PointLaw[] {PointLaw.SPHERE, PointLaw.GAUSSIAN}) {
            int size = law == PointLaw.SPHERE && d == 1 ? 1 : n; // the sphere in R has two points
            DMatrixRMaj points = law.rows(size, d, STREAM.part("points").trial(n));
            double[] real = STREAM.part("labels").gaussians(size);
            double[] constant = new double[size];
            Arrays.fill(constant, -2.5);
            double[] spike = new double[size];
            spike[size / 2] = 1;
            for (double[] y : List.of(real, constant, spike, new double[size])) {
                TwoLayerNetwork slabs = SlabMemorizer.memorize(points, y);
                assertThat(slabs.width()).isEqualTo(4 * ((size + d - 1) / d));
                assertMemorized(slabs, points, y);
                TwoLayerNetwork stairs = StaircaseMemorizer.memorize(points, y);
                assertThat(stairs.width()).isEqualTo(2 * ((size + d) / (d + 1)));
                assertMemorized(stairs, points, y);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,1,0", "10,1,5", "10,1,10", "10,1,0", "3,5,2", "6,5,1", "26,5,13", "26,5,20", "40,12,40"})
    void binaryLabelsAreMemorizedWithTheStatedWidth(int n, int d, int ones) {
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(n, d, STREAM.part("binary").trial(n));
        double[] y = new double[n];
        Arrays.fill(y, 0, ones, 1);
        TwoLayerNetwork f = ThresholdMemorizer.memorize(points, y);
        int direct = 2 * ((ones + d - 1) / d);
        int complement = 2 * ((n - ones + d - 1) / d) + 1;
        assertThat(f.width()).isEqualTo(Math.max(1, Math.min(direct, complement)));
        assertThat(f.predict(points)).containsExactly(y);
    }

    @Test
    void alternatingLabelsOnTheLineAreMemorized() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{-3}, {-1}, {0}, {0.5}, {2}, {1e6}, {1e6 + 1}});
        double[] y = {1, 0, 1, 0, 1, 0, 1};
        for (Memorizer memorizer : ALL) {
            assertMemorized(memorizer.memorize(points, y), points, y);
        }
    }

    @Test
    void twoThousandPointsOnTheSphereAreMemorized() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(2000, 50, STREAM.part("many"));
        double[] signs = STREAM.part("signs").signs(2000);
        double[] bits = Arrays.stream(signs).map(s -> (s + 1) / 2).toArray();
        assertThat(ThresholdMemorizer.memorize(points, bits).predict(points)).containsExactly(bits);
        for (Memorizer memorizer : ALL.subList(1, 3)) {
            TwoLayerNetwork f = memorizer.memorize(points, signs);
            assertThat(Memorization.of(f, points, signs).error()).isLessThan(1e-6);
        }
    }

    @Test
    void aPointMayBeRepeatedWithTheSameLabel() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0.0, 1}, {2, 1}, {-0.0, 1}, {3, 3}, {2, 1}});
        double[] y = {1, 0, 1, 1, 0};
        for (Memorizer memorizer : ALL) {
            assertMemorized(memorizer.memorize(points, y), points, y);
        }
        assertThat(SlabMemorizer.memorize(points, y).width()).isEqualTo(8); // three points
    }

    @Test
    void linearlyDependentBlocksNeedPerturbedBiases() {
        DMatrixRMaj points =
                new DMatrixRMaj(new double[][] {{1, 0}, {2, 0}, {.3, 1}, {-.7, 1.4}, {1.1, -2.2}, {.2, 3.1}});
        double[] y = {1, -1, 1, -1, 1, -1};
        assertMemorized(SlabMemorizer.memorize(points, y), points, y);
        assertThatThrownBy(() -> SlabMemorizer.memorizeWithFixedBiases(points, y, STREAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1")
                .hasMessageContaining("linearly");
    }

    @Test
    void withFixedBiasesTheWeightsSolveTheSquareSystem() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(12, 3, STREAM.part("square"));
        double[] y = STREAM.part("square labels").signs(12);
        TwoLayerNetwork f = SlabMemorizer.memorizeWithFixedBiases(points, y, STREAM);
        assertThat(f.width()).isEqualTo(16);
        assertMemorized(f, points, y);
        assertThat(f.biases()[0]).isEqualTo(f.biases()[1]);
    }

    @Test
    void aSlabHoldsItsBlockAndNoOtherPoint() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0, 1}, {1, 1}, {5, 3}, {2, -1}});
        Slab slab = Slab.around(points, new int[] {0, 1}, STREAM);
        assertThat(slab.tau()).isCloseTo(1, within(1e-15 * 40));
        assertThat(slab.b() * slab.u()[1]).isCloseTo(1, within(1e-14)); // the line y = 1
        assertThatThrownBy(() -> Slab.around(points, new int[] {0, 1, 2}, STREAM))
                .hasMessageContaining("block");
        assertThatThrownBy(() -> Slab.around(new DMatrixRMaj(new double[][] {{1}, {1}}), new int[] {0}, STREAM))
                .hasMessageContaining("different");
    }

    @Test
    void impossibleDataAreNamed() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0, 1}, {2, 1}, {0, 1}});
        for (Memorizer memorizer : ALL) {
            assertThatThrownBy(() -> memorizer.memorize(points, new double[] {1, 0, 0}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows 0 and 2")
                    .hasMessageContaining("1.0 and 0.0");
            assertThatThrownBy(() -> memorizer.memorize(new DMatrixRMaj(0, 2), new double[0]))
                    .hasMessageContaining("rows of points = 0");
            assertThatThrownBy(() -> memorizer.memorize(points, new double[] {1, 0, Double.NaN}))
                    .hasMessageContaining("labels[2] = NaN");
            assertThatThrownBy(() -> memorizer.memorize(
                            new DMatrixRMaj(new double[][] {{1}, {Double.NaN}}), new double[] {1, 0}))
                    .hasMessageContaining("points[1][0] = NaN");
            assertThatThrownBy(() -> memorizer.memorize(points, new double[2]))
                    .hasMessageContaining("length of labels");
        }
        assertThatThrownBy(() -> ThresholdMemorizer.memorize(points, new double[] {1, -1, 1}))
                .hasMessageContaining("labels[1] = -1.0, allowed: 0 or 1");
    }

    @Test
    void pointsOnALineAreRefused() {
        DMatrixRMaj line = new DMatrixRMaj(9, 3);
        double[] y = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                line.set(i, k, k + 0.1 * i * (k + 1));
            }
            y[i] = i % 2;
        }
        for (Memorizer memorizer : ALL) {
            assertThatThrownBy(() -> memorizer.memorize(line, y))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("general position")
                    .hasMessageContaining("block [");
        }
    }

    @Test
    void aThirdPointOnALineIsRefused() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{0, 0}, {1, 1}, {3, 3}, {2, 5}});
        double[] y = {1, 1, 0, 0};
        for (Memorizer memorizer : ALL.subList(0, 2)) {
            assertThatThrownBy(() -> memorizer.memorize(points, y)).hasMessageContaining("row 2");
        }
    }

    @Test
    void pointsThatDifferByRoundingAreRefused() {
        DMatrixRMaj points = new DMatrixRMaj(new double[][] {{1}, {Math.nextUp(1.0)}, {3}, {4}});
        for (Memorizer memorizer : ALL) {
            assertThatThrownBy(() -> memorizer.memorize(points, new double[] {0, 1, 0, 1}))
                    .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class)
                    .hasMessageContaining("rounding");
        }
    }

    @Test
    void blocksTooThinForDoublePrecisionAreReported() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(2000, 2, STREAM.part("thin"));
        assertThatThrownBy(() -> StaircaseMemorizer.memorize(
                        points, STREAM.part("thin signs").signs(2000)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("only within");
    }

    private static void assertMemorized(TwoLayerNetwork f, DMatrixRMaj points, double[] y) {
        // sums of d + 1 and of k terms in any order, the weights' own rounding: below 1e-13 W for d + k <= 60 and
        // points of norm R, times R
        double radius = 1;
        for (double x : points.data) {
            radius = Math.max(radius, Math.abs(x) * Math.sqrt(points.numCols));
        }
        assertThat(f.predict(points)).containsExactly(y, within(1e-13 * radius * f.totalWeight() + Double.MIN_VALUE));
    }
}
