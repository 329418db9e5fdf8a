package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArcSineTest {

    @Test
    void agreesWithTheLibraryOnAllOfTheInterval() {
        IntStream.rangeClosed(-100_000, 100_000)
                .mapToDouble(i -> i / 100_000.0)
                .forEach(t ->
                        // Beyond 1/2: 4 roundings of at most 1.05, one of at most pi/2, pi/2 itself; the library is off
                        // by 1 ulp: < 10 * 2^-53.
                        assertThat(ArcSine.of(t)).isCloseTo(StrictMath.asin(t), within(10 * 0x1p-53)));
    }

    @Test
    void isExactAtTheEndsAndOdd() {
        assertThat(ArcSine.of(1)).isEqualTo(Math.PI / 2);
        assertThat(ArcSine.of(-1)).isEqualTo(-Math.PI / 2);
        assertThat(ArcSine.of(0)).isZero();
        assertThat(ArcSine.of(1e-300)).isEqualTo(1e-300);
        assertThat(ArcSine.of(-0.7)).isEqualTo(-ArcSine.of(0.7));
        assertThat(ArcSine.of(1.5)).isNaN();
        assertThat(ArcSine.of(Double.NaN)).isNaN();
    }
}
