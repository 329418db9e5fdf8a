package org.lemmalab.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void sameNameGivesSameNumbers() {
        RandomStream one = RandomStream.of(7, "A19.thm6.1").part("weights").trial(3);
        RandomStream other = RandomStream.of(7, "A19.thm6.1").part("weights").trial(3);
        assertThat(one.gaussians(100)).isEqualTo(other.gaussians(100));
    }

    @Test
    void differentNamesGiveDifferentNumbers() {
        RandomStream parent = RandomStream.of(7, "claim");
        double[] firsts = {
            parent.uniform(),
            RandomStream.of(8, "claim").uniform(),
            RandomStream.of(7, "claims").uniform(),
            parent.part("a").uniform(),
            parent.part("b").uniform(),
            parent.part("a").part("b").uniform(),
            parent.part("ab").uniform(),
            parent.part("").uniform(),
            parent.trial(0).uniform(),
            parent.trial(1).uniform(),
            parent.trial(0).trial(1).uniform(),
            parent.part("0").uniform()
        };
        assertThat(Arrays.stream(firsts).distinct().count()).isEqualTo(firsts.length);
    }

    @Test
    void childrenDoNotDependOnDrawsFromTheParent() {
        RandomStream fresh = RandomStream.of(1, "claim");
        RandomStream used = RandomStream.of(1, "claim");
        used.gaussians(17);
        assertThat(used.part("x").uniform()).isEqualTo(fresh.part("x").uniform());
        assertThat(used.trial(5).uniform()).isEqualTo(fresh.trial(5).uniform());
    }

    /** Written down once from this class; a platform on which they differ cannot reproduce a report. */
    @Test
    void referenceValuesStand() {
        RandomStream s = RandomStream.of(20190124, "A19").part("reference");
        assertThat(s.trial(0).uniform()).isEqualTo(0.8292290475607952);
        assertThat(s.trial(1).gaussians(3))
                .containsExactly(2.1717193946832563, -1.5921348797181336, 0.16682277936104542);
        assertThat(s.trial(2).permutation(8)).containsExactly(6, 0, 7, 3, 2, 5, 1, 4);
        assertThat(s.trial(3).signs(8)).containsExactly(-1, -1, -1, -1, 1, -1, 1, -1);
        assertThat(Arrays.hashCode(s.trial(4).gaussians(100_000))).isEqualTo(-251640603);
    }

    @Test
    void drawsStayInTheirRange() {
        RandomStream s = RandomStream.of(1, "ranges");
        assertThat(LongStream.range(0, 1000).mapToDouble(i -> s.uniform(-2, 3))).allMatch(u -> u >= -2 && u < 3);
        assertThat(LongStream.range(0, 1000).mapToDouble(i -> s.uniform(1, Math.nextUp(1.0))))
                .containsOnly(1.0);
        assertThat(IntStream.range(0, 1000).map(i -> s.integer(3))).containsOnly(0, 1, 2);
        assertThat(s.signs(1000)).containsOnly(-1, 1);
        assertThat(s.permutation(100))
                .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
        assertThat(s.permutation(0)).isEmpty();
    }

    @Test
    void badRangesAreNamed() {
        RandomStream s = RandomStream.of(1, "ranges");
        assertThatThrownBy(() -> s.integer(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is 0");
        assertThatThrownBy(() -> s.uniform(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> s.uniform(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PointLaw.SPHERE.rows(1, 0, s)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OrthonormalRows.draw(3, 2, s))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("q is 3, must be between 1 and d = 2");
    }
}
