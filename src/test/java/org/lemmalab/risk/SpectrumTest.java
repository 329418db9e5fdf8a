package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpectrumTest {

    @Test
    void meansWeighTheAtoms() {
        assertThat(new Spectrum(new double[] {1, 3}, new double[] {0.25, 0.75}).mean(t -> t * t))
                .isEqualTo(7);
        assertThat(Spectrum.empirical(1, 2, 6).mean(t -> t)).isCloseTo(3, within(1e-15));
    }

    @Test
    void lawsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(Spectrum::empirical)
                .withMessageContaining("number of atoms = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrum.empirical(1, -0.1))
                .withMessageContaining("atoms[1] = -0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spectrum(new double[] {1}, new double[] {0.5}))
                .withMessageContaining("sum of masses = 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spectrum(new double[] {1, 2}, new double[] {1}))
                .withMessageContaining("number of masses = 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spectrum(new double[] {1, 2}, new double[] {1.5, -0.5}))
                .withMessageContaining("masses[1] = -0.5");
    }
}
