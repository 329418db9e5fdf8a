package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

class TwoClassSampleTest {
    private static final RandomStream STREAM = RandomStream.of(1, "TwoClassSampleTest");

    @Test
    void sampleOfDigitsIsBalancedOfUnitNormAndReproducible() {
        LabeledImages digits = Digits.load();
        TwoClassSample sample = TwoClassSample.balanced(digits, 0, 1, 50, STREAM);
        DMatrixRMaj gram = LinearAlgebra.gram(sample.points());
        for (int i = 0; i < 100; i++) {
            // Norm by a sum of 784 squares, a root and a division, then 784 terms again: 2 * 787 half-ulps.
            assertThat(gram.get(i, i)).isCloseTo(1, within(2 * 787 * Math.ulp(0.5)));
        }
        assertThat(sample.y()).containsOnly(-1, 1);
        assertThat(IntStream.range(0, 50).mapToDouble(k -> sample.y()[2 * k] + sample.y()[2 * k + 1]))
                .containsOnly(0.0);
        assertThat(IntStream.range(0, 50).mapToDouble(k -> sample.y()[2 * k])).contains(-1.0, 1.0);
        assertThat(TwoClassSample.balanced(digits, 0, 1, 50, STREAM).points().data)
                .isEqualTo(sample.points().data);
        TwoClassSample part = sample.rows(2, 6);
        assertThat(part.points().numRows).isEqualTo(4);
        assertThat(part.points().get(0, 300)).isEqualTo(sample.points().get(2, 300));
        assertThat(part.y()).hasSize(4).startsWith(sample.y()[2]);
    }

    @Test
    void everyImageIsDrawnOnceWithItsOwnLabel() {
        byte[] bytes = {1, 0, 1, 1, 0, 1, 3, 4};
        LabeledImages images = new LabeledImages("test", 2, bytes, new int[] {5, 8, 5, 8});
        TwoClassSample sample = TwoClassSample.balanced(images, 5, 8, 2, STREAM);
        for (int i = 0; i < 4; i++) {
            boolean onAxis = sample.points().get(i, 0) == 0 || sample.points().get(i, 1) == 0;
            assertThat(sample.y()[i]).isEqualTo(onAxis ? 1 : -1);
        }
        assertThat(IntStream.range(0, 4)
                        .mapToDouble(i -> sample.points().get(i, 0))
                        .distinct())
                .hasSize(4);
    }

    @Test
    void badRequestsAreNamed() {
        LabeledImages images = new LabeledImages("test", 2, new byte[] {0, 0, 1, 0}, new int[] {0, 1});
        assertThatThrownBy(() -> TwoClassSample.balanced(images, 0, 1, 1, STREAM))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("test: image 0 is all zero, so that it has no direction");
        assertThatThrownBy(() -> TwoClassSample.balanced(images, 0, 1, 2, STREAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("perClass is 2, must be between 1 and the 1 images of class 0 in test");
        assertThatThrownBy(() -> TwoClassSample.balanced(images, 1, 1, 1, STREAM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LabeledImages("test", 3, new byte[4], new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 bytes for 2 images of 3 pixels");
    }
}
